import type { Participant, ParticipantId } from '../protocol/room/room.ts';
import { isNoticed } from '../protocol/room/quality.ts';
import type { Quality } from '../protocol/room/quality.ts';
import type { Ledger } from './ledger.ts';
import { lookedAt, measured, overall, reported, UNHEARD } from './heard.ts';
import type { Heard, ReceptionReport, RoundTrip } from './heard.ts';

/** Rows change no oftener than this; the first time as soon as two reports tell. */
const LOOK_MS = 10_000;

interface Listened {
  readonly heard: Heard;
  readonly lookedAtMs: number;
}

/** How well each leg is received: on its row while the call is up, whole when it ends. */
export class Listening {
  readonly #ledger: Ledger;
  readonly #now: () => number;
  readonly #legs = new Map<ParticipantId, Listened>();

  constructor({ ledger, now }: { readonly ledger: Ledger; readonly now: () => number }) {
    this.#ledger = ledger;
    this.#now = now;
  }

  received(leg: ParticipantId, report: ReceptionReport): void {
    const row = this.#ledger.find(leg)?.row;
    if (row !== undefined) this.#look(row, reported(this.#of(leg).heard, report));
  }

  measured(leg: ParticipantId, trip: RoundTrip): void {
    if (this.#ledger.find(leg) === undefined) return;
    const { heard, lookedAtMs } = this.#of(leg);
    this.#legs.set(leg, { heard: measured(heard, trip), lookedAtMs });
  }

  /** Over the whole call, which is over. */
  end(leg: ParticipantId): Quality | undefined {
    const known = this.#legs.get(leg);
    this.#legs.delete(leg);
    return known && overall(known.heard);
  }

  clear(): void {
    this.#legs.clear();
  }

  #of(leg: ParticipantId): Listened {
    return this.#legs.get(leg) ?? { heard: UNHEARD, lookedAtMs: -Infinity };
  }

  #look(row: Participant, heard: Heard): void {
    const { lookedAtMs } = this.#of(row.id);
    const nowMs = this.#now();
    if (nowMs - lookedAtMs < LOOK_MS) {
      this.#legs.set(row.id, { heard, lookedAtMs });
      return;
    }
    const [quality, next] = lookedAt(heard);
    this.#legs.set(row.id, { heard: next, lookedAtMs: quality === undefined ? lookedAtMs : nowMs });
    if (quality !== undefined && isNoticed(row.quality, quality))
      this.#ledger.learns(row.id, { quality });
  }
}
