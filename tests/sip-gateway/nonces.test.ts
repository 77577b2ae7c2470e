import { describe, expect, test } from 'vitest';
import { checkNonce, makeNonce, NONCE_LIFETIME_MS, NonceUses } from '../../sip-gateway/nonces.ts';

const KEY = new Uint8Array(32).fill(1);
const NOW = 1_800_000_000_000;
const nonce = makeNonce(KEY, '10.0.0.1', NOW, new Uint8Array(8).fill(9));

const CASES = [
  { name: 'at once', source: '10.0.0.1', after: 0, verdict: 'good' },
  { name: 'after 60 s', source: '10.0.0.1', after: NONCE_LIFETIME_MS, verdict: 'good' },
  { name: 'a moment later', source: '10.0.0.1', after: NONCE_LIFETIME_MS + 1, verdict: 'stale' },
  { name: 'from the future', source: '10.0.0.1', after: -1, verdict: 'stale' },
  { name: 'from another address', source: '10.0.0.2', after: 0, verdict: 'forged' },
] as const;
for (const { name, source, after, verdict } of CASES) {
  test(`a nonce that comes back ${name} is ${verdict}`, () => {
    expect(checkNonce(KEY, nonce, source, NOW + after)).toBe(verdict);
  });
}

test('no other text and no other key passes for a nonce of ours', () => {
  for (const text of ['', 'x', nonce.slice(1), `${nonce}AA`, `Z${nonce.slice(1)}`, `${nonce}!`]) {
    expect(checkNonce(KEY, text, '10.0.0.1', NOW)).toBe('forged');
  }
  expect(checkNonce(new Uint8Array(32), nonce, '10.0.0.1', NOW)).toBe('forged');
});

describe('a count', () => {
  test('is taken once, and then only higher ones', () => {
    const uses = new NonceUses();
    expect([1, 1, 3, 2, 4].map((nc) => uses.take('n', nc, NOW))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(uses.take('other', 1, NOW)).toBe(true);
  });

  test('is forgotten when its nonce is too old anyway', () => {
    const uses = new NonceUses();
    uses.take('n', 1, NOW);
    uses.take('m', 1, NOW + NONCE_LIFETIME_MS + 1);
    expect(uses.size).toBe(1);
  });

  test('of one nonce too many is refused, not stored', () => {
    const uses = new NonceUses(2);
    expect(['a', 'b', 'c'].map((each) => uses.take(each, 1, NOW))).toEqual([true, true, false]);
    expect(uses.take('a', 2, NOW)).toBe(true);
  });
});
