/** A delay this far beyond what is usual is a peak; beyond the most it is not worth waiting for. */
const BEYOND_MS = 15;
const MOST_MS = 100;
/** Late packets nearer to each other than this are one peak. */
const ONE_PEAK_MS = 500;
/** Peaks nearer than this recur; what recurs is expected for so long after the last. */
const RECURS_MS = 10_000;

/**
 * Delays too rare for a share of all packets to show, yet frequent enough to be heard: a radio link
 * that stops each few seconds. Two within ten seconds are expected to come again, as in WebRTC's NetEQ.
 */
export class DelayPeaks {
  #lastMs = -Infinity;
  #lastHeightMs = 0;
  #heightMs = 0;
  #untilMs = -Infinity;

  /** Counts one packet; `usualMs`: the delay that most stay within. */
  add(delayMs: number, usualMs: number, arrivalMs: number): void {
    if (delayMs < usualMs + BEYOND_MS || delayMs > MOST_MS) return;
    const sinceMs = arrivalMs - this.#lastMs;
    if (sinceMs < ONE_PEAK_MS) {
      this.#lastHeightMs = Math.max(this.#lastHeightMs, delayMs);
    } else {
      if (sinceMs < RECURS_MS) this.#expect(Math.max(this.#lastHeightMs, delayMs), arrivalMs);
      this.#lastMs = arrivalMs;
      this.#lastHeightMs = delayMs;
    }
  }

  /** Delay of the peaks to be expected; 0: none. */
  heightMs(nowMs: number): number {
    return nowMs < this.#untilMs ? this.#heightMs : 0;
  }

  reset(): void {
    this.#lastMs = -Infinity;
    this.#untilMs = -Infinity;
  }

  #expect(heightMs: number, nowMs: number): void {
    this.#heightMs = Math.max(this.heightMs(nowMs), heightMs);
    this.#untilMs = nowMs + RECURS_MS;
  }
}
