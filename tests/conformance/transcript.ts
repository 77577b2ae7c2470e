import type { Headers } from '../support/esl-client.ts';
import type { Transcript } from './script.ts';
import { nameOf } from './stage.ts';

/** The headers the bridge reads; their values must be the same on every engine. */
const COMPARED = [
  'Conference-Name',
  'Conference-Size',
  'Conference-Profile-Name',
  'Member-Type',
  'Hear',
  'Speak',
  'Hold',
  'Mute-Detect',
  'Member-Ghost',
  'Volume-Level',
  'Digits',
  'File',
  'Application',
  'Application-Response',
  'Hangup-Cause',
  'Answer-State',
  'Call-Direction',
  'Caller-Caller-ID-Name',
  'Caller-Caller-ID-Number',
  'Caller-Destination-Number',
  'variable_sip_h_X-Partyline',
];

/** Events whose moment depends on who speaks when, not on what was said to the switch. */
const UNTIMED = new Set(['start-talking', 'stop-talking', 'floor-change', 'play-file-member-done']);

/** Values in a list of members that differ from moment to moment. */
const MOMENTS = new Set(['run_time', 'join_time', 'last_talking', 'talking', 'has_floor', 'id']);

/**
 * A transcript as lines that two engines can agree on: what was said and replied, in order; then the
 * events, in order for each call and each room. What chance chose is numbered as it appears.
 */
export function normalise(transcript: Transcript, prompts: string): string[] {
  const names = new Names(transcript, prompts);
  const said = transcript.exchanges.flatMap(({ said, reply }) => [
    `> ${names.replace(said)}`,
    ...replyLines(names.replace(reply)),
  ]);
  return [...said, ...eventLines(transcript.events).map((line) => names.replace(line))];
}

function replyLines(reply: string): string[] {
  if (reply.startsWith('[{')) return [`< ${JSON.stringify(timeless(JSON.parse(reply)))}`];
  const lines = reply.trimEnd().split('\n');
  return lines.map((line) => `< ${withoutMemberId(line)}`.trimEnd());
}

/** Member ids count up over the life of a switch. */
function withoutMemberId(line: string): string {
  return line
    .replace(/\b((?:un)?(?:mute|deaf|hold)|kicked|IN|OUT|to) \d+/, '$1 ID')
    .replace(/^\d+\) /, 'ID) ');
}

function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !MOMENTS.has(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, timeless(each)]));
}

function eventLines(events: readonly Headers[]): string[] {
  // The dialplan's own `set` is the configuration's business, not the bridge's.
  const timed = events.filter((each) => !UNTIMED.has(nameOf(each)) && each.Application !== 'set');
  const subjects = distinct(
    timed.map((event) => event['Unique-ID'] ?? event['Conference-Unique-ID']),
  );
  return subjects.flatMap((subject) => [
    `events of ${subject}`,
    ...timed
      .filter((event) => (event['Unique-ID'] ?? event['Conference-Unique-ID']) === subject)
      .map(eventLine),
  ]);
}

function eventLine(event: Headers): string {
  const kept = COMPARED.filter((name) => event[name] !== undefined);
  return `  ${nameOf(event)} ${kept.map((name) => `${name}=${event[name]}`).join(' ')}`;
}

/** Gives what chance chose the same names on every engine. */
class Names {
  readonly #pairs: readonly (readonly [string, string])[];

  constructor({ events }: Transcript, prompts: string) {
    const calls = distinct(events.map((event) => event['Unique-ID']));
    const rooms = distinct(events.map((event) => event['Conference-Unique-ID']));
    this.#pairs = [
      [prompts, 'PROMPTS'],
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
