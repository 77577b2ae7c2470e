import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { RoomControl } from '../protocol/room/control.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Log } from '../protocol/log.ts';
import { attendanceIn } from './attendance.ts';
import type { Family, Speaking } from './attendance.ts';
import type { After } from './basics.ts';
import { given } from './rules/given.ts';
import { InTurn } from './in-turn.ts';
import type { Lease, Leases } from './leases.ts';
import type { Meetings } from './meetings.ts';
import { hasEndRules, lookAt } from './rules/gathering.ts';
import type { Attendance, Gathering, GatheringAct, GatheringStep } from './rules/gathering.ts';
import type { Meeting } from './rules/meeting.ts';
import type { Store } from './store/store.ts';

export interface GatheringsOptions {
  readonly store: Store;
  readonly leases: Pick<Leases, 'take' | 'renew' | 'release'>;
  readonly meetings: Meetings;
  readonly rooms: RoomControl;
  readonly family: Family;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
}

/** How one meeting's rooms looked when a fact last came. */
interface Watched {
  readonly attendance: Attendance;
  readonly stopTimer?: () => void;
  readonly lease?: Lease;
}

/** A look comes at least each minute. */
const CLAIM_MS = 150_000;
const SWEEP_MS = 60_000;
/** Not for us to judge yet: FreeSWITCH is away, the store is, or another process has it. */
const AGAIN_MS = 5_000;
/** A gathering that no process sees for so long is one that everybody left while we were down. */
const UNSEEN_MS = 5 * 60_000;
/** Nobody looked for a week: it does not matter any more. */
const KEPT_MS = 7 * 86_400_000;
const NOBODY: Attendance = { people: 0, moderators: 0 };

