import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, Room, RoomId, Rooms } from '../protocol/room/room.ts';
import type { RoomStanding } from './intents.ts';

export interface MovesOptions {
  readonly rooms: () => Rooms;
  readonly publish: (fact: RoomEvent) => void;
  /** How a room was to stand when its node was lost. */
  readonly intended: (room: Room) => RoomStanding;
  /** Everybody is back, or was given up: the room is to be locked, or recorded, as it was. */
  readonly restore: (room: RoomId, was: RoomStanding) => void;
  /** How long somebody may be on the way. */
  readonly moveMs: number;
}

/** One FreeSWITCH, as far as this must know it. */
export interface Place {
  /** Whether anything of a room is there. */
  isOpen(room: RoomId): boolean;
  /** What is shown of a leg that is there. */
  find(leg: ParticipantId): unknown;
}

interface Moving extends RoomStanding {
  /** Besides, what its node had taken and not told any more. */
  readonly wanted: RoomStanding;
  readonly legs: Set<ParticipantId>;
  /** Whether it goes on at a node that another process drives. */
  wentElsewhere: boolean;
  readonly timer: NodeJS.Timeout;
}

/**
 * Rooms on their way from one node to another. People keep their rows meanwhile, marked as `moving`:
 * what the old node says of its end is not told, and what the new one shows takes their place.
 */
export class Moves {
  readonly #options: MovesOptions;
  readonly #rooms = new Map<RoomId, Moving>();
  /** Legs that a node still has but was told to send away: nothing that it says of them counts. */
  readonly #sent = new Map<ParticipantId, Place>();

  constructor(options: MovesOptions) {
    this.#options = options;
  }

  get legs(): readonly ParticipantId[] {
    return [...this.#rooms.values()].flatMap(({ legs }) => [...legs]);
  }

  has(leg: ParticipantId): boolean {
    return this.#roomOf(leg) !== undefined;
  }

  /** The rooms at this node are about to be lost, or sent away by it. */
  begin(from: Place, why: 'lost' | 'sent'): void {
    for (const room of this.#options.rooms().values()) {
      const here = [...room.people.values()].filter(({ id }) => from.find(id) !== undefined);
      if (here.length === 0) continue;
      const { locked } = this.#setOff(
        room,
        here.map(({ id }) => id),
      );
      for (const participant of here) {
        if (why === 'sent') this.#sent.set(participant.id, from);
        const row = { ...participant, talking: false, moving: true as const };
        this.#options.publish({ kind: 'participant-updated', room: room.id, participant: row });
      }
      if (room.recording)
        this.#options.publish({ kind: 'room-updated', room: room.id, locked, recording: false });
    }
  }

