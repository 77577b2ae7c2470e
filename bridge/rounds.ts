import type { LeaveReason, RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Desk } from './desk/desk.ts';
import type { Dialer } from './dialer.ts';
import type { Doorbell } from './doorbell.ts';
import type { Ledger } from './ledger.ts';
import type { Muting } from './muting.ts';
import type { Speaker } from './speaker.ts';
import type { TimeLimits } from './time-limits.ts';
import type { Wisher } from './wisher.ts';

/** Others hear nothing of those who are still there: in another room, or on another leg. */
function isGone(reason: LeaveReason): boolean {
  return reason !== 'moved' && reason !== 'replaced';
}

export interface RoundsOptions {
  readonly ledger: Ledger;
  readonly desk: Desk;
  readonly speaker: Speaker;
  readonly muting: Muting;
  readonly limits: TimeLimits;
  readonly dialer: Dialer;
  readonly doorbell: Doorbell;
  readonly wisher: Wisher;
}

/** Takes each fact to those who act on facts. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #inside = new Set<ParticipantId>();
  readonly #queues = new Map<RoomId, readonly ParticipantId[]>();
  readonly #moderators = new Map<ParticipantId, RoomId>();

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  take(fact: RoomEvent): void {
    const { desk, dialer, doorbell, wisher } = this.#options;
    wisher.hearing.told(fact);
    desk.told(fact);
    dialer.told(fact);
    if (fact.kind === 'participant-updated' && fact.participant.state === 'joined')
      this.#seeInside(fact.participant.id);
    if (fact.kind === 'participant-left' && this.#inside.delete(fact.id) && isGone(fact.reason))
      doorbell.went(fact.room, fact.id);
    if (fact.kind === 'participant-updated' || fact.kind === 'participant-left')
      this.#lookAtQueue(fact.room);
    if (fact.kind === 'room-updated' || this.#changesModerators(fact)) desk.reconsider(fact.room);
  }

  #seeInside(leg: ParticipantId): void {
    if (this.#inside.has(leg)) return;
    this.#inside.add(leg);
    this.#options.muting.watch(leg);
    this.#options.limits.inside(leg);
  }

  /** Places in the lobby are spoken where the queue became another one. */
  #lookAtQueue(room: RoomId): void {
    const queue = this.#options.ledger.lobby(room);
    const before = this.#queues.get(room) ?? [];
    if (before.join() === queue.join()) return;
    if (queue.length === 0) this.#queues.delete(room);
    else this.#queues.set(room, queue);
    if (queue.some((leg) => !before.includes(leg))) this.#knock(room);
    this.#options.desk.placesChanged(room);
  }

  /** Moderators on the phone do not see that somebody came to the door. */
  #knock(room: RoomId): void {
    const { ledger, speaker } = this.#options;
    const count = ledger.lobby(room).length;
    for (const { row } of ledger.rooms.get(room)?.members.values() ?? [])
      if (row.role === 'moderator' && row.audioBy === undefined)
        speaker.say(row.id, { kind: 'someone-waits', count });
  }

  /** Somebody may wait for a moderator. */
  #changesModerators(fact: RoomEvent): boolean {
    if (fact.kind === 'participant-left') return this.#moderators.delete(fact.id);
    if (fact.kind !== 'participant-updated') return false;
    const { id, role, state } = fact.participant;
    const is = role === 'moderator' && state === 'joined';
    if (!is) return this.#moderators.delete(id);
    if (this.#moderators.has(id)) return false;
    this.#moderators.set(id, fact.room);
    return true;
  }
}
