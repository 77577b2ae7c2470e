import { describe, expect, test } from 'vitest';
import type { Participant, ParticipantId, Rooms } from '../../../protocol/room/room.ts';
import { apply } from '../../../protocol/room/apply.ts';
import {
  isSettled,
  openedBefore,
  resultOf,
  restoredWords,
  resultWords,
  undoWishes,
  wishesFor,
} from '../../../web-phone/console/bulk.ts';
import type { BulkAct, Reply } from '../../../web-phone/console/bulk.ts';
import { room as german } from '../../../web-phone/words/de/room.ts';
import { room as english } from '../../../web-phone/words/en/room.ts';
import { OTHER_ROOM, person, ROOM } from '../support/people.ts';

const open = person(1);
const byModerator = person(2, { muted: true, mutedBy: 'moderator' });
const bySelf = person(3, { muted: true, mutedBy: 'self' });
const asked = person(4, { muted: true, mutedBy: 'self', askedToUnmute: true });
const waits = person(5, { state: 'lobby' });
const chair = person(6, { role: 'moderator' });
const all = [open, byModerator, bySelf, asked];
const where = { room: ROOM, unmuteOthers: 'ask' } as const;

function facts(people: readonly Participant[], room = ROOM) {
  const rooms = people.reduce<Rooms>(
    (now, participant) => apply(now, { kind: 'participant-updated', room, participant }),
    new Map(),
  );
  return { rooms, meetings: new Map() };
}

const kinds = (act: BulkAct, unmuteOthers: 'ask' | 'allowed' = 'ask') =>
  wishesFor(act, all, { ...where, unmuteOthers }).map(({ kind, id }) => [kind, id]);

describe('what is done to many', () => {
  test('mutes those who are open, and asks nothing of the others', () => {
    expect(kinds({ kind: 'mute' })).toEqual([['set-muted', open.id]]);
  });

  test('opens whom a moderator muted, asks whoever muted themself, and nobody twice', () => {
    expect(kinds({ kind: 'unmute' })).toEqual([
      ['set-muted', byModerator.id],
      ['ask-to-unmute', bySelf.id],
    ]);
    expect(kinds({ kind: 'unmute' }, 'allowed')).toHaveLength(3);
  });

  test('lets in who waits, removes and moves everybody', () => {
    expect(wishesFor({ kind: 'admit' }, [waits, open], where)).toEqual([
      { kind: 'admit', room: ROOM, id: waits.id },
    ]);
    expect(kinds({ kind: 'remove' })).toHaveLength(4);
    expect(kinds({ kind: 'move', to: OTHER_ROOM })).toHaveLength(4);
  });
});

describe('what came of it', () => {
  const people = [person(1), person(2), person(3), person(4)];
  const wishes = wishesFor({ kind: 'mute' }, people, where);
  const replies = (...given: readonly Reply[]): ReadonlyMap<ParticipantId, Reply> =>
    new Map(given.map((reply, n) => [people[n]!.id, reply]));

  test('is what the facts say: an answer alone is no mute', () => {
    const now = facts([{ ...people[0]!, muted: true }, people[1]!, people[2]!]);
    const told = replies('taken', 'taken', 'refused', 'gone');
    expect(resultOf(wishes, told, now)).toEqual({ asked: 4, done: 1, gone: 1, failed: 2 });
    expect(isSettled(wishes, told, now)).toBe(false);
  });

  test('whoever left before it could be had left, and is not waited for', () => {
    const now = facts([{ ...people[0]!, muted: true }]);
    const told = replies('taken', 'taken', 'taken', 'taken');
    expect(isSettled(wishes, told, now)).toBe(true);
    expect(resultOf(wishes, told, now)).toEqual({ asked: 4, done: 1, gone: 3, failed: 0 });
  });

  test('who is removed is gone from the room, which is what was wanted', () => {
    const removals = wishesFor({ kind: 'remove' }, people, where);
    const told = replies('taken', 'taken', 'taken', 'gone');
    expect(resultOf(removals, told, facts([people[0]!]))).toEqual({
      asked: 4,
      done: 2,
      gone: 1,
      failed: 1,
    });
  });

  test('who is moved is nowhere for a moment, and has not left', () => {
    const moves = wishesFor({ kind: 'move', to: OTHER_ROOM }, [people[0]!], where);
    expect(isSettled(moves, replies('taken'), facts([]))).toBe(false);
    expect(isSettled(moves, replies('taken'), facts([people[0]!], OTHER_ROOM))).toBe(true);
  });

  test.each([
    [english, '27 of 30 muted. 3 had left.'],
    [german, '27 von 30 stumm geschaltet. 3 waren schon gegangen.'],
  ])('is said in a sentence', (words, said) => {
    expect(resultWords('mute', { asked: 30, done: 27, gone: 3, failed: 0 }, words)).toBe(said);
  });

  test('says what was never confirmed', () => {
    const result = { asked: 2, done: 1, gone: 0, failed: 1 };
    expect(resultWords('remove', result, english)).toBe(
      '1 of 2 removed. 1 not confirmed; try again.',
    );
  });
});

describe('taking it back', () => {
  test('opens those who were muted by it, and nobody who was before', () => {
    const wishes = wishesFor({ kind: 'mute' }, [open, bySelf], where);
    const now = facts([{ ...open, muted: true }, bySelf]);
    expect(undoWishes(wishes, now, ROOM)).toEqual([
      { kind: 'set-muted', room: ROOM, id: open.id, muted: false },
    ]);
  });

  test('says who stays muted although it was to be taken back', () => {
    const result = { asked: 4, done: 2, gone: 1, failed: 1 };
    expect(restoredWords(result, english)).toBe(
      '2 people can be heard again. 1 had left. 1 not confirmed; try again.',
    );
  });

  test('mutes again who was opened, brings back who was moved; a removal stays', () => {
    const opened = wishesFor({ kind: 'unmute' }, [byModerator], where);
    expect(undoWishes(opened, facts([{ ...byModerator, muted: false }]), ROOM)).toMatchObject([
      { kind: 'set-muted', muted: true },
    ]);
    const moved = wishesFor({ kind: 'move', to: OTHER_ROOM }, [open], where);
    expect(undoWishes(moved, facts([open], OTHER_ROOM), ROOM)).toMatchObject([
      { kind: 'move', to: ROOM },
    ]);
    const removed = wishesFor({ kind: 'remove' }, [open], where);
    expect(undoWishes(removed, facts([]), ROOM)).toEqual([]);
  });

  test('“mute all” opens those again who were open, and no moderator, whom it spares', () => {
    expect(openedBefore([open, byModerator, bySelf, chair, waits], ROOM)).toEqual([
      { kind: 'set-muted', room: ROOM, id: open.id, muted: false },
    ]);
  });
});
