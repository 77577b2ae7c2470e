import { given } from '../../meetings/rules/given.ts';
import { roomsOf } from '../../protocol/room/breakouts.ts';
import type { MeetingBreakouts } from '../../protocol/room/breakouts.ts';
import type { FeedMessage, Note, Numbered } from '../../protocol/room/feed.ts';
import type { Role, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import { moves, standingsOf } from './before-room.ts';
import type { Standings } from './before-room.ts';
import { Channels } from './channels.ts';
import type { Line } from './line.ts';
import { Onlooker } from './onlooker.ts';
import { narrowed, personIn } from './redact.ts';
import { withNote } from './recent.ts';
import { toBytes } from './to-bytes.ts';

export interface PeopleFeedOptions {
  /** The meeting's own room. */
  readonly room: RoomId;
  readonly role: Role;
  /** As they are now. */
  readonly rooms: Rooms;
  readonly breakouts: MeetingBreakouts | undefined;
  readonly now: () => number;
}

interface Viewer {
  readonly line: Line;
  readonly personId: string;
  /** The room that they read; absent while they are before the meeting. */
  at: RoomId | undefined;
  onlooker: Onlooker | undefined;
}

/**
 * What people in one meeting read, those of one role: moderators everything about it and its breakout
 * rooms, participants everything about the room they are in, and before it what is their own. Each
 * room is numbered by itself; whoever comes in, goes out or is moved has a new snapshot, under the
 * number of that moment.
 */
export class PeopleFeed {
  readonly #options: PeopleFeedOptions;
  readonly #channels: Channels;
  readonly #viewers = new Set<Viewer>();
  readonly #standings = new Map<RoomId, Standings>();
  #rooms: Rooms;
  #breakouts: MeetingBreakouts | undefined;
  #leftAtMs = Infinity;

  constructor(options: PeopleFeedOptions) {
    this.#options = options;
    this.#channels = new Channels(options.now);
    this.#rooms = options.rooms;
    this.#breakouts = options.breakouts;
    // The meeting's own room has the first word where somebody is in two.
    for (const room of roomsOf(options.room, options.breakouts)) this.#stand(room);
    this.#channels.of(options.room);
  }

  isDesertedFor(ms: number): boolean {
    return this.#viewers.size === 0 && this.#options.now() - this.#leftAtMs > ms;
  }

  join(line: Line, personId: string, from: number | undefined): void {
    const viewer: Viewer = { line, personId, at: undefined, onlooker: undefined };
    this.#viewers.add(viewer);
    line.onceClosed(() => {
      this.#viewers.delete(viewer);
      this.#leftAtMs = this.#options.now();
    });
    viewer.at = this.#placeOf(viewer);
    if (viewer.at === undefined) return this.#turnAway(viewer);
    const missed = from === undefined ? undefined : this.#missed(viewer.at, personId, from);
    if (missed === undefined) this.#showAll(viewer, viewer.at);
    else for (const message of missed) this.#tell(viewer, message);
  }

  /** News of the meeting are not for them: they tell the codes. */
  hear(note: Note): void {
    if (note.kind === 'breakouts-updated') return this.#hearOfBreakouts(note);
    if (note.kind !== 'event' && note.kind !== 'room-restated') return;
    const room = note.kind === 'event' ? note.event.room : note.room.id;
    const before = this.#rooms.get(room);
    this.#rooms = withNote(this.#rooms, note);
    const at = this.#options.role === 'moderator' ? this.#options.room : room;
    const message = this.#channels.of(at).numbered.add(note);
    if (moves(note, before)) this.#move(room, message.seq);
    this.#publish(at, message);
    if (room === this.#options.room) this.#tellOnlookers(note, before);
    for (const viewer of this.#viewers) this.#settle(viewer);
  }

  #hearOfBreakouts(note: Extract<Note, { kind: 'breakouts-updated' }>): void {
    this.#breakouts = note.breakouts.rooms.length === 0 ? undefined : note.breakouts;
    for (const [at, { numbered }] of this.#channels.all()) this.#publish(at, numbered.add(note));
  }

  #publish(at: RoomId, message: Numbered): void {
    const { role } = this.#options;
    let bytes: Buffer | undefined;
    const shared = (): Buffer => (bytes ??= toBytes(narrowed(message, { role })));
    for (const viewer of this.#viewers) {
      if (viewer.at !== at) continue;
      if (isAbout(message, viewer.personId)) this.#tell(viewer, message);
      else viewer.line.send(shared(), message.seq);
    }
  }

  #tellOnlookers(note: Note, before: Room | undefined): void {
    const { room } = this.#options;
    for (const { onlooker } of this.#viewers) onlooker?.hear(note, before, this.#standingsIn(room));
  }

  /** Shows who has come in or gone out what they see from now on. */
  #settle(viewer: Viewer): void {
    const at = this.#placeOf(viewer);
    if (at === viewer.at) return;
    viewer.at = at;
    if (at === undefined) return this.#turnAway(viewer);
    viewer.onlooker = undefined;
    this.#showAll(viewer, at);
  }

  #placeOf({ personId, at }: Viewer): RoomId | undefined {
    if (this.#options.role === 'moderator') return this.#options.room;
    const isIn = (room: RoomId) => this.#standings.get(room)?.inside.has(personId) === true;
    return at !== undefined && isIn(at) ? at : [...this.#standings.keys()].find(isIn);
  }

  #stand(room: RoomId): Standings {
    const standings = standingsOf(this.#rooms.get(room));
    const isGone = room !== this.#options.room && !this.#rooms.has(room);
    if (isGone) this.#standings.delete(room);
    else this.#standings.set(room, standings);
    return standings;
  }

  #standingsIn(room: RoomId): Standings {
    return this.#standings.get(room) ?? standingsOf(undefined);
  }

  #move(room: RoomId, seq: number): void {
    const { inside: before } = this.#standingsIn(room);
    for (const personId of this.#stand(room).inside)
      if (!before.has(personId)) this.#channels.of(room).cameIn.set(personId, seq);
  }

  #missed(at: RoomId, personId: string, from: number): readonly Numbered[] | undefined {
    const { numbered, cameIn } = this.#channels.of(at);
    const isTheirs = this.#options.role === 'moderator' || from > (cameIn.get(personId) ?? 0);
    return isTheirs ? numbered.from(from) : undefined;
  }

  #showAll({ line, personId }: Viewer, at: RoomId): void {
    const { role } = this.#options;
    const family = [...this.#standings.keys(), ...roomsOf(at, this.#breakouts)];
    const seen = role === 'moderator' ? new Set(family) : [at];
    const rooms = [...seen].flatMap((id) => this.#rooms.get(id) ?? []).map(toSnapshot);
    const seq = this.#channels.of(at).numbered.last;
    const breakouts = given('breakouts', this.#breakouts && [this.#breakouts]);
    const snapshot: FeedMessage = { kind: 'snapshot', seq, rooms, meetings: [], ...breakouts };
    line.send(toBytes(narrowed(snapshot, { role, personId })), seq);
  }

  #turnAway(viewer: Viewer): void {
    const { room } = this.#options;
    viewer.onlooker = new Onlooker(viewer.line, viewer.personId);
    viewer.onlooker.begin(this.#rooms.get(room), this.#standingsIn(room));
  }

  #tell({ line, personId }: Viewer, message: Numbered): void {
    line.send(toBytes(narrowed(message, { role: this.#options.role, personId })), message.seq);
  }
}

/** Whether somebody may see more of it than others. */
function isAbout(message: Numbered, personId: string): boolean {
  if (message.kind === 'room-restated') return true;
  return message.kind === 'event' && personIn(message.event) === personId;
}
