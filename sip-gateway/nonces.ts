import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a nonce that came back is worth. `stale` was ours, but is too old or from elsewhere. */
export type NonceVerdict = 'good' | 'stale' | 'forged';

/** How long an answer to a challenge may take. */
export const NONCE_LIFETIME_MS = 60_000;

const SALT_BYTES = 8;
const TIME_BYTES = 6;
const MAC_BYTES = 16;

/**
 * A nonce that proves itself: when it was made and random salt, under a MAC that also covers the
 * address it was given to (RFC 7616 section 5.4). Nothing is stored until it comes back.
 */
export function makeNonce(
  key: Uint8Array,
  source: string,
  nowMs: number,
  salt: Uint8Array,
): string {
  const made = Buffer.alloc(TIME_BYTES + SALT_BYTES);
  made.writeUIntBE(nowMs, 0, TIME_BYTES);
  made.set(salt.subarray(0, SALT_BYTES), TIME_BYTES);
  return Buffer.concat([made, mac(key, source, made)]).toString('base64url');
}

export function checkNonce(
  key: Uint8Array,
  nonce: string,
  source: string,
  nowMs: number,
): NonceVerdict {
  const bytes = Buffer.from(nonce, 'base64url');
  if (bytes.length !== TIME_BYTES + SALT_BYTES + MAC_BYTES) return 'forged';
  // One spelling each: uses are counted by the text.
  if (bytes.toString('base64url') !== nonce) return 'forged';
  const made = bytes.subarray(0, TIME_BYTES + SALT_BYTES);
  const given = bytes.subarray(TIME_BYTES + SALT_BYTES);
  if (!timingSafeEqual(given, mac(key, source, made))) return 'forged';
  const ageMs = nowMs - made.readUIntBE(0, TIME_BYTES);
  return ageMs >= 0 && ageMs <= NONCE_LIFETIME_MS ? 'good' : 'stale';
}

function mac(key: Uint8Array, source: string, made: Uint8Array): Buffer {
  const whole = createHmac('sha256', key).update(made).update(source).digest();
  return whole.subarray(0, MAC_BYTES);
}

/** Nonce counts seen with right answers, so that a captured answer works only once. */
export class NonceUses {
  readonly #highest = new Map<string, { count: number; readonly untilMs: number }>();
  readonly #limit: number;

  constructor(limit = 50_000) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#highest.size;
  }

  /** Takes one use of a nonce. False where this count, or a later one, was used before. */
  take(nonce: string, count: number, nowMs: number): boolean {
    const seen = this.#highest.get(nonce);
    if (seen) {
      if (count <= seen.count) return false;
      seen.count = count;
      return true;
    }
    this.#forget(nowMs);
    // Full: the phone is asked again, which costs it one round trip and us no memory.
    if (this.#highest.size >= this.#limit) return false;
    this.#highest.set(nonce, { count, untilMs: nowMs + NONCE_LIFETIME_MS });
    return true;
  }

  /** Entries stand in order of age, so this stops at the first young one. */
  #forget(nowMs: number): void {
    for (const [nonce, { untilMs }] of this.#highest) {
      if (untilMs >= nowMs) return;
      this.#highest.delete(nonce);
    }
  }
}
