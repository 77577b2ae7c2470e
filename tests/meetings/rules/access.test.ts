import { expect, test } from 'vitest';
import { may } from '../../../meetings/rules/access.ts';
import type { Act, Caller } from '../../../meetings/rules/access.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const room = 'm-abcdefghijklmnop' as RoomId;
const other = 'm-bbcdefghijklmnop' as RoomId;

const person = (role: 'moderator' | 'participant'): Caller => ({
  kind: 'person',
  room,
  personId: 'me',
  role,
});
const acts: readonly (readonly [string, Act, boolean])[] = [
  ['run meetings', { kind: 'run' }, false],
  ['watch the own meeting', { kind: 'watch', room }, true],
  ['watch another', { kind: 'watch', room: other }, false],
  ['change the own row', { kind: 'change-row', room, personId: 'me' }, true],
  ["change another's row", { kind: 'change-row', room, personId: 'you' }, false],
  ["change a nameless leg's row", { kind: 'change-row', room, personId: undefined }, false],
  ['change the own row elsewhere', { kind: 'change-row', room: other, personId: 'me' }, false],
];
for (const [name, act, expected] of acts)
  test(`a softphone may ${expected ? '' : 'not '}${name}; an administrator may, a stranger not`, () => {
    expect(may(person('participant'), act)).toBe(expected);
    expect(may(person('moderator'), act)).toBe(expected);
    expect(may({ kind: 'admin' }, act)).toBe(true);
    expect(may({ kind: 'nobody' }, act)).toBe(false);
  });
