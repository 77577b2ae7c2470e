import type { MeetingView } from '../../protocol/http/views.ts';
import type { Participant, ParticipantId, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/** What somebody asked for by a click. Whether it came true only the feed tells. */
export type Wish =
  | {
      readonly kind: 'set-muted';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly muted: boolean;
    }
  | { readonly kind: 'remove'; readonly room: RoomId; readonly id: ParticipantId }
  | { readonly kind: 'mute-all'; readonly room: RoomId }
  | { readonly kind: 'set-locked'; readonly room: RoomId; readonly locked: boolean }
  | { readonly kind: 'end'; readonly room: RoomId }
  | { readonly kind: 'delete'; readonly room: RoomId };

/** A wish on its way, since when (milliseconds of any steady clock). */
export interface Waiting {
  readonly wish: Wish;
  readonly sinceMs: number;
}

/** What the feed says, as far as wishes are judged by it. */
export interface Facts {
  readonly rooms: Rooms;
  readonly meetings: ReadonlyMap<RoomId, MeetingView>;
}

/** How long a click may wait for its fact before we say that nothing came. */
export const GIVE_UP_MS = 5_000;

const NOBODY: Room['people'] = new Map();

/** The button a wish belongs to: one wish a button waits at a time. */
export function keyOf(wish: Wish): string {
  return 'id' in wish ? `${wish.kind} ${wish.room} ${wish.id}` : `${wish.kind} ${wish.room}`;
}

export function isFulfilled(wish: Wish, facts: Facts): boolean {
  const room = facts.rooms.get(wish.room);
  const people = room?.people ?? NOBODY;
  switch (wish.kind) {
    case 'set-muted':
      return people.get(wish.id)?.muted === wish.muted;
    case 'remove':
      return !people.has(wish.id);
    case 'mute-all':
      return mutable(people.values()).every((person) => person.muted);
    case 'set-locked':
      return room?.locked === wish.locked;
    case 'end':
      return (facts.meetings.get(wish.room)?.state ?? 'ended') === 'ended';
    case 'delete':
      return !facts.meetings.has(wish.room);
    default:
      return unreachable(wish);
  }
}

/** Those whom “mute all” is for. */
function mutable(people: Iterable<Participant>): readonly Participant[] {
  return [...people].filter((person) => person.role !== 'moderator' && person.state === 'joined');
}

/** What still waits once the facts are looked at. The very same list where nothing changed. */
export function settle(waiting: readonly Waiting[], facts: Facts): readonly Waiting[] {
  const rest = waiting.filter(({ wish }) => !isFulfilled(wish, facts));
  return rest.length === waiting.length ? waiting : rest;
}

/** Those that waited too long, and the rest. */
export function giveUp(
  waiting: readonly Waiting[],
  nowMs: number,
): { readonly late: readonly Waiting[]; readonly rest: readonly Waiting[] } {
  const isLate = (each: Waiting) => nowMs - each.sinceMs >= GIVE_UP_MS;
  return { late: waiting.filter(isLate), rest: waiting.filter((each) => !isLate(each)) };
}
