import type { CallReport } from '../../protocol/room/control.ts';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { departed, followed, newVisit } from './visit.ts';
import type { Visit, VisitEnd } from './visit.ts';

/** One time that people met: from the first who came to the last who left. Times are ms since 1970. */
export interface MeetingSession {
  readonly id: string;
  readonly room: RoomId;
  /** The meeting's name then. */
  readonly name: string;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  /** When it was last written that it goes on. */
  readonly seenAtMs: number;
  /** People who were inside, and the most at once. */
  readonly people: number;
  readonly most: number;
}

/** With everybody who was there. */
export interface Attended {
  readonly session: MeetingSession;
  readonly visits: ReadonlyMap<ParticipantId, Visit>;
}

export function begun(
  given: Pick<MeetingSession, 'id' | 'room' | 'name'>,
  nowMs: number,
): Attended {
  const session = { ...given, startedAtMs: nowMs, seenAtMs: nowMs, people: 0, most: 0 };
  return { session, visits: new Map() };
}

/** Somebody's row. The same object where it tells nothing that is kept. */
export function saw(
  attended: Attended,
  row: Participant,
  nowMs: number,
  more: { readonly inside: number; readonly by?: string | undefined },
): Attended {
  const { session, visits } = attended;
  const known = visits.get(row.id);
  const visit = known === undefined ? newVisit(row, nowMs) : followed(known, row, nowMs, more.by);
  if (visit === known && more.inside <= session.most) return attended;
  const most = Math.max(session.most, more.inside);
  const startedAtMs = Math.min(session.startedAtMs, row.joinedAtMs);
  return withVisit({ session: { ...session, startedAtMs, most }, visits }, visit);
}

export function sawLeave(
  attended: Attended,
  leg: ParticipantId,
  end: VisitEnd,
  at: { readonly nowMs: number; readonly by?: string | undefined },
): Attended {
  const visit = attended.visits.get(leg);
  if (visit === undefined || visit.leftAtMs !== undefined) return attended;
  return withVisit(attended, departed(visit, end, at.nowMs, at.by));
}

/** How their call ended, told a moment later. */
export function ended(visit: Visit, { cause, quality }: Omit<CallReport, 'room' | 'id'>): Visit {
  return { ...visit, ...(cause !== '' && { cause }), ...(quality && { quality }) };
}

/**
 * Taken up again by another life of ours, or another process: who is still there stays, who is gone
 * left when the session was last seen. `undefined` where nobody of it is there: it is over.
 */
export function resumed(
  attended: Attended,
  people: ReadonlyMap<ParticipantId, Participant>,
): Attended | undefined {
  const isThere = [...attended.visits.values()].some(
    ({ leg, leftAtMs }) => leftAtMs === undefined && people.has(leg),
  );
  if (!isThere) return undefined;
  const gone = [...attended.visits.keys()].filter((leg) => !people.has(leg));
  return withoutThose(attended, gone);
}

/** Nobody is left, as far as anybody knows: it ended when it was last seen. */
export function abandoned(attended: Attended): Attended {
  const empty = withoutThose(attended, [...attended.visits.keys()]);
  return closed(empty, attended.session.seenAtMs);
}

export function closed({ session, visits }: Attended, endedAtMs: number): Attended {
  return { session: { ...session, endedAtMs, seenAtMs: endedAtMs }, visits };
}

export function isDeserted({ visits }: Attended): boolean {
  return [...visits.values()].every(({ leftAtMs }) => leftAtMs !== undefined);
}

/** In the place of the same leg's before. */
export function withVisit({ session, visits }: Attended, visit: Visit): Attended {
  const before = visits.get(visit.leg);
  const next = new Map(visits).set(visit.leg, visit);
  const counts = before?.joinedAtMs === visit.joinedAtMs && before?.person === visit.person;
  const people = counts ? session.people : peopleOf(next.values());
  return { session: { ...session, people }, visits: next };
}

function withoutThose(attended: Attended, legs: readonly ParticipantId[]): Attended {
  const at = { nowMs: attended.session.seenAtMs };
  return legs.reduce((now, leg) => sawLeave(now, leg, 'unwatched', at), attended);
}

/** Who came by two phones, or came again, is one where something tells so. */
function peopleOf(visits: Iterable<Visit>): number {
  const inside = [...visits].filter(({ joinedAtMs }) => joinedAtMs !== undefined);
  return new Set(inside.map(({ person, leg }) => person ?? leg)).size;
}
