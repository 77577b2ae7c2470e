import type { MeetingNews } from '../../meetings/meetings.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { FeedMessage, Note } from '../../protocol/room/feed.ts';
import type { Role, RoomId } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { ApiParts } from '../parts.ts';
import { NumberedFeed } from './numbered.ts';
import { narrowed } from './redact.ts';
import { Turn } from './turn.ts';
import { toBytes, Viewer } from './viewer.ts';
import type { Line } from './viewer.ts';

/** Which feed somebody reads. Each is numbered by itself. */
export type Scope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'meeting'; readonly room: RoomId }
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
    };

interface Channel {
  /** The role of its readers where they are people in the meeting, whose view is narrower. */
  readonly role: Role | undefined;
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
  readonly #turn = new Turn();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#unsubscribe = [
      parts.rooms.subscribe((event) => this.#onFact(event)),
      parts.meetings.meetings.subscribe((news) => this.#onNews(news)),
      parts.meetings.alarms.subscribe(() => this.#publish(EVERYTHING, { kind: 'alarms-updated' })),
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
    const channel = this.#channel(scope);
    const viewer = new Viewer(line, this.#turn, scope.kind === 'person' ? scope : undefined);
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
    this.#publish(EVERYTHING, note);
    this.#publish(meetingKey(event.room), note);
    for (const role of ROLES) this.#publish(personKey(event.room, role), note);
  }

  #onNews(news: MeetingNews): void {
    const id = news.kind === 'removed' ? news.id : news.meeting.id;
    const note: Note =
      news.kind === 'removed'
        ? { kind: 'meeting-removed', id }
        : { kind: 'meeting-updated', meeting: this.#view(news.meeting) };
    this.#publish(EVERYTHING, note);
    this.#publish(meetingKey(id), note);
    if (news.kind !== 'removed') return;
    this.#channels.delete(meetingKey(id));
    for (const role of ROLES) this.#channels.delete(personKey(id, role));
  }

  #publish(key: string, note: Note): void {
    const channel = this.#channels.get(key);
    if (!channel) return;
    const message = channel.numbered.add(note);
    let bytes: Buffer | undefined;
    const { role } = channel;
    const shared = () => (bytes ??= toBytes(role ? narrowed(message, { role }) : message));
    for (const viewer of channel.viewers) viewer.hear(message, shared);
  }

  /** A feed begins with its first reader: until then nobody has a number of it. */
  #channel(scope: Scope): Channel {
    const key = keyOf(scope);
    this.#forgetDeserted();
    const begun = this.#channels.get(key);
    if (begun) return begun;
    const numbered = new NumberedFeed(this.#parts.now());
    const role = scope.kind === 'person' ? scope.role : undefined;
    const channel: Channel = { role, numbered, viewers: new Set() };
    this.#channels.set(key, channel);
    return channel;
  }

  /** Else every meeting that anybody ever watched would keep its last thousand messages. */
  #forgetDeserted(): void {
    for (const [key, { viewers, leftAtMs = Infinity }] of this.#channels)
      if (viewers.size === 0 && this.#parts.now() - leftAtMs > KEPT_MS) this.#channels.delete(key);
  }

  async #snapshot(scope: Scope, seq: number): Promise<FeedMessage> {
    const rooms = [...this.#parts.rooms.rooms().values()]
      .filter(({ id }) => scope.kind === 'everything' || id === scope.room)
      .map(toSnapshot);
    return { kind: 'snapshot', seq, rooms, meetings: await this.#meetings(scope) };
  }

  async #meetings(scope: Scope): Promise<readonly MeetingView[]> {
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

const EVERYTHING = 'everything';
const ROLES: readonly Role[] = ['moderator', 'participant'];

function keyOf(scope: Scope): string {
  if (scope.kind === 'everything') return EVERYTHING;
  return scope.kind === 'meeting' ? meetingKey(scope.room) : personKey(scope.room, scope.role);
}

function meetingKey(room: RoomId): string {
  return `meeting ${room}`;
}

function personKey(room: RoomId, role: Role): string {
  return `${role} ${room}`;
}
