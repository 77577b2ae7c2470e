import type { After } from '../../meetings/basics.ts';
import type { MeetingNews } from '../../meetings/meetings.ts';
import { Starts } from '../../meetings/starts.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { ApiParts } from '../parts.ts';
import type { Announcer } from './announcer.ts';
import type { Errands } from './errands.ts';
import { endsAtMs, isTimeUp, occupied } from './meeting.ts';
import type { BbbMeeting } from './meeting.ts';
import { endMeeting } from './meetings.ts';
import type { Shelf } from './shelf.ts';

/** So long after a switch or the store did not answer it is asked again. */
const AGAIN_MS = 5_000;

/**
 * Ends meetings whose time is up or in which nobody is, and has callbacks told, over restarts of ours
 * too. Of processes that share a store one does so at a time, between `start` and `stop`.
 */
export class Watch {
  readonly #parts: ApiParts;
  readonly #shelf: Shelf;
  readonly #announcer: Announcer;
  readonly #after: After;
  readonly #errands: Errands;
  readonly #ends: Starts;
  /** All that have not ended, as they are kept. */
  readonly #meetings = new Map<RoomId, BbbMeeting>();
  #stops: readonly (() => void)[] = [];

  constructor(
    parts: ApiParts,
    given: {
      readonly shelf: Shelf;
      readonly announcer: Announcer;
      readonly errands: Errands;
      readonly after: After;
    },
  ) {
    this.#parts = parts;
    this.#shelf = given.shelf;
    this.#announcer = given.announcer;
    this.#after = given.after;
    this.#errands = given.errands;
    this.#ends = new Starts({ after: given.after, now: parts.now }, (room) =>
      this.#try(room, () => this.#due(room)),
    );
  }

  /** Takes up what an earlier life of ours or another process left, and follows the rooms from now on. */
  async start(): Promise<void> {
    this.#stops = [
      this.#parts.rooms.subscribe((event) => this.#onFact(event)),
      this.#parts.meetings.meetings.subscribe((news) => this.#onNews(news)),
    ];
    for (const meeting of await this.#shelf.list()) await this.takeUp(meeting);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#ends.stop();
    this.#meetings.clear();
  }

  /** A new one. Where another process watches, that one sees it in the store. */
  follow(meeting: BbbMeeting): void {
    if (this.#stops.length === 0 || this.#meetings.has(meeting.room)) return;
    this.#announcer.created(meeting);
    const told: BbbMeeting = { ...meeting, told: 'created' };
    this.#keep(told);
    this.#try(meeting.room, () => this.#write(told));
  }

  /** Reads anew who was let in, through whichever process. */
  async knowPeople(): Promise<void> {
    for (const room of this.#meetings.keys()) await this.#shelf.people(room);
  }

  /** Asks the switch again until nobody is left in an ended meeting. */
  clear(room: RoomId, isClear: boolean): void {
    if (isClear) return;
    this.#after(
      AGAIN_MS,
      () =>
        void this.#errands.run(
          'the end of a meeting',
          async () => this.clear(room, await endMeeting(this.#parts, room)),
          () => this.clear(room, false),
        ),
    );
  }

  /** One that somebody else made or watched; one that is watched already is left as it is. */
  async takeUp(meeting: BbbMeeting): Promise<void> {
    if (this.#stops.length === 0 || this.#meetings.has(meeting.room)) return;
    const { meetings } = this.#parts.meetings;
    await this.#shelf.people(meeting.room);
    const ours = await meetings.get(meeting.room);
    if (this.#stops.length === 0 || this.#meetings.has(meeting.room)) return;
    if (ours === undefined || ours.endedAtMs !== undefined) this.#endOf(meeting);
    else if (meeting.told === undefined) this.follow(meeting);
    else this.#keep(this.#mayReturn(meeting));
    this.#look(meeting.room);
  }

  /** Who was there may come back within the time for that: FreeSWITCH has not told us yet who is. */
  #mayReturn(meeting: BbbMeeting): BbbMeeting {
    const { emptySinceMs, ...rest } = meeting;
    const nowMs = this.#parts.now();
    return emptySinceMs === undefined
      ? occupied(rest, false, nowMs)
      : { ...rest, emptySinceMs: nowMs };
  }

  #keep(meeting: BbbMeeting): void {
    this.#meetings.set(meeting.room, meeting);
    const endMs = endsAtMs(meeting);
    // A time that is past must wake us too.
    this.#ends.watch(meeting.room, endMs && Math.max(endMs, this.#parts.now() + 1));
  }

  /** As it stands, where anything is known of it. */
  #look(id: RoomId): void {
    if (this.#parts.rooms.rooms().has(id)) this.#onFact({ room: id });
  }

  #onFact(event: Pick<RoomEvent, 'room'>): void {
    const meeting = this.#meetings.get(event.room);
    if (meeting === undefined) return;
    const room = this.#parts.rooms.rooms().get(event.room);
    const now = occupied(meeting, (room?.people.size ?? 0) > 0, this.#parts.now());
    const after = room?.recording === true ? { ...now, wasRecorded: true as const } : now;
    this.#announcer.fact(meeting, room);
    if (after.wasRecorded !== meeting.wasRecorded)
      this.#try(event.room, () => this.#noteRecording(meeting));
    if (now === meeting && after.wasRecorded === meeting.wasRecorded) return;
    this.#keep(after);
    this.#try(event.room, () => this.#write(after));
  }

  /** Its recordings are published at once, as BigBlueButton's are. */
  async #noteRecording(meeting: BbbMeeting): Promise<void> {
    const { room, metadata } = meeting;
    await this.#shelf.noteRecording(meeting);
    await this.#parts.recordings?.describe(room, { published: true, meta: metadata });
  }

  async #write(meeting: BbbMeeting): Promise<void> {
    await this.#shelf.change(meeting, (now) => (now.told === 'ended' ? now : meeting));
  }

  async #due(room: RoomId): Promise<void> {
    const meeting = this.#meetings.get(room);
    if (meeting === undefined) return;
    const { rooms, now } = this.#parts;
    if (now() < (endsAtMs(meeting) ?? Infinity)) {
      this.#keep(meeting);
      return;
    }
    // While a switch is away nobody can say who is there.
    const isKnown = rooms.engines().every(({ state }) => state === 'joined');
    if (isKnown || isTimeUp(meeting, now())) this.clear(room, await endMeeting(this.#parts, room));
    else this.#ends.watch(room, now() + AGAIN_MS);
  }

  #onNews(news: MeetingNews): void {
    const room = news.kind === 'removed' ? news.id : news.meeting.id;
    const meeting = this.#meetings.get(room);
    if (meeting === undefined) return;
    if (news.kind === 'updated' && news.meeting.endedAtMs === undefined) return;
    this.#endOf(meeting);
  }

  #endOf(meeting: BbbMeeting): void {
    this.#meetings.delete(meeting.room);
    this.#ends.forget(meeting.room);
    if (meeting.told === 'ended') return;
    this.#announcer.ended(meeting);
    this.#try(meeting.room, () => this.#shelf.ended(meeting));
  }

  /** A store that is away costs a look more. */
  #try(room: RoomId, work: () => Promise<void>): void {
    void this.#errands.run('looking after a meeting', work, () => {
      if (this.#meetings.has(room)) this.#ends.watch(room, this.#parts.now() + AGAIN_MS);
    });
  }
}
