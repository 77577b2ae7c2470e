import type { Headers } from '../support/esl-client.ts';
import { nameOf } from './event-name.ts';

export interface Exchange {
  readonly said: string;
  readonly reply: string;
}

/** What was said to the switch with what it replied, and every event meanwhile, in order. */
export interface Transcript {
  readonly exchanges: readonly Exchange[];
  readonly events: readonly Headers[];
  /** What chance chose, with the names by which two engines can agree on it. */
  readonly names: readonly (readonly [string, string])[];
}

/** The headers the bridge reads; their values must be the same on every engine. */
const COMPARED = [
  'Conference-Name',
  'Conference-Size',
  'Conference-Ghosts',
  'Conference-Profile-Name',
  'Member-Type',
  'Hear',
  'Speak',
  'Hold',
  'Mute-Detect',
  'Member-Ghost',
  'Volume-Level',
  'Energy-Level',
  'Digits',
  'File',
  'Async',
  'Error',
  'Path',
  'Other-Recordings',
  'Old-Conference-Name',
  'New-Conference-Name',
  'DTMF-Digit',
  'DTMF-Duration',
  'DTMF-Source',
  'Playback-File-Path',
  'Playback-Status',
  'Record-File-Path',
  'Application',
  'Application-Data',
  'Application-Response',
  'Hangup-Cause',
  'Answer-State',
  'Call-Direction',
  'Caller-Caller-ID-Name',
  'Caller-Caller-ID-Number',
  'Caller-Destination-Number',
  'Job-Command',
  '_body',
  'variable_sip_h_X-Partyline',
  'variable_partyline_digits',
  'variable_read_result',
  'variable_playback_terminator_used',
];

/** What only the end of a call settles. */
const AT_THE_END = [
  'variable_hangup_cause_q850',
  'variable_sip_hangup_disposition',
  'variable_sip_term_status',
];

/** Once for each member, whose every event has it. */
const AT_THE_JOINING = [
  'Channel-Read-Codec-Name',
  'Channel-Read-Codec-Rate',
  'Channel-Write-Codec-Name',
  'Channel-Write-Codec-Rate',
];

/** Events whose moment depends on who speaks when, not on what was said to the switch. */
const UNTIMED = new Set(['start-talking', 'stop-talking', 'floor-change']);

/** Values in a list of members that differ from moment to moment. */
const MOMENTS = new Set(['run_time', 'join_time', 'last_talking', 'talking', 'has_floor', 'id']);

/**
 * A transcript as lines that two engines can agree on: what was said and replied, in order; then the
 * events, in order for each call, each room and each job. What chance chose is numbered as it appears.
 */
export function normalise(transcript: Transcript): string[] {
  const names = new Names(transcript);
  const said = transcript.exchanges.flatMap(({ said, reply }) => [
    `> ${names.replace(said)}`.trimEnd(),
    ...replyLines(names.replace(reply)),
  ]);
  return [...said, ...eventLines(transcript.events).map((line) => names.replace(line))];
}

function replyLines(reply: string): string[] {
  if (reply === '') return [];
  if (/^[[{]/.test(reply)) return [`< ${JSON.stringify(timeless(JSON.parse(reply)))}`];
  return reply
    .trimEnd()
    .split('\n')
    .map((line) => `< ${withoutChance(line)}`.trimEnd());
}

/** Member ids count up over the life of a switch, and a list says who talks just now. */
function withoutChance(line: string): string {
  return line
    .replace(
      /\b((?:un)?(?:mute|deaf|hold)|kicked|hup|floor|held by|IN|OUT|to|to member|Energy) \d+/,
      '$1 ID',
    )
    .replace(/\b\d+( ?-> ?)\d+/, 'ID$1ID')
    .replace(/(\(member id|Member) '?\d+'?(?= |\))/, '$1 ID')
    .replace(/^-ERR Member: \d+ /, '-ERR Member: ID ')
    .replace(/^\d+\) /, 'ID) ')
    .replace(/^\d+;/, 'ID;')
    .replace(/\|?(?:talking|floor)(?=[|;])/g, '')
    .replace(/<(id|join_time|last_talking|talking|has_floor)>[^<]*</g, '<$1>…<')
    .replace(/run_time="\d+"/, 'run_time="…"');
}

function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !MOMENTS.has(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, timeless(each)]));
}

function eventLines(events: readonly Headers[]): string[] {
  const timed = events.filter((event) => !UNTIMED.has(nameOf(event)) && !isOurProfiles(event));
  // Which of a call, a room and a job is told first is chance: each kind has its place.
  const subjects = ['Unique-ID', 'Conference-Unique-ID', 'Job-UUID'].flatMap((kind) =>
    distinct(timed.filter((event) => event[kind] === subjectOf(event)).map(subjectOf)),
  );
  return distinct(subjects).flatMap((subject) => [
    `events of ${subject}`,
    ...timed.filter((event) => subjectOf(event) === subject).map(eventLine),
  ]);
}

/** The dialplan's `set` and the profile's silent mute sound are the configuration's business. */
function isOurProfiles(event: Headers): boolean {
  return event.Application === 'set' || event.File === 'silence_stream://1';
}

function subjectOf(event: Headers): string {
  return event['Unique-ID'] ?? event['Conference-Unique-ID'] ?? event['Job-UUID'] ?? '';
}

function eventLine(event: Headers): string {
  const ended = nameOf(event) === 'CHANNEL_HANGUP_COMPLETE';
  const joined = nameOf(event) === 'add-member';
  const more = [...(joined ? AT_THE_JOINING : []), ...(ended ? AT_THE_END : [])];
  const kept = [...COMPARED, ...more].filter((name) => event[name]);
  const words = kept.map((name) => `${name}=${(event[name] ?? '').trimEnd()}`);
  return `  ${[nameOf(event), ...words].join(' ')}`;
}

/** Gives what chance chose the same names on every engine. */
class Names {
  readonly #pairs: readonly (readonly [string, string])[];

  constructor({ events, names }: Transcript) {
    const calls = distinct(events.map((event) => event['Unique-ID']));
    const rooms = distinct(events.map((event) => event['Conference-Unique-ID']));
    this.#pairs = [
      ...names,
      ...calls.map((uuid, at) => [uuid, `CALL-${at + 1}`] as const),
      ...rooms.map((uuid, at) => [uuid, `ROOM-${at + 1}`] as const),
    ];
  }

  replace(text: string): string {
    return this.#pairs.reduce((named, [value, name]) => named.replaceAll(value, name), text);
  }
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values)].filter((value) => value !== undefined && value !== '') as string[];
}
