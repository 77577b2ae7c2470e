import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { CallReport, RoomControl } from '../../protocol/room/control.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { InTurn } from '../in-turn.ts';
import type { Lease, Leases } from '../leases.ts';
import {
  abandoned,
  begun,
  closed,
  ended,
  isDeserted,
  resumed,
  saw,
  sawLeave,
  withVisit,
} from '../rules/attendance.ts';
import type { Attended } from '../rules/attendance.ts';
import { letters } from '../rules/ids.ts';
import type { Random } from '../rules/ids.ts';
import { asOf, recognised } from '../rules/visit.ts';
import type { HistoryShelf } from './shelf.ts';

/** Three rounds of writing may fail before another process takes the room over. */
const LEASE_MS = 20_000;

/** What is watched: rooms of this process, and what is known of those in them. */
export type WatchedRooms = Pick<
  RoomControl,
  'rooms' | 'subscribe' | 'engines' | 'identityOf' | 'onCallEnded'
>;

export interface ChronicleOptions {
  readonly rooms: WatchedRooms;
  readonly shelf: HistoryShelf;
  /** One process writes of a room. */
  readonly leases: Leases;
  readonly nameOf: (room: RoomId) => Promise<string | undefined>;
  readonly now: () => number;
  readonly random: Random;
}

type Hand =
  /** Nobody, or somebody else, writes of the room. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly lease: Lease; readonly attended: Attended };

/** What goes on in one room, in memory and, a moment later, on the shelf. */
export class Chronicle {
  readonly room: RoomId;
  readonly #options: ChronicleOptions;
  readonly #turn = new InTurn();
  readonly #unwritten = new Set<ParticipantId>();
  #hand: Hand = { kind: 'idle' };
  #isUrgent = false;
  #isOver = false;

  constructor(room: RoomId, options: ChronicleOptions) {
    this.room = room;
    this.#options = options;
  }

  /** Somebody came, went or was let in: that is written at once. */
  get isUrgent(): boolean {
    return this.#isUrgent;
  }

  /** Everybody has left, and that is written. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes the room where nobody has it; who is there that was not known before. */
  begin(): Promise<readonly ParticipantId[]> {
    return this.#turn.run('shelf', () => this.#begin());
  }

