import { describe, expect, test } from 'vitest';
import type { Input } from '../../../bridge/dialogue/talk.ts';
import {
  PHONE,
  admission,
  again,
  keys,
  play,
  refusal,
  said,
  woke,
} from '../../support/dialogue-script.ts';

const invited = (...inputs: readonly Input[]) => play(PHONE, { kind: 'invitation' }, ...inputs);
const DECLINED = ['say invitation-declined', 'limit in 15000'];

describe('somebody whom the meeting calls', () => {
  test('hears who invites, and has eight seconds to choose', () => {
    const by = '/sounds/ada.wav';
    expect(play(PHONE, { kind: 'invitation', by }).told).toEqual(['say invitation']);
    expect(invited(said).told).toEqual(['say invitation', 'choice in 8000']);
  });

  test('joins by 1, also while the words go on', () => {
    expect(invited(...keys('1')).last).toEqual(['hush', 'no choice', 'admit admitted']);
    expect(invited(said, ...keys('1'), admission('join'), said).last).toEqual(['join']);
  });

  test('declines by 2', () => {
    expect(invited(...keys('2')).last).toEqual(DECLINED);
  });

  test('is asked once more after a silence, then hung up: a voicemail is not let in', () => {
    expect(invited(said, woke('choice')).last).toEqual(['say invitation-again']);
    const silent = [said, woke('choice'), said, woke('choice')];
    expect(invited(...silent).last).toEqual(DECLINED);
    expect(invited(...silent, said).last).toEqual(['hang-up NORMAL_CLEARING']);
  });

  test('is not moved by other keys', () => {
    expect(invited(...keys('3*#0')).told).toEqual(['say invitation']);
  });

  test('hears why where the meeting is full or over by then', () => {
    expect(invited(...keys('1'), refusal('full')).last[0]).toBe('say meeting-full');
    expect(invited(...keys('1'), refusal('ended')).last[0]).toBe('say meeting-ended');
  });

  test('is asked again after contact with FreeSWITCH was lost', () => {
    expect(invited(said, again).last).toEqual(['say invitation-again']);
  });
});
