import { expect, test } from 'vitest';
import { departed, followed, newVisit, recognised } from '../../../meetings/rules/visit.ts';
import type { WayIn } from '../../../meetings/rules/visit.ts';
import type { CallIdentity, Destination } from '../../../protocol/call/identity.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const phone: CallIdentity = {
  destination: { kind: 'meeting', room, role: 'participant', by: 'code' },
  via: 'phone',
  name: 'Ada',
  number: '+4930901234',
  trunk: 'provider',
  source: '192.0.2.1',
};
const mark = (text: string) => `x-${text.length}`;

test('who waits and is let in: both are told, and who let them in', () => {
  const waiting = somebody(1, { state: 'lobby', joinedAtMs: 1_000 });
  const inside = { ...waiting, state: 'joined' as const, joinedAtMs: 31_000 };
  const visit = followed(newVisit(waiting, 1_000), inside, 31_000, 'Mo');
  expect(visit).toMatchObject({ waits: [[1_000, 31_000]], joinedAtMs: 31_000 });
  expect(visit.deeds).toEqual([{ atMs: 31_000, act: 'admitted', by: 'Mo' }]);
});

test('who gives up in the lobby never joined', () => {
  const visit = newVisit(somebody(1, { state: 'lobby', joinedAtMs: 1_000 }), 1_000);
  const gone = departed(visit, 'hung-up', 9_000);
  expect(gone).toMatchObject({ waits: [[1_000, 9_000]], leftAtMs: 9_000, end: 'hung-up' });
  expect(gone.joinedAtMs).toBeUndefined();
});

test('a mute by a moderator is a deed, by themselves none', () => {
  const row = somebody(1);
  const visit = newVisit(row, 0);
  const self = followed(visit, { ...row, muted: true, mutedBy: 'self' }, 10);
  const other = followed(visit, { ...row, muted: true, mutedBy: 'moderator' }, 10);
  expect(self.deeds).toEqual([]);
  expect(other.deeds).toEqual([{ atMs: 10, act: 'muted' }]);
});

test('a row that tells nothing new changes nothing', () => {
  const row = somebody(1);
  const visit = newVisit(row, 0);
  expect(followed(visit, { ...row, hand: true }, 5_000)).toBe(visit);
});

test('talk that goes on when they leave ends then', () => {
  const row = somebody(1);
  const talks = followed(newVisit(row, 0), { ...row, talking: true }, 5_000);
  expect(departed(talks, 'removed', 8_000, 'Mo')).toMatchObject({
    talk: [[5_000, 8_000]],
    deeds: [{ act: 'removed', by: 'Mo' }],
  });
});

const WAYS: readonly [WayIn, Partial<CallIdentity>][] = [
  ['joining-code', {}],
  ['moderator-code', { destination: meeting({ role: 'moderator', by: 'code' }) }],
  ['personal-code', { personId: 'p-ada' }],
  ['extension', { destination: meeting({ by: 'extension' }), account: 'ada' }],
  ['link', { via: 'browser', number: '', destination: meeting({}) }],
  ['unknown', { destination: meeting({}) }],
  [
    'called',
    {
      destination: {
        ...{ kind: 'outbound', room, role: 'participant', untilMs: 0 },
        to: { kind: 'account', username: 'ada' },
      },
    },
  ],
];

test.each(WAYS)('who came by %s is said to', (way, more) => {
  const visit = recognised(newVisit(somebody(1), 0), { ...phone, ...more }, mark);
  expect(visit.came.way).toBe(way);
});

test('of numbers only a digest is kept, and nothing of those who withhold theirs', () => {
  const visit = newVisit(somebody(1), 0);
  expect(JSON.stringify(recognised(visit, phone, mark))).not.toContain('+4930901234');
  expect(recognised(visit, phone, mark).person).toBe('x-11');
  expect(recognised(visit, { ...phone, number: '' }, mark).person).toBeUndefined();
});

function meeting(more: Partial<Extract<Destination, { kind: 'meeting' }>>): Destination {
  return { kind: 'meeting', room, role: 'participant', ...more };
}
