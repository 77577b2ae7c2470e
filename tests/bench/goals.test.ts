import { expect, test } from 'vitest';
import { verdicts } from './goals.ts';

const mix = (phones: number, browsers: number) => ({
  phones: [{ members: 100, corePercent: phones }],
  browsers: [{ members: 25, corePercent: browsers }],
});

test('a share of FreeSWITCH’s processor time is reached or missed', () => {
  const figures = { embedded: mix(30, 30), freeswitch: mix(100, 100) };
  expect(verdicts('mix', figures)).toMatchObject([
    { measured: 0.3, atMost: 0.6, verdict: 'reached' },
    { measured: 0.3, atMost: 0.25, verdict: 'missed' },
  ]);
});

test('without FreeSWITCH nothing is said against it', () => {
  expect(verdicts('mix', { embedded: mix(30, 30) })).toEqual([]);
  expect(verdicts('delay', { embedded: { p50: 26 } })).toMatchObject([{ verdict: 'missed' }]);
});

test('the delay may be neither above 25 ms nor above FreeSWITCH’s', () => {
  const figures = { embedded: { p50: 16.4 }, freeswitch: { p50: 15 } };
  expect(verdicts('delay', figures).map(({ verdict }) => verdict)).toEqual(['reached', 'missed']);
});

test('benchmarks without a goal have no verdict', () => {
  expect(verdicts('dsp', { embedded: {} })).toEqual([]);
});
