import { describe, expect, test } from 'vitest';
import { beginningOf, stageOf } from '../../../bridge/dialogue/resume.ts';
import type { CallIdentity } from '../../../protocol/call/identity.ts';
import {
  PHONE,
  admission,
  keys,
  leftRoom,
  meeting,
  opened,
  place,
  play,
  refusal,
  room,
  said,
  woke,
} from '../../support/dialogue-script.ts';

const who: CallIdentity = {
  destination: { kind: 'meeting', room, role: 'participant' },
  via: 'phone',
  name: 'Ada',
  number: '1001',
  source: '192.0.2.1',
};
const atReception: CallIdentity = { ...who, destination: { kind: 'reception', dialled: '7000' } };
const trying: CallIdentity = { ...who, destination: { kind: 'echo' } };
const outbound: CallIdentity = {
  ...who,
  destination: {
    kind: 'outbound',
    room,
    role: 'participant',
    to: { kind: 'account', username: 'ada' },
    untilMs: 1,
  },
};

describe('where a bridge goes on with a leg', () => {
  test.each([
    ['a new leg for a meeting', who, undefined, meeting()],
    ['one that was only noted', who, {}, meeting()],
    ['one that was answered', who, { stage: 'greeted' }, meeting('greeted')],
    ['one that said its name', who, { stage: 'named' }, meeting('greeted', { named: true })],
    ['one in the lobby', who, { stage: 'named', lobby: room }, meeting('lobby', { named: true })],
    [
      'one admitted from it',
      who,
      { stage: 'named', admitted: true },
      meeting('greeted', { named: true, admitted: true }),
    ],
    ['one that was being told goodbye', who, { stage: 'leaving' }, { kind: 'leaving' }],
    ['a new leg at the reception', atReception, undefined, { kind: 'reception' }],
    ['one in the middle of its code', atReception, { stage: 'greeted' }, { kind: 'reception' }],
    ['a new leg that tries its line', trying, undefined, { kind: 'echo', found: false }],
    ['one in the midst of that', trying, { stage: 'greeted' }, { kind: 'echo', found: true }],
    ['one that we called', outbound, {}, { kind: 'invitation' }],
    [
      'one that we called for somebody',
      outbound,
      { invitedBy: '/ada.wav' },
      { kind: 'invitation', by: '/ada.wav' },
    ],
    [
      'one that accepted',
      outbound,
      { stage: 'named' },
      meeting('greeted', { named: true, admitted: true }),
    ],
    ['one that says it was called and was not', outbound, undefined, undefined],
  ] as const)('%s', (_, identity, memo, beginning) => {
    expect(beginningOf(identity, memo)).toEqual(beginning);
  });
});

describe('what is kept of a dialogue', () => {
  const at = (...inputs: Parameters<typeof play>[2][]) =>
    stageOf(play(PHONE, meeting('greeted'), ...inputs).talk);

  test('is nothing of a leg that rings, is inside or is gone', () => {
    expect(stageOf(play(PHONE, meeting()).talk)).toBeUndefined();
    expect(at(admission('join'), said)).toBeUndefined();
    expect(stageOf(play(PHONE, meeting(), refusal('full')).talk)).toBeUndefined();
    expect(stageOf(play(PHONE, { kind: 'invitation' }).talk)).toBeUndefined();
  });

  test('is that it was answered, as long as there is a question to be asked', () => {
    expect(stageOf(play(PHONE, { kind: 'reception' }).talk)).toBe('greeted');
    expect(stageOf(play(PHONE, { kind: 'reception' }, ...keys('1#')).talk)).toBe('greeted');
    expect(stageOf(play(PHONE, { kind: 'reception' }, ...keys('1#'), opened).talk)).toBe('greeted');
    expect(at(admission('not-started'))).toBe('greeted');
  });

  test('is that no question is left', () => {
    expect(at(admission('lobby'), place(1))).toBe('named');
    expect(at(admission('join'))).toBe('named');
    expect(stageOf(play(PHONE, { kind: 'invitation' }, ...keys('1')).talk)).toBe('named');
    const waited = play(PHONE, meeting('greeted', { named: true }), admission('not-started'));
    expect(stageOf(waited.talk)).toBe('named');
  });

  test('is that it is on the way out', () => {
    const dismissed = { kind: 'dismissed', why: 'removed' } as const;
    expect(at(refusal('full'))).toBe('leaving');
    expect(at(admission('join'), said, dismissed)).toBe('leaving');
    expect(at(admission('join'), said, dismissed, leftRoom)).toBe('leaving');
  });

  test('lets a new bridge say goodbye to one on the way out, and start the music in the lobby', () => {
    expect(play(PHONE, { kind: 'leaving' }).told).toEqual(['say goodbye', 'limit in 15000']);
    const found = [admission('lobby'), place(3)];
    expect(play(PHONE, meeting('lobby'), ...found).told).toEqual([
      'music',
      'place in 2000',
      'admit',
    ]);
    expect(play(PHONE, meeting('lobby'), ...found, woke('place')).last[0]).toBe('say place 3');
  });
});
