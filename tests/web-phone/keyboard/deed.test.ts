import { expect, test } from 'vitest';
import { means, placeOf } from './deed.ts';
import { EVERY_JOURNEY, undone } from './every-journey.ts';

test('a control is meant by its role and its whole name, of which a star leaves any part open', () => {
  const tim = { role: 'button', name: 'Mute Tim (away?)' };
  expect(means('button Mute Tim (away?)', tim)).toBe(true);
  expect(means('button Mute *', tim)).toBe(true);
  expect(means('button Mute', tim)).toBe(false);
  expect(means('link Mute *', tim)).toBe(false);
});

const ADDRESSES = [
  ['/join/t1', 'door and call'],
  ['/phone', 'telephone'],
  ['/console', 'console meetings'],
  ['/console#/meetings', 'console meetings'],
  ['/console#/meetings/m-1', 'console room'],
  ['/console#/meetings/m-1/card', 'console card'],
  ['/console#/history', 'console history'],
  ['/console#/history/m-1/s1', 'console session'],
  ['/console#/people/ben', 'console people'],
] as const;

test.each(ADDRESSES)('%s is the place “%s”', (address, place) => {
  expect(placeOf(`http://127.0.0.1${address}`)).toBe(place);
});

test('a button that no journey does anything with is named, and one of another place is not taken for it', () => {
  const controls = [
    { id: 0, role: 'button', name: 'Fire everybody' },
    { id: 1, role: 'button', name: 'Record' },
  ];
  expect(undone('console room', controls)).toEqual([
    'console room: no deed for: button Fire everybody',
  ]);
  expect(undone('console audit', controls)).toHaveLength(2);
});

test('without the one journey that does it, a control is named', () => {
  const controls = [{ id: 0, role: 'button', name: 'Connect with Grace Hopper' }];
  const others = EVERY_JOURNEY.filter(({ name }) => !name.startsWith('a call is transferred'));
  expect(undone('telephone', controls)).toEqual([]);
  expect(undone('telephone', controls, others)).toEqual([
    'telephone: no deed for: button Connect with Grace Hopper',
  ]);
});

test('no two journeys are called the same', () => {
  const names = EVERY_JOURNEY.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
