/** Up to here the mix is exact; above, it bends towards full scale in place of clipping. */
const KNEE = 24576;
const FULL_SCALE = 32767;
const ROOM = FULL_SCALE - KNEE;
const NONE: readonly Int16Array[] = [];

/**
 * One room's bus: each listener hears the sum of everyone else ("mix-minus"). A tick is `clear`,
 * one `add` a talker, then one `listenerMix` a listener: linear in people, nothing allocated.
 */
export class MixBus {
  readonly #sum: Int32Array;
  #talkers = 0;

  /** `frameSamples`: of 20 ms at the room's rate. */
  constructor(frameSamples: number) {
    this.#sum = new Int32Array(frameSamples);
  }

  /** How many frames were added since `clear`. */
  get talkers(): number {
    return this.#talkers;
  }

  /** Begins a tick. */
  clear(): void {
    if (this.#talkers > 0) this.#sum.fill(0);
    this.#talkers = 0;
  }

  /** Adds one talker's frame; what a short frame lacks is silence. */
  add(frame: Int16Array): void {
    const sum = this.#sum;
    const count = Math.min(sum.length, frame.length);
    for (let i = 0; i < count; i++) sum[i] = sum[i]! + frame[i]!;
    this.#talkers++;
  }

  /**
   * Writes what a listener hears. `own` is the very frame that was added for this listener, or
   * `undefined` for one who added none: all such hear the same, so it need be made only once.
   * `unheard` are frames that were added too and that this listener does not hear.
   */
  listenerMix(
    own: Int16Array | undefined,
    out: Int16Array,
    unheard: readonly Int16Array[] = NONE,
  ): void {
    const sum = this.#sum;
    if (this.#talkers === 0) {
      out.fill(0);
      return;
    }
    if (unheard.length > 0) {
      this.#mixWithout(own === undefined ? unheard : [own, ...unheard], out);
      return;
    }
    if (own === undefined) {
      for (let i = 0; i < sum.length; i++) out[i] = limit(sum[i]!);
      return;
    }
    const shared = Math.min(sum.length, own.length);
    for (let i = 0; i < shared; i++) out[i] = limit(sum[i]! - own[i]!);
    for (let i = shared; i < sum.length; i++) out[i] = limit(sum[i]!);
  }

  #mixWithout(frames: readonly Int16Array[], out: Int16Array): void {
    const sum = this.#sum;
    for (let i = 0; i < sum.length; i++) {
      let rest = sum[i]!;
      for (const frame of frames) rest -= frame[i] ?? 0;
      out[i] = limit(rest);
    }
  }
}

/** A sample held within 16 bits, hard. */
export function clip16(sample: number): number {
  return sample > 32767 ? 32767 : sample < -32768 ? -32768 : sample;
}

/**
 * A sum held within 16 bits softly: exact up to 24576 (-2.5 dB), then a curve of the same slope
 * that nears full scale, so that a loud room is dense and not harsh.
 */
export function limit(sum: number): number {
  if (sum <= KNEE && sum >= -KNEE) return sum;
  const over = Math.abs(sum) - KNEE;
  const bent = KNEE + (ROOM * over) / (over + ROOM);
  return sum < 0 ? -bent : bent;
}
