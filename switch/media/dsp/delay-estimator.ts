import { DelayPeaks } from './delay-peaks.ts';

/** Delays are counted in bins: fine where a clean path's are, coarse where the precision is of no use. */
const FINE_MS = 1;
const FINE_BINS = 40;
const COARSE_MS = 5;
const BINS = FINE_BINS + 52;
/** Share of packets that should be in time. */
const QUANTILE = 0.99;
/** Each packet weighs this much more than the one before: half the weight is of the last 5 s. */
const GROWTH = 1.003;
const RENORMALIZE_AT = 1e100;

/** The fastest packet is remembered this long, so that a drifting clock is followed. */
const BUCKET_MS = 1000;
const BUCKETS = 8;

/**
 * How much later than the fastest packets come: the network's delay variation as seen in the
 * last seconds. "Transit" is arrival time less media time, of any fixed offset.
 */
export class DelayEstimator {
  readonly #weights = new Float64Array(BINS);
  #total = 0;
  #weight = 1;
  readonly #fastest = new Float64Array(BUCKETS).fill(Infinity);
  #bucket = 0;
  #bucketEndsMs = -Infinity;
  #fastestTransitMs = Infinity;
  #quantileMs = 0;
  readonly #peaks = new DelayPeaks();
  #peakMs = 0;

  /** Forgets all: another stream begins. */
  reset(): void {
    this.#weights.fill(0);
    this.#total = 0;
    this.#weight = 1;
    this.#peaks.reset();
    this.restart();
  }

  /** Forgets transits but keeps what the delays vary by: the same network, another clock. */
  restart(): void {
    this.#fastest.fill(Infinity);
    this.#fastestTransitMs = Infinity;
    this.#bucketEndsMs = -Infinity;
  }

  /** Transit of the fastest packet of the last seconds; Infinity before the first. */
  get fastestTransitMs(): number {
    return this.#fastestTransitMs;
  }

  /** Delay beyond the fastest that 99 % of packets stay within. */
  get quantileMs(): number {
    return this.#quantileMs;
  }

  /** Delay of the peaks that are to be expected; 0: none. */
  get peakMs(): number {
    return this.#peakMs;
  }

  /** Counts one packet. */
  add(transitMs: number, arrivalMs: number): void {
    this.#rememberFastest(transitMs, arrivalMs);
    const delayMs = transitMs - this.#fastestTransitMs;
    const bin = binOf(delayMs);
    this.#weights[bin] = this.#weights[bin]! + this.#weight;
    this.#total += this.#weight;
    this.#weight *= GROWTH;
    if (this.#weight > RENORMALIZE_AT) this.#renormalize();
    this.#quantileMs = this.#quantile();
    this.#peaks.add(delayMs, this.#quantileMs, arrivalMs);
    this.#peakMs = this.#peaks.heightMs(arrivalMs);
  }

  #rememberFastest(transitMs: number, arrivalMs: number): void {
    if (arrivalMs >= this.#bucketEndsMs) this.#turn(arrivalMs);
    if (transitMs < this.#fastest[this.#bucket]!) this.#fastest[this.#bucket] = transitMs;
    if (transitMs < this.#fastestTransitMs) this.#fastestTransitMs = transitMs;
  }

  #turn(arrivalMs: number): void {
    this.#bucketEndsMs = arrivalMs + BUCKET_MS;
    this.#bucket = (this.#bucket + 1) % BUCKETS;
    this.#fastest[this.#bucket] = Infinity;
    let fastest = Infinity;
    for (let i = 0; i < BUCKETS; i++) fastest = Math.min(fastest, this.#fastest[i]!);
    this.#fastestTransitMs = fastest;
  }

  #quantile(): number {
    let beyond = this.#total * (1 - QUANTILE);
    for (let bin = BINS - 1; bin > 0; bin--) {
      beyond -= this.#weights[bin]!;
      if (beyond < 0) return endOfBinMs(bin);
    }
    return 0;
  }

  #renormalize(): void {
    for (let bin = 0; bin < BINS; bin++) this.#weights[bin] = this.#weights[bin]! / this.#weight;
    this.#total /= this.#weight;
    this.#weight = 1;
  }
}

function binOf(delayMs: number): number {
  const fine = Math.floor(delayMs / FINE_MS);
  if (fine < FINE_BINS) return fine;
  const coarse = Math.floor((delayMs - FINE_BINS * FINE_MS) / COARSE_MS);
  return Math.min(BINS - 1, FINE_BINS + coarse);
}

function endOfBinMs(bin: number): number {
  if (bin < FINE_BINS) return (bin + 1) * FINE_MS;
  return FINE_BINS * FINE_MS + (bin + 1 - FINE_BINS) * COARSE_MS;
}
