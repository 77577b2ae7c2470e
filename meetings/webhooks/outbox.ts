import type { EventType, NoticeType } from '../../protocol/http/webhooks.ts';
import { ON_REQUEST } from '../../protocol/http/webhooks.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import { ALL } from '../events/event-log.ts';
import type { EventLog, LoggedEvent } from '../events/event-log.ts';
import { NOTHING_SEEN, translate, withoutTalking } from '../rules/webhooks/translate.ts';
import type { Seen } from '../rules/webhooks/translate.ts';
import type { Store } from '../store/store.ts';

/** One event as webhooks are told of it. */
export interface OutEvent {
  /** Rises by one with each event, over all meetings and webhooks. */
  readonly number: number;
  readonly type: EventType | NoticeType;
  readonly atMs: number;
  readonly meeting?: RoomId;
  readonly data: object;
}

/** How far the outbox has come. */
interface Head {
  /** The newest number of the feed of everything that was translated. */
  readonly taken: number;
  /** The number of the newest event. */
  readonly newest: number;
  /** Nobody is told: nothing is translated. */
  readonly idle?: true;
  /** What came with the newest chunk, for a next life to put in its place where we were killed. */
  readonly seen: readonly (readonly [meeting: string, seen: Seen])[];
}

const HEAD = 'hook-head';
const CHUNK = 500;
/** A day of tries, a weekend to notice, and a day to spare. */
const KEPT_MS = 4 * 86_400_000;
/** Beside the meetings' own. */
const HOUSE = 'house';

/** Somebody else has gone on from where we stood: they lead now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export interface OutboxParts {
  readonly store: Store;
  readonly log: EventLog;
  readonly now: () => number;
}

/**
 * The feed of everything, translated once for all webhooks and kept for four days, numbered without
 * gaps. One process at a time takes; killed at any moment, the next goes on without a gap, for the
 * events are written before the head and how meetings stand after it.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #seen = new Map<string, Seen>();
  #head: Head;

  private constructor(parts: OutboxParts, head: Head) {
    this.#parts = parts;
    this.#head = head;
  }

  /** For who leads from now on. */
  static async lead(parts: OutboxParts): Promise<Outbox> {
    const head = (await parts.store.get<Head>(HEAD)) ?? {
      taken: 0,
      newest: 0,
      idle: true,
      seen: [],
    };
    const outbox = new Outbox(parts, head);
    await outbox.#putSeen(head.seen);
    return outbox;
  }

  /**
   * From now on there is somebody to tell: what happens after this is translated, beginning with
   * how the rooms stand. Nothing where that is so already.
   */
  static async wake({ store, log }: OutboxParts, rooms: Rooms): Promise<void> {
    const head = await store.get<Head>(HEAD);
    if (head && !head.idle) return;
    const { last: taken } = await log.read(ALL, 1, 1);
    for (const [key] of await store.list('hook-seen:')) await store.delete(key);
    const seen = [...rooms.values()].map((room) => [room.id, { room: toSnapshot(room) }] as const);
    await store.update<Head>(HEAD, (stands) =>
      stands && !stands.idle ? undefined : { value: { taken, newest: stands?.newest ?? 0, seen } },
    );
  }

  /** Nobody is to be told any more. */
  async sleep(): Promise<void> {
    if (!this.#head.idle) await this.#moveHead({ ...this.#head, idle: true, seen: [] });
  }

  /** Nobody is told since it slept; `wake` and lead anew. */
  get isIdle(): boolean {
    return this.#head.idle === true;
  }

  /** The number of the newest event. */
  get newest(): number {
    return this.#head.newest;
  }

  /**
   * Translates what is new, as far as one look goes; says whether there may be more. Who talks is
   * kept only where somebody asks for it.
   */
  async take(withTalking: boolean): Promise<boolean> {
    const { taken, newest } = this.#head;
    const { events: logged, first } = await this.#parts.log.read(ALL, taken + 1, CHUNK);
    const last = logged.at(-1);
    if (last === undefined) return false;
    const { told, changed } = await this.#translated(logged, withTalking);
    const missed = first > taken + 1 ? [missing(first - taken - 1, last.atMs)] : [];
    const events = [...missed, ...told].map((event, n) => ({ ...event, number: newest + n + 1 }));
    await this.#keep(events);
    await this.#moveHead({ taken: last.seq, newest: newest + events.length, seen: changed });
    await this.#putSeen(changed);
    return logged.length === CHUNK;
  }

  async #translated(logged: readonly LoggedEvent[], withTalking: boolean) {
    const changed = new Map<string, Seen>();
    const all: Unnumbered[] = [];
    for (const { note, atMs } of logged) {
      const meeting = meetingOf(note);
      const key = meeting ?? HOUSE;
      const before = changed.get(key) ?? (await this.#seenOf(key));
      const { seen, told } = translate(before, withTalking ? note : withoutTalking(note), atMs);
      if (seen !== before) changed.set(key, seen);
      all.push(...told.map((each) => ({ ...each, atMs, ...(meeting && { meeting }) })));
    }
    const told = withTalking ? all : all.filter(({ type }) => !isOnRequest(type));
    return { told, changed: [...changed] };
  }

  async #keep(events: readonly OutEvent[]): Promise<void> {
    const expiresAtMs = this.#parts.now() + KEPT_MS;
    const { store } = this.#parts;
    await Promise.all(
      events.map((event) => store.put(eventPlace(event.number), { value: event, expiresAtMs })),
    );
  }

  async #moveHead(to: Head): Promise<void> {
    const { taken } = this.#head;
    const isMoved = await this.#parts.store.update<Head>(HEAD, (stands) =>
      (stands?.taken ?? 0) === taken ? { value: to } : undefined,
    );
    if (!isMoved) throw new Overtaken();
    this.#head = to;
  }

  async #putSeen(changed: Head['seen']): Promise<void> {
    const { store } = this.#parts;
    for (const [key, seen] of changed) {
      this.#seen.set(key, seen);
      if (seen.room === undefined && seen.meeting === undefined) await store.delete(seenPlace(key));
      else await store.put(seenPlace(key), { value: seen });
    }
  }

  async #seenOf(key: string): Promise<Seen> {
    const known = this.#seen.get(key);
    if (known) return known;
    const seen = (await this.#parts.store.get<Seen>(seenPlace(key))) ?? NOTHING_SEEN;
    this.#seen.set(key, seen);
    return seen;
  }
}

