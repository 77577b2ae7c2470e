import { describe, expect, test } from 'vitest';
import {
  EVERYBODY,
  fitting,
  isNarrowed,
  sameOr,
  sorted,
  steady,
  TRAITS,
  traitCounts,
} from '../../../web-phone/room/crowd.ts';
import type { CrowdView, Trait } from '../../../web-phone/room/crowd.ts';
import { legId, person } from '../support/people.ts';

const good = { mos: 4.3, lossPercent: 0, jitterMs: 2 };
const ada = person(1, { name: 'Ada', via: 'browser', talking: true, quality: good });
const jose = person(2, { name: 'José Núñez', number: '+49…1234', muted: true, talking: true });
const zoe = person(3, { name: 'Zoë', number: '201', hand: true, quality: { ...good, mos: 3 } });
const ten = person(10, { name: 'room 10', wantsHelp: true, number: '030 / 55-01' });
const two = person(11, { name: 'Room 2', via: 'browser' });
const all = [ada, jose, zoe, ten, two];

function names(view: Partial<CrowdView>): readonly string[] {
  return fitting(all, { ...EVERYBODY, ...view }).map(({ name }) => name);
}

describe('finding somebody in a crowd', () => {
  test.each([
    ['jose', ['José Núñez']],
    ['NÚÑ', ['José Núñez']],
    ['zoe', ['Zoë']],
    ['room', ['room 10', 'Room 2']],
    ['…1234', ['José Núñez']],
    ['1234', ['José Núñez']],
    ['20', ['Zoë']],
    ['(201)', ['Zoë']],
    ['nobody', []],
    ['  ', ['Ada', 'José Núñez', 'Zoë', 'room 10', 'Room 2']],
  ])('by “%s”', (search, found) => {
    expect(names({ search })).toEqual(found);
  });

  test.each<[Trait, readonly string[]]>([
    ['talking', ['Ada']],
    ['hand', ['Zoë']],
    ['help', ['room 10']],
    ['muted', ['José Núñez']],
    ['unmuted', ['Ada', 'Zoë', 'room 10', 'Room 2']],
    ['phone', ['José Núñez', 'Zoë', 'room 10']],
    ['browser', ['Ada', 'Room 2']],
    ['poor', ['Zoë']],
  ])('%s only; the count says how many', (trait, found) => {
    expect(names({ traits: new Set([trait]) })).toEqual(found);
    expect(traitCounts(all)[trait]).toBe(found.length);
  });

  test('all that is asked must hold', () => {
    expect(names({ traits: new Set(['phone', 'unmuted']), search: 'o' })).toEqual([
      'Zoë',
      'room 10',
    ]);
    expect(names({ traits: new Set(TRAITS) })).toEqual([]);
  });

  test('an order alone leaves nobody out', () => {
    expect(isNarrowed({ ...EVERYBODY, order: 'name' })).toBe(false);
    expect(isNarrowed({ ...EVERYBODY, search: 'a' })).toBe(true);
    expect(isNarrowed({ ...EVERYBODY, traits: new Set(['hand']) })).toBe(true);
  });
});

describe('the order of a crowd', () => {
  const by = { talkedAtMs: () => undefined, locale: 'en' };

  test('is that of arrival, or of names as people read them', () => {
    expect(sorted(all, 'joined', by)).toBe(all);
    expect(sorted(all, 'name', by).map(({ name }) => name)).toEqual([
      'Ada',
      'José Núñez',
      'Room 2',
      'room 10',
      'Zoë',
    ]);
  });

  test('puts first who began to talk last; the silent stay by arrival', () => {
    const at = new Map([
      [legId(1), 50],
      [legId(10), 80],
    ]);
    const order = sorted(all, 'talked', { ...by, talkedAtMs: (id) => at.get(id) });
    expect(order.map(({ name }) => name)).toEqual([
      'room 10',
      'Ada',
      'José Núñez',
      'Zoë',
      'Room 2',
    ]);
  });

  test('holds still under a hand: who left is gone, who came is last', () => {
    expect(steady(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'c', 'd']);
  });

  test('is the very same list where nothing moved', () => {
    const before = ['a', 'b'];
    expect(sameOr(before, ['a', 'b'])).toBe(before);
    expect(sameOr(before, ['b', 'a'])).toEqual(['b', 'a']);
    expect(sameOr(before, ['a'])).toEqual(['a']);
  });
});
