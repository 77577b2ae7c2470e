import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { Quality } from '../../protocol/room/quality.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import type { Participant, ParticipantId, Role, Via } from '../../protocol/room/room.ts';
import { withSpan } from './talk.ts';
import type { Span } from './talk.ts';

/** By what somebody came in. Of codes only the kind: they open the meeting still. */
export type WayIn =
  'link' | 'joining-code' | 'moderator-code' | 'personal-code' | 'extension' | 'called' | 'unknown';

export interface CameBy {
  readonly way: WayIn;
  readonly trunk?: string;
  /** The access number that was dialled. */
  readonly dialled?: string;
}

/** What others did to somebody. */
export interface Deed {
  readonly atMs: number;
  readonly act:
    'admitted' | 'muted' | 'unmuted' | 'made-moderator' | 'made-participant' | 'removed';
  /** The moderator's name, `console` or `program`; absent where nobody told us. */
  readonly by?: string;
}

/** `unwatched`: they were gone when we looked again. */
export type VisitEnd = LeaveReason | 'unwatched';

/** One leg's stay in a meeting. Times are milliseconds since 1970. */
export interface Visit {
  readonly leg: ParticipantId;
  readonly name: string;
  /** Masked. */
  readonly number: string;
  readonly via: Via;
  readonly role: Role;
  readonly came: CameBy;
  /** By what the same person is found in other sessions; absent: nothing tells them from others. */
  readonly person?: string;
  readonly waits: readonly Span[];
  readonly waitingSinceMs?: number;
  readonly joinedAtMs?: number;
  readonly leftAtMs?: number;
  readonly end?: VisitEnd;
  /** FreeSWITCH's `Hangup-Cause`. */
  readonly cause?: string;
  readonly quality?: Quality;
  readonly talk: readonly Span[];
  readonly talkingSinceMs?: number;
  readonly muted: boolean;
  readonly deeds: readonly Deed[];
}

const MOST_DEEDS = 50;

export function newVisit(row: Participant, nowMs: number): Visit {
  const { id, name, number, via, role, personId } = row;
  const visit: Visit = {
    leg: id,
    name,
    number,
    via,
    role,
    came: { way: via === 'browser' ? 'link' : 'unknown' },
    ...(personId === undefined ? {} : { person: personId }),
    waits: [],
    talk: [],
    muted: row.muted,
    deeds: [],
  };
  return followed(visit, row, nowMs);
}

/** As the row stands now. `by` is who was heard to wish the change. The same object where nothing is new. */
export function followed(visit: Visit, row: Participant, nowMs: number, by?: string): Visit {
  const moved = talking(placed(visit, row, nowMs), row.talking, nowMs);
  const deeds = deedsBetween(visit, row, nowMs, by);
  const { name, role, quality } = row;
  const isMuted = row.audioBy === undefined ? row.muted : moved.muted;
  const same =
    moved.name === name &&
    moved.role === role &&
    moved.muted === isMuted &&
    moved.quality === quality &&
    deeds.length === 0;
  if (same) return moved;
  return {
    ...moved,
    name,
    role,
    muted: isMuted,
    ...(quality && { quality }),
    deeds: [...moved.deeds, ...deeds].slice(-MOST_DEEDS),
  };
}

/** Gone since `atMs`. */
export function departed(visit: Visit, end: VisitEnd, atMs: number, by?: string): Visit {
  if (visit.leftAtMs !== undefined) return visit;
  const silent = talking(visit, false, atMs);
  const { waitingSinceMs, ...rest } = silent;
  const removed: readonly Deed[] =
    end === 'removed' ? [{ atMs, act: 'removed', ...(by === undefined ? {} : { by }) }] : [];
  return {
    ...rest,
    ...(waitingSinceMs !== undefined && { waits: withSpan(rest.waits, [waitingSinceMs, atMs]) }),
    leftAtMs: Math.max(atMs, rest.joinedAtMs ?? 0),
    end,
    deeds: [...rest.deeds, ...removed],
  };
}

/** With what their gateway vouched for. `digest` makes a name for a person of a number or account. */
export function recognised(
  visit: Visit,
  identity: CallIdentity,
  digest: (text: string) => string,
): Visit {
  const { personId, account, number } = identity;
  const mark = account ?? number;
  const person = personId ?? (mark === '' ? undefined : digest(mark));
  return { ...visit, came: cameBy(identity), ...(person === undefined ? {} : { person }) };
}

/** As it is kept should we die now: what still goes on ends here. */
export function asOf(visit: Visit, nowMs: number): Visit {
  return talking(visit, false, nowMs);
}

function cameBy({ via, destination, trunk, personId }: CallIdentity): CameBy {
  const dialled = 'dialled' in destination ? destination.dialled : undefined;
  const beside = {
    ...(trunk === undefined ? {} : { trunk }),
    ...(dialled === undefined ? {} : { dialled }),
  };
  if (via === 'browser') return { way: 'link' };
  if (destination.kind === 'outbound') return { way: 'called', ...beside };
  if (destination.kind !== 'meeting' || destination.by === undefined)
    return { way: 'unknown', ...beside };
  if (destination.by === 'extension') return { way: 'extension', ...beside };
  if (personId !== undefined) return { way: 'personal-code', ...beside };
  return { way: `${CODES[destination.role]}-code`, ...beside };
}

const CODES = { moderator: 'moderator', participant: 'joining' } as const;

function placed(visit: Visit, row: Participant, nowMs: number): Visit {
  if (row.state === 'lobby')
    return visit.waitingSinceMs === undefined && visit.joinedAtMs === undefined
      ? { ...visit, waitingSinceMs: row.joinedAtMs }
      : visit;
  if (visit.joinedAtMs !== undefined) return visit;
  const { waitingSinceMs, ...rest } = visit;
  if (waitingSinceMs === undefined) return { ...rest, joinedAtMs: row.joinedAtMs };
  return { ...rest, joinedAtMs: nowMs, waits: withSpan(rest.waits, [waitingSinceMs, nowMs]) };
}

function talking(visit: Visit, talks: boolean, nowMs: number): Visit {
  const { talkingSinceMs, ...rest } = visit;
  if (talks) return talkingSinceMs === undefined ? { ...visit, talkingSinceMs: nowMs } : visit;
  if (talkingSinceMs === undefined) return visit;
  return { ...rest, talk: withSpan(rest.talk, [talkingSinceMs, nowMs]) };
}

/** What somebody else did to them. Who mutes themselves does that fifty times a meeting. */
function deedsBetween(
  visit: Visit,
  row: Participant,
  atMs: number,
  by: string | undefined,
): readonly Deed[] {
  const acts: Deed['act'][] = [];
  if (visit.waitingSinceMs !== undefined && row.state === 'joined') acts.push('admitted');
  if (visit.role !== row.role) acts.push(`made-${row.role}`);
  const isOther = by !== undefined || row.mutedBy === 'moderator';
  if (row.audioBy === undefined && visit.muted !== row.muted && isOther)
    acts.push(row.muted ? 'muted' : 'unmuted');
  return acts.map((act) => ({ atMs, act, ...(by === undefined ? {} : { by }) }));
}
