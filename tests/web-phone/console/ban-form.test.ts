import { expect, test } from 'vitest';
import { banWish, EMPTY_BAN, isTyped } from '../../../web-phone/console/ban-form.ts';

const NOW = Date.parse('2026-11-22T09:00:00Z');

test('whoever is named by what was chosen is banned, until lifted where nothing else is said', () => {
  const form = { ...EMPTY_BAN, number: ' +49 30 901234 ', account: 'desk', name: ' Nuisance ' };
  expect(banWish(form, NOW)).toEqual({ number: '+49 30 901234', name: 'Nuisance' });
  expect(banWish({ ...form, kind: 'account' }, NOW)).toEqual({ account: 'desk' });
  expect(banWish({ ...form, kind: 'person' }, NOW)).toBeUndefined();
});

test('a ban for a time ends then', () => {
  const form = { ...EMPTY_BAN, kind: 'account', account: 'desk' } as const;
  expect(banWish({ ...form, long: 'hour' }, NOW)).toMatchObject({
    until: '2026-11-22T10:00:00.000Z',
  });
  expect(banWish({ ...form, long: 'month' }, NOW)).toMatchObject({
    until: '2026-12-22T09:00:00.000Z',
  });
});

test('a window in which nothing was typed closes without a question', () => {
  expect(isTyped(EMPTY_BAN)).toBe(false);
  expect(isTyped({ ...EMPTY_BAN, number: '0' })).toBe(true);
});
