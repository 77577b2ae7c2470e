import type { MeetingBreakouts } from '../protocol/room/breakouts.ts';
import type { Outcome } from '../protocol/room/command.ts';
import type { RoomControl } from '../protocol/room/control.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { rowWith, rowsOf } from '../protocol/room/rows.ts';
import type { Family } from './attendance.ts';
import type { Basics } from './basics.ts';
import { InTurn } from './in-turn.ts';
import type { Meetings } from './meetings.ts';
import { dealt, dutyOf, told } from './rules/breakouts.ts';
import type { BreakoutRoom, BreakoutSet } from './rules/breakouts.ts';
import { given } from './rules/given.ts';
import { newRoomId } from './rules/ids.ts';

export interface BreakoutWish {
  readonly rooms: readonly {
    readonly name: string;
    readonly participants?: readonly ParticipantId[] | undefined;
  }[];
  /** `given`: as the rooms say; `evenly`: whoever is no moderator; `self`: people choose. */
  readonly assign: 'given' | 'evenly' | 'self';
  readonly minutes?: number | undefined;
  readonly returnWarningSeconds: number;
}

export type BreakoutResult =
  | { readonly ok: true; readonly set: BreakoutSet }
  | { readonly ok: false; readonly reason: 'open-already' | 'nobody-there' };

/** Small rooms of a meeting, on the same switch; everybody comes back by themselves at the end. */
export class Breakouts implements Family {
  readonly #basics: Basics;
  readonly #meetings: Meetings;
  readonly #turns = new InTurn();
  readonly #timers = new Map<RoomId, () => void>();
  #sets: ReadonlyMap<RoomId, BreakoutSet> = new Map();
  readonly #listeners = new Set<(told: MeetingBreakouts) => void>();
  #rooms: RoomControl | undefined;
  #stops: readonly (() => void)[] = [];

  constructor(basics: Basics, meetings: Meetings) {
    this.#basics = basics;
    this.#meetings = meetings;
  }

