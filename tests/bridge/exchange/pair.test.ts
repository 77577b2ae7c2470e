import { describe, expect, test } from 'vitest';
import { newPair, step } from '../../../bridge/exchange/pair.ts';
import type { Effect, Input, Pair } from '../../../bridge/exchange/pair.ts';
import { mostTelling, statusOf, toCaller } from '../../../bridge/exchange/refusals.ts';
import type { ParticipantId } from '../../../protocol/room/room.ts';

const CALLER = 'caller' as ParticipantId;
const DESK = 'desk' as ParticipantId;
const BROWSER = 'browser' as ParticipantId;
const THIRD = 'third' as ParticipantId;

/** The call after these, and all that was to be done. */
function play(inputs: readonly Input[], from = newPair(CALLER, [DESK, BROWSER])) {
  let pair: Pair = from;
  const effects: Effect[] = [];
  for (const input of inputs) {
    const [next, more] = step(pair, input);
    pair = next;
    effects.push(...more);
  }
  return { pair, effects };
}

const TALKING: readonly Input[] = [
  { kind: 'rings', leg: DESK },
  { kind: 'picked-up', leg: DESK },
  { kind: 'answered', leg: CALLER },
];
const talking = () => play(TALKING).pair;

test('the caller is rung once, however many phones ring', () => {
  const { effects } = play([
    { kind: 'rings', leg: DESK },
    { kind: 'rings', leg: BROWSER },
  ]);
  expect(effects).toEqual([{ kind: 'ring', leg: CALLER }]);
});

test('the first phone that answers has the call, and the others stop ringing', () => {
  const { pair, effects } = play(TALKING);
  expect(effects).toEqual([
    { kind: 'ring', leg: CALLER },
    { kind: 'answer', leg: CALLER },
    { kind: 'join', leg: DESK },
    { kind: 'kill', leg: BROWSER, cause: 'ORIGINATOR_CANCEL' },
    { kind: 'join', leg: CALLER },
  ]);
  expect(pair.inside).toEqual([DESK, CALLER]);
});

test.each([
  { causes: ['SUBSCRIBER_ABSENT', 'SUBSCRIBER_ABSENT'], told: 'NORMAL_UNSPECIFIED' },
  { causes: ['USER_BUSY', 'SUBSCRIBER_ABSENT'], told: 'USER_BUSY' },
  { causes: ['SUBSCRIBER_ABSENT', 'NO_ANSWER'], told: 'NORMAL_UNSPECIFIED' },
  { causes: ['NETWORK_OUT_OF_ORDER', 'SUBSCRIBER_ABSENT'], told: 'NORMAL_TEMPORARY_FAILURE' },
])('phones that end with $causes are told the caller as $told', ({ causes, told }) => {
  const [first = '', second = ''] = causes;
  const { effects } = play([
    { kind: 'hung-up', leg: DESK, cause: first },
    { kind: 'hung-up', leg: BROWSER, cause: second },
  ]);
  expect(effects).toEqual([{ kind: 'kill', leg: CALLER, cause: told }, { kind: 'over' }]);
});

test('a no from a person is a no of all their phones', () => {
  const { effects } = play([{ kind: 'hung-up', leg: DESK, cause: 'CALL_REJECTED' }]);
  expect(effects).toEqual([
    { kind: 'kill', leg: BROWSER, cause: 'ORIGINATOR_CANCEL' },
    { kind: 'kill', leg: CALLER, cause: 'CALL_REJECTED' },
    { kind: 'over' },
  ]);
});

test('a caller who gives up stops every phone', () => {
  const { effects } = play([{ kind: 'hung-up', leg: CALLER, cause: 'ORIGINATOR_CANCEL' }]);
  expect(effects.filter(({ kind }) => kind === 'kill')).toHaveLength(2);
});

test.each([CALLER, DESK])('who hangs up (%s) ends the call for both', (leg) => {
  const other = leg === CALLER ? DESK : CALLER;
  const { effects } = play([{ kind: 'hung-up', leg, cause: 'NORMAL_CLEARING' }], talking());
  expect(effects).toEqual([
    { kind: 'kill', leg: other, cause: 'NORMAL_CLEARING' },
    { kind: 'over' },
  ]);
});

test('who holds is silent, and the other hears music until they are back', () => {
  const { effects } = play(
    [
      { kind: 'held', leg: CALLER, on: true },
      { kind: 'held', leg: CALLER, on: true },
      { kind: 'held', leg: CALLER, on: false },
    ],
    talking(),
  );
  expect(effects).toEqual([
    { kind: 'mute', leg: CALLER, on: true },
    { kind: 'music', on: true },
    { kind: 'mute', leg: CALLER, on: false },
    { kind: 'music', on: false },
  ]);
});

describe('a transfer', () => {
  const asked = () => play([{ kind: 'transfer', by: CALLER, ringing: [THIRD] }], talking()).pair;

  test('lets who asked go when the third answers', () => {
    const { pair, effects } = play([{ kind: 'picked-up', leg: THIRD }], asked());
    expect(effects).toContainEqual({ kind: 'kill', leg: CALLER, cause: 'NORMAL_CLEARING' });
    expect(effects).toContainEqual({ kind: 'transferred', status: 200 });
    expect(pair.inside).toEqual([DESK, THIRD]);
  });

  test('that comes to nothing leaves the call as it was, and says why', () => {
    const { pair, effects } = play([{ kind: 'hung-up', leg: THIRD, cause: 'USER_BUSY' }], asked());
    expect(effects).toEqual([{ kind: 'transferred', status: 486 }]);
    expect(pair.inside).toEqual([DESK, CALLER]);
  });

  test('goes on for who waits when who asked has left, with music', () => {
    const { pair, effects } = play(
      [
        { kind: 'hung-up', leg: CALLER, cause: 'NORMAL_CLEARING' },
        { kind: 'picked-up', leg: THIRD },
      ],
      asked(),
    );
    expect(effects).toEqual([
      { kind: 'music', on: true },
      { kind: 'join', leg: THIRD },
      { kind: 'transferred', status: 200 },
      { kind: 'music', on: false },
    ]);
    expect(pair.inside).toEqual([DESK, THIRD]);
  });

  test('is given up when the one to be transferred hangs up', () => {
    const { effects } = play([{ kind: 'hung-up', leg: DESK, cause: '' }], asked());
    expect(effects).toContainEqual({ kind: 'kill', leg: THIRD, cause: 'ORIGINATOR_CANCEL' });
    expect(effects).toContainEqual({ kind: 'kill', leg: CALLER, cause: 'NORMAL_CLEARING' });
    expect(effects.at(-1)).toEqual({ kind: 'over' });
  });
});

test('what a cause is to a caller and to who transfers agree', () => {
  expect(mostTelling([])).toBe('');
  expect([toCaller('NO_ANSWER'), statusOf('NO_ANSWER')]).toEqual(['NORMAL_UNSPECIFIED', 480]);
  expect([toCaller('CALL_REJECTED'), statusOf('CALL_REJECTED')]).toEqual(['CALL_REJECTED', 603]);
  expect([toCaller('INVALID_NUMBER_FORMAT'), statusOf('INVALID_NUMBER_FORMAT')]).toEqual([
    'UNALLOCATED_NUMBER',
    404,
  ]);
});
