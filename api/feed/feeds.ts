import type { MeetingNews } from '../../meetings/meetings.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { FeedMessage, Note } from '../../protocol/room/feed.ts';
import type { Role, RoomId } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { ApiParts } from '../parts.ts';
import { NumberedFeed } from './numbered.ts';
import { OwnRooms } from './own-rooms.ts';
import type { Look } from './own-rooms.ts';
import { narrowed } from './redact.ts';
import type { Reader } from './redact.ts';
import { Turn } from './turn.ts';
import { toBytes, Viewer } from './viewer.ts';
import type { Line } from './viewer.ts';

/** Which feed somebody reads. Each is numbered by itself. */
export type Scope =
  /** With `observer` codes and links are left out. */
  | { readonly kind: 'everything'; readonly observer?: boolean }
  | { readonly kind: 'meeting'; readonly room: RoomId; readonly observer?: boolean }
  /** The meetings that are theirs to run. */
  | { readonly kind: 'own'; readonly personId: string }
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
    };

interface Channel {
  /** How its readers see what is told; each of them may see more of what is about themselves. */
  readonly reader: Reader | undefined;
  /** Where they see some meetings alone. */
  readonly own: OwnRooms | undefined;
  readonly numbered: NumberedFeed;
  readonly viewers: Set<Viewer>;
  /** When its last reader went, milliseconds since 1970. */
  leftAtMs?: number;
}

/** So long a reader whose connection broke finds what came meanwhile. */
const KEPT_MS = 10 * 60_000;

