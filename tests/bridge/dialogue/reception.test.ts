import { describe, expect, test } from 'vitest';
import type { Input } from '../../../bridge/dialogue/talk.ts';
import {
  PHONE,
  admission,
  again,
  impossible,
  keys,
  opened,
  play,
  said,
  unknown,
  woke,
} from '../../support/dialogue-script.ts';

const called = { kind: 'reception' } as const;
const call = (...inputs: readonly Input[]) => play(PHONE, called, ...inputs);
const wrong = [...keys('12#'), unknown, said];
const silence = [said, woke('key')];

describe('the reception', () => {
  test('asks for the code at once', () => {
    expect(call().told).toEqual(['no key', 'say welcome-enter-code']);
  });

  test('takes the tenth digit for the end of the code, and leads to the meeting', () => {
    const { told, talk } = call(said, ...keys('1234567890'), opened, admission('join'), said);
    expect(told.slice(2)).toEqual([
      'key in 10000',
      'hush',
      ...Array.from({ length: 9 }, () => 'key in 5000'),
      'hush',
      'no key',
      'look-up 1234567890',
      'recognise',
      'admit',
      'no look',
      'say joining',
      'join',
    ]);
    expect(talk.at).toBe('inside');
  });

  test('takes # for the end of a shorter code', () => {
    expect(call(...keys('42#')).last).toEqual(['hush', 'no key', 'look-up 42']);
  });

  test('takes a pause for the end of the code', () => {
    expect(call(...keys('42'), woke('key')).last).toContain('look-up 42');
  });

  test('lets a key cut its words off, and waits for the next one', () => {
    expect(call(...keys('4')).last).toEqual(['hush', 'key in 5000']);
    expect(call(...keys('42')).last).toEqual(['key in 5000']);
  });

  test('does not begin to wait anew when words that a key cut off are over', () => {
    expect(call(...keys('4'), said).last).toEqual([]);
  });

  test('starts over at *, without counting a try', () => {
    const { told, talk } = call(...keys('99*'), ...keys('42#'));
    expect(told).toContain('say enter-code-again');
    expect(told.at(-1)).toBe('look-up 42');
    expect(talk).toEqual({ at: 'looking-up', tries: 0 });
  });

  test('lets nobody keep the line busy with * for ever', () => {
    expect(call(...keys('*'.repeat(10))).last).toEqual(['no key', 'say enter-code-again']);
    expect(call(...keys('*'.repeat(11))).last).toEqual(['say goodbye', 'limit in 15000']);
  });

  test('says that a code is wrong and asks again, three times in all', () => {
    expect(call(...wrong).told.at(-2)).toBe('say wrong-code, enter-code-again');
    const { told, talk } = call(...wrong, ...wrong, ...wrong);
    expect(told.filter((line) => line.startsWith('look-up'))).toHaveLength(3);
    expect(talk.at).toBe('gone');
  });

  test('says goodbye after the third wrong code, then hangs up', () => {
    const third = [...wrong, ...wrong, ...keys('12#'), unknown];
    expect(call(...third).last).toEqual(['say wrong-code, goodbye', 'limit in 15000']);
    expect(call(...third, said).last).toEqual(['hang-up NORMAL_CLEARING']);
  });

  test('sounds the same to a throttled caller as to one with a wrong code', () => {
    const throttled: Input = { kind: 'code', result: { kind: 'throttled' } };
    const tried = (answer: Input) => [...keys('12#'), answer, said];
    expect(call(...tried(throttled), ...tried(throttled), ...tried(throttled))).toEqual(
      call(...wrong, ...wrong, ...wrong),
    );
  });

  test('counts a silence as a try, and does not wait for ever', () => {
    expect(call(...silence).last).toEqual(['no key', 'say enter-code-again']);
    expect(call(...silence, ...silence, ...silence).last).toEqual([
      'say goodbye',
      'limit in 15000',
    ]);
  });

  test('takes nothing for a code: # alone, letters, keys while it looks up', () => {
    expect(call(...keys('#')).last).toEqual([]);
    expect(call(...keys('A')).last).toEqual([]);
    expect(call(...keys('42#'), ...keys('7')).last).toEqual([]);
  });

  test('asks again after contact with FreeSWITCH was lost', () => {
    expect(call(...keys('4'), again).last).toEqual(['no key', 'say enter-code-again']);
  });

  test('sends a caller away with a word when the rules cannot be asked', () => {
    expect(call(...keys('42#'), impossible).last).toEqual(['say try-later', 'limit in 15000']);
    expect(call(...keys('42#'), opened, impossible).last).toEqual([
      'say try-later',
      'limit in 15000',
    ]);
  });
});
