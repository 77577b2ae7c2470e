import { describe, expect, test } from 'vitest';
import { differences } from '../../bridge/wishes.ts';
import type { Participant } from '../../protocol/room/room.ts';
import { leg } from '../support/bridge-world.ts';

const ROW: Participant = {
  id: leg(1),
  name: 'Ada',
  number: '',
  via: 'phone',
  role: 'participant',
  state: 'joined',
  muted: false,
  deaf: false,
  held: false,
  talking: false,
  hand: false,
  volume: { in: 0, out: 0 },
  joinedAtMs: 0,
};

describe('wishes', () => {
  test('that hold already ask for nothing', () => {
    expect(differences({ muted: false, deaf: false, held: false, volumeIn: 0 }, ROW)).toEqual([]);
    expect(differences(undefined, ROW)).toEqual([]);
  });

  test('that do not hold ask for what differs, the mute before the hold', () => {
    expect(differences({ held: true, muted: true, volumeOut: 2, deaf: true }, ROW)).toEqual([
      { kind: 'mute', on: true },
      { kind: 'deaf', on: true },
      { kind: 'hold', on: true },
      { kind: 'volume-out', level: 2 },
    ]);
  });
});