  /** They are on the way from now on, with those of the room who are already. */
  #setOff(room: Room, here: readonly ParticipantId[]): Moving {
    const { id, locked, recording } = room;
    const before = this.#rooms.get(id);
    clearTimeout(before?.timer);
    const moving: Moving = {
      ...(before ?? { locked, recording, wanted: this.#options.intended(room) }),
      legs: new Set([...(before?.legs ?? []), ...here]),
      wentElsewhere: before?.wentElsewhere ?? false,
      timer: setTimeout(() => this.#giveUp(id), this.#options.moveMs).unref(),
    };
    this.#rooms.set(id, moving);
    return moving;
  }

  /** The call of somebody on the way is over. */
  lost(leg: ParticipantId): void {
    const room = this.#roomOf(leg);
    if (room === undefined) return;
    this.#options.publish({ kind: 'participant-left', room, id: leg, reason: 'connection-lost' });
    this.#arrived(room, leg);
  }

  /**
   * Somebody called again by themselves, and is there as another leg: this one is over, whether it is on
   * the way or its node, `at`, was not found dead yet.
   */
  replaced(leg: ParticipantId, at: Place | undefined): void {
    const from = this.#roomOf(leg);
    const room = from ?? this.#roomWith(leg);
    if (room === undefined) return;
    if (from === undefined && at !== undefined) this.#sent.set(leg, at);
    this.#options.publish({ kind: 'participant-left', room, id: leg, reason: 'replaced' });
    if (from !== undefined) this.#arrived(from, leg);
  }

  /** Somebody on the way is in `room`, at a node that another process drives: they are ours no more. */
  cameElsewhere(leg: ParticipantId, room: RoomId): void {
    const from = this.#roomOf(leg);
    const moving = from && this.#rooms.get(from);
    if (from === undefined || moving === undefined) return;
    moving.wentElsewhere ||= room === from;
    this.#options.publish({ kind: 'participant-left', room: from, id: leg, reason: 'moved' });
    this.#arrived(from, leg);
  }

  /** What is to be told of a fact, and what not; `others` are the nodes that it does not come from. */
  filter(fact: RoomEvent, from: Place, others: readonly Place[]): RoomEvent | undefined {
    const moving = this.#rooms.get(fact.room);
    const elsewhere = others.some((place) => place.isOpen(fact.room));
    switch (fact.kind) {
      case 'room-opened':
      case 'room-closed':
        return moving !== undefined || elsewhere ? undefined : fact;
      case 'room-updated':
        return moving?.locked === true ? { ...fact, locked: true } : fact;
      case 'participant-left':
        return this.#left(fact, from);
      case 'participant-updated':
        return this.#updated(fact, from);
      default:
        return fact;
    }
  }

  stop(): void {
    for (const { timer } of this.#rooms.values()) clearTimeout(timer);
  }

  #left(fact: Extract<RoomEvent, { kind: 'participant-left' }>, from: Place) {
    const wasSent = this.#sent.get(fact.id) === from;
    if (wasSent) this.#sent.delete(fact.id);
    return wasSent || this.#roomOf(fact.id) !== undefined ? undefined : fact;
  }

  #updated(fact: Extract<RoomEvent, { kind: 'participant-updated' }>, from: Place) {
    const { id } = fact.participant;
    if (this.#sent.get(id) === from) return undefined;
    const room = this.#roomOf(id);
    // Told first, so that the room is never without them.
    if (room !== undefined) queueMicrotask(() => this.#cameTo(fact.room, { from: room, id }));
    return fact;
  }

  /** From a breakout room people come back into the main one. */
  #cameTo(room: RoomId, { from, id }: { readonly from: RoomId; readonly id: ParticipantId }): void {
    if (room !== from)
      this.#options.publish({ kind: 'participant-left', room: from, id, reason: 'moved' });
    this.#arrived(from, id);
  }

  #arrived(room: RoomId, leg: ParticipantId): void {
    const moving = this.#rooms.get(room);
    if (moving?.legs.delete(leg) !== true || moving.legs.size > 0) return;
    clearTimeout(moving.timer);
    this.#rooms.delete(room);
    const { locked, wanted, wentElsewhere } = moving;
    const isEmpty = this.#options.rooms().get(room)?.people.size === 0;
    if (isEmpty) this.#options.publish({ kind: 'room-closed', room });
    // As it was made anew.
    else if (locked && !wanted.locked && !wentElsewhere)
      this.#options.publish({ kind: 'room-updated', room, locked: false, recording: false });
    if (!isEmpty || wentElsewhere) this.#options.restore(room, wanted);
  }

  #giveUp(room: RoomId): void {
    for (const leg of [...(this.#rooms.get(room)?.legs ?? [])]) this.lost(leg);
  }

  #roomOf(leg: ParticipantId): RoomId | undefined {
    for (const [room, { legs }] of this.#rooms) if (legs.has(leg)) return room;
    return undefined;
  }

  #roomWith(leg: ParticipantId): RoomId | undefined {
    for (const { id, people } of this.#options.rooms().values()) if (people.has(leg)) return id;
    return undefined;
  }
}
