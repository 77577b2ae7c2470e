import type { MeetingView } from '../../protocol/http/views.ts';
import type {
  Participant,
  ParticipantId,
  Role,
  Room,
  RoomId,
  Rooms,
} from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf } from '../../protocol/room/rows.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/** What somebody asked for one person; `room` is the meeting, whichever of its rooms they are in. */
export type PersonWish = { readonly room: RoomId; readonly id: ParticipantId } & (
  | { readonly kind: 'set-muted'; readonly muted: boolean }
  /** Unmuting somebody whose microphone only they themselves open. */
  | { readonly kind: 'ask-to-unmute' }
  | { readonly kind: 'set-hand'; readonly hand: boolean }
  | { readonly kind: 'set-help'; readonly help: boolean }
  | { readonly kind: 'set-deaf' | 'set-held'; readonly on: boolean }
  /** FreeSWITCH's steps, -4 to 4. */
  | { readonly kind: 'set-volume'; readonly direction: 'in' | 'out'; readonly level: number }
  /** Whether this person, ourselves, hears another. */
  | { readonly kind: 'set-unheard'; readonly other: ParticipantId; readonly on: boolean }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'set-role'; readonly role: Role }
  | { readonly kind: 'admit' | 'refuse' }
  | { readonly kind: 'remove'; readonly ban?: boolean }
  /** To a breakout room, or back to the meeting's own. */
  | { readonly kind: 'move'; readonly to: RoomId }
  /** Of a call that the meeting makes. */
  | { readonly kind: 'cancel-call' }
);

/** What they hear, and are heard. */
export type HearingWish = Extract<
  PersonWish,
  { readonly kind: 'set-deaf' | 'set-held' | 'set-volume' | 'set-unheard' }
>;

/** What somebody asked for a room or a meeting. */
export type RoomWish = { readonly room: RoomId } & (
  | { readonly kind: 'mute-all' | 'unmute-all' | 'admit-all' | 'refuse-all' }
  | { readonly kind: 'set-locked'; readonly locked: boolean }
  | { readonly kind: 'set-recording'; readonly recording: boolean }
  | { readonly kind: 'end' | 'delete' }
);

/** What somebody asked for by a click. Whether it came true only the feed tells. */
export type Wish = PersonWish | RoomWish;

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

const NOBODY: Pick<Room, 'people'> = { people: new Map() };

/** The button a wish belongs to: one wish a button waits at a time. */
export function keyOf(wish: Wish): string {
  if (wish.kind === 'set-unheard') return `${wish.kind} ${wish.room} ${wish.id} ${wish.other}`;
  if (wish.kind === 'set-volume') return `${wish.kind}.${wish.direction} ${wish.room} ${wish.id}`;
  return 'id' in wish ? `${wish.kind} ${wish.room} ${wish.id}` : `${wish.kind} ${wish.room}`;
}

export function isFulfilled(wish: Wish, facts: Facts): boolean {
  const room = facts.rooms.get(wish.room);
  if (!('id' in wish)) return isRoomAsWished(wish, room, facts);
  if (wish.kind === 'move') return facts.rooms.get(wish.to)?.people.has(wish.id) === true;
  if (wish.kind !== 'cancel-call') return isPersonAsWished(wish, personIn(facts.rooms, wish.id));
  return (room?.calls.get(wish.id)?.state ?? 'ended') === 'ended';
}

/** No leg is in two rooms. */
function personIn(rooms: Rooms, id: ParticipantId): Participant | undefined {
  for (const { people } of rooms.values()) if (people.has(id)) return people.get(id);
  return undefined;
}

function isPersonAsWished(
  wish: Exclude<PersonWish, { kind: 'cancel-call' | 'move' }>,
  person: Participant | undefined,
): boolean {
  switch (wish.kind) {
    case 'refuse':
    case 'remove':
      return person === undefined;
    case 'admit':
      return person?.state !== 'lobby';
    default:
      return person !== undefined && isRowAsWished(wish, person);
  }
}

function isRowAsWished(
  wish: Exclude<PersonWish, { kind: 'cancel-call' | 'move' | 'refuse' | 'remove' | 'admit' }>,
  person: Participant,
): boolean {
  if (isAboutHearing(wish)) return hearsAsWished(wish, person);
  switch (wish.kind) {
    case 'set-muted':
      return person.muted === wish.muted;
    case 'ask-to-unmute':
      return !person.muted || person.askedToUnmute === true;
    case 'set-hand':
      return person.hand === wish.hand;
    case 'set-help':
      return (person.wantsHelp === true) === wish.help;
    case 'rename':
      return person.name === wish.name && person.unnamed !== true;
    case 'set-role':
      return person.role === wish.role;
    default:
      return unreachable(wish);
  }
}

const ABOUT_HEARING: ReadonlySet<Wish['kind']> = new Set<HearingWish['kind']>([
  'set-deaf',
  'set-held',
  'set-volume',
  'set-unheard',
]);

export function isAboutHearing(wish: Wish): wish is HearingWish {
  return ABOUT_HEARING.has(wish.kind);
}

function hearsAsWished(wish: HearingWish, person: Participant): boolean {
  switch (wish.kind) {
    case 'set-deaf':
      return person.deaf === wish.on;
    case 'set-held':
      return person.held === wish.on;
    case 'set-volume':
      return person.volume[wish.direction] === wish.level;
    case 'set-unheard':
      return (person.unheard?.includes(wish.other) ?? false) === wish.on;
    default:
      return unreachable(wish);
  }
}

function isRoomAsWished(wish: RoomWish, room: Room | undefined, facts: Facts): boolean {
  switch (wish.kind) {
    case 'set-locked':
      return room?.locked === wish.locked;
    case 'set-recording':
      return room?.recording === wish.recording;
    case 'end':
      return (facts.meetings.get(wish.room)?.state ?? 'ended') === 'ended';
    case 'delete':
      return !facts.meetings.has(wish.room);
    default:
      return isEverybodyAsWished(wish.kind, room ?? NOBODY);
  }
}

function isEverybodyAsWished(
  kind: 'mute-all' | 'unmute-all' | 'admit-all' | 'refuse-all',
  room: Pick<Room, 'people'>,
): boolean {
  switch (kind) {
    case 'mute-all':
      return mutable(room).every((person) => person.muted);
    case 'unmute-all':
      return closed(room).every((person) => person.askedToUnmute === true);
    case 'admit-all':
    case 'refuse-all':
      return lobbyQueue(room).length === 0;
    default:
      return unreachable(kind);
  }
}

/** Those whom “mute all” is for. */
function mutable(room: Pick<Room, 'people'>): readonly Participant[] {
  return inside(room).filter((person) => person.role !== 'moderator');
}

/** Those whom “unmute all” is for: whoever muted themself stays muted. */
function closed(room: Pick<Room, 'people'>): readonly Participant[] {
  return inside(room).filter((person) => person.muted && person.mutedBy !== 'self');
}

function inside(room: Pick<Room, 'people'>): readonly Participant[] {
  return rowsOf(room).filter(({ state }) => state === 'joined');
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