/** Hands facts about rooms and news of meetings to all who read. */
export class Feeds {
  readonly #parts: ApiParts;
  readonly #channels = new Map<string, Channel>();
  /** Of feeds that are about to begin. */
  readonly #beginning = new Map<string, OwnRooms>();
  readonly #turn = new Turn();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#unsubscribe = [
      parts.rooms.subscribe((event) => this.#onFact(event)),
      parts.meetings.meetings.subscribe((news) => this.#onNews(news)),
      parts.meetings.alarms.subscribe(() => {
        for (const key of WHOLE) this.#publish(key, { kind: 'alarms-updated' });
      }),
    ];
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /**
   * Joins a reader: from the number it asks for where that is still kept, else with a snapshot. The
   * snapshot bears the number of the moment before it was taken, so what follows may repeat it.
   */
  async join(line: Line, scope: Scope, from: number | undefined): Promise<void> {
    await this.#begin(scope);
    const channel = this.#channel(scope);
    const viewer = new Viewer(line, this.#turn, readerOf(scope));
    const missed = from === undefined ? undefined : channel.numbered.from(from);
    channel.viewers.add(viewer);
    line.socket.once('close', () => {
      channel.viewers.delete(viewer);
      channel.leftAtMs = this.#parts.now();
    });
    viewer.begin(missed ?? [await this.#snapshot(scope, channel.numbered.last)]);
  }

  #onFact(event: RoomEvent): void {
    const note: Note = { kind: 'event', event };
    for (const key of [...WHOLE, ...meetingKeys(event.room)]) this.#publish(key, note);
    for (const role of ROLES) this.#publish(personKey(event.room, role), note);
    for (const [key, { own }] of this.#channels) if (own?.has(event.room)) this.#publish(key, note);
  }

  #onNews(news: MeetingNews): void {
    const id = news.kind === 'removed' ? news.id : news.meeting.id;
    const note: Note =
      news.kind === 'removed'
        ? { kind: 'meeting-removed', id }
        : { kind: 'meeting-updated', meeting: this.#view(news.meeting) };
    for (const key of [...WHOLE, ...meetingKeys(id)]) this.#publish(key, note);
    this.#tellOwners(news, note);
    if (news.kind !== 'removed') return;
    for (const key of meetingKeys(id)) this.#channels.delete(key);
    for (const role of ROLES) this.#channels.delete(personKey(id, role));
  }

  /** Whoever is given a meeting that has begun begins anew, with a snapshot that has it. */
  #tellOwners(news: MeetingNews, note: Note): void {
    for (const [key, { own, viewers }] of this.#channels) {
      if (!own) continue;
      const look = lookAt(own, news);
      if (look === 'theirs' || look === 'gained') this.#publish(key, note);
      if (look === 'lost') this.#publish(key, { kind: 'meeting-removed', id: idOf(news) });
      if (look !== 'gained' || !this.#parts.rooms.rooms().has(idOf(news))) continue;
      this.#channels.delete(key);
      for (const viewer of viewers) viewer.restart();
    }
  }

  #publish(key: string, note: Note): void {
    const channel = this.#channels.get(key);
    if (!channel) return;
    const message = channel.numbered.add(note);
    let bytes: Buffer | undefined;
    const { reader } = channel;
    const shared = () => (bytes ??= toBytes(reader ? narrowed(message, reader) : message));
    for (const viewer of channel.viewers) viewer.hear(message, shared);
  }

  /** Which meetings are theirs has to be known before the first fact of them is told. */
  async #begin(scope: Scope): Promise<void> {
    const key = keyOf(scope);
    if (scope.kind !== 'own' || this.#channels.has(key)) return;
    const own = new OwnRooms(scope.personId);
    own.learn(await this.#parts.meetings.meetings.list());
    if (!this.#channels.has(key)) this.#beginning.set(key, own);
  }

  /** A feed begins with its first reader: until then nobody has a number of it. */
  #channel(scope: Scope): Channel {
    const key = keyOf(scope);
    this.#forgetDeserted();
    const begun = this.#channels.get(key);
    if (begun) return begun;
    const numbered = new NumberedFeed(this.#parts.now());
    const reader = readerOf(scope);
    const channel: Channel = {
      reader: reader && { ...reader, personId: undefined },
      own: this.#beginning.get(key),
      numbered,
      viewers: new Set(),
    };
    this.#beginning.delete(key);
    this.#channels.set(key, channel);
    return channel;
  }

  /** Else every meeting that anybody ever watched would keep its last thousand messages. */
  #forgetDeserted(): void {
    for (const [key, { viewers, leftAtMs = Infinity }] of this.#channels)
      if (viewers.size === 0 && this.#parts.now() - leftAtMs > KEPT_MS) this.#channels.delete(key);
  }

  async #snapshot(scope: Scope, seq: number): Promise<FeedMessage> {
    if (scope.kind !== 'own') {
      const rooms = this.#rooms((id) => scope.kind === 'everything' || id === scope.room);
      return { kind: 'snapshot', seq, rooms, meetings: await this.#meetings(scope) };
    }
    const all = await this.#parts.meetings.meetings.list();
    const own = this.#channels.get(keyOf(scope))?.own ?? new OwnRooms(scope.personId);
    const meetings = own.learn(all).map((each) => this.#view(each));
    return { kind: 'snapshot', seq, rooms: this.#rooms((id) => own.has(id)), meetings };
  }

  #rooms(isSeen: (id: RoomId) => boolean) {
    const rooms = [...this.#parts.rooms.rooms().values()];
    return rooms.filter(({ id }) => isSeen(id)).map(toSnapshot);
  }

  async #meetings(scope: Exclude<Scope, { kind: 'own' }>): Promise<readonly MeetingView[]> {
    const { meetings } = this.#parts.meetings;
    if (scope.kind === 'person') return [];
    if (scope.kind === 'everything') return (await meetings.list()).map((each) => this.#view(each));
    const meeting = await meetings.get(scope.room);
    return meeting ? [this.#view(meeting)] : [];
  }

  #view(meeting: Parameters<ApiParts['meetings']['views']['show']>[0]): MeetingView {
    const people = peopleInside(this.#parts.rooms.rooms().get(meeting.id));
    return this.#parts.meetings.views.show(meeting, people);
  }
}

/** What everybody reads who sees all meetings. */
const WHOLE = ['everything', 'everything observed'] as const;
const ROLES: readonly Role[] = ['moderator', 'participant'];

function keyOf(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return WHOLE[scope.observer ? 1 : 0];
    case 'meeting':
      return meetingKeys(scope.room)[scope.observer ? 1 : 0];
    case 'own':
      return `own ${scope.personId}`;
    case 'person':
      return personKey(scope.room, scope.role);
  }
}

function meetingKeys(room: RoomId) {
  return [`meeting ${room}`, `meeting ${room} observed`] as const;
}

/** Whose sight is narrower than everything. */
function readerOf(scope: Scope): Reader | undefined {
  if (scope.kind === 'person') return scope;
  return scope.kind !== 'own' && scope.observer ? { role: 'observer' } : undefined;
}

function idOf(news: MeetingNews): RoomId {
  return news.kind === 'removed' ? news.id : news.meeting.id;
}

function lookAt(own: OwnRooms, news: MeetingNews): Look {
  if (news.kind === 'updated') return own.look(news.meeting);
  return own.has(news.id) ? own.forget(news.id) : 'not-theirs';
}

function personKey(room: RoomId, role: Role): string {
  return `${role} ${room}`;
}