  /** Learns which there are, those that other processes open as well. */
  async start(): Promise<void> {
    await this.#learn();
    const stop = this.#basics.store.watch(PREFIX, ({ kind, ...change }) => {
      if (kind === 'changed' && 'by' in change && change.by === 'us') return;
      this.#try(this.#learn());
    });
    this.#stops = [stop];
  }

  /** From now on people are moved, and brought back in time. */
  run(rooms: RoomControl): void {
    this.#rooms = rooms;
    const stop = this.#meetings.subscribe((news) => {
      const id = news.kind === 'removed' ? news.id : news.meeting.id;
      const isOver = news.kind === 'removed' || news.meeting.endedAtMs !== undefined;
      if (isOver && this.#sets.has(id)) this.#try(this.#drop(id));
    });
    this.#stops = [...this.#stops, stop];
    for (const main of this.#sets.keys()) this.#look(main);
  }

  async stop(): Promise<void> {
    for (const stop of [...this.#stops, ...this.#timers.values()]) stop();
    this.#timers.clear();
    this.#rooms = undefined;
    await Promise.all([...this.#sets.keys()].map((main) => this.#turns.run(main, async () => {})));
  }

  mainOf(room: RoomId): RoomId {
    if (this.#sets.has(room)) return room;
    for (const { main, rooms } of this.#sets.values())
      if (rooms.some(({ id }) => id === room)) return main;
    return room;
  }

  breakoutsOf(main: RoomId): readonly RoomId[] {
    return this.of(main)?.rooms.map(({ id }) => id) ?? [];
  }

  /** As `mainOf`, also for a room that another process opened a moment ago. */
  async mainFor(room: RoomId): Promise<RoomId> {
    const isKnown = this.mainOf(room) !== room || this.#sets.has(room);
    if (!isKnown && !(await this.#meetings.get(room))) await this.#learn();
    return this.mainOf(room);
  }

  /** What screens are told of those that there are. */
  all(): readonly MeetingBreakouts[] {
    return [...this.#sets.values()].map(told);
  }

  /** Tells what this process changed. Returns how to stop. */
  subscribe(listener: (told: MeetingBreakouts) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  of(main: RoomId): BreakoutSet | undefined {
    return this.#sets.get(main);
  }

  /** In which of the meeting's rooms a leg is. */
  whereIs(main: RoomId, leg: ParticipantId): RoomId | undefined {
    const rooms = this.#rooms?.rooms();
    return [main, ...this.breakoutsOf(main)].find((room) => rooms?.get(room)?.people.has(leg));
  }

  async open(main: RoomId, wish: BreakoutWish): Promise<BreakoutResult> {
    const { now, random, store } = this.#basics;
    const inside = this.#rooms?.rooms().get(main);
    if (inside === undefined) return { ok: false, reason: 'nobody-there' };
    const rooms = wish.rooms.map(({ name }, index): BreakoutRoom => ({
      id: newRoomId(random),
      name,
      number: index + 1,
    }));
    const set: BreakoutSet = {
      main,
      rooms,
      openedAtMs: now(),
      self: wish.assign === 'self',
      returnWarningSeconds: wish.returnWarningSeconds,
      ...(wish.minutes !== undefined && { endsAtMs: now() + wish.minutes * 60_000 }),
    };
    if (!(await store.create(place(main), { value: set })))
      return { ok: false, reason: 'open-already' };
    this.#know(set);
    this.#tell(set);
    const groups =
      wish.assign === 'evenly'
        ? dealt(rowsOf(inside), rooms.length)
        : wish.rooms.map(({ participants = [] }) => (wish.assign === 'given' ? participants : []));
    await Promise.all(groups.map((group, n) => this.move(set, group, rooms[n]?.id ?? main)));
    this.#look(main);
    return { ok: true, set };
  }

  /** To one of the breakout rooms, or (`main`) back; the first refusal counts. */
  async move(
    { main, rooms }: BreakoutSet,
    legs: readonly ParticipantId[],
    to: RoomId,
  ): Promise<Outcome> {
    const group = rooms.find(({ id }) => id === to)?.number;
    const outcomes = await Promise.all(legs.map((leg) => this.#moveOne(leg, { main, to, group })));
    return outcomes.find(({ ok }) => !ok) ?? { ok: true };
  }

  /** Everybody comes back: after the usual warning, or at once. */
  async close(main: RoomId, atOnce: boolean): Promise<BreakoutSet | undefined> {
    const nowMs = this.#basics.now();
    const changed = await this.#change(main, (set) => {
      const endsAtMs = nowMs + (atOnce ? 0 : set.returnWarningSeconds * 1_000);
      return { ...set, endsAtMs: Math.min(endsAtMs, set.endsAtMs ?? Infinity) };
    });
    if (changed) this.#tell(changed);
    this.#look(main);
    return changed;
  }

  async #moveOne(
    leg: ParticipantId,
    {
      main,
      to,
      group,
    }: { readonly main: RoomId; readonly to: RoomId; readonly group: number | undefined },
  ): Promise<Outcome> {
    const room = this.whereIs(main, leg);
    const row = room && this.#rooms?.rooms().get(room);
    const id = row && rowWith(row, leg)?.id;
    if (this.#rooms === undefined || room === undefined || id === undefined) return NOBODY;
    return this.#rooms.execute({ kind: 'move', room, id, to, ...given('group', group) });
  }

  #look(main: RoomId): void {
    this.#timers.get(main)?.();
    this.#timers.delete(main);
    if (this.#rooms !== undefined) this.#try(this.#turns.run(main, () => this.#lookNow(main)));
  }

  async #lookNow(main: RoomId): Promise<void> {
    const set = this.#sets.get(main);
    const { now, after } = this.#basics;
    if (set === undefined) return;
    const duty = dutyOf(set, now());
    if (duty.saidAt !== undefined) {
      const { saidAt } = duty;
      const isOurs = await this.#change(main, (kept) =>
        (kept.saidAt ?? Infinity) > saidAt ? { ...kept, saidAt } : undefined,
      );
      if (isOurs)
        for (const { id: room } of set.rooms)
          await this.#rooms?.execute({
            kind: 'announce-end',
            room,
            ...given('end', duty.announce),
          });
    }
    if (duty.bringBack && (await this.#bringBack(set))) return this.#forget(main);
    if (duty.lookAtMs === undefined) return;
    this.#timers.set(
      main,
      after(Math.max(0, duty.lookAtMs - now()), () => this.#look(main)),
    );
  }

  /** Whether nobody is left in the breakout rooms. */
  async #bringBack(set: BreakoutSet): Promise<boolean> {
    const left = set.rooms.flatMap(({ id }) => {
      const room = this.#rooms?.rooms().get(id);
      return room === undefined ? [] : rowsOf(room).map((row) => row.id);
    });
    await this.move(set, left, set.main);
    return left.length === 0;
  }

  /** The meeting is over, and so is it in its small rooms. */
  async #drop(main: RoomId): Promise<void> {
    const rooms = this.breakoutsOf(main);
    for (const room of rooms) await this.#rooms?.execute({ kind: 'close-room', room });
    await this.#forget(main);
  }

  async #forget(main: RoomId): Promise<void> {
    const set = this.#sets.get(main);
    await this.#basics.store.delete(place(main));
    this.#timers.get(main)?.();
    this.#timers.delete(main);
    this.#sets = new Map([...this.#sets].filter(([each]) => each !== main));
    if (set) this.#tell({ ...set, rooms: [] });
  }

  #tell(set: BreakoutSet): void {
    for (const listener of this.#listeners) listener(told(set));
  }

  async #change(
    main: RoomId,
    change: (set: BreakoutSet) => BreakoutSet | undefined,
  ): Promise<BreakoutSet | undefined> {
    let after: BreakoutSet | undefined;
    await this.#basics.store.update<BreakoutSet>(place(main), (set) => {
      after = set && change(set);
      return after && { value: after };
    });
    if (after !== undefined) this.#know(after);
    return after;
  }

  #know(set: BreakoutSet): void {
    this.#sets = new Map(this.#sets).set(set.main, set);
  }

  async #learn(): Promise<void> {
    const kept = await this.#basics.store.list<BreakoutSet>(PREFIX);
    this.#sets = new Map(kept.map(([, set]) => [set.main, set]));
    for (const main of this.#sets.keys()) this.#look(main);
  }

  /** A store that is away is asked again at the next change or look. */
  #try(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.#basics.log('warn', 'breakout rooms could not be looked after', { why });
    });
  }
}

const NOBODY: Outcome = {
  ok: false,
  reason: 'no-such-participant',
  detail: 'This person is in none of the rooms of the meeting any more.',
};

const PREFIX = 'breakouts:';

function place(main: RoomId): string {
  return `${PREFIX}${main}`;
}
