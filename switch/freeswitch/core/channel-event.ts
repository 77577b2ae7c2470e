import type { EslHeader } from '../../../protocol/esl/headers.ts';
import type { Channel } from './channel.ts';
import { STATE_NUMBERS } from './channel.ts';
import { bitRateOf, readCodecOf, writeCodecOf } from './codecs.ts';
import { CONTEXT } from './dialplan.ts';
import type { SwitchNode } from './node.ts';

/** Fires an event about one channel: its own headers after the basic data and the variables. */
export function fireChannel(
  node: SwitchNode,
  name: string,
  channel: Channel,
  own: readonly EslHeader[] = [],
): void {
  node.fire(name, [...channelData(channel, name), ...own]);
}

/** Basic data and, for the events that carry them, `variable_…` (switch_channel.c). */
export function channelData(channel: Channel, eventName: string): EslHeader[] {
  const basic = basicData(channel);
  if (WITHOUT_VARIABLES.has(eventName)) return basic;
  const variables = [...channel.variables].map(([name, value]) => ({
    name: `variable_${name}`,
    value,
  }));
  return [...basic, ...variables];
}

/** Events that FreeSWITCH keeps short unless told to be verbose. */
const WITHOUT_VARIABLES = new Set([
  'CHANNEL_STATE',
  'CHANNEL_CALLSTATE',
  'CHANNEL_OUTGOING',
  'DTMF',
]);

/** `switch_channel_event_set_basic_data`. */
export function basicData(channel: Channel): EslHeader[] {
  const { life, direction } = channel;
  const headers: EslHeader[] = [
    { name: 'Channel-State', value: runningState(channel) },
    { name: 'Channel-Call-State', value: channel.callState },
    { name: 'Channel-State-Number', value: String(STATE_NUMBERS[channel.state]) },
    { name: 'Channel-Name', value: channel.name },
    { name: 'Unique-ID', value: channel.uuid },
    { name: 'Call-Direction', value: direction },
    { name: 'Presence-Call-Direction', value: direction },
    { name: 'Channel-HIT-Dialplan', value: String(direction === 'inbound') },
    { name: 'Channel-Call-UUID', value: channel.variables.get('call_uuid') ?? channel.uuid },
    { name: 'Answer-State', value: life.kind === 'hungup' ? 'hangup' : life.kind },
  ];
  if (life.kind === 'hungup') headers.push({ name: 'Hangup-Cause', value: life.cause });
  return [...headers, ...codecData(channel), ...callerData(channel)];
}

/** While a channel hangs up or reports, FreeSWITCH already has the next number in hand. */
function runningState(channel: Channel): string {
  if (channel.state === 'CS_HANGUP') return 'CS_EXECUTE';
  return channel.state === 'CS_DESTROY' ? 'CS_REPORTING' : channel.state;
}

function codecData(channel: Channel): EslHeader[] {
  const codecs = [
    ['Read', readCodecOf(channel)],
    ['Write', writeCodecOf(channel)],
  ] as const;
  return codecs.flatMap(([way, codec]) =>
    codec === undefined
      ? []
      : [
          { name: `Channel-${way}-Codec-Name`, value: codec.name },
          { name: `Channel-${way}-Codec-Rate`, value: String(codec.rate) },
          { name: `Channel-${way}-Codec-Bit-Rate`, value: String(bitRateOf(codec)) },
        ],
  );
}

/** `switch_caller_profile_event_set_data`; empty fields are left out. */
function callerData(channel: Channel): EslHeader[] {
  const { caller, direction } = channel;
  const fields: readonly (readonly [string, string])[] = [
    ['Direction', direction],
    ['Logical-Direction', direction],
    ['Username', caller.username],
    ['Dialplan', direction === 'inbound' ? 'XML' : ''],
    ['Caller-ID-Name', caller.callerIdName],
    ['Caller-ID-Number', caller.callerIdNumber],
    ['Orig-Caller-ID-Name', caller.callerIdName],
    ['Orig-Caller-ID-Number', caller.callerIdNumber],
    ['Network-Addr', caller.networkAddress],
    ['ANI', caller.callerIdNumber],
    ['Destination-Number', caller.destination],
    ['Unique-ID', channel.uuid],
    ['Source', direction === 'inbound' ? 'mod_sofia' : 'src/switch_ivr_originate.c'],
    ['Context', direction === 'inbound' ? CONTEXT : ''],
    ['Channel-Name', channel.name],
    ['Profile-Index', '1'],
    ...timeFields(channel),
    ['Screen-Bit', 'true'],
    ['Privacy-Hide-Name', 'false'],
    ['Privacy-Hide-Number', 'false'],
  ];
  return fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name: `Caller-${name}`, value }));
}

function timeFields(channel: Channel): (readonly [string, string])[] {
  const { times } = channel;
  const text = (us: number): string => String(Math.round(us));
  return [
    ['Profile-Created-Time', text(times.createdUs)],
    ['Channel-Created-Time', text(times.createdUs)],
    ['Channel-Answered-Time', text(times.answeredUs)],
    ['Channel-Progress-Time', '0'],
    ['Channel-Progress-Media-Time', text(times.progressMediaUs)],
    ['Channel-Hangup-Time', text(times.hungupUs)],
    ['Channel-Transfer-Time', '0'],
    ['Channel-Resurrect-Time', '0'],
    ['Channel-Bridged-Time', '0'],
    ['Channel-Last-Hold', '0'],
    ['Channel-Hold-Accum', '0'],
  ];
}