/** Ends meetings by their rules: counts, announces, and hangs up. What was counted is in the store. */
export class Gatherings {
  readonly #options: GatheringsOptions;
  readonly #watched = new Map<RoomId, Watched>();
  readonly #unseenSince = new Map<RoomId, number>();
  readonly #turns = new InTurn();
  #stops: readonly (() => void)[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: GatheringsOptions) {
    this.#options = options;
  }

  start(): void {
    const { rooms, meetings } = this.#options;
    this.#stops = [
      rooms.subscribe((fact) => this.#told(fact)),
      // Its rules may be others now.
      meetings.subscribe((news) => {
        if (news.kind === 'updated' && this.#watched.has(news.meeting.id))
          this.#look(news.meeting.id);
      }),
    ];
    for (const room of rooms.rooms().keys()) this.#look(this.#options.family.mainOf(room));
    this.#sweepLater();
  }

  /** Looks that are under way end; what was counted is kept for the next life. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    await this.idle();
    for (const room of [...this.#watched.keys()]) await this.#letGo(room);
  }

  /** Every look that began before has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #told(fact: RoomEvent): void {
    const { family, rooms, now } = this.#options;
    const room = family.mainOf(fact.room);
    const before = this.#watched.get(room)?.attendance;
    const attendance = this.#heard(room, attendanceIn(rooms.rooms(), this.#rooms(room)), now());
    if (before === undefined && attendance.people === 0) return;
    this.#watched.set(room, { ...this.#watched.get(room), attendance });
    const isNews =
      before?.people !== attendance.people || before.moderators !== attendance.moderators;
    if (isNews || this.#breaksSilence(room, before, attendance)) this.#look(room);
  }

  /** The first word after some time; an announced end may be called off. */
  #breaksSilence(room: RoomId, before: Attendance | undefined, { heardAtMs = 0 }: Attendance) {
    const isAnnounced = this.#options.rooms.rooms().get(room)?.end?.why === 'silence';
    return isAnnounced && heardAtMs > (before?.heardAtMs ?? 0);
  }

  #heard(room: RoomId, seen: Omit<Attendance, 'heardAtMs'> & Speaking, nowMs: number): Attendance {
    const { talking, ...rest } = seen;
    const heardAtMs = talking ? nowMs : this.#watched.get(room)?.attendance.heardAtMs;
    return { ...rest, ...(heardAtMs !== undefined && { heardAtMs }) };
  }

  #rooms(main: RoomId): readonly RoomId[] {
    return [main, ...this.#options.family.breakoutsOf(main)];
  }

  #look(room: RoomId): void {
    this.#watched.get(room)?.stopTimer?.();
    if (this.#stopped) return;
    this.#run(
      this.#turns.run(room, () => this.#lookNow(room)),
      (why) => {
        this.#options.log('warn', 'the end of a meeting could not be looked after', { room, why });
        this.#lookLater(room, this.#options.now() + AGAIN_MS);
      },
    );
  }

  /** A store that is away is asked again. */
  #run(work: Promise<void>, failed: (why: string) => void): void {
    const done = work
      .catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)))
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #lookNow(room: RoomId): Promise<void> {
    const { meetings, rooms, now } = this.#options;
    const meeting = await meetings.get(room);
    if (meeting === undefined || !hasEndRules(meeting)) return this.#forget(room);
    // Rooms of a FreeSWITCH that is away are as they were; whether they are, nobody knows.
    const isKnown = rooms.engines().every(({ state }) => state === 'joined');
    if (!isKnown || !(await this.#claim(room))) return this.#lookLater(room, now() + AGAIN_MS);
    const seen = attendanceIn(rooms.rooms(), this.#rooms(room));
    const step = await this.#write(room, this.#heard(room, seen, now()), meeting);
    for (const act of step.acts) await this.#act(meeting, act);
    if (step.gathering === undefined) return this.#forget(room);
    this.#lookLater(room, step.lookAtMs ?? now() + SWEEP_MS);
  }

  async #write(room: RoomId, attendance: Attendance, meeting: Meeting): Promise<GatheringStep> {
    const nowMs = this.#options.now();
    let step: GatheringStep = { acts: [] };
    await this.#options.store.update<Gathering>(place(room), (kept) => {
      step = lookAt(kept, attendance, meeting, nowMs);
      const { gathering } = step;
      const isSame = JSON.stringify(gathering) === JSON.stringify(kept);
      if (gathering === undefined || isSame) return undefined;
      return { value: gathering, expiresAtMs: nowMs + KEPT_MS };
    });
    return step;
  }

  async #act({ id }: Meeting, act: GatheringAct): Promise<void> {
    const { meetings, log } = this.#options;
    switch (act.kind) {
      case 'announce':
        await this.#inAll(id, (room) => ({ kind: 'announce-end', room, end: act.end }));
        return;
      case 'call-off':
        await this.#inAll(id, (room) => ({ kind: 'announce-end', room }));
        return;
      case 'end':
        log('info', 'a meeting ended by its rules', { room: id, why: act.why });
        await meetings.over(id);
        await this.#inAll(id, (room) => ({ kind: 'close-room', room }));
        return;
    }
  }

  async #inAll(main: RoomId, command: (room: RoomId) => RoomCommand): Promise<void> {
    const rooms = this.#rooms(main);
    const outcomes = await Promise.all(
      rooms.map((room) => this.#options.rooms.execute(command(room))),
    );
    outcomes.forEach((outcome) => this.#complain(main, outcome));
  }

  #complain(room: RoomId, outcome: Outcome): void {
    if (outcome.ok || outcome.reason === 'no-such-room') return;
    this.#options.log('warn', 'the end of a meeting did not reach its room', {
      room,
      why: outcome.detail,
    });
  }

  /** One process looks after a meeting, for only one sees its room for certain. */
  async #claim(room: RoomId): Promise<boolean> {
    const { leases } = this.#options;
    const held = this.#watched.get(room)?.lease;
    const name = place(room);
    const lease =
      (held && (await leases.renew(held, CLAIM_MS))) ?? (await leases.take(name, CLAIM_MS));
    const { attendance, stopTimer } = this.#watched.get(room) ?? { attendance: NOBODY };
    this.#watched.set(room, {
      attendance,
      ...given('stopTimer', stopTimer),
      ...given('lease', lease),
    });
    return lease !== undefined;
  }

  #lookLater(room: RoomId, atMs: number): void {
    const { after, now } = this.#options;
    const watched = this.#watched.get(room) ?? { attendance: NOBODY };
    watched.stopTimer?.();
    if (this.#stopped) return;
    const stopTimer = after(Math.max(0, atMs - now()), () => this.#look(room));
    this.#watched.set(room, { ...watched, stopTimer });
  }

  /** Nothing is to be counted; of a room with people in it a change of the rules is waited for. */
  async #forget(room: RoomId): Promise<void> {
    const { attendance = NOBODY, lease } = this.#watched.get(room) ?? {};
    const mayBeKept = lease !== undefined || this.#unseenSince.delete(room);
    if (mayBeKept) await this.#options.store.delete(place(room));
    await this.#letGo(room);
    if (attendance.people > 0) this.#watched.set(room, { attendance });
  }

  async #letGo(room: RoomId): Promise<void> {
    const { stopTimer, lease } = this.#watched.get(room) ?? {};
    stopTimer?.();
    this.#watched.delete(room);
    if (lease !== undefined) await this.#options.leases.release(lease);
  }

  #sweepLater(): void {
    const stop = this.#options.after(SWEEP_MS, () => {
      this.#stops = this.#stops.filter((each) => each !== stop);
      this.#sweepLater();
      this.#run(this.#sweep(), (why) => {
        this.#options.log('warn', 'kept gatherings could not be read', { why });
      });
    });
    this.#stops = [...this.#stops, stop];
  }

  /** What an earlier life counted, and nobody sees any more. */
  async #sweep(): Promise<void> {
    const { store, now } = this.#options;
    const kept = await store.list<Gathering>(PREFIX);
    const unseen = kept
      .map(([key]) => key.slice(PREFIX.length) as RoomId)
      .filter((room) => !this.#watched.has(room));
    for (const room of [...this.#unseenSince.keys()])
      if (!unseen.includes(room)) this.#unseenSince.delete(room);
    for (const room of unseen) {
      const sinceMs = this.#unseenSince.get(room) ?? now();
      this.#unseenSince.set(room, sinceMs);
      if (now() - sinceMs >= UNSEEN_MS) this.#look(room);
    }
  }
}

const PREFIX = 'gathering:';

function place(room: RoomId): string {
  return `${PREFIX}${room}`;
}
