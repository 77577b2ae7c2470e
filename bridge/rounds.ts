import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Desk } from './desk/desk.ts';
import type { Dialer } from './dialer.ts';
import type { Doorbell } from './doorbell.ts';
import type { Ledger } from './ledger.ts';
import type { Muting } from './muting.ts';

export interface RoundsOptions {
  readonly ledger: Ledger;
  readonly desk: Desk;
  readonly muting: Muting;
  readonly dialer: Dialer;
  readonly doorbell: Doorbell;
}

/** Takes each fact to those who act on facts. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #inside = new Set<ParticipantId>();
  readonly #queues = new Map<RoomId, string>();
  readonly #moderators = new Map<ParticipantId, RoomId>();

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  take(fact: RoomEvent): void {
    const { desk, muting, dialer, doorbell } = this.#options;
    desk.told(fact);
    muting.told(fact);
    dialer.told(fact);
    if (fact.kind === 'participant-updated' && fact.participant.state === 'joined')
      this.#inside.add(fact.participant.id);
    if (fact.kind === 'participant-left' && this.#inside.delete(fact.id))
      doorbell.went(fact.room, fact.id);
    if (fact.kind === 'participant-updated' || fact.kind === 'participant-left')
      this.#lookAtQueue(fact.room);
    if (fact.kind === 'room-updated' || this.#changesModerators(fact)) desk.reconsider(fact.room);
  }

  /** Places in the lobby are spoken where the queue became another one. */
  #lookAtQueue(room: RoomId): void {
    const queue = this.#options.ledger.lobby(room).join(' ');
    if ((this.#queues.get(room) ?? '') === queue) return;
    if (queue === '') this.#queues.delete(room);
    else this.#queues.set(room, queue);
    this.#options.desk.placesChanged(room);
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
