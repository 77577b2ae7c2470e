import { ALL } from '../../meetings/events/event-log.ts';
import type { LoggedEvent } from '../../meetings/events/event-log.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import type { ApiParts } from '../parts.ts';
import type { Line } from './line.ts';
import { LogFeed, READ_ANEW } from './log-feed.ts';
import { OwnFeed } from './own-feed.ts';
import { OwnRooms } from './own-rooms.ts';
import { PeopleFeed } from './people-feed.ts';
import { Recent } from './recent.ts';
import type { PersonScope, Scope } from './scope.ts';
import { Snapshots } from './snapshots.ts';

/** So long a reader of a feed of people whose connection broke finds what came meanwhile. */
const KEPT_MS = 10 * 60_000;

/** Hands what is written down to all who read: the logs as they are, and the feeds that see less. */
export class Feeds {
  readonly #parts: ApiParts;
  readonly #snapshots: Snapshots;
  /** Where other processes have rooms too. */
  readonly #recent: Recent | undefined;
  readonly #logs = new Map<string, LogFeed>();
  readonly #people = new Map<string, PeopleFeed>();
  readonly #own = new Map<string, OwnFeed>();
  readonly #unsubscribe: () => void;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#recent = parts.rooms.caughtUp && new Recent(parts.now);
    this.#snapshots = new Snapshots(parts, () => this.#roomsNow());
    this.#unsubscribe = parts.events.subscribe((event) => this.#hear(event));
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** Joins a reader: from the number they ask for where that is still kept, else with a snapshot. */
  async join(line: Line, scope: Scope, from: number | undefined): Promise<void> {
    this.#forgetDeserted();
    if ((await this.#parts.rooms.caughtUp?.()) === false)
      return line.close(READ_ANEW, 'Not all servers were heard yet: connect again');
    switch (scope.kind) {
      case 'person':
        return this.#peopleFeed(scope).join(line, scope.personId, from);
      case 'own':
        return this.#joinOwn(line, scope.personId, from);
      default: {
        const key = scope.kind === 'everything' ? ALL : scope.room;
        const { observer = false } = scope;
        const snapshot = () => this.#snapshots.take(scope);
        return this.#logFeed(key).join({ line, observer, from, snapshot });
      }
    }
  }

  #hear(event: LoggedEvent): void {
    const { meeting, note } = event;
    this.#logs.get(meeting)?.hear(event);
    if (meeting === ALL) return;
    this.#recent?.hear(event);
    for (const role of ROLES) this.#people.get(`${role} ${meeting}`)?.hear(note);
    for (const feed of this.#own.values()) feed.hear(meeting as RoomId, note);
    if (note.kind === 'meeting-removed') this.#forget(note);
  }

  #forget({ id }: Extract<Note, { kind: 'meeting-removed' }>): void {
    this.#logs.delete(id);
    for (const role of ROLES) this.#people.delete(`${role} ${id}`);
  }

  /** As they are now, and no older than what the log told until now. */
  #roomsNow(): Rooms {
    const rooms = this.#parts.rooms.rooms();
    return this.#recent?.over(rooms) ?? rooms;
  }

  #logFeed(key: string): LogFeed {
    const feed = this.#logs.get(key) ?? new LogFeed(this.#parts.events, key);
    this.#logs.set(key, feed);
    return feed;
  }

  /** A feed of people begins with its first reader: until then nobody has a number of it. */
  #peopleFeed({ room, role }: PersonScope): PeopleFeed {
    const key = `${role} ${room}`;
    const { meetings, now } = this.#parts;
    const rooms = this.#roomsNow();
    const breakouts = meetings.breakouts.all().find(({ meeting }) => meeting === room);
    const feed = this.#people.get(key) ?? new PeopleFeed({ room, role, rooms, breakouts, now });
    this.#people.set(key, feed);
    return feed;
  }

  /** Which meetings are theirs has to be known before the first fact of them is told. */
  async #joinOwn(line: Line, personId: string, from: number | undefined): Promise<void> {
    const own = new OwnRooms(personId);
    if (!this.#own.has(personId)) own.learn(await this.#parts.meetings.meetings.list());
    const { rooms, now } = this.#parts;
    const isOpen = (room: Parameters<typeof own.has>[0]) => rooms.rooms().has(room);
    const feed = this.#own.get(personId) ?? new OwnFeed({ own, isOpen, now });
    this.#own.set(personId, feed);
    return feed.join(line, from, () => this.#snapshots.takeOwn(feed.own));
  }

  /** Else every meeting that anybody ever watched would keep its last thousand messages. */
  #forgetDeserted(): void {
    for (const [key, feed] of this.#logs) if (feed.isDeserted) this.#logs.delete(key);
    for (const feeds of [this.#people, this.#own])
      for (const [key, feed] of feeds) if (feed.isDesertedFor(KEPT_MS)) feeds.delete(key);
  }
}

const ROLES = ['moderator', 'participant'] as const;
