import { apply } from '../../protocol/room/apply.ts';
import type { FeedMessage, Note, Numbered } from '../../protocol/room/feed.ts';
import type { Role, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { restated, toSnapshot } from '../../protocol/room/snapshot.ts';
import { moves, standingsOf } from './before-room.ts';
import type { Standings } from './before-room.ts';
import type { Line } from './line.ts';
import { NumberedFeed } from './numbered.ts';
import { Onlooker } from './onlooker.ts';
import { narrowed, personIn } from './redact.ts';
import { toBytes } from './to-bytes.ts';

export interface PeopleFeedOptions {
  readonly room: RoomId;
  readonly role: Role;
  /** As they are now. */
  readonly rooms: Rooms;
  readonly now: () => number;
}

interface Viewer {
  readonly line: Line;
  readonly personId: string;
  /** Set while they are before the room. */
  onlooker: Onlooker | undefined;
}

/**
 * What people in one meeting read, those of one role: moderators everything about the room,
 * participants too as long as they are inside, and before it what is their own. Numbered by itself;
 * whoever comes in or goes out has a new snapshot, under the number of that moment.
 */
export class PeopleFeed {
  readonly #options: PeopleFeedOptions;
  readonly #numbered: NumberedFeed;
  readonly #viewers = new Set<Viewer>();
  /** The number at which somebody came in last: what was before it is not theirs to read again. */
  readonly #cameIn = new Map<string, number>();
  #rooms: Rooms;
  #standings: Standings;
  #leftAtMs = Infinity;

  constructor(options: PeopleFeedOptions) {
    this.#options = options;
    this.#numbered = new NumberedFeed(options.now());
    this.#rooms = options.rooms;
    this.#standings = standingsOf(this.#room);
  }

  isDesertedFor(ms: number): boolean {
    return this.#viewers.size === 0 && this.#options.now() - this.#leftAtMs > ms;
  }

  join(line: Line, personId: string, from: number | undefined): void {
    const viewer: Viewer = { line, personId, onlooker: undefined };
    this.#viewers.add(viewer);
    line.onceClosed(() => {
      this.#viewers.delete(viewer);
      this.#leftAtMs = this.#options.now();
    });
    if (!this.#seesAll(personId)) return this.#turnAway(viewer);
    const missed = from === undefined ? undefined : this.#missed(personId, from);
    if (missed === undefined) this.#showAll(viewer);
    else for (const message of missed) this.#tell(viewer, message);
  }

  /** News of the meeting are not for them: they tell the codes. */
  hear(note: Note): void {
    if (note.kind !== 'event' && note.kind !== 'room-restated') return;
    const before = this.#room;
    this.#rooms = after(this.#rooms, note);
    const message = this.#numbered.add(note);
    if (moves(note, before)) this.#move(message.seq);
    const { role } = this.#options;
    let bytes: Buffer | undefined;
    const shared = (): Buffer => (bytes ??= toBytes(narrowed(message, { role })));
    for (const viewer of this.#viewers) {
      if (viewer.onlooker) this.#tellOnlooker(viewer, note, before);
      else if (isAbout(message, viewer.personId)) this.#tell(viewer, message);
      else viewer.line.send(shared(), message.seq);
      if (!viewer.onlooker && !this.#seesAll(viewer.personId)) this.#turnAway(viewer);
    }
  }

  get #room(): Room | undefined {
    return this.#rooms.get(this.#options.room);
  }

  #seesAll(personId: string): boolean {
    return this.#options.role === 'moderator' || this.#standings.inside.has(personId);
  }

  #move(seq: number): void {
    const { inside: before } = this.#standings;
    this.#standings = standingsOf(this.#room);
    for (const personId of this.#standings.inside)
      if (!before.has(personId)) this.#cameIn.set(personId, seq);
  }

  #missed(personId: string, from: number): readonly Numbered[] | undefined {
    const since = this.#cameIn.get(personId) ?? 0;
    const isTheirs = this.#options.role === 'moderator' || from > since;
    return isTheirs ? this.#numbered.from(from) : undefined;
  }

  #showAll({ line, personId }: Viewer): void {
    const room = this.#room;
    const rooms = room === undefined ? [] : [toSnapshot(room)];
    const seq = this.#numbered.last;
    const snapshot: FeedMessage = { kind: 'snapshot', seq, rooms, meetings: [] };
    line.send(toBytes(narrowed(snapshot, { role: this.#options.role, personId })), seq);
  }

  #turnAway(viewer: Viewer): void {
    viewer.onlooker = new Onlooker(viewer.line, viewer.personId);
    viewer.onlooker.begin(this.#room, this.#standings);
  }

  #tellOnlooker(viewer: Viewer, note: Note, before: Room | undefined): void {
    viewer.onlooker?.hear(note, before, this.#standings);
    if (!this.#seesAll(viewer.personId)) return;
    viewer.onlooker = undefined;
    this.#showAll(viewer);
  }

  #tell({ line, personId }: Viewer, message: Numbered): void {
    line.send(toBytes(narrowed(message, { role: this.#options.role, personId })), message.seq);
  }
}

function after(rooms: Rooms, note: Note): Rooms {
  if (note.kind === 'event') return apply(rooms, note.event);
  return note.kind === 'room-restated' ? restated(rooms, note.room) : rooms;
}

/** Whether somebody may see more of it than others. */
function isAbout(message: Numbered, personId: string): boolean {
  if (message.kind === 'room-restated') return true;
  return message.kind === 'event' && personIn(message.event) === personId;
}
