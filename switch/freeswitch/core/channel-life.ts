import { runExtension } from './app-engine.ts';
import type { CallerProfile, Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { PARK } from './dialplan.ts';
import { changeCallState, changeState, hangup } from './hangup.ts';
import type { IncomingCall } from './input.ts';
import type { SwitchNode } from './node.ts';

/** A call came in: it is made known, and parked unanswered. */
export function createInbound(node: SwitchNode, call: IncomingCall): void {
  const channel = newChannel(node, {
    uuid: call.leg,
    direction: 'inbound',
    name: call.name,
    caller: call.caller,
  });
  channel.media = { kind: 'offered', offer: call.offer };
  for (const [name, value] of call.variables) setVariable(channel, name, value);
  changeState(node, channel, 'CS_INIT');
  fireChannel(node, 'CHANNEL_CREATE', channel);
  if (call.offer === undefined) {
    hangup(node, channel, 'INCOMPATIBLE_DESTINATION');
    return;
  }
  channel.state = 'CS_ROUTING';
  changeCallState(node, channel, 'RINGING');
  fireChannel(node, 'CHANNEL_STATE', channel);
  changeState(node, channel, 'CS_EXECUTE');
  runExtension(node, channel, PARK);
}

/** A channel for a call that we make; its applications run once it is answered. */
export function createOutbound(
  node: SwitchNode,
  call: { readonly uuid: string; readonly name: string; readonly caller: CallerProfile },
  variables: ReadonlyMap<string, string>,
): Channel {
  const channel = newChannel(node, { ...call, direction: 'outbound' });
  for (const [name, value] of variables) setVariable(channel, name, value);
  fireChannel(node, 'CHANNEL_OUTGOING', channel);
  changeState(node, channel, 'CS_INIT');
  fireChannel(node, 'CHANNEL_CREATE', channel);
  fireChannel(node, 'CHANNEL_ORIGINATE', channel);
  changeCallState(node, channel, 'DIALING');
  return channel;
}

function newChannel(
  node: SwitchNode,
  own: Pick<Channel, 'uuid' | 'direction' | 'name' | 'caller'>,
): Channel {
  const channel: Channel = {
    ...own,
    variables: new Map([
      ['direction', own.direction],
      ['uuid', own.uuid],
      ['session_id', String(node.sessionsSinceStart + 1)],
      ['channel_name', own.name],
      ['call_uuid', own.uuid],
    ]),
    times: { createdUs: node.world.nowUs(), answeredUs: 0, progressMediaUs: 0, hungupUs: 0 },
    state: 'CS_NEW',
    callState: 'DOWN',
    life: { kind: 'ringing' },
    media: { kind: 'negotiating' },
    heldByPeer: false,
    inConference: false,
    running: [],
    waiting: [],
    unread: [],
    displaced: new Map(),
    extension: [],
    blocked: undefined,
  };
  node.channels.set(channel.uuid, channel);
  node.sessionsSinceStart += 1;
  node.peakSessions = Math.max(node.peakSessions, node.channels.size);
  return channel;
}
