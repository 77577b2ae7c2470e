import type { MeetingRules } from '../../protocol/http/views.ts';
import type { RoomEnd, WhyEnds } from '../../protocol/room/room.ts';

/**
 * One time that people are together in a meeting's room, as it lies in the store. Times are
 * milliseconds since 1970.
 */
export interface Gathering {
  /** The first came in. */
  readonly sinceMs: number;
  /** The last moderator left; absent while one is there, and where none was yet. */
  readonly aloneSinceMs?: number;
  readonly hadModerator?: true;
  /** A word was last heard, as far as was looked. */
  readonly heardAtMs: number;
  readonly emptySinceMs?: number;
  /** What was last said of the end, and how many minutes before. */
  readonly told?: RoomEnd & { readonly minutes: number };
  /** Ended by its rules; whoever is still inside is to be hung up. */
  readonly overAtMs?: number;
}

/** How the meeting's rooms stand, its breakout rooms with them. */
export interface Attendance {
  readonly people: number;
  readonly moderators: number;
  /** When a word was last heard; now while somebody speaks. Absent: not since we listen. */
  readonly heardAtMs?: number;
}

export type EndRules = Pick<
  MeetingRules,
  'endWithoutModeratorMinutes' | 'endWhenSilentMinutes' | 'endWhenEmptyMinutes' | 'maxMinutes'
>;

/** What is to be done about it. */
export type GatheringAct =
  | { readonly kind: 'announce'; readonly end: RoomEnd }
  | { readonly kind: 'call-off' }
  | { readonly kind: 'end'; readonly why: WhyEnds };

export interface GatheringStep {
  /** Absent: nobody gathers. */
  readonly gathering?: Gathering;
  readonly acts: readonly GatheringAct[];
  /** When to look again though nothing happened. */
  readonly lookAtMs?: number;
}

const MINUTE_MS = 60_000;
/** Who comes back within that time comes back to the same gathering, where no rule says how long. */
const PAUSE_MS = 5 * MINUTE_MS;
/** Whom a rule hung up is gone by then, or must be hung up again. */
const GONE_MS = 30_000;
/** Minutes before the end at which it is said. For want of a moderator it is said at once, too. */
const SAID_BEFORE: Readonly<Record<WhyEnds, readonly number[]>> = {
  time: [1, 5],
  'no-moderator': [1],
  silence: [1],
  empty: [],
  breakout: [],
};

export function hasEndRules(rules: EndRules): boolean {
  const { endWithoutModeratorMinutes, endWhenSilentMinutes, endWhenEmptyMinutes } = rules;
  return (
    endWithoutModeratorMinutes + endWhenSilentMinutes + endWhenEmptyMinutes + rules.maxMinutes > 0
  );
}

/** What becomes of a gathering, and what is to be done, when one looks at it now. */
export function lookAt(
  before: Gathering | undefined,
  attendance: Attendance,
  rules: EndRules,
  nowMs: number,
): GatheringStep {
  if (before?.overAtMs !== undefined) return whileGoing(before, attendance, nowMs);
  if (before === undefined && attendance.people === 0) return { acts: [] };
  const gathering = seen(before ?? { sinceMs: nowMs, heardAtMs: nowMs }, attendance, nowMs);
  const end = endOf(gathering, rules);
  if (end !== undefined && end.atMs <= nowMs) return over(gathering, end.why, nowMs);
  if (isForgotten(gathering, rules, nowMs)) return { acts: [] };
  return announced(gathering, end, nowMs);
}

function seen(before: Gathering, attendance: Attendance, nowMs: number): Gathering {
  const { people, moderators } = attendance;
  const { aloneSinceMs, emptySinceMs, ...rest } = before;
  const heardAtMs = Math.max(before.heardAtMs, attendance.heardAtMs ?? 0);
  const had = moderators > 0 || before.hadModerator === true;
  return {
    ...rest,
    heardAtMs,
    ...(had && { hadModerator: true as const }),
    ...(had && moderators === 0 && { aloneSinceMs: aloneSinceMs ?? nowMs }),
    ...(people === 0 && { emptySinceMs: emptySinceMs ?? nowMs }),
  };
}

