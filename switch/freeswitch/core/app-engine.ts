import { negotiate, preAnswer } from './answer.ts';
import type { AppCall, AppInput, AppRun } from './app-run.ts';
import type { Channel } from './channel.ts';
import { isDown, isTrue, setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { expand } from './expand.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import { applicationHeaders, complete, unwind } from './unwind.ts';

/**
 * Runs an application on a channel, inside of what runs there already, as FreeSWITCH's private
 * events do; after what holds an event-lock.
 */
export function execute(node: SwitchNode, channel: Channel, call: AppCall): void {
  if (isDown(channel)) return;
  channel.waiting.push(call);
  runWaiting(node, channel);
}

/** Gives an extension to a channel: its applications one after the other, then the end. */
export function runExtension(node: SwitchNode, channel: Channel, calls: readonly AppCall[]): void {
  channel.extension = calls;
  if (channel.running.length === 0 && channel.blocked === undefined) nextOfExtension(node, channel);
}

/** Breaks off all that runs and goes on with another extension. */
export function transfer(node: SwitchNode, channel: Channel, calls: readonly AppCall[]): void {
  unwind(node, channel);
  if (!isDown(channel)) runExtension(node, channel, calls);
}

/** Gives an input to whoever it concerns: a play's end to its player, all else to the innermost. */
export function deliver(node: SwitchNode, channel: Channel, input: AppInput): void {
  if (input.kind === 'media-ready') onMediaReady(node, channel);
  const runs =
    input.kind === 'play-ended' || input.kind === 'timer' || input.kind === 'media-ready'
      ? [...channel.running].reverse()
      : channel.running.slice(-1);
  for (const run of runs) {
    if (run.state === undefined || !channel.running.includes(run)) continue;
    if (run.application.on(node, channel, run, input)) finish(node, channel, run);
  }
}

/** An application is over: it completes now, or as soon as what runs inside of it does. */
export function finish(node: SwitchNode, channel: Channel, run: AppRun): void {
  run.over = true;
  for (let top = channel.running.at(-1); top?.over === true; top = channel.running.at(-1)) {
    complete(node, channel, top);
  }
  runWaiting(node, channel);
  nextOfExtension(node, channel);
}

function runWaiting(node: SwitchNode, channel: Channel): void {
  while (!isDown(channel) && channel.blocked === undefined) {
    if (channel.running.some((run) => run.call.lock === true && !run.over)) return;
    const call = channel.waiting.shift();
    if (call === undefined) return;
    begin(node, channel, call);
  }
}

function nextOfExtension(node: SwitchNode, channel: Channel): void {
  if (isDown(channel) || channel.running.length > 0 || channel.blocked !== undefined) return;
  const [next, ...rest] = channel.extension;
  if (next === undefined) {
    hangup(node, channel, 'NORMAL_CLEARING');
    return;
  }
  channel.extension = rest;
  begin(node, channel, next);
}

function begin(node: SwitchNode, channel: Channel, call: AppCall): void {
  const application = node.applications.get(call.app);
  if (application === undefined) {
    hangup(node, channel, 'DESTINATION_OUT_OF_ORDER');
    return;
  }
  if (application.needsMedia && channel.media.kind !== 'ready') {
    channel.blocked = call;
    negotiate(node, channel);
    return;
  }
  if (application.needsMedia) preAnswer(node, channel);
  const args = isTrue(channel.variables.get('app_disable_expand_variables'))
    ? call.args
    : expand(channel, call.args);
  const uuid = call.eventUuid ?? node.world.uuid();
  start(node, channel, {
    call: { ...call, args },
    uuid,
    application,
    state: undefined,
    over: false,
  });
}

function start(node: SwitchNode, channel: Channel, run: AppRun): void {
  const { app, args } = run.call;
  setVariable(channel, 'current_application', app);
  setVariable(channel, 'current_application_data', args);
  setVariable(channel, 'current_application_response');
  fireChannel(node, 'CHANNEL_EXECUTE', channel, applicationHeaders(run));
  channel.running.push(run);
  const state = run.application.start(node, channel, args);
  if (!channel.running.includes(run)) return;
  run.state = state;
  if (state === undefined) finish(node, channel, run);
}

function onMediaReady(node: SwitchNode, channel: Channel): void {
  const call = channel.blocked;
  if (call === undefined) return;
  channel.blocked = undefined;
  begin(node, channel, call);
  runWaiting(node, channel);
}
