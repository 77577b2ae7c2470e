import { describe, expect, test } from 'vitest';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import type { Participant, RoomId } from '../../../protocol/room/room.ts';
import { ownRoom } from '../../../web-phone/feed/people.ts';
import { SILENT_FEED, step } from '../../../web-phone/feed/state.ts';
import type { FeedState } from '../../../web-phone/feed/state.ts';
import { toHttp } from '../../../web-phone/feed/to-http.ts';
import { isFulfilled } from '../../../web-phone/feed/wish.ts';
import { legId, OTHER_ROOM, person, ROOM } from '../support/people.ts';

const me = { personId: 'me', via: 'browser' } as const;

function rooms(...each: readonly (readonly [RoomId, readonly Participant[]])[]) {
  return fromSnapshots(
    each.map(([id, people]) => ({
      ...{ id, people, locked: false, recording: false, openedAtMs: 0, calls: [] },
    })),
  );
}

describe('the room that we are in', () => {
  test('is the one with our leg, of two the one it came to last, and else the meeting’s own', () => {
    const [early, late] = [
      person(1, { ...me, joinedAtMs: 1 }),
      person(2, { ...me, joinedAtMs: 2 }),
    ];
    expect(ownRoom(rooms([ROOM, []], [OTHER_ROOM, [early]]), ROOM, 'me')?.id).toBe(OTHER_ROOM);
    expect(ownRoom(rooms([ROOM, [late]], [OTHER_ROOM, [early]]), ROOM, 'me')?.id).toBe(ROOM);
    expect(ownRoom(rooms([ROOM, [early]], [OTHER_ROOM, [late]]), ROOM, 'me')?.id).toBe(OTHER_ROOM);
    expect(ownRoom(rooms([OTHER_ROOM, [person(3)]], [ROOM, []]), ROOM, 'me')?.id).toBe(ROOM);
  });
});

describe('a wish to move somebody', () => {
  const wish = { kind: 'move', room: ROOM, id: legId(1) } as const;

  test('goes to the breakout room, and to `main` for the meeting’s own', () => {
    const body = { participants: [legId(1)] };
    const path = `/meetings/${ROOM}/breakouts`;
    expect(toHttp({ ...wish, to: OTHER_ROOM })).toEqual({
      ...{ method: 'POST', path: `${path}/${OTHER_ROOM}/move`, body },
    });
    expect(toHttp({ ...wish, to: ROOM })).toMatchObject({ path: `${path}/main/move` });
  });

  test('waits until they are seen there', () => {
    const facts = (at: RoomId) => ({ rooms: rooms([at, [person(1)]]), meetings: new Map() });
    expect(isFulfilled({ ...wish, to: OTHER_ROOM }, facts(ROOM))).toBe(false);
    expect(isFulfilled({ ...wish, to: OTHER_ROOM }, facts(OTHER_ROOM))).toBe(true);
  });

  test('others about them are judged by the row in whichever room they are', () => {
    const facts = { rooms: rooms([OTHER_ROOM, [person(1, { hand: true })]]), meetings: new Map() };
    const hand = { kind: 'set-hand', room: ROOM, id: legId(1) } as const;
    expect(isFulfilled({ ...hand, hand: true }, facts)).toBe(true);
    expect(isFulfilled({ ...hand, hand: false }, facts)).toBe(false);
  });
});

test('breakout rooms are known from the snapshot or the news, and forgotten when they are over', () => {
  const red = { id: OTHER_ROOM, name: 'Red', number: 1 };
  const breakouts = { meeting: ROOM, rooms: [red], self: false };
  const hear = (state: FeedState, message: Parameters<typeof step>[1]) => step(state, message)[0];
  const begun = hear(SILENT_FEED, {
    kind: 'message',
    message: { kind: 'snapshot', seq: 1, rooms: [], meetings: [], breakouts: [breakouts] },
  });
  expect(begun.breakouts.get(ROOM)).toEqual(breakouts);
  const later = { ...breakouts, endsAtMs: 5 };
  const told = (seq: number, news: typeof breakouts) =>
    ({ kind: 'message', message: { kind: 'breakouts-updated', seq, breakouts: news } }) as const;
  const changed = hear(begun, told(2, later));
  expect(changed.breakouts.get(ROOM)).toEqual(later);
  expect(hear(changed, told(3, { ...later, rooms: [] })).breakouts.size).toBe(0);
});
