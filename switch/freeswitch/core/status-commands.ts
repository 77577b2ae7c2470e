import type { ApiCommand } from './api-command.ts';
import { toCause } from './hangup-cause.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';

/** The release of FreeSWITCH whose behaviour this switch keeps; the suffix says what it really is. */
export const VERSION = '1.11.1-partyline';
export const MAX_SESSIONS = 1000;
const SESSIONS_PER_SECOND = 30;

/** Commands about the whole switch. */
export const STATUS_COMMANDS: Readonly<Record<string, ApiCommand>> = {
  status: ({ node }) => formatStatus(node),
  version: (_place, args) =>
    args.includes('short') ? '1.11.1\n' : `FreeSWITCH Version ${VERSION} (embedded)\n`,
  uptime: ({ node }, args) => formatUptime(node, args.trim()),
  hostname: ({ node }) => node.settings.hostname,
  create_uuid: ({ node }) => node.world.uuid(),
  reloadxml: () => '+OK [Success]\n',
  module_exists: (_place, args) => String(MODULES.has(args.trim())),
  global_getvar: ({ node }, args) => globalVariable(node, args.trim()),
  sofia: ({ node }, args) => formatSofia(node, args),
  hupall({ node, later }, args) {
    const cause = toCause(args.trim() === '' ? 'MANAGER_REQUEST' : args.trim().split(' ')[0]);
    later(() => {
      for (const channel of [...node.channels.values()]) hangup(node, channel, cause);
    });
    return `+OK hangup all channels with cause ${cause}\n`;
  },
};

/** Those whose work this switch does. */
const MODULES = new Set([
  'mod_commands',
  'mod_conference',
  'mod_dialplan_xml',
  'mod_dptools',
  'mod_event_socket',
  'mod_opus',
  'mod_sndfile',
  'mod_sofia',
  'mod_spandsp',
  'mod_tone_stream',
]);

/** `0 years, 0 days, …`, as `status` and HEARTBEAT write it. */
export function formatDuration(us: number): string {
  const units = [
    ['year', 365 * 86_400e6],
    ['day', 86_400e6],
    ['hour', 3_600e6],
    ['minute', 60e6],
    ['second', 1e6],
    ['millisecond', 1e3],
    ['microsecond', 1],
  ] as const;
  let rest = Math.max(0, Math.round(us));
  const parts = units.map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return `${count} ${name}${count === 1 ? '' : 's'}`;
  });
  return parts.join(', ');
}

function formatStatus(node: SwitchNode): string {
  const up = formatDuration(node.world.nowUs() - node.startedUs);
  return [
    `UP ${up}`,
    `FreeSWITCH (Version ${VERSION} embedded) is ready`,
    `${node.sessionsSinceStart} session(s) since startup`,
    `${node.channels.size} session(s) - peak ${node.peakSessions}, last 5min ${node.peakSessions} `,
    `0 session(s) per Sec out of max ${SESSIONS_PER_SECOND}, peak 0, last 5min 0 `,
    `${MAX_SESSIONS} session(s) max`,
    'min idle cpu 0.00/100.00',
    '',
  ].join('\n');
}

function formatUptime(node: SwitchNode, unit: string): string {
  const scales: Readonly<Record<string, number>> = {
    '': 1e6,
    us: 1,
    ms: 1e3,
    s: 1e6,
    m: 60e6,
    h: 3_600e6,
    d: 86_400e6,
  };
  const scale = scales[unit.toLowerCase()];
  if (scale === undefined) return '-USAGE: [us|ms|s|m|h|d|microseconds|milliseconds|seconds]\n';
  return `${Math.floor((node.world.nowUs() - node.startedUs) / scale)}\n`;
}

function globalVariable({ settings }: SwitchNode, name: string): string {
  const variables: Readonly<Record<string, string>> = {
    hostname: settings.hostname,
    local_ip_v4: settings.address,
    switch_serial: settings.coreUuid,
    core_uuid: settings.coreUuid,
    domain: settings.address,
    sound_prefix: settings.soundsDir ?? '',
  };
  if (name === '') {
    return Object.entries(variables)
      .map(([key, value]) => `${key}=${value}\n`)
      .join('');
  }
  return Object.hasOwn(variables, name) ? variables[name]! : '';
}

function formatSofia(node: SwitchNode, args: string): string {
  if (args.trim() !== 'status') return '-ERR only `sofia status` is offered\n';
  const { sofiaProfile, sipAddress } = node.settings;
  const line = '='.repeat(97);
  const pad = (text: string, width: number): string => text.padStart(width);
  return [
    `${pad('Name', 25)}\t${pad('Type', 7)}\t${pad('Data', 39)}\tState`,
    line,
    `${pad(sofiaProfile, 25)}\t${pad('profile', 7)}\t${pad(`sip:mod_sofia@${sipAddress}`, 39)}\tRUNNING (${node.channels.size})`,
    line,
    '1 profile 0 aliases',
    '',
  ].join('\n');
}
