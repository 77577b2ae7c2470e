import type { Channel } from './channel.ts';
import { readCodecOf, writeCodecOf } from './codecs.ts';
import { CONTEXT } from './dialplan.ts';
import { formatLocal } from './event-prelude.ts';
import type { SwitchNode } from './node.ts';
import { separateString } from './separate-string.ts';

const SYNTAX =
  'codec|endpoint|application|api|dialplan|file|timer|calls [count]|channels [count|like <match string>]|calls|detailed_calls|bridged_calls|detailed_bridged_calls|aliases|complete|chat|management|modules|nat_map|say|interfaces|interface_types|tasks|limits|status';

type Row = Readonly<Record<string, string>>;

/** `show channels|calls [count] [as json|delim]` (mod_commands.c). */
export function showCommand(node: SwitchNode, args: string): string {
  const [what, ...words] = separateString(args, 6);
  const table = what?.toLowerCase();
  if (table !== 'channels' && table !== 'calls') return `-USAGE: ${SYNTAX}\n`;
  const counted = words[0]?.toLowerCase() === 'count';
  const [as, format = 'delim'] = counted ? words.slice(1) : words;
  const rows = sortedChannels(node).map((channel) =>
    table === 'channels' ? channelRow(node, channel) : callRow(node, channel),
  );
  if (as?.toLowerCase() === 'as' && format.toLowerCase() === 'json') return asJson(rows, counted);
  if (counted) return `\n${rows.length} total.\n`;
  return asDelimited(rows);
}

function asJson(rows: readonly Row[], counted: boolean): string {
  if (counted) return JSON.stringify({ row_count: rows.length, rows: [] });
  if (rows.length === 0) return '{"row_count": 0}\n';
  return JSON.stringify({ row_count: rows.length, rows });
}

function asDelimited(rows: readonly Row[]): string {
  if (rows.length === 0) return '\n0 total.\n';
  const head = `${Object.keys(rows[0]!).join(',')}\n`;
  const lines = rows.map((row) => `${Object.values(row).join(',')}\n`).join('');
  return `${head}${lines}\n${rows.length} total.\n`;
}

function sortedChannels(node: SwitchNode): Channel[] {
  return [...node.channels.values()].sort((a, b) => a.times.createdUs - b.times.createdUs);
}

/** The columns of the core's table `channels` (switch_core_sqldb.c). */
function channelRow(node: SwitchNode, channel: Channel): Row {
  const { caller, variables } = channel;
  const [read, write] = [readCodecOf(channel), writeCodecOf(channel)];
  const inbound = channel.direction === 'inbound';
  const routing = { dialplan: inbound ? 'XML' : '', context: inbound ? CONTEXT : '' };
  return {
    ...identityColumns(channel),
    application: variables.get('current_application') ?? '',
    application_data: variables.get('current_application_data') ?? '',
    ...routing,
    read_codec: read?.name ?? '',
    read_rate: read === undefined ? '' : String(read.rate),
    read_bit_rate: '',
    write_codec: write?.name ?? '',
    write_rate: write === undefined ? '' : String(write.rate),
    write_bit_rate: '',
    secure: '',
    hostname: node.settings.hostname,
    presence_id: '',
    presence_data: '',
    accountcode: '',
    callstate: channel.callState,
    callee_name: '',
    callee_num: '',
    callee_direction: '',
    call_uuid: '',
    sent_callee_name: '',
    sent_callee_num: '',
    initial_cid_name: caller.callerIdName,
    initial_cid_num: caller.callerIdNumber,
    initial_ip_addr: caller.networkAddress,
    initial_dest: caller.destination,
    initial_dialplan: routing.dialplan,
    initial_context: routing.context,
  };
}

/** The columns of the view `basic_calls`; nobody is bridged here, so the other leg's are empty. */
function callRow(node: SwitchNode, channel: Channel): Row {
  const other: Record<string, string> = {};
  for (const name of Object.keys(identityColumns(channel))) other[`b_${name}`] = '';
  return {
    ...identityColumns(channel),
    presence_id: '',
    presence_data: '',
    accountcode: '',
    callstate: channel.callState,
    callee_name: '',
    callee_num: '',
    callee_direction: '',
    call_uuid: '',
    hostname: node.settings.hostname,
    sent_callee_name: '',
    sent_callee_num: '',
    ...other,
    call_created_epoch: '',
  };
}

function identityColumns(channel: Channel): Row {
  const { caller, times } = channel;
  const created = new Date(times.createdUs / 1000);
  return {
    uuid: channel.uuid,
    direction: channel.direction,
    created: formatLocal(created),
    created_epoch: String(Math.floor(times.createdUs / 1e6)),
    name: channel.name,
    state: channel.state,
    cid_name: caller.callerIdName,
    cid_num: caller.callerIdNumber,
    ip_addr: caller.networkAddress,
    dest: caller.destination,
  };
}
