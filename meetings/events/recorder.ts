import type { Log } from '../../protocol/log.ts';
import type { RoomControl } from '../../protocol/room/control.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { Note } from '../../protocol/room/feed.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { Alarms } from '../alarms.ts';
import type { After } from '../basics.ts';
import type { MeetingNews, Meetings } from '../meetings.ts';
import type { Store } from '../store/store.ts';
import type { MeetingViews } from '../view.ts';
import { ALL } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import { OpenRooms } from './open-rooms.ts';

export interface RecorderParts {
  readonly events: EventLog;
  /** All rooms there are. */
  readonly rooms: Pick<RoomControl, 'rooms' | 'engines'>;
  /** Those whose facts are ours to write down: each fact is, by one process. */
  readonly ours: Pick<RoomControl, 'rooms' | 'subscribe'>;
  readonly meetings: Meetings;
  readonly views: MeetingViews;
  readonly alarms: Alarms;
  readonly store: Store;
  readonly log: Log;
  readonly after: After;
}

interface Run {
  readonly meeting: string;
  readonly notes: Note[];
}

const AGAIN_MS = 500;

/**
 * Writes down what happens in meetings: facts about rooms, news of meetings and of alarms. What the
 * log does not take is made good, once it does again, by the whole state of every room of ours.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #open: OpenRooms;
  readonly #stops: readonly (() => void)[];
  /** News that the log did not take, the newest of each meeting. */
  readonly #missing = new Map<string, Note>();
  #runs: Run[] = [];
  #writing: Promise<void> | undefined;
  #stopAgain: (() => void) | undefined;

  constructor(parts: RecorderParts) {
    const { ours, meetings, alarms } = parts;
    this.#parts = parts;
    this.#open = new OpenRooms(parts.store);
    this.#stops = [
      ours.subscribe((event) => this.#onFact(event)),
      meetings.subscribe((news, from) => {
        // Whoever made the change writes it down.
        if (from === undefined) this.#onNews(news);
      }),
      alarms.subscribe(() => this.#write(ALL, { kind: 'alarms-updated' })),
    ];
  }

  /**
   * Once the rooms of a FreeSWITCH were compared with what it lists: writes down the whole state of
   * those that an earlier life of ours, or another process, told of before, and the end of each that
   * is gone. Else readers who were told then would not learn what nobody saw.
   */
  async found(): Promise<void> {
    await this.written();
    this.#open.keep(this.#parts.ours.rooms());
    this.#restate(this.#open.takeInherited());
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

  #view({ meeting }: Extract<MeetingNews, { kind: 'updated' }>) {
    const { rooms, views } = this.#parts;
    return views.show(meeting, peopleInside(rooms.rooms().get(meeting.id)));
  }

  #restate(which: { has(room: string): boolean }): void {
    for (const room of this.#parts.ours.rooms().values())
      if (which.has(room.id))
        this.#write(room.id, { kind: 'room-restated', room: toSnapshot(room) });
  }

  /** While a FreeSWITCH is away nobody can say that its rooms are gone. */
  async #closeGone(): Promise<void> {
    const { rooms } = this.#parts;
    const told = await this.#open.all();
    if (rooms.engines().some(({ state }) => state !== 'joined')) return;
    for (const room of told)
      if (!rooms.rooms().has(room))
        this.#write(room, { kind: 'event', event: { kind: 'room-closed', room } });
  }

  /** In order; what comes in one turn is appended at once. */
  #write(meeting: string, note: Note): void {
    const run = this.#runs.at(-1);
    if (run?.meeting === meeting) run.notes.push(note);
    else this.#runs.push({ meeting, notes: [note] });
    this.#writing ??= this.#empty();
  }

  async #empty(): Promise<void> {
    await Promise.resolve();
    while (this.#runs.length > 0) {
      const runs = this.#runs;
      this.#runs = [];
      await this.#open.mark(runs).catch((error: unknown) => this.#failed(runs, error));
      await Promise.all(runs.map((run) => this.#append(run)));
    }
    this.#writing = undefined;
  }

  async #append(run: Run): Promise<void> {
    const { meeting, notes } = run;
    try {
      await this.#parts.events.append(meeting, notes);
      for (const { kind } of notes) if (kind.startsWith('meeting-')) this.#missing.delete(meeting);
      await this.#open.unmark(run);
    } catch (error) {
      this.#failed([run], error);
    }
  }

  #failed(runs: readonly Run[], error: unknown): void {
    for (const { meeting, notes } of runs)
      for (const note of notes)
        if (note.kind !== 'event' && note.kind !== 'room-restated')
          this.#missing.set(meeting, note);
    if (this.#stopAgain) return;
    this.#parts.log('warn', 'events could not be kept; the rooms are told anew when they can', {
      why: String(error),
    });
    this.#stopAgain = this.#parts.after(AGAIN_MS, () => void this.#makeGood());
  }

  async #makeGood(): Promise<void> {
    this.#stopAgain = undefined;
    for (const [meeting, note] of this.#missing) this.#write(meeting, note);
    this.#restate(this.#parts.ours.rooms());
    await this.#closeGone().catch((error: unknown) => this.#failed([], error));
  }
}
