import { describe, expect, test } from 'vitest';
import type { Input } from '../../../bridge/dialogue/talk.ts';
import {
  BROWSER,
  PHONE,
  again,
  keys,
  leftRoom,
  play,
  reconsider,
  said,
  woke,
} from '../../support/dialogue-script.ts';

const BEGINNING = { kind: 'echo', found: false } as const;
const byPhone = (...inputs: readonly Input[]) => play(PHONE, BEGINNING, ...inputs);

describe('somebody who tries their line', () => {
  test('hears on a phone what this is, then themselves for half a minute', () => {
    expect(byPhone().told).toEqual(['say echo-test']);
    expect(byPhone(said).last).toEqual(['echo', 'limit in 30000']);
    expect(byPhone(said, woke('limit')).last).toEqual(['hang-up NORMAL_CLEARING']);
  });

  test('hears themselves at once in a browser, which shows what this is', () => {
    expect(play(BROWSER, BEGINNING).told).toEqual(['echo', 'limit in 30000']);
  });

  test('is not moved by keys, meetings or timers of others', () => {
    const nothings = [...keys('1#*'), said, leftRoom, reconsider, woke('look')];
    expect(byPhone(said, ...nothings).told).toEqual(byPhone(said).told);
  });

  test('is hung up where contact with FreeSWITCH was lost, or a bridge finds them in it', () => {
    expect(byPhone(said, again).last).toEqual(['hang-up NORMAL_CLEARING']);
    expect(play(PHONE, { kind: 'echo', found: true }).told).toEqual(['hang-up NORMAL_CLEARING']);
  });
});
