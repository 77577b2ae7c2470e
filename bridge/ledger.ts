import type { LeaveReason, RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { dropLeg, rename, voidAll } from './changes.ts';
import { NOBODY, roomWith } from './members.ts';
import type { Change, Context, Member, Members, RoomState, Who } from './members.ts';
import { observe } from './observe.ts';
import type { RoomSighting } from './observe.ts';
import type { Places } from './places.ts';
import { release, reserve, taken } from './places.ts';
import { reconcile, reconcileClosed } from './reconcile.ts';
import type { RoomListed } from './sighting.ts';
import { withWish, withoutWish } from './wishes.ts';
import type { Wish, Wishes } from './wishes.ts';

export interface LedgerOptions {
  readonly publish: (fact: RoomEvent) => void;
  readonly now: () => number;
}

/**
 * All that is known of one FreeSWITCH: who is in its rooms, who is on the way, what was wished.
 * Its rules are the pure files beside it; this keeps their state and tells the facts.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #members: Members = NOBODY;
  #wishes: Wishes = new Map();
  #places: Places = new Map();
  readonly #who = new Map<ParticipantId, Who>();
  readonly #leaving = new Map<ParticipantId, LeaveReason>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Rises with each event taken in. */
  get tick(): number {
    return this.#members.tick;
  }

  get rooms(): ReadonlyMap<RoomId, RoomState> {
    return this.#members.rooms;
  }

  get places(): Places {
    return this.#places;
  }

  get wishes(): Wishes {
    return this.#wishes;
  }

  member(room: RoomId, leg: ParticipantId): Member | undefined {
    return this.#members.rooms.get(room)?.members.get(leg);
  }

  roomWith(leg: ParticipantId): RoomState | undefined {
    return roomWith(this.#members, leg);
  }

  knows(leg: ParticipantId): boolean {
    return this.#who.has(leg);
  }

  /** Legs that are known and in no room. */
  waiting(): readonly ParticipantId[] {
    const known = new Set([...this.#who.keys(), ...this.#places.keys()]);
    return [...known].filter((leg) => this.roomWith(leg) === undefined);
  }

  /** People in a room and on their way there. */
  people(room: RoomId): number {
    return taken(this.#places, room, this.#members.rooms.get(room)?.members ?? new Map());
  }

  /** Whether somebody is in the room here, or on the way. */
  has(room: RoomId): boolean {
    return this.#members.rooms.has(room) || [...this.#places.values()].includes(room);
  }

  /** True where a list must tell what was missed. */
  observe(sighting: RoomSighting): boolean {
    return this.#take(observe(this.#members, sighting, this.#context()));
  }

  reconcile(listed: RoomListed, askedAt: number): void {
    this.#take(reconcile(this.#members, listed, askedAt, this.#context()));
  }

  reconcileClosed(room: RoomId, askedAt: number): void {
    this.#take(reconcileClosed(this.#members, room, askedAt, this.#context()));
  }

  /** A leg hung up: it is nowhere any more. */
  hungUp(leg: ParticipantId): void {
    this.#take(dropLeg(this.#members, leg, this.#context()));
    this.forget(leg);
  }

  identify(leg: ParticipantId, who: Who): void {
    this.#who.set(leg, who);
    this.#take(rename(this.#members, leg, who));
  }

  reserve(leg: ParticipantId, room: RoomId): void {
    this.#places = reserve(this.#places, leg, room);
  }

  wish(leg: ParticipantId, wish: Wish): void {
    this.#wishes = withWish(this.#wishes, leg, wish);
  }

  /** Puts a leg's wishes back to what they were. */
  restoreWish(leg: ParticipantId, wish: Wish | undefined): void {
    this.#wishes = withoutWish(this.#wishes, leg);
    if (wish !== undefined) this.wish(leg, wish);
  }

  willLeave(leg: ParticipantId, reason: LeaveReason): void {
    this.#leaving.set(leg, reason);
  }

  /** We could not make it leave. */
  mayStay(leg: ParticipantId): void {
    this.#leaving.delete(leg);
  }

  forget(leg: ParticipantId): void {
    this.#who.delete(leg);
    this.#leaving.delete(leg);
    this.#places = release(this.#places, leg);
    this.#wishes = withoutWish(this.#wishes, leg);
  }

  /** The FreeSWITCH process is another one: everybody was cut off. */
  void(): void {
    const context = { ...this.#context(), whyLeft: (): LeaveReason => 'connection-lost' };
    this.#take(voidAll(this.#members, context));
    this.#members = NOBODY;
    this.#wishes = new Map();
    this.#places = new Map();
    this.#who.clear();
    this.#leaving.clear();
  }

  #context(): Context {
    return {
      nowMs: this.#options.now(),
      whoIs: (leg) => this.#who.get(leg),
      whyLeft: (leg) => this.#leaving.get(leg) ?? 'hung-up',
    };
  }

  #take(change: Change): boolean {
    this.#members = change.members;
    for (const fact of change.facts) {
      if (fact.kind === 'participant-updated')
        this.#places = release(this.#places, fact.participant.id);
      this.#options.publish(fact);
      if (fact.kind === 'participant-left') this.forget(fact.id);
    }
    return change.doubted;
  }
}