  /** Says whether they are new. */
  saw(row: Participant, by: string | undefined): boolean {
    if (this.#hand.kind === 'idle') return false;
    const { attended } = this.#hand;
    const before = attended.visits.get(row.id);
    const inside = peopleInside(this.#options.rooms.rooms().get(this.room));
    this.#keep(saw(attended, row, this.#options.now(), { inside, by }), row.id);
    if (before === undefined || (before.joinedAtMs === undefined && row.state === 'joined'))
      this.#isUrgent = true;
    return before === undefined;
  }

  /** The session they were in, where we wrote of it. */
  sawLeave(leg: ParticipantId, reason: LeaveReason, by: string | undefined): string | undefined {
    if (this.#hand.kind === 'idle') return undefined;
    const nowMs = this.#options.now();
    this.#keep(sawLeave(this.#hand.attended, leg, reason, { nowMs, by }), leg);
    this.#isUrgent = true;
    return this.#hand.attended.session.id;
  }

  recognise(leg: ParticipantId, identity: CallIdentity): void {
    const visit = this.#visit(leg);
    if (visit === undefined || this.#hand.kind === 'idle') return;
    const known = recognised(visit, identity, (text) => this.#options.shelf.digest(text));
    this.#keep(withVisit(this.#hand.attended, known), leg);
  }

  /** Whether they were in what goes on. */
  report(leg: ParticipantId, report: Omit<CallReport, 'room' | 'id'>): boolean {
    const visit = this.#visit(leg);
    if (visit === undefined || this.#hand.kind === 'idle' || this.#isOver) return false;
    this.#keep(withVisit(this.#hand.attended, ended(visit, report)), leg);
    return true;
  }

  /** Brings the shelf up to date, and the lease; what another process does meanwhile is its own. */
  write(): Promise<void> {
    return this.#turn.run('shelf', () => this.#write());
  }

  /** Lets go of a session that goes on. */
  leave(): Promise<void> {
    return this.#turn.run('shelf', async () => {
      await this.#write();
      if (this.#hand.kind === 'writing') await this.#options.leases.release(this.#hand.lease);
      this.#hand = { kind: 'idle' };
    });
  }

  /** Ends what an earlier life of ours left open, where nobody writes of it. */
  close(): Promise<void> {
    return this.#turn.run('shelf', async () => {
      const { leases, shelf } = this.#options;
      const lease = await leases.take(this.#leaseName, LEASE_MS);
      if (lease === undefined) return;
      const left = await shelf.openIn(this.room);
      if (left !== undefined) await this.#shelve(abandoned(left));
      await leases.release(lease);
    });
  }

  async #begin(): Promise<readonly ParticipantId[]> {
    const { leases, shelf, nameOf, rooms, now, random } = this.#options;
    const lease = await leases.take(this.#leaseName, LEASE_MS);
    if (lease === undefined) return [];
    const left = await shelf.openIn(this.room);
    const name = (await nameOf(this.room)) ?? '';
    // From here on every fact is taken; those before are in the rows.
    const room = rooms.rooms().get(this.room);
    const people = room?.people ?? new Map<ParticipantId, Participant>();
    const goesOn = left && resumed(left, people);
    const nowMs = now();
    const id = `${String(nowMs).padStart(13, '0')}-${letters(8, random)}`;
    let attended = goesOn ?? begun({ id, room: this.room, name }, nowMs);
    const news = [...people.keys()].filter((leg) => !attended.visits.has(leg));
    const inside = peopleInside(room);
    for (const row of people.values()) attended = saw(attended, row, nowMs, { inside });
    for (const leg of attended.visits.keys()) this.#unwritten.add(leg);
    this.#hand = { kind: 'writing', lease, attended };
    if (left !== undefined && goesOn === undefined) await this.#shelve(abandoned(left));
    return news;
  }

  async #write(): Promise<void> {
    if (this.#hand.kind === 'idle') {
      if (!this.#isOver) await this.#begin();
      if (this.#hand.kind === 'idle') return;
    }
    this.#isUrgent = false;
    const { leases, now } = this.#options;
    const lease = await leases.renew(this.#hand.lease, LEASE_MS);
    if (lease === undefined) {
      // Somebody took it while we could not write; they go on from what is on the shelf.
      this.#hand = { kind: 'idle' };
      return;
    }
    const { attended } = this.#hand;
    const isOver = isDeserted(attended);
    this.#hand = { ...this.#hand, lease };
    const unwritten = [...this.#unwritten];
    this.#unwritten.clear();
    try {
      await this.#shelve(
        isOver ? closed(attended, lastLeft(attended, now())) : attended,
        unwritten,
      );
    } catch (error) {
      for (const leg of unwritten) this.#unwritten.add(leg);
      throw error;
    }
    if (!isOver || this.#hand.attended !== attended) return;
    this.#isOver = true;
    await leases.release(lease);
    this.#hand = { kind: 'idle' };
  }

  async #shelve({ session, visits }: Attended, legs = [...visits.keys()]): Promise<void> {
    const nowMs = this.#options.now();
    const changed = legs.flatMap((leg) => visits.get(leg) ?? []).map((visit) => asOf(visit, nowMs));
    const { endedAtMs } = session;
    await this.#options.shelf.write(
      endedAtMs === undefined ? { ...session, seenAtMs: nowMs } : session,
      changed,
    );
  }

  #keep(attended: Attended, leg: ParticipantId): void {
    if (this.#hand.kind === 'idle' || attended === this.#hand.attended) return;
    this.#hand = { ...this.#hand, attended };
    this.#unwritten.add(leg);
  }

  #visit(leg: ParticipantId) {
    return this.#hand.kind === 'idle' ? undefined : this.#hand.attended.visits.get(leg);
  }

  get #leaseName(): string {
    return `history:${this.room}`;
  }
}

function lastLeft({ visits }: Attended, nowMs: number): number {
  const times = [...visits.values()].map(({ leftAtMs }) => leftAtMs ?? nowMs);
  return times.length === 0 ? nowMs : Math.max(...times);
}