type Unnumbered = Omit<OutEvent, 'number'>;

/** The number of the newest event, for who does not lead. */
export async function newestEvent(store: Store): Promise<number> {
  return (await store.get<Head>(HEAD))?.newest ?? 0;
}

/** The events of these numbers, as far as they are kept. */
export async function eventsOf(
  store: Store,
  numbers: readonly number[],
): Promise<readonly OutEvent[]> {
  const found = await Promise.all(numbers.map((each) => store.get<OutEvent>(eventPlace(each))));
  return found.filter((event) => event !== undefined);
}

/** The oldest number from `from` to `to` that is kept; `to + 1` where none is. Older ones go first. */
export async function oldestKept(store: Store, from: number, to: number): Promise<number> {
  let [gone, kept] = [from - 1, to + 1];
  while (kept - gone > 1) {
    const middle = Math.floor((gone + kept) / 2);
    if ((await store.get(eventPlace(middle))) === undefined) gone = middle;
    else kept = middle;
  }
  return kept;
}

function meetingOf(note: Note): RoomId | undefined {
  switch (note.kind) {
    case 'event':
      return note.event.room;
    case 'meeting-updated':
      return note.meeting.id;
    case 'meeting-removed':
      return note.id;
    case 'room-restated':
      return note.room.id;
    case 'breakouts-updated':
      return note.breakouts.meeting;
    case 'alarms-updated':
      return undefined;
  }
}

/** The feed kept less than was untold; it says how much. */
function missing(notes: number, atMs: number): Unnumbered {
  return { type: 'events.missed', atMs, data: { notes } };
}

function isOnRequest(type: OutEvent['type']): boolean {
  return ON_REQUEST.has(type as EventType);
}

function eventPlace(number: number): string {
  return `hook-event:${String(number).padStart(12, '0')}`;
}

function seenPlace(key: string): string {
  return `hook-seen:${key}`;
}
