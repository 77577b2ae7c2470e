import { expect, test } from 'vitest';
import { isStale, judged, parseStay } from '../../../web-phone/phone/stay.ts';
import type { Stay } from '../../../web-phone/phone/stay.ts';

const NOW = 1_800_000_000_000;

function stay(agoMs: number): Stay {
  const when = { sinceMs: NOW - 600_000, atMs: NOW - agoMs };
  return { id: 'a', name: 'Ada', token: 't', muted: true, listening: false, ...when };
}

for (const [what, found, kind] of [
  [
    'of this tab, seconds ago: back without a click',
    { own: true, held: false, agoMs: 5_000 },
    'fresh',
  ],
  ['of this tab, minutes ago: offered', { own: true, held: false, agoMs: 120_000 }, 'before'],
  ['of a tab that is gone: offered', { own: false, held: false, agoMs: 5_000 }, 'before'],
  ['of a tab that lives: may be taken over', { own: false, held: true, agoMs: 5_000 }, 'elsewhere'],
  [
    'copied with the tab: the other one is in the call',
    { own: true, held: true, agoMs: 0 },
    'elsewhere',
  ],
  [
    'older than the server remembers: nothing',
    { own: true, held: false, agoMs: 301_000 },
    undefined,
  ],
] as const)
  test(`a stay ${what}`, () => {
    const { own, held, agoMs } = found;
    expect(judged({ stay: stay(agoMs), own, held }, NOW)?.kind).toBe(kind);
  });

test('a stay of any meeting is swept away once nobody can go back to it', () => {
  expect(isStale(JSON.stringify(stay(299_000)), NOW)).toBe(false);
  expect(isStale(JSON.stringify(stay(300_000)), NOW)).toBe(true);
  expect(isStale('{"token":"t"}', NOW)).toBe(true);
});

test('what storage holds is taken only where it is a stay', () => {
  expect(parseStay(JSON.stringify(stay(0)))).toEqual(stay(0));
  for (const odd of [
    null,
    '',
    '{',
    '7',
    '{"id":"a"}',
    JSON.stringify({ ...stay(0), muted: 'yes' }),
  ])
    expect(parseStay(odd)).toBeUndefined();
});
