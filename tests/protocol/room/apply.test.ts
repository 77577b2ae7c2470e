import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../protocol/room/apply.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import type { Participant, ParticipantId, RoomId, Rooms } from '../../../protocol/room/room.ts';
import { fromSnapshots, toSnapshot } from '../../../protocol/room/snapshot.ts';

const ROOMS = ['m-aaaaaaaaaaaaaaaa', 'm-bbbbbbbbbbbbbbbb'] as RoomId[];
const NOTHING: Rooms = new Map();
const legs = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}` as ParticipantId);

function person(id: ParticipantId, more: Partial<Participant> = {}): Participant {
  return {
    id,
    name: 'Ada',
    number: '1001',
    via: 'phone',
    role: 'participant',
    state: 'joined',
    muted: false,
    deaf: false,
    held: false,
    talking: false,
    hand: false,
    volume: { in: 0, out: 0 },
    joinedAtMs: 5,
    ...more,
  };
}

const anyRoom = fc.constantFrom(...ROOMS);
const anyLeg = fc.constantFrom(...legs);
const anyPerson = fc
  .record({
    id: anyLeg,
    muted: fc.boolean(),
    talking: fc.boolean(),
    volume: fc.record({ in: fc.integer({ min: -4, max: 4 }), out: fc.constant(0) }),
    who: fc.constantFrom({}, { personId: 'p' }),
  })
  .map(({ id, who, ...rest }) => person(id, { ...rest, ...who }));
const anyFact: fc.Arbitrary<RoomEvent> = fc.oneof(
  fc.record({ kind: fc.constant('room-opened' as const), room: anyRoom, openedAtMs: fc.nat(3) }),
  fc.record({
    kind: fc.constant('room-updated' as const),
    room: anyRoom,
    locked: fc.boolean(),
    recording: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('room-ends' as const), room: anyRoom }),
  fc.record({
    kind: fc.constant('room-ends' as const),
    room: anyRoom,
    end: fc.record({ atMs: fc.nat(3), why: fc.constantFrom('time' as const, 'silence' as const) }),
  }),
  fc.record({ kind: fc.constant('room-closed' as const), room: anyRoom }),
  fc.record({
    kind: fc.constant('participant-updated' as const),
    room: anyRoom,
    participant: anyPerson,
  }),
  fc.record({
    kind: fc.constant('participant-left' as const),
    room: anyRoom,
    id: anyLeg,
    reason: fc.constant('hung-up' as const),
  }),
);

describe('applying facts', () => {
  test('each one twice gives the same rooms as once, in any interleaving', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        const once = facts.reduce(apply, NOTHING);
        const twice = facts.flatMap((fact) => [fact, fact]).reduce(apply, NOTHING);
        expect(twice).toEqual(once);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('the same one again gives the very same object', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 20 }), anyFact, (facts, fact) => {
        const rooms = apply(facts.reduce(apply, NOTHING), fact);
        expect(apply(rooms, structuredClone(fact))).toBe(rooms);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('never changes the rooms that it was given', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 20 }), anyFact, (facts, fact) => {
        const rooms = facts.reduce(apply, NOTHING);
        const before = structuredClone(rooms);
        apply(rooms, fact);
        expect(rooms).toEqual(before);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test('a person in a room nobody saw open opens it', () => {
    const rooms = apply(NOTHING, {
      kind: 'participant-updated',
      room: ROOMS[0]!,
      participant: person(legs[0]!),
    });
    expect(rooms.get(ROOMS[0]!)).toMatchObject({ openedAtMs: 5, locked: false, recording: false });
  });

  test('news of a room that is not open, or of a person who is not in it, changes nothing', () => {
    const room = ROOMS[0]!;
    const facts: RoomEvent[] = [
      { kind: 'room-updated', room, locked: true, recording: true },
      { kind: 'room-closed', room },
      { kind: 'participant-left', room, id: legs[0]!, reason: 'removed' },
    ];
    for (const fact of facts) expect(apply(NOTHING, fact)).toBe(NOTHING);
  });

  test('the last leave leaves the room open until FreeSWITCH closes it', () => {
    const room = ROOMS[0]!;
    const joined = apply(NOTHING, {
      kind: 'participant-updated',
      room,
      participant: person(legs[0]!),
    });
    const left = apply(joined, { kind: 'participant-left', room, id: legs[0]!, reason: 'hung-up' });
    expect(left.get(room)?.people.size).toBe(0);
    expect(apply(left, { kind: 'room-closed', room }).size).toBe(0);
  });

  test('a name that goes away is gone', () => {
    const room = ROOMS[0]!;
    const update = (participant: Participant): RoomEvent => ({
      kind: 'participant-updated',
      room,
      participant,
    });
    const named = apply(NOTHING, update(person(legs[0]!, { personId: 'p' })));
    const bare = apply(named, update(person(legs[0]!)));
    expect(bare.get(room)?.people.get(legs[0]!)).not.toHaveProperty('personId');
  });
});

test('a snapshot, sent as JSON, gives the same rooms back', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 20 }), (facts) => {
      const rooms = facts.reduce(apply, NOTHING);
      const json = JSON.stringify([...rooms.values()].map(toSnapshot));
      expect(fromSnapshots(JSON.parse(json) as ReturnType<typeof toSnapshot>[])).toEqual(rooms);
    }),
    { seed: 10, numRuns: 200 },
  );
});
