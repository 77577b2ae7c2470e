import type { EslHeaders } from '../../../protocol/esl/headers.ts';
import { headerOf } from '../../../protocol/esl/headers.ts';
import { runApi } from './api-command.ts';
import { deliver, execute, pressed } from './app-engine.ts';
import type { Channel } from './channel.ts';
import { isTrue, setVariable } from './channel.ts';
import { createInbound } from './channel-life.ts';
import type { Effect } from './effect.ts';
import { reasonToCause, statusToCause, toCause } from './hangup-cause.ts';
import { hangup } from './hangup.ts';
import { fireHeartbeat } from './heartbeat.ts';
import type { Input, PeerEnd } from './input.ts';
import type { SwitchNode } from './node.ts';
import { onDisplaceTimer } from './leg-commands.ts';
import { onMedia } from './on-media.ts';
import { onOriginateTimer, onPeerAnswer, onProgress } from './originate.ts';

/** Lets one thing happen to the switch. Gives what must be done for it, in order. */
export function step(node: SwitchNode, input: Input): Effect[] {
  switch (input.kind) {
    case 'api':
      return api(node, input);
    case 'invited':
      createInbound(node, input.call);
      break;
    case 'media':
      onMedia(node, input.event);
      break;
    case 'timer':
      onTimer(node, input.timer);
      break;
    case 'fire':
      node.fire(input.name, input.headers, input.body);
      break;
    case 'heartbeat':
      fireHeartbeat(node);
      break;
    case 'shutdown':
      for (const channel of [...node.channels.values()]) hangup(node, channel, 'SYSTEM_SHUTDOWN');
      break;
    case 'sendmsg': {
      const channel = node.channels.get(input.uuid);
      if (channel !== undefined) sendmsg(node, channel, input.headers, input.body);
      break;
    }
    default: {
      const channel = node.channels.get(input.leg);
      if (channel !== undefined) onSip(node, channel, input);
    }
  }
  return node.take();
}

/** The reply stands before everything that the command sets off. */
function api(node: SwitchNode, input: Extract<Input, { kind: 'api' }>): Effect[] {
  const afterwards: (() => void)[] = [];
  const later = (act: () => void): void => void afterwards.push(act);
  const text = runApi({ node, job: input.job, later }, input.command, input.args);
  for (const act of afterwards) act();
  const effects = node.take();
  return text === undefined ? effects : [{ kind: 'reply', job: input.job, text }, ...effects];
}

type SipInput = Extract<
  Input,
  { kind: 'peer-ended' | 'reinvited' | 'progressed' | 'answered' | 'digit' }
>;

function onSip(node: SwitchNode, channel: Channel, input: SipInput): void {
  switch (input.kind) {
    case 'peer-ended':
      onPeerEnd(node, channel, input.end);
      break;
    case 'reinvited':
      node.media({ kind: 'update-leg', leg: channel.uuid, offer: input.offer });
      break;
    case 'progressed':
      onProgress(node, channel, input.sdp);
      break;
    case 'answered':
      onPeerAnswer(node, channel, input.sdp);
      break;
    case 'digit':
      pressed(node, channel, { ...input, source: 'ENDPOINT' });
      break;
  }
}

function onPeerEnd(node: SwitchNode, channel: Channel, end: PeerEnd): void {
  switch (end.kind) {
    case 'bye':
      setVariable(channel, 'sip_term_status', '200');
      hangup(node, channel, reasonToCause(end.reason ?? '') ?? 'NORMAL_CLEARING', 'peer');
      break;
    case 'cancel':
      setVariable(channel, 'sip_term_status', '487');
      hangup(node, channel, 'ORIGINATOR_CANCEL', 'peer');
      break;
    case 'refused':
      setVariable(channel, 'sip_invite_failure_status', String(end.status));
      setVariable(channel, 'sip_term_status', String(end.status));
      hangup(node, channel, reasonToCause(end.reason ?? '') ?? statusToCause(end.status), 'peer');
      break;
    case 'unreachable':
      hangup(node, channel, 'RECOVERY_ON_TIMER_EXPIRE');
      break;
  }
}

/** Private events of a channel (switch_ivr.c, `switch_ivr_parse_event`). */
function sendmsg(node: SwitchNode, channel: Channel, headers: EslHeaders, body: string): void {
  switch (headerOf(headers, 'call-command')?.toLowerCase()) {
    case 'execute': {
      const app = headerOf(headers, 'execute-app-name');
      if (app === undefined) return;
      const eventUuid = headerOf(headers, 'Event-UUID');
      const eventUuidName = headerOf(headers, 'event-uuid-name');
      execute(node, channel, {
        app,
        args: headerOf(headers, 'execute-app-arg') ?? body,
        lock: isTrue(headerOf(headers, 'event-lock')),
        ...(eventUuid === undefined ? {} : { eventUuid }),
        ...(eventUuidName === undefined ? {} : { eventUuidName }),
      });
      break;
    }
    case 'hangup':
      hangup(node, channel, toCause(headerOf(headers, 'hangup-cause')));
      break;
    default:
      break;
  }
}

function onTimer(node: SwitchNode, timer: string): void {
  onOriginateTimer(node, timer);
  onDisplaceTimer(node, timer);
  for (const channel of [...node.channels.values()])
    deliver(node, channel, { kind: 'timer', timer });
}
