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
const acts: readonly (readonly [string, Act, participant: boolean, moderator: boolean])[] = [
  ['run meetings', { kind: 'run' }, false, false],
  ['watch the own meeting', { kind: 'watch', room }, true, true],
  ['watch another', { kind: 'watch', room: other }, false, false],
  ['change the own row', { kind: 'change-row', room, personId: 'me' }, true, true],
  ["change another's row", { kind: 'change-row', room, personId: 'you' }, false, true],
  ["change a nameless leg's row", { kind: 'change-row', room, personId: undefined }, false, true],
  ['change a row elsewhere', { kind: 'change-row', room: other, personId: 'me' }, false, false],
  ['remove, mute all, lock', { kind: 'moderate', room }, false, true],
  ['remove, mute all, lock elsewhere', { kind: 'moderate', room: other }, false, false],
];
const who = (participant: boolean, moderator: boolean) =>
  participant ? 'everybody may' : moderator ? 'moderators may' : 'neither may';
for (const [name, act, participant, moderator] of acts)
  test(`${name}: of two softphones ${who(participant, moderator)}; an administrator may, a stranger not`, () => {
    expect(may(person('participant'), act)).toBe(participant);
    expect(may(person('moderator'), act)).toBe(moderator);
    expect(may({ kind: 'admin' }, act)).toBe(true);
    expect(may({ kind: 'nobody' }, act)).toBe(false);
  });
