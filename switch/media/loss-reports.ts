import type { Way } from './dsp/codec.ts';

/** From here on the peer is given redundancy. */
const LOSSY_SHARE = 0.02;
/** Of what was lost, each better report lets so much be remembered: 10 % for some ten reports. */
const MEMORY = 0.85;

/** What a peer's RTCP says of the way to it (RFC 3550 section 6.4.1). A way is clean until a report says otherwise. */
export class LossReports {
  #share = 0;

  get way(): Way {
    return this.#share >= LOSSY_SHARE ? 'lossy' : 'clean';
  }

  /** `share`: lost of those sent since the report before, 0 to 1. */
  add(share: number): void {
    this.#share = Math.max(share, this.#share * MEMORY);
  }
}
