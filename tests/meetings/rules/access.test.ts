import { expect, test } from 'vitest';
import { actorOn, beyondOwn, may } from '../../../meetings/rules/access.ts';
import type { Act, Caller, RowField } from '../../../meetings/rules/access.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const room = 'm-abcdefghijklmnop' as RoomId;
const other = 'm-bbcdefghijklmnop' as RoomId;

const person = (role: 'moderator' | 'participant'): Caller => ({
  kind: 'person',
  room,
  personId: 'me',
  role,
});
const row = (personId: string | undefined, fields: readonly RowField[], where = room): Act => ({
  kind: 'change-row',
  room: where,
  personId,
  fields,
});
const OWN: readonly RowField[] = ['muted', 'hand', 'help', 'name', 'volume.out', 'unheard'];
const MODERATORS: readonly RowField[] = ['volume.in', 'deaf', 'held', 'role', 'admitted'];

const acts: readonly (readonly [string, Act, participant: boolean, moderator: boolean])[] = [
  ['run meetings', { kind: 'run' }, false, false],
  ['watch the own meeting', { kind: 'watch', room }, true, true],
  ['watch another', { kind: 'watch', room: other }, false, false],
  ['moderate', { kind: 'moderate', room }, false, true],
  ['moderate elsewhere', { kind: 'moderate', room: other }, false, false],
  ...OWN.map(
    (field) => [`change ${field} of the own row`, row('me', [field]), true, true] as const,
  ),
  ...MODERATORS.map(
    (field) => [`change ${field} of the own row`, row('me', [field]), false, true] as const,
  ),
  ['change one allowed and one not', row('me', ['muted', 'role']), false, true],
  ["mute another's row", row('you', ['muted']), false, true],
  ["mute a nameless leg's row", row(undefined, ['muted']), false, true],
  ['mute a row elsewhere', row('me', ['muted'], other), false, false],
  ['have the own phone called', { kind: 'call-me', room, callMe: true }, true, true],
  ['have it called where that is off', { kind: 'call-me', room, callMe: false }, false, true],
  ['have it called elsewhere', { kind: 'call-me', room: other, callMe: true }, false, false],
  ['cancel the own call', { kind: 'cancel-call', room, personId: 'me' }, true, true],
  ["cancel another's call", { kind: 'cancel-call', room, personId: 'you' }, false, true],
  [
    'cancel a call to nobody named',
    { kind: 'cancel-call', room, personId: undefined },
    false,
    true,
  ],
  ['cancel a call elsewhere', { kind: 'cancel-call', room: other, personId: 'me' }, false, false],
];
const who = (participant: boolean, moderator: boolean) =>
  participant ? 'everybody may' : moderator ? 'moderators may' : 'neither may';
for (const [name, act, participant, moderator] of acts)
  test(`${name}: of two softphones ${who(participant, moderator)}; an administrator may, a stranger not`, () => {
    expect(may(person('participant'), act)).toBe(participant);
    expect(may(person('moderator'), act)).toBe(moderator);
    for (const by of ['key', 'session'] as const)
      expect(may({ kind: 'admin', by }, act)).toBe(true);
    expect(may({ kind: 'nobody' }, act)).toBe(false);
  });

test('which fields are a moderator’s', () => {
  expect(beyondOwn([...OWN, ...MODERATORS])).toEqual(MODERATORS);
});

const actors = [
  ['a person on their own row', person('participant'), 'me', 'self'],
  ['a moderator on their own row', person('moderator'), 'me', 'self'],
  ['a moderator on another row', person('moderator'), 'you', 'moderator'],
  ['a moderator on a nameless row', person('moderator'), undefined, 'moderator'],
  ['somebody at the console', { kind: 'admin', by: 'session' }, 'you', 'moderator'],
  ['a program', { kind: 'admin', by: 'key' }, 'you', 'program'],
] as const;
test.each(actors)('%s acts as such', (_, caller, personId, expected) => {
  expect(actorOn(caller, personId)).toBe(expected);
});
