import { describe, expect, test } from 'vitest';
import type { TicketView } from '../../../protocol/http/views.ts';
import type { Waiting } from '../../../protocol/room/feed.ts';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import { myPhone } from '../../../web-phone/phone/my-phone.ts';
import { standingOf } from '../../../web-phone/phone/standing.ts';
import { legId, person, ROOM, ticket } from '../support/people.ts';

const ME = { personId: 'me', role: 'participant' } as const;
const NOON = Date.parse('2026-11-22T12:00:00Z');
const mine = { personId: 'me', via: 'browser' } as const;

function room(people: readonly Participant[], calls: readonly OutboundCall[] = []): Room {
  const [only] = fromSnapshots([
    { id: ROOM, locked: false, recording: false, openedAtMs: 0, people, calls },
  ]).values();
  if (!only) throw new Error('one room was given');
  return only;
}

function stand(
  inside: Room | undefined,
  meeting: Partial<TicketView['meeting']> = {},
  role: 'moderator' | 'participant' = 'participant',
) {
  return standAt(inside, { ...ticket().meeting, ...meeting }, role);
}

function standAt(
  inside: Room | undefined,
  meeting: TicketView['meeting'],
  role: 'moderator' | 'participant' = 'participant',
  waiting?: Waiting,
) {
  return standingOf(inside, { ...ME, role }, meeting, { nowMs: NOON, waiting });
}

describe('where somebody is once their call is answered', () => {
  test('on the way to another room of the meeting they connect, and do not wait before it', () => {
    const meeting = { ...ticket().meeting, waitForModerator: true };
    const at = { nowMs: NOON, waiting: { moderatorInside: false } };
    expect(standingOf(undefined, ME, meeting, at).kind).toBe('waiting');
    expect(standingOf(undefined, ME, meeting, { ...at, moving: true }).kind).toBe('connecting');
  });

  test('connecting, until they are seen', () => {
    expect(stand(undefined)).toEqual({ kind: 'connecting' });
    expect(stand(room([person(2)]))).toEqual({ kind: 'connecting' });
  });

  test('inside, with their own row', () => {
    const own = person(1, mine);
    expect(stand(room([own]))).toEqual({ kind: 'inside', row: own, carried: false });
  });

  test('inside by their phone, whose row is theirs', () => {
    const phone = person(2, { personId: 'me' });
    const inside = room([person(1, { ...mine, audioBy: phone.id }), phone]);
    expect(stand(inside)).toEqual({ kind: 'inside', row: phone, carried: true });
  });

  test('in the lobby, at their place in it', () => {
    const people = [
      person(3, { ...mine, state: 'lobby' }),
      person(2, { state: 'lobby' }),
      person(4, { state: 'lobby' }),
      person(1),
    ];
    expect(stand(room(people))).toEqual({ kind: 'lobby', place: 2, sinceMs: 3_000 });
  });

  test('at the place that the server tells, where the others are not seen', () => {
    const alone = room([person(3, { ...mine, state: 'lobby' })]);
    const waiting = { place: 4, moderatorInside: true };
    expect(standAt(alone, ticket().meeting, 'participant', waiting)).toMatchObject({
      kind: 'lobby',
      place: 4,
    });
  });

  test('waits for a moderator as long as the server says that none is there', () => {
    const meeting = { ...ticket().meeting, waitForModerator: true };
    const stands = (moderatorInside: boolean) =>
      standAt(undefined, meeting, 'participant', { moderatorInside }).kind;
    expect([stands(false), stands(true)]).toEqual(['waiting', 'connecting']);
  });

  const later = { startsAt: '2026-11-22T12:00:01Z' };
  const earlier = { startsAt: '2026-11-22T12:00:00Z' };
  const moderated = room([person(1, { role: 'moderator' })]);
  const cases = [
    ['before the meeting’s time', undefined, later, 'not-started'],
    ['before a moderator comes', room([person(2)]), { waitForModerator: true }, 'no-moderator'],
    [
      'past its time, but without a moderator',
      undefined,
      { ...earlier, waitForModerator: true },
      'no-moderator',
    ],
  ] as const;
  for (const [name, inside, meeting, why] of cases) {
    test(`waiting ${name}`, () => {
      expect(stand(inside, meeting)).toEqual({ kind: 'waiting', why });
    });
  }

  test('waiting no more once the time came, or a moderator', () => {
    expect(stand(undefined, earlier).kind).toBe('connecting');
    expect(stand(moderated, { ...later, waitForModerator: true }).kind).toBe('connecting');
  });

  test('a moderator in the lobby opens no meeting', () => {
    const lobby = room([person(1, { role: 'moderator', state: 'lobby' })]);
    expect(stand(lobby, later)).toEqual({ kind: 'waiting', why: 'not-started' });
  });

  test('a moderator waits for nobody', () => {
    expect(stand(undefined, { ...later, waitForModerator: true }, 'moderator').kind).toBe(
      'connecting',
    );
  });
});

describe('the call to one’s own phone', () => {
  const call = (number: number, part: Partial<OutboundCall> = {}): OutboundCall => ({
    id: legId(number),
    name: 'Ada',
    number: '+49…0137',
    personId: 'me',
    state: 'ringing',
    startedAtMs: number,
    ...part,
  });

  test('is the latest of one’s own, and nobody else’s', () => {
    const calls = [call(1, { state: 'ended', end: 'busy' }), call(2), call(3, { personId: 'you' })];
    expect(myPhone(room([], calls), 'me')).toEqual({ kind: 'up', call: calls[1] });
    expect(myPhone(room([], calls), 'nobody')).toEqual({ kind: 'none' });
  });

  test('that came to nothing says why', () => {
    const busy = call(1, { state: 'ended', end: 'busy' });
    expect(myPhone(room([], [busy]), 'me')).toEqual({ kind: 'over', call: busy });
  });
});
