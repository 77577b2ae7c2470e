import { negotiate, preAnswer } from './answer.ts';
import type { AppCall, AppInput, AppRun, AppState } from './app-run.ts';
import type { Channel, Key } from './channel.ts';
import { isDown, isTrue, setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { expand } from './expand.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import type { Playing } from './playing.ts';
import { resumePlaying, suspendPlaying } from './playing.ts';
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

/** Where a transfer goes. */
export interface Transfer {
  readonly calls: readonly AppCall[];
  /** What was dialled for it: events of what is broken off name it as the destination. */
  readonly dialled?: string | undefined;
}

/** Breaks off all that runs and goes on with another extension. Keys not read yet are lost. */
export function transfer(node: SwitchNode, channel: Channel, { calls, dialled }: Transfer): void {
  const { caller } = channel;
  channel.unread.length = 0;
  channel.caller = { ...caller, destination: dialled ?? caller.destination };
  unwind(node, channel);
  channel.caller = caller;
  if (!isDown(channel)) runExtension(node, channel, calls);
}

/**
 * Gives an input to whoever it concerns: a key to the innermost, a break to every one from there
 * outwards, the end of a play or a recording to whose it was.
 */
export function deliver(node: SwitchNode, channel: Channel, input: AppInput): void {
  if (input.kind === 'media-ready') onMediaReady(node, channel);
  const runs = input.kind === 'digit' ? channel.running.slice(-1) : [...channel.running].reverse();
  for (const run of runs) {
    if (run.state === undefined || !channel.running.includes(run)) continue;
    if (run.application.on(node, channel, run, input)) finish(node, channel, run);
  }
}

/** How long a key lasts in FreeSWITCH's samples of 8 kHz. */
const SAMPLES_PER_MS = 8;

/**
 * The peer pressed a key. A leg that loops a sound, echoes or is held by its peer is not read: its keys
 * wait and are not told meanwhile (switch_channel_dequeue_dtmf fires the event).
 */
export function pressed(node: SwitchNode, channel: Channel, key: Key): void {
  channel.unread.push(key);
  readKeys(node, channel);
}

const DEAF_TO_KEYS: ReadonlySet<AppState['kind'] | undefined> = new Set(['looping', 'echoing']);

/** Tells the keys that waited, where somebody reads them now. */
export function readKeys(node: SwitchNode, channel: Channel): void {
  while (!channel.heldByPeer && !DEAF_TO_KEYS.has(channel.running.at(-1)?.state?.kind)) {
    const key = channel.unread.shift();
    if (key === undefined) return;
    fireChannel(node, 'DTMF', channel, [
      { name: 'DTMF-Digit', value: key.digit },
      { name: 'DTMF-Duration', value: String(Math.round(key.durationMs * SAMPLES_PER_MS)) },
      { name: 'DTMF-Source', value: key.source },
    ]);
    deliver(node, channel, { kind: 'digit', digit: key.digit });
  }
}

/** An application is over: it completes now, or as soon as what runs inside of it does. */
export function finish(node: SwitchNode, channel: Channel, run: AppRun): void {
  run.over = true;
  for (let top = channel.running.at(-1); top?.over === true; top = channel.running.at(-1)) {
    complete(node, channel, top);
  }
  resumeInnermost(node, channel);
  runWaiting(node, channel);
  nextOfExtension(node, channel);
  readKeys(node, channel);
}

function runWaiting(node: SwitchNode, channel: Channel): void {
  while (!isDown(channel) && channel.blocked === undefined) {
    if (channel.running.some((run) => run.call.lock === true && !run.over)) return;
    if (channel.running.at(-1)?.state?.kind === 'echoing') return;
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
  if (run.call.untold !== true)
    fireChannel(node, 'CHANNEL_EXECUTE', channel, applicationHeaders(run));
  channel.running.push(run);
  const state = run.application.start(node, channel, args);
  if (!channel.running.includes(run)) return;
  run.state = state;
  if (state === undefined) finish(node, channel, run);
  else {
    suspendOuter(node, channel);
    readKeys(node, channel);
  }
}

/** What runs inside of a sound takes its place until it is over. */
function suspendOuter(node: SwitchNode, channel: Channel): void {
  for (const outer of channel.running.slice(0, -1)) {
    const playing = playingOf(outer);
    if (playing !== undefined) suspendPlaying(node, playing);
  }
}

function resumeInnermost(node: SwitchNode, channel: Channel): void {
  const playing = playingOf(channel.running.at(-1));
  if (playing !== undefined && !isDown(channel)) resumePlaying(node, playing);
}

function playingOf(run: AppRun | undefined): Playing | undefined {
  switch (run?.state?.kind) {
    case 'playing':
    case 'looping':
      return run.state.playing;
    case 'collecting':
      return run.state.prompt?.playing;
    default:
      return undefined;
  }
}

function onMediaReady(node: SwitchNode, channel: Channel): void {
  const call = channel.blocked;
  if (call === undefined) return;
  channel.blocked = undefined;
  begin(node, channel, call);
  runWaiting(node, channel);
}
