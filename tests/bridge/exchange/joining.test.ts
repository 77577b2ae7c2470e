import { expect, test } from 'vitest';
import { isFree, merged, ringingFor } from '../../../bridge/exchange/joining.ts';
import { newPair } from '../../../bridge/exchange/pair.ts';
import type { ParticipantId } from '../../../protocol/room/room.ts';

const [ANNA, BERT, ANNA_TOO, CARLA] = ['anna', 'bert', 'anna-too', 'carla'] as ParticipantId[] as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
  ParticipantId,
];
const withBert = { leg: ANNA, pair: { inside: [BERT, ANNA], held: [ANNA] } };
const withCarla = { leg: ANNA_TOO, pair: { inside: [ANNA_TOO, CARLA], held: [] } };

test('who has two people on the line brings them together and is out of both calls', () => {
  const [pair, effects] = merged(withBert, withCarla);
  expect(pair).toEqual({ inside: [BERT, CARLA], held: [] });
  expect(effects).toEqual([
    { kind: 'music', on: false },
    { kind: 'kill', leg: ANNA, cause: 'NORMAL_CLEARING' },
    { kind: 'kill', leg: ANNA_TOO, cause: 'NORMAL_CLEARING' },
  ]);
});

test('who holds the call meanwhile leaves music to the other', () => {
  const held = { ...withCarla, pair: { ...withCarla.pair, held: [CARLA] } };
  const [pair, effects] = merged(withBert, held);
  expect(pair.held).toEqual([CARLA]);
  expect(effects.slice(0, 2)).toEqual([
    { kind: 'music', on: false },
    { kind: 'music', on: true },
  ]);
});

test('a call in which somebody is called in another’s place already can be joined to none', () => {
  const attempt = { by: ANNA, ringing: [CARLA], causes: [] };
  expect(isFree(withBert)).toBe(true);
  expect(isFree({ ...withBert, pair: { ...withBert.pair, attempt } })).toBe(false);
  expect(isFree({ ...withBert, leg: CARLA })).toBe(false);
});

test('only the caller has phones that ring, and only until they are let in', () => {
  const calling = newPair(ANNA, [CARLA]);
  expect(ringingFor({ pair: calling, leg: ANNA })).toEqual([CARLA]);
  expect(ringingFor({ pair: calling, leg: BERT })).toBeUndefined();
  const answering = { ...calling, caller: { leg: ANNA, at: 'answering' as const } };
  expect(ringingFor({ pair: answering, leg: ANNA })).toBeUndefined();
});
