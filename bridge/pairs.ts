import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { carriersIn, moves } from './companions.ts';
import type { Carriers, Move } from './companions.ts';
import type { Member } from './members.ts';
import type { Standing } from './standing.ts';

/** What pairing the legs of a room anew comes to. */
export interface Paired {
  readonly changes: readonly Move[];
  /** Those that carry or are carried, now or before: how they are shown may differ. */
  readonly legs: readonly ParticipantId[];
}

/** Of each person with several legs in a room, which one speaks for the others; its rules are in `companions.ts`. */
export class Pairs {
  readonly #carriers = new Map<RoomId, Carriers>();

  /** The leg that speaks and hears for this one. */
  carrierOf(leg: ParticipantId): ParticipantId | undefined {
    for (const carriers of this.#carriers.values()) if (carriers.has(leg)) return carriers.get(leg);
    return undefined;
  }

  /** Whether another leg speaks for this one, or this one for another. */
  has(leg: ParticipantId): boolean {
    return [...this.#carriers.values()].some(
      (carriers) => carriers.has(leg) || [...carriers.values()].includes(leg),
    );
  }

  /** How many legs of a room others speak for. */
  carried(room: RoomId): number {
    return this.#carriers.get(room)?.size ?? 0;
  }

  renew(
    room: RoomId,
    inside: ReadonlyMap<ParticipantId, Member>,
    standingOf: (leg: ParticipantId) => Standing,
  ): Paired {
    const before = this.#carriers.get(room) ?? new Map<ParticipantId, ParticipantId>();
    const now = carriersIn(inside);
    if (now.size === 0) this.#carriers.delete(room);
    else this.#carriers.set(room, now);
    const changes = moves({ before, now }, inside, standingOf);
    const legs = [...new Set([...changes.map(({ leg }) => leg), ...before.keys(), ...now.keys()])];
    return { changes, legs };
  }

  clear(): void {
    this.#carriers.clear();
  }
}
