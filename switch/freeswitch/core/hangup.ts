import type { Channel } from './channel.ts';
import { CALL_STATE_NUMBERS, isDown, setVariable } from './channel.ts';
import type { CallState, ChannelState } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import type { ExtraHeader } from './effect.ts';
import { causeToReason, causeToStatus, toQ850 } from './hangup-cause.ts';
import type { SwitchNode } from './node.ts';
import { unwind } from './unwind.ts';

/** Who began the end: then the peer needs to be told, or knows. */
export type EndedBy = 'us' | 'peer';

/** Ends a call for a cause, whatever it is doing. A second time does nothing. */
export function hangup(
  node: SwitchNode,
  channel: Channel,
  cause: string,
  by: EndedBy = 'us',
): void {
  if (isDown(channel)) return;
  const before = channel.life;
  channel.life = { kind: 'hungup', cause };
  channel.state = 'CS_HANGUP';
  channel.times.hungupUs = node.world.nowUs();
  setVariable(channel, 'hangup_cause', cause);
  setVariable(channel, 'hangup_cause_q850', String(toQ850(cause)));
  fireChannel(node, 'CHANNEL_HANGUP', channel);
  if (by === 'us') tellPeer(node, channel, cause, before.kind === 'answered');
  else setVariable(channel, 'sip_hangup_disposition', peerDisposition(channel, before.kind));
  unwind(node, channel);
  changeCallState(node, channel, 'HANGUP');
  node.media({ kind: 'close-leg', leg: channel.uuid });
  failOriginate(node, channel, cause);
  changeState(node, channel, 'CS_REPORTING');
  addDurations(channel);
  fireChannel(node, 'CHANNEL_HANGUP_COMPLETE', channel);
  node.channels.delete(channel.uuid);
  channel.state = 'CS_DESTROY';
  fireChannel(node, 'CHANNEL_DESTROY', channel);
}

export function changeCallState(node: SwitchNode, channel: Channel, next: CallState): void {
  if (channel.callState === next || channel.callState === 'HANGUP') return;
  const before = channel.callState;
  channel.callState = next;
  fireChannel(node, 'CHANNEL_CALLSTATE', channel, [
    { name: 'Original-Channel-Call-State', value: before },
    { name: 'Channel-Call-State-Number', value: String(CALL_STATE_NUMBERS[next]) },
  ]);
}

export function changeState(node: SwitchNode, channel: Channel, next: ChannelState): void {
  channel.state = next;
  fireChannel(node, 'CHANNEL_STATE', channel);
}

function tellPeer(node: SwitchNode, channel: Channel, cause: string, answered: boolean): void {
  const reason = { name: 'Reason', value: causeToReason(cause) };
  const leg = channel.uuid;
  if (answered) {
    setVariable(channel, 'sip_hangup_disposition', 'send_bye');
    const headers = [reason, ...headersFrom(channel, 'sip_bye_h_')];
    node.sip({ kind: 'bye', leg, headers });
  } else if (channel.direction === 'outbound') {
    setVariable(channel, 'sip_hangup_disposition', 'send_cancel');
    node.sip({ kind: 'cancel', leg, headers: [reason] });
  } else {
    setVariable(channel, 'sip_hangup_disposition', 'send_refuse');
    const headers = [reason, ...headersFrom(channel, 'sip_rh_')];
    node.sip({ kind: 'refuse', leg, status: causeToStatus(cause), headers });
  }
}

/** Headers that a controller asked for by variables such as `sip_rh_Retry-After`. */
export function headersFrom(channel: Channel, prefix: string): ExtraHeader[] {
  const headers: ExtraHeader[] = [];
  for (const [name, value] of channel.variables) {
    if (!name.startsWith(prefix)) continue;
    const header = name.slice(prefix.length);
    if (/^[A-Za-z0-9-]+$/.test(header) && !/[\r\n\0]/.test(value)) {
      headers.push({ name: header, value });
    }
  }
  return headers;
}

/** A demand for a password is not told as a refusal. */
function peerDisposition(channel: Channel, before: string): string | undefined {
  if (before === 'answered') return 'recv_bye';
  if (channel.direction === 'inbound') return 'recv_cancel';
  const status = channel.variables.get('sip_invite_failure_status') ?? '';
  return ['401', '407'].includes(status) ? undefined : 'recv_refuse';
}

function failOriginate(node: SwitchNode, channel: Channel, cause: string): void {
  const originating = node.originating.get(channel.uuid);
  if (originating === undefined) return;
  node.originating.delete(channel.uuid);
  node.reply(originating.job, `-ERR ${cause}\n`);
}

function addDurations(channel: Channel): void {
  const { createdUs, answeredUs, hungupUs } = channel.times;
  const totalUs = hungupUs - createdUs;
  const billedUs = answeredUs === 0 ? 0 : hungupUs - answeredUs;
  const values = {
    start_epoch: createdUs / 1e6,
    start_uepoch: createdUs,
    answer_epoch: answeredUs / 1e6,
    answer_uepoch: answeredUs,
    end_epoch: hungupUs / 1e6,
    end_uepoch: hungupUs,
    duration: totalUs / 1e6,
    billsec: billedUs / 1e6,
    mduration: totalUs / 1e3,
    billmsec: billedUs / 1e3,
  };
  for (const [name, value] of Object.entries(values)) {
    setVariable(channel, name, String(Math.floor(value)));
  }
}
