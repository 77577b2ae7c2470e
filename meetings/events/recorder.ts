import type { Log } from '../../protocol/log.ts';
import type { MeetingBreakouts } from '../../protocol/room/breakouts.ts';
import type { RoomControl } from '../../protocol/room/control.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { Note } from '../../protocol/room/feed.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { Alarms } from '../alarms.ts';
import type { After } from '../basics.ts';
import type { Breakouts } from '../breakouts.ts';
import type { MeetingNews, Meetings } from '../meetings.ts';
import type { Store } from '../store/store.ts';
import type { MeetingViews } from '../view.ts';
import { ALL } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import { OpenRooms } from './open-rooms.ts';

export interface RecorderParts {
  readonly events: EventLog;
  /** All rooms there are, as far as they are known here. */
  readonly rooms: Pick<RoomControl, 'rooms'>;
  /** Whether no room can be open that is not known here. */
  readonly isWhole: () => boolean;
  /** Those whose facts are ours to write down: each fact is, by one process. */
  readonly ours: Pick<RoomControl, 'rooms' | 'subscribe'>;
  readonly meetings: Meetings;
  readonly breakouts: Breakouts;
  readonly views: MeetingViews;
  readonly alarms: Alarms;
  readonly store: Store;
  readonly log: Log;
  readonly after: After;
}

/** Notes of one room, or of a meeting. */
interface Run {
  readonly room: string;
  readonly notes: Note[];
}

const AGAIN_MS = 500;

/**
 * Writes down what happens in meetings: facts about rooms, those of breakout rooms among their
 * meeting's, news of meetings and of alarms. What the log does not take is made good, once it does again, by the whole state of every room of ours.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #open: OpenRooms;
  readonly #stops: readonly (() => void)[];
  /** News that the log did not take, the newest of each. */
  readonly #missing = new Map<string, { readonly room: string; readonly note: Note }>();
  #runs: Run[] = [];
  #writing: Promise<void> | undefined;
  #stopAgain: (() => void) | undefined;

  constructor(parts: RecorderParts) {
    const { ours, meetings, breakouts, alarms } = parts;
    this.#parts = parts;
    this.#open = new OpenRooms(parts.store, (room) => breakouts.mainFor(room));
    this.#stops = [
      ours.subscribe((event) => this.#onFact(event)),
      meetings.subscribe((news, from) => {
        // Whoever made the change writes it down.
        if (from === undefined) this.#onNews(news);
      }),
      breakouts.subscribe((told) => this.#onBreakouts(told)),
      alarms.subscribe(() => this.#write(ALL, { kind: 'alarms-updated' })),
    ];
  }

  /**
   * Once the rooms of a FreeSWITCH were compared with what it lists, those that `isListed` says:
   * writes down the whole state of each that an earlier life of ours, or another process, told of
   * before, and the end of each that is gone. Else readers who were told then would not learn what
   * nobody saw.
   */
  async found(isListed: (room: RoomId) => boolean = () => true): Promise<void> {
    await this.written();
    this.#open.keep(this.#parts.ours.rooms());
    this.#restate(this.#open.takeInherited(isListed));
    await this.#closeGone();
    await this.written();
  }

  /** Resolves once what was told until now is written down, as far as the log takes it. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Writes down what was told until now, and nothing more. */
  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.written();
    this.#stopAgain?.();
  }

  #onFact(event: RoomEvent): void {
    this.#write(event.room, { kind: 'event', event });
  }

  #onNews(news: MeetingNews): void {
    if (news.kind === 'removed') this.#write(news.id, { kind: 'meeting-removed', id: news.id });
    else this.#write(news.meeting.id, { kind: 'meeting-updated', meeting: this.#view(news) });
  }

  #onBreakouts(breakouts: MeetingBreakouts): void {
    this.#write(breakouts.meeting, { kind: 'breakouts-updated', breakouts });
  }

  #view({ meeting }: Extract<MeetingNews, { kind: 'updated' }>) {
    const { rooms, views } = this.#parts;
    return views.show(meeting, peopleInside(rooms.rooms().get(meeting.id)));
  }

  /** Rooms of ours as all know them: some of their people may still be on the way from a node of others. */
  #restate(which: { has(room: string): boolean }): void {
    const all = this.#parts.rooms.rooms();
    for (const room of this.#parts.ours.rooms().values())
      if (which.has(room.id))
        this.#write(room.id, {
          kind: 'room-restated',
          room: toSnapshot(all.get(room.id) ?? room),
        });
  }

  /** What is not listed yet, or lives at a process that was not heard yet, is not gone. */
  async #closeGone(): Promise<void> {
    const { rooms, isWhole } = this.#parts;
    const told = await this.#open.all();
    if (!isWhole()) return;
    for (const room of told)
      if (!rooms.rooms().has(room))
        this.#write(room, { kind: 'event', event: { kind: 'room-closed', room } });
  }

  /** In order; what comes in one turn is appended at once. */
  #write(room: string, note: Note): void {
    const run = this.#runs.at(-1);
    if (run?.room === room) run.notes.push(note);
    else this.#runs.push({ room, notes: [note] });
    this.#writing ??= this.#empty();
  }

  async #empty(): Promise<void> {
    await Promise.resolve();
    while (this.#runs.length > 0) {
      const runs = this.#runs;
      this.#runs = [];
      await this.#appendAll(runs);
    }
    this.#writing = undefined;
  }

  /** A store that does not say in whose log they go takes none of them. */
  async #appendAll(runs: readonly Run[]): Promise<void> {
    try {
      const placed = await this.#open.placed(runs);
      await Promise.all(placed.map((run) => this.#append(run)));
    } catch (error) {
      this.#failed(runs, error);
    }
  }

  async #append(run: Run & { readonly meeting: string }): Promise<void> {
    const { meeting, notes } = run;
    try {
      await this.#parts.events.append(meeting, notes);
      for (const note of notes) this.#missing.delete(newsOf(run.room, note) ?? '');
      await this.#open.unmark(run);
    } catch (error) {
      this.#failed([run], error);
    }
  }

  #failed(runs: readonly Run[], error: unknown): void {
    for (const { room, notes } of runs)
      for (const note of notes) {
        const news = newsOf(room, note);
        if (news !== undefined) this.#missing.set(news, { room, note });
      }
    if (this.#stopAgain) return;
    this.#parts.log('warn', 'events could not be kept; the rooms are told anew when they can', {
      why: String(error),
    });
    this.#stopAgain = this.#parts.after(AGAIN_MS, () => void this.#makeGood());
  }

  async #makeGood(): Promise<void> {
    this.#stopAgain = undefined;
    for (const { room, note } of this.#missing.values()) this.#write(room, note);
    this.#restate(this.#parts.ours.rooms());
    await this.#closeGone().catch((error: unknown) => this.#failed([], error));
  }
}

/** What a note is the newest of; nothing where the state of the room makes up for it. */
function newsOf(room: string, { kind }: Note): string | undefined {
  if (kind === 'event' || kind === 'room-restated') return undefined;
  return kind === 'breakouts-updated' ? `breakouts ${room}` : room;
}
