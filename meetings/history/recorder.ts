import type { CallReport } from '../../protocol/room/control.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { After } from '../basics.ts';
import type { Log } from '../../protocol/log.ts';
import { ended } from '../rules/attendance.ts';
import { Chronicle } from './chronicle.ts';
import type { ChronicleOptions } from './chronicle.ts';

/** What was said but not written when we die: so much. */
const WRITE_MS = 5_000;
/** So long after an end its call's report may still come. */
const REPORT_MS = 60_000;
/** A session that nobody wrote of for so long, in a room that is not there, is over. */
const ABANDONED_MS = 60_000;
/** A wish and the fact that it became lie no further apart. */
const WISH_MS = 5_000;

export interface RecorderOptions extends ChronicleOptions {
  readonly after: After;
  readonly log: Log;
}

interface Left {
  readonly session: string;
  readonly atMs: number;
}

interface Wish {
  readonly by: string;
  readonly atMs: number;
}

/** Writes down who meets, from the facts of rooms. */
export class HistoryRecorder {
  readonly #options: RecorderOptions;
  readonly #chronicles = new Map<RoomId, Chronicle>();
  readonly #left = new Map<ParticipantId, Left>();
  readonly #wishes = new Map<ParticipantId, Wish>();
  readonly #pending = new Set<Promise<void>>();
  #stops: readonly (() => void)[] = [];
  #sleep: () => void = () => undefined;
  #stopped = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  start(): void {
    const { rooms } = this.#options;
    this.#stops = [
      rooms.subscribe((fact) => this.#onFact(fact)),
      rooms.onCallEnded?.((report) => this.#onReport(report)) ?? (() => undefined),
    ];
    for (const room of rooms.rooms().keys()) this.#open(room);
    this.#rest();
  }

  /** Everything that is known is written then; what goes on is taken up by the next life. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#sleep();
    for (const stop of this.#stops) stop();
    await Promise.all([...this.#chronicles.values()].map((each) => this.#tried(each.leave())));
    await this.settled();
  }

  /** Somebody is about to change a row, or to remove it: their name goes with the fact. */
  wished(leg: ParticipantId, by: string): void {
    this.#wishes.set(leg, { by, atMs: this.#options.now() });
  }

  /** What was begun is done then. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #onFact(fact: RoomEvent): void {
    if (fact.kind !== 'participant-updated' && fact.kind !== 'participant-left') return;
    const chronicle = this.#chronicles.get(fact.room);
    if (chronicle === undefined) {
      if (fact.kind === 'participant-updated') this.#open(fact.room);
      return;
    }
    this.#take(chronicle, fact);
  }

  #take(
    chronicle: Chronicle,
    fact: Extract<RoomEvent, { kind: 'participant-updated' | 'participant-left' }>,
  ): void {
    if (fact.kind === 'participant-updated') {
      const { participant } = fact;
      const isNew = chronicle.saw(participant, this.#byOf(participant.id));
      if (isNew) this.#learn(chronicle, participant.id);
    } else {
      const session = chronicle.sawLeave(fact.id, fact.reason, this.#byOf(fact.id));
      this.#wishes.delete(fact.id);
      if (session !== undefined) this.#left.set(fact.id, { session, atMs: this.#options.now() });
    }
    if (chronicle.isUrgent) this.#write(chronicle);
  }

  /** Begins to write of a room, where no other process does. */
  #open(room: RoomId): void {
    const chronicle = new Chronicle(room, this.#options);
    this.#chronicles.set(room, chronicle);
    this.#run(async () => {
      const news = await chronicle.begin();
      for (const leg of news) this.#learn(chronicle, leg);
      this.#write(chronicle);
    });
  }

  #write(chronicle: Chronicle): void {
    this.#run(async () => {
      await chronicle.write();
      if (!chronicle.isOver || this.#chronicles.get(chronicle.room) !== chronicle) return;
      this.#chronicles.delete(chronicle.room);
      // Somebody may have come while the end was written.
      if (this.#hasPeople(chronicle.room) && !this.#stopped) this.#open(chronicle.room);
    });
  }

  /** How they came in, by what the gateway vouched for. */
  #learn(chronicle: Chronicle, leg: ParticipantId): void {
    this.#run(async () => {
      const identity = await this.#options.rooms.identityOf?.(leg);
      if (identity !== undefined) chronicle.recognise(leg, identity);
    });
  }

  #onReport({ id, cause, quality, room }: CallReport): void {
    const report = { cause, ...(quality && { quality }) };
    const left = this.#left.get(id);
    this.#left.delete(id);
    if (this.#chronicles.get(room)?.report(id, report) === true || left === undefined) return;
    const { shelf } = this.#options;
    this.#run(() => shelf.amend(left.session, id, (visit) => ended(visit, report)));
  }

  #byOf(leg: ParticipantId): string | undefined {
    const wish = this.#wishes.get(leg);
    return wish !== undefined && this.#options.now() - wish.atMs < WISH_MS ? wish.by : undefined;
  }

  #hasPeople(room: RoomId): boolean {
    return (this.#options.rooms.rooms().get(room)?.people.size ?? 0) > 0;
  }

  #rest(): void {
    this.#sleep = this.#options.after(WRITE_MS, () => {
      this.#forgetOld();
      for (const chronicle of this.#chronicles.values()) this.#write(chronicle);
      this.#run(() => this.#closeAbandoned());
      if (!this.#stopped) this.#rest();
    });
  }

  /** Another life of ours, or another process, wrote of rooms that are not there any more. */
  async #closeAbandoned(): Promise<void> {
    const { rooms, shelf, now } = this.#options;
    if (rooms.engines().some(({ state }) => state !== 'joined')) return;
    for (const room of await shelf.openRooms()) {
      if (this.#chronicles.has(room) || this.#hasPeople(room)) continue;
      const open = await shelf.openIn(room);
      if (open !== undefined && now() - open.session.seenAtMs < ABANDONED_MS) continue;
      await new Chronicle(room, this.#options).close();
    }
  }

  #forgetOld(): void {
    const nowMs = this.#options.now();
    for (const [leg, { atMs }] of this.#left) if (nowMs - atMs > REPORT_MS) this.#left.delete(leg);
    for (const [leg, { atMs }] of this.#wishes)
      if (nowMs - atMs > WISH_MS) this.#wishes.delete(leg);
  }

  /** What could not be written now is written with the next round. */
  #run(work: () => Promise<void>): void {
    const running = this.#tried(work()).finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  #tried(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      this.#options.log('warn', 'history could not be written', { why: String(error) });
    });
  }
}
