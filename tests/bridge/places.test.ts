import { describe, expect, test } from 'vitest';
import { lastWord } from '../../bridge/arrivals.ts';
import { release, reserve, taken } from '../../bridge/places.ts';
import { ROOM, leg } from '../support/bridge-world.ts';

describe('places', () => {
  test('count everybody once, inside or on the way', () => {
    const places = reserve(reserve(new Map(), leg(1), ROOM), leg(2), ROOM);
    const inside = new Map([
      [leg(2), 1],
      [leg(3), 1],
    ]);
    expect(taken(places, ROOM, inside)).toBe(3);
    expect(taken(release(places, leg(1)), ROOM, inside)).toBe(2);
  });

  test('have the last word on an admission', () => {
    const join = { kind: 'join', room: ROOM, role: 'participant', muted: false } as const;
    const limited = { ...join, maxParticipants: 2 };
    expect(lastWord(join, { people: 999, locked: false })).toBe(join);
    expect(lastWord(limited, { people: 1, locked: false })).toBe(limited);
    expect(lastWord(limited, { people: 2, locked: false })).toEqual({
      kind: 'refuse',
      why: 'full',
    });
    expect(lastWord(join, { people: 0, locked: true })).toEqual({ kind: 'refuse', why: 'locked' });
  });
});