/** The first end that the rules have for it. An empty room has neither silence nor want of anybody. */
function endOf(gathering: Gathering, rules: EndRules): RoomEnd | undefined {
  const { emptySinceMs, aloneSinceMs } = gathering;
  const ends: readonly (RoomEnd | undefined)[] =
    emptySinceMs !== undefined
      ? [after(emptySinceMs, rules.endWhenEmptyMinutes, 'empty')]
      : [
          after(gathering.sinceMs, rules.maxMinutes, 'time'),
          after(aloneSinceMs, rules.endWithoutModeratorMinutes, 'no-moderator'),
          after(gathering.heardAtMs, rules.endWhenSilentMinutes, 'silence'),
        ];
  const known = ends.filter((end) => end !== undefined);
  return known.sort((a, b) => a.atMs - b.atMs)[0];
}

function after(sinceMs: number | undefined, minutes: number, why: WhyEnds): RoomEnd | undefined {
  if (sinceMs === undefined || minutes === 0) return undefined;
  return { atMs: sinceMs + minutes * MINUTE_MS, why };
}

/** Nobody is there, and no rule waits for that. */
function isForgotten(
  { emptySinceMs }: Gathering,
  { endWhenEmptyMinutes }: EndRules,
  nowMs: number,
): boolean {
  if (emptySinceMs === undefined || endWhenEmptyMinutes > 0) return false;
  return emptySinceMs + PAUSE_MS <= nowMs;
}

function over(gathering: Gathering, why: WhyEnds, nowMs: number): GatheringStep {
  return {
    gathering: { ...gathering, overAtMs: nowMs },
    acts: [{ kind: 'end', why }],
    lookAtMs: nowMs + GONE_MS,
  };
}

/** They were hung up, or should have been: FreeSWITCH may have been away. */
function whileGoing(before: Gathering, { people }: Attendance, nowMs: number): GatheringStep {
  const { overAtMs = nowMs } = before;
  if (people === 0) return { acts: [] };
  if (overAtMs + GONE_MS > nowMs)
    return { gathering: before, acts: [], lookAtMs: overAtMs + GONE_MS };
  return over(before, before.told?.why ?? 'time', nowMs);
}

function announced(
  { told, ...gathering }: Gathering,
  end: RoomEnd | undefined,
  nowMs: number,
): GatheringStep {
  const lookAtMs = nextLook(gathering, end, nowMs);
  const minutes = end && wordDue(end, gathering, nowMs);
  if (end === undefined || minutes === undefined)
    return told === undefined
      ? { gathering, acts: [], lookAtMs }
      : { gathering, acts: [{ kind: 'call-off' }], lookAtMs };
  const isSaid = told?.why === end.why && told.atMs === end.atMs && told.minutes <= minutes;
  const now = { ...gathering, told: isSaid ? told : { ...end, minutes } };
  return { gathering: now, acts: isSaid ? [] : [{ kind: 'announce', end }], lookAtMs };
}

/** The last of the moments before the end that has come, in minutes. */
function wordDue(end: RoomEnd, { sinceMs, aloneSinceMs }: Gathering, nowMs: number) {
  const begunMs = end.why === 'no-moderator' ? (aloneSinceMs ?? sinceMs) : sinceMs;
  const whole = (end.atMs - begunMs) / MINUTE_MS;
  const moments = SAID_BEFORE[end.why].filter((minutes) => minutes < whole);
  const said = end.why === 'no-moderator' ? [...moments, whole] : moments;
  return said.sort((a, b) => a - b).find((minutes) => end.atMs - minutes * MINUTE_MS <= nowMs);
}

/** At the next word or the end; within a minute, so that what was heard is kept. */
function nextLook(gathering: Gathering, end: RoomEnd | undefined, nowMs: number): number {
  const moments = [
    ...(end === undefined ? [] : [end.atMs, ...wordsOf(end)]),
    ...(gathering.emptySinceMs === undefined ? [] : [gathering.emptySinceMs + PAUSE_MS]),
    nowMs + MINUTE_MS,
  ];
  return Math.min(...moments.filter((ms) => ms > nowMs));
}

function wordsOf({ atMs, why }: RoomEnd): readonly number[] {
  return SAID_BEFORE[why].map((minutes) => atMs - minutes * MINUTE_MS);
}
