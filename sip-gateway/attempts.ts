/** Wrong digests of one name from one address. */
interface Tally {
  count: number;
  /** Until then failures add up, or, once there are too many, everything is refused. */
  untilMs: number;
}

const MAX_FAILURES = 5;
const WINDOW_MS = 5 * 60_000;
const BLOCK_MS = 15 * 60_000;
const MAX_TALLIES = 50_000;

/** Stops password guessing: five wrong answers of one name from one address close it for 15 minutes. */
export class Attempts {
  readonly #tallies = new Map<string, Tally>();

  get size(): number {
    return this.#tallies.size;
  }

  isBlocked(address: string, username: string, nowMs: number): boolean {
    const tally = this.#tallies.get(keyOf(address, username));
    return tally !== undefined && tally.count >= MAX_FAILURES && tally.untilMs > nowMs;
  }

  fail(address: string, username: string, nowMs: number): void {
    const key = keyOf(address, username);
    const old = this.#tallies.get(key);
    const count = old && old.untilMs > nowMs ? old.count + 1 : 1;
    const untilMs = nowMs + (count >= MAX_FAILURES ? BLOCK_MS : WINDOW_MS);
    // Put last again: the first is then always the one heard of longest ago.
    this.#tallies.delete(key);
    this.#tallies.set(key, { count, untilMs });
    if (this.#tallies.size > MAX_TALLIES) this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const key of this.#tallies.keys()) {
      this.#tallies.delete(key);
      return;
    }
  }
}

function keyOf(address: string, username: string): string {
  return JSON.stringify([address, username]);
}
