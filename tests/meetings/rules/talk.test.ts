import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOf, withSpan } from '../../../meetings/rules/talk.ts';
import type { Span } from '../../../meetings/rules/talk.ts';

function told(...spans: readonly Span[]): readonly Span[] {
  return spans.reduce<readonly Span[]>((all, span) => withSpan(all, span), []);
}

test('a breath of less than a second belongs to what is said', () => {
  expect(told([0, 2_000], [2_999, 4_000])).toEqual([[0, 4_000]]);
  expect(told([0, 2_000], [3_000, 4_000])).toEqual([
    [0, 2_000],
    [3_000, 4_000],
  ]);
});

test('a whole day of talk stays short, in order, and loses nothing that was said', () => {
  const pauses = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 30_000 })), {
    minLength: 400,
    maxLength: 900,
  });
  fc.assert(
    fc.property(pauses, (said) => {
      let atMs = 0;
      let talkedMs = 0;
      let spans: readonly Span[] = [];
      for (const [pauseMs, forMs] of said) {
        spans = withSpan(spans, [atMs + pauseMs, atMs + pauseMs + forMs]);
        atMs += pauseMs + forMs;
        talkedMs += forMs;
      }
      expect(spans.length).toBeLessThanOrEqual(400);
      expect(lengthOf(spans)).toBeGreaterThanOrEqual(talkedMs);
      for (const [at, [fromMs]] of spans.entries())
        if (at > 0) expect(fromMs).toBeGreaterThanOrEqual((spans[at - 1]?.[1] ?? 0) + 1_000 - 1);
    }),
    { seed: 11, numRuns: 20 },
  );
});
