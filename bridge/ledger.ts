import { sameParticipant } from '../protocol/room/apply.ts';
import type { LeaveReason, RoomEvent } from '../protocol/room/event.ts';
import type { OutboundCall } from '../protocol/room/outbound-call.ts';
import type { Participant, ParticipantId, RoomEnd, RoomId } from '../protocol/room/room.ts';
import { lobbyRow, dropLeg, refresh, voidAll } from './changes.ts';
import {
  hallOf,
  hallWith,
  toldOutside,
  withCall,
  withWaiting,
  withoutCall,
  withoutWaiting,
} from './halls.ts';
import type { Halls } from './halls.ts';
import { LegNotes } from './leg-notes.ts';
import type { Remember } from './leg-notes.ts';
import { NOBODY, roomWith } from './members.ts';
import type { Change, Context, Learned, Member, Members, RoomState, Who } from './members.ts';
import { observe } from './observe.ts';
import type { RoomSighting } from './observe.ts';
import { Pairs } from './pairs.ts';
import type { Places } from './places.ts';
import { release, reserve, taken } from './places.ts';
import { reconcile, reconcileClosed } from './reconcile.ts';
import type { RoomListed } from './sighting.ts';
import type { Standing, StandingPatch } from './standing.ts';
import type { Wish } from './wishes.ts';

export interface LedgerOptions {
  readonly publish: (fact: RoomEvent) => void;
  readonly now: () => number;
  readonly remember: Remember;
  /** These stand otherwise than FreeSWITCH has them: their sound moved to or from another leg. */
  readonly moved: (legs: readonly ParticipantId[]) => void;
}

/** A leg that is shown, and where. */
export interface Found {
  readonly room: RoomId;
  readonly row: Participant;
}

