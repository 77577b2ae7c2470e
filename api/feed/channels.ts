import type { RoomId } from '../../protocol/room/room.ts';
import { KEPT, NumberedFeed } from './numbered.ts';

/** The messages of one room, and who came in when. */
export interface Channel {
  readonly numbered: NumberedFeed;
  /** The number at which somebody came in last: what was before it is not theirs to read again. */
  readonly cameIn: Map<string, number>;
}

/**
 * A numbered feed a room. Each begins beyond the others, so that a number from one room is not taken
 * for one of another.
 */
export class Channels {
  readonly #now: () => number;
  readonly #channels = new Map<RoomId, Channel>();

  constructor(now: () => number) {
    this.#now = now;
  }

  all(): readonly (readonly [RoomId, Channel])[] {
    return [...this.#channels];
  }

  of(room: RoomId): Channel {
    const known = this.#channels.get(room);
    if (known) return known;
    const beyond = Math.max(0, ...this.all().map(([, { numbered }]) => numbered.last + KEPT));
    const numbered = new NumberedFeed(Math.max(this.#now(), beyond));
    const channel: Channel = { numbered, cameIn: new Map() };
    this.#channels.set(room, channel);
    return channel;
  }
}
