import { expect, test } from 'vitest';
import { admission } from '../../../meetings/rules/admission.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { changed } from '../../../meetings/rules/meeting.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const room = 'm-abcdefghijklmnop' as RoomId;

const meeting: Meeting = {
  id: room,
  name: 'M',
  muteOnEntry: true,
  maxParticipants: 2,
  createdAtMs: 0,
  codes: { join: '1', moderator: '2' },
};
const door = { role: 'participant', people: 0, locked: false } as const;
const cases = [
  ['an unknown meeting', undefined, door, { kind: 'refuse', why: 'unknown' }],
  ['an ended one', { ...meeting, endedAtMs: 1 }, door, { kind: 'refuse', why: 'ended' }],
  ['a locked one', meeting, { ...door, locked: true }, { kind: 'refuse', why: 'locked' }],
  ['a full one', meeting, { ...door, people: 2 }, { kind: 'refuse', why: 'full' }],
  ['the last place', meeting, { ...door, people: 1 }, { kind: 'join', muted: true }],
  ['a moderator', meeting, { ...door, role: 'moderator' }, { kind: 'join', muted: false }],
  ['nobody muted', { ...meeting, muteOnEntry: false }, door, { kind: 'join', muted: false }],
] as const;
for (const [name, given, at, expected] of cases)
  test(`${name}: ${Object.values(expected).join(' ')}`, () => {
    expect(admission(given, at)).toMatchObject(expected);
  });

test('a change leaves what it does not name, and null takes away', () => {
  const plain = changed(
    { ...meeting, extension: '12' },
    { extension: null, maxParticipants: null },
  );
  expect(plain).toEqual({ ...meeting, maxParticipants: undefined, extension: undefined });
  expect('extension' in plain || 'maxParticipants' in plain).toBe(false);
  expect(changed({ ...meeting, extension: '12' }, { name: 'N' })).toEqual({
    ...meeting,
    extension: '12',
    name: 'N',
  });
});
