import type { ParticipantId } from '../protocol/room/room.ts';
import type { ChannelListed } from './from-list.ts';
import type { Ledger } from './ledger.ts';
import { withOwnWish } from './standing.ts';
import type { Wisher } from './wisher.ts';

/** Phones that hold their call: whatever they play is kept out of the room until they are back. */
export class HoldWatch {
  readonly #options: { readonly ledger: Ledger; readonly wisher: Wisher };
  /** Legs that the last list showed otherwise than the events did. */
  readonly #doubted = new Set<ParticipantId>();

  constructor(options: { readonly ledger: Ledger; readonly wisher: Wisher }) {
    this.#options = options;
  }

  async seen(leg: ParticipantId, on: boolean): Promise<void> {
    const { ledger, wisher } = this.#options;
    this.#doubted.delete(leg);
    const standing = ledger.standing(leg);
    if ((standing.onHold ?? false) === on) return;
    const found = ledger.find(leg);
    const wish = on && found?.row.state === 'joined' ? withOwnWish(standing.wish, found.row) : null;
    await ledger.note(leg, { onHold: on || undefined, ...(wish === null ? {} : { wish }) });
    if (found !== undefined) await wisher.setRight(found.room, leg);
  }

  /** A list lags behind the events by a moment, so it must say the same twice. */
  listed({ leg, onHold }: ChannelListed): void {
    const { ledger } = this.#options;
    if (onHold === undefined || (ledger.standing(leg).onHold ?? false) === onHold) {
      this.#doubted.delete(leg);
      return;
    }
    if (!ledger.knows(leg)) return;
    if (this.#doubted.has(leg)) void this.seen(leg, onHold);
    else this.#doubted.add(leg);
  }

  forget(leg: ParticipantId): void {
    this.#doubted.delete(leg);
  }
}