/**
 * All that is known of one FreeSWITCH: who is in its rooms, who waits, who is on the way, what was
 * wished. Its rules are the pure files beside it; this keeps their state and tells the facts.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #members: Members = NOBODY;
  #halls: Halls = new Map();
  #places: Places = new Map();
  #open: ReadonlySet<RoomId> = new Set();
  readonly #notes: LegNotes;
  readonly #pairs = new Pairs();

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#notes = new LegNotes(options.remember);
  }

  /** Rises with each event taken in. */
  get tick(): number {
    return this.#members.tick;
  }

  /** The rooms that FreeSWITCH has; see `isOpen`. */
  get rooms(): ReadonlyMap<RoomId, RoomState> {
    return this.#members.rooms;
  }

  get places(): Places {
    return this.#places;
  }

  get standings(): ReadonlyMap<ParticipantId, Standing> {
    return this.#notes.standings;
  }

  get halls(): Halls {
    return this.#halls;
  }

  member(room: RoomId, leg: ParticipantId): Member | undefined {
    return this.#members.rooms.get(room)?.members.get(leg);
  }

  roomWith(leg: ParticipantId): RoomState | undefined {
    return roomWith(this.#members, leg);
  }

  /** A leg in a room or before its door. */
  find(leg: ParticipantId): Found | undefined {
    const inside = this.roomWith(leg);
    const member = inside?.members.get(leg);
    if (inside !== undefined && member !== undefined)
      return { room: inside.life.room, row: member.row };
    const room = hallWith(this.#halls, leg);
    const row = room && this.#halls.get(room)?.lobby.get(leg);
    return room === undefined || row === undefined ? undefined : { room, row };
  }

  standing(leg: ParticipantId): Standing {
    return this.#notes.standing(leg);
  }

  knows(leg: ParticipantId): boolean {
    return this.#notes.known.has(leg);
  }

  /** Legs that are known and in no room. */
  waiting(): readonly ParticipantId[] {
    const known = new Set([...this.#notes.known.keys(), ...this.#places.keys()]);
    return [...known].filter((leg) => this.roomWith(leg) === undefined);
  }

  /** People in a room and on their way there, each once, with however many legs. */
  people(room: RoomId): number {
    const inside = this.#members.rooms.get(room)?.members ?? new Map<ParticipantId, Member>();
    return taken(this.#places, room, inside) - this.#pairs.carried(room);
  }

  /** Who waits before the door, the first to come first. */
  lobby(room: RoomId): readonly ParticipantId[] {
    return [...hallOf(this.#halls, room).lobby.values()]
      .filter(({ id }) => this.standing(id).lobby === room)
      .sort((a, b) => a.joinedAtMs - b.joinedAtMs)
      .map(({ id }) => id);
  }

  /** Shown while the room is there. */
  ends(room: RoomId, end: RoomEnd | undefined): void {
    this.#tell([{ kind: 'room-ends', room, ...(end !== undefined && { end }) }]);
  }

  /** Whether anything of a room is here: people, somebody at its door, or a call. */
  isOpen(room: RoomId): boolean {
    return this.#open.has(room);
  }

  /** As `isOpen`, or somebody is on the way in. */
  has(room: RoomId): boolean {
    return this.isOpen(room) || [...this.#places.values()].includes(room);
  }

  /** Whether a leg of this person, once inside, will carry the sound of another that is inside. */
  audioMoves(leg: ParticipantId, room: RoomId, who: Who): boolean {
    if (who.personId === undefined || who.via !== 'phone') return false;
    const inside = this.#members.rooms.get(room)?.members.values() ?? [];
    return [...inside].some(({ row }) => row.personId === who.personId && row.id !== leg);
  }

  /** Whether another leg speaks for this one, or this one for another. */
  isPaired(leg: ParticipantId): boolean {
    return this.#pairs.has(leg);
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
    this.leaveLobby(leg, this.#notes.whyLeft(leg));
    this.forget(leg);
  }

  identify(leg: ParticipantId, who: Who): void {
    this.#notes.identify(leg, who);
    this.#refresh(leg);
  }

  /** What a leg had written on it; what we know ourselves is newer. */
  recall(leg: ParticipantId, standing: Standing): void {
    if (this.#notes.recall(leg, standing)) this.#refresh(leg);
  }

  /**
   * Keeps something about a leg, here and on it. It is shown once it is written, and taken back
   * where FreeSWITCH does not take it (`false`).
   */
  async note(leg: ParticipantId, patch: StandingPatch): Promise<boolean> {
    const written = await this.#notes.note(leg, patch);
    if (this.#notes.standings.has(leg)) this.#refresh(leg);
    return written;
  }

  /** As `note`, for what holds whether it can be written now or not. */
  keep(leg: ParticipantId, patch: StandingPatch): void {
    this.#notes.keep(leg, patch);
  }

  /** Comes before the door of a room; `joinedAtMs` is when they first did. */
  enterLobby(leg: ParticipantId, room: RoomId, who: Who): void {
    this.#notes.identify(leg, who);
    const lobbySinceMs = this.standing(leg).lobbySinceMs ?? this.#options.now();
    this.keep(leg, { lobby: room, lobbySinceMs, admitted: undefined });
    this.#showWaiting(leg, room, who);
  }

  /** Admitted, the row stays until FreeSWITCH shows the member. */
  leaveLobby(leg: ParticipantId, reason: LeaveReason | 'admitted'): void {
    const room = hallWith(this.#halls, leg);
    if (room === undefined) return;
    if (reason === 'admitted') {
      this.keep(leg, { lobby: undefined, lobbySinceMs: undefined, admitted: true });
      return;
    }
    this.#halls = withoutWaiting(this.#halls, room, leg);
    this.#tell([{ kind: 'participant-left', room, id: leg, reason }]);
    this.#closeIfEmpty(room);
  }

  call(room: RoomId, call: OutboundCall): void {
    this.#openFor(room);
    this.#halls = withCall(this.#halls, room, call);
    this.#tell([{ kind: 'call-updated', room, call }]);
  }

  forgetCall(room: RoomId, id: ParticipantId): void {
    if (!hallOf(this.#halls, room).calls.has(id)) return;
    this.#halls = withoutCall(this.#halls, room, id);
    this.#tell([{ kind: 'call-forgotten', room, id }]);
    this.#closeIfEmpty(room);
  }

  reserve(leg: ParticipantId, room: RoomId): void {
    this.#places = reserve(this.#places, leg, room);
  }

  /** It is not on the way in any more. */
  release(leg: ParticipantId): void {
    this.#places = release(this.#places, leg);
  }

  /** Goes into its room now, muted where the meeting says so. */
  enters(leg: ParticipantId, muted: boolean): void {
    this.wish(leg, { muted }, { mutedBy: muted ? 'entry' : undefined });
  }

  wish(leg: ParticipantId, wish: Wish, more: StandingPatch = {}): void {
    this.keep(leg, { ...more, wish: { ...this.standing(leg).wish, ...wish } });
  }

  willLeave(leg: ParticipantId, reason: LeaveReason): void {
    this.#notes.willLeave(leg, reason);
  }

  /** What is learned of a member beside what FreeSWITCH tells of it. */
  learns(leg: ParticipantId, part: Learned): void {
    this.#notes.learns(leg, part);
    this.#refresh(leg);
  }

  /** We could not make it leave. */
  mayStay(leg: ParticipantId): void {
    this.#notes.mayStay(leg);
  }

  /** Of one that is in another room in a moment everything is kept. */
  forget(leg: ParticipantId, why?: LeaveReason): void {
    this.#notes.forget(leg, why);
    if (why !== 'moved') this.#places = release(this.#places, leg);
  }

  /** The FreeSWITCH process is another one: everybody was cut off. */
  void(): void {
    const context = { ...this.#context(), whyLeft: (): LeaveReason => 'connection-lost' };
    this.#pairs.clear();
    for (const [room, { lobby, calls }] of this.#halls) {
      for (const leg of lobby.keys()) this.leaveLobby(leg, 'connection-lost');
      for (const id of calls.keys()) this.forgetCall(room, id);
    }
    this.#take(voidAll(this.#members, context));
    this.#members = NOBODY;
    this.#places = new Map();
    this.#notes.clear();
  }

  #context(): Context {
    return {
      nowMs: this.#options.now(),
      whoIs: (leg) => this.#notes.known.get(leg),
      whyLeft: (leg) => this.#notes.whyLeft(leg),
      standingOf: (leg) => this.standing(leg),
      carrierOf: (leg) => this.#pairs.carrierOf(leg),
      learnedOf: (leg) => this.#notes.learned(leg),
    };
  }

  #take(change: Change): boolean {
    this.#members = change.members;
    for (const fact of change.facts) if (fact.kind === 'participant-updated') this.#arrived(fact);
    this.#tell(change.facts);
    for (const room of new Set(change.facts.map((fact) => fact.room))) this.#pair(room);
    for (const fact of change.facts)
      if (fact.kind === 'participant-left') this.forget(fact.id, fact.reason);
    return change.doubted;
  }

  /** Whoever is seen inside neither waits nor is on the way. */
  #arrived({ room, participant: { id } }: Extract<RoomEvent, { kind: 'participant-updated' }>) {
    this.#places = release(this.#places, id);
    this.#halls = withoutWaiting(this.#halls, room, id);
  }

  #tell(facts: readonly RoomEvent[]): void {
    const told = toldOutside(facts, this.#open, this.#halls);
    this.#open = told.open;
    for (const fact of told.facts) this.#options.publish(fact);
  }

  #refresh(leg: ParticipantId): void {
    this.#take(refresh(this.#members, leg, this.#context()));
    const room = hallWith(this.#halls, leg);
    const who = this.#notes.known.get(leg);
    if (room !== undefined && who !== undefined) this.#showWaiting(leg, room, who);
  }

  #showWaiting(leg: ParticipantId, room: RoomId, who: Who): void {
    const row = lobbyRow(leg, who, this.#context());
    const before = this.#halls.get(room)?.lobby.get(leg);
    if (before !== undefined && sameParticipant(before, row)) return;
    this.#openFor(room);
    this.#halls = withWaiting(this.#halls, room, row);
    this.#tell([{ kind: 'participant-updated', room, participant: row }]);
  }

  #openFor(room: RoomId): void {
    if (!this.#open.has(room))
      this.#tell([{ kind: 'room-opened', room, openedAtMs: this.#options.now() }]);
  }

  #closeIfEmpty(room: RoomId): void {
    if (!this.#halls.has(room) && !this.#members.rooms.has(room) && this.#open.has(room))
      this.#tell([{ kind: 'room-closed', room }]);
  }

  /** Sees to it that of one person's legs one speaks. */
  #pair(room: RoomId): void {
    const inside = this.#members.rooms.get(room)?.members ?? new Map<ParticipantId, Member>();
    const { changes, legs } = this.#pairs.renew(room, inside, (leg) => this.standing(leg));
    for (const { leg, patch } of changes) this.keep(leg, patch);
    if (legs.length === 0) return;
    const context = this.#context();
    for (const leg of legs) this.#take(refresh(this.#members, leg, context));
    if (changes.length > 0) this.#options.moved(changes.map(({ leg }) => leg));
  }
}
