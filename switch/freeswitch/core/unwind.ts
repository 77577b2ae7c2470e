import type { AppRun } from './app-run.ts';
import type { Channel } from './channel.ts';
import { getVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import type { SwitchNode } from './node.ts';

/** The headers that CHANNEL_EXECUTE and CHANNEL_EXECUTE_COMPLETE share (switch_core_session.c). */
export function applicationHeaders(run: AppRun, response?: string) {
  const { app, args, eventUuidName } = run.call;
  return [
    { name: 'Application', value: app },
    ...(args === '' ? [] : [{ name: 'Application-Data', value: args }]),
    ...(response === undefined ? [] : [{ name: 'Application-Response', value: response }]),
    { name: 'Application-UUID', value: run.uuid },
    ...(eventUuidName === undefined
      ? []
      : [{ name: 'Application-UUID-Name', value: eventUuidName }]),
  ];
}

/** Takes a finished application off its channel and says so. */
export function complete(node: SwitchNode, channel: Channel, run: AppRun): void {
  const at = channel.running.indexOf(run);
  if (at < 0) return;
  channel.running.splice(at, 1);
  if (run.state?.kind === 'parked') fireChannel(node, 'CHANNEL_UNPARK', channel);
  if (run.call.untold === true) return;
  const response = getVariable(channel, 'current_application_response') ?? '_none_';
  fireChannel(node, 'CHANNEL_EXECUTE_COMPLETE', channel, applicationHeaders(run, response));
}

/** Ends everything that runs on a channel, the innermost first. */
export function unwind(node: SwitchNode, channel: Channel): void {
  channel.waiting.length = 0;
  channel.blocked = undefined;
  for (let run = channel.running.at(-1); run !== undefined; run = channel.running.at(-1)) {
    run.application.abort(node, channel, run);
    complete(node, channel, run);
  }
}
