import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  cleared,
  makeStaff,
  refusalOf,
  STAFF,
  startBigBlueButtonWorld,
} from '../../support/bigbluebutton.ts';
import type { BbbWorld, Params } from '../../support/bigbluebutton.ts';

let world: BbbWorld;
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterEach(() => cleared(world));
afterAll(() => world.stop());

const make = (more: Params = {}) => makeStaff(world, more);
const keyOf = (name: string, params: Params = {}) => refusalOf(world, name, params);

describe('create', () => {
  test('makes a meeting of ours with the rules that were asked for', async () => {
    const meeting = await make({
      voiceBridge: '71296',
      maxParticipants: 12,
      muteOnStart: true,
      guestPolicy: 'ASK_MODERATOR',
      allowModsToUnmuteUsers: true,
      duration: 45,
    });
    expect(meeting).toMatchObject({
      name: 'Staff',
      extension: '71296',
      maxParticipants: 12,
      muteOnEntry: true,
      lobby: true,
      unmuteOthers: 'allowed',
      unmuteSelf: true,
    });
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    expect(info.at('voiceBridge')).toBe('71296');
    expect(info.at('maxUsers')).toBe('12');
    expect(info.at('duration')).toBe('45');
  });

  test('answers with all that BigBlueButton does, and the codes for callers', async () => {
    const made = await world.call('create', { name: 'Bare', meetingID: 'bare' });
    const [{ codes, extension } = { codes: undefined, extension: '' }] =
      await world.parts.meetings.list();
    expect(made.at('internalMeetingID')).toMatch(/^[0-9a-f]{40}-1795348800000$/);
    expect(made.at('createTime')).toBe('1795348800000');
    expect(made.at('createDate')).toBe('Sun Nov 22 12:00:00 UTC 2026');
    expect(made.at('parentMeetingID')).toBe('bbb-none');
    expect(made.at('voiceBridge')).toBe(extension);
    expect(made.at('voiceBridge')).toMatch(/^[1-9]\d{4}$/);
    expect(made.at('dialNumber')).toBe('7000');
    expect(made.at('attendeePW')).not.toBe(made.at('moderatorPW'));
    expect(made.at('hasUserJoined')).toBe('false');
    expect(made.at('hasBeenForciblyEnded')).toBe('false');
    expect(made.at('dialInCode')).toBe(codes?.join);
    expect(made.at('moderatorDialInCode')).toBe(codes?.moderator);
  });

  test('asked again the same it warns, and there is one meeting', async () => {
    await make();
    const again = await world.call('create', STAFF);
    expect(again.at('returncode')).toBe('SUCCESS');
    expect(again.at('messageKey')).toBe('duplicateWarning');
    const less = await world.call('create', { name: 'Staff', meetingID: 'staff-1' });
    expect(less.at('messageKey')).toBe('duplicateWarning');
    const other = { ...STAFF, welcome: 'Hi', meta_x: '1', logoutURL: 'https://a.example' };
    expect((await world.call('create', other)).at('messageKey')).toBe('duplicateWarning');
    expect(await world.parts.meetings.list()).toHaveLength(1);
  });

  test('ten at once make one meeting', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => world.call('create', STAFF)),
    );
    expect(replies.filter((reply) => reply.at('messageKey') === '')).toHaveLength(1);
    expect(new Set(replies.map((reply) => reply.at('voiceBridge'))).size).toBe(1);
    expect(await world.parts.meetings.list()).toHaveLength(1);
  });

  test.each([
    { moderatorPW: 'another' },
    { attendeePW: 'another' },
    { name: 'Another' },
    { voiceBridge: '12345' },
    { duration: 9 },
    { muteOnStart: true },
  ])('with %j where the meeting is otherwise it is refused', async (other) => {
    await make({ voiceBridge: '71296' });
    expect(await keyOf('create', { ...STAFF, ...other })).toBe('idNotUnique');
  });

  test('a voice bridge that another meeting or the reception has is refused, in the list of errors', async () => {
    await make({ voiceBridge: '71296' });
    for (const voiceBridge of ['71296', '7000']) {
      const params = { name: 'B', meetingID: 'other', voiceBridge };
      const taken = await world.call('create', params);
      expect(taken.at('returncode')).toBe('FAILED');
      expect(taken.at('errors/error/key')).toBe('nonUniqueVoiceBridge');
      expect(taken.at('messageKey')).toBeUndefined();
    }
  });

  test.each<[Params, string]>([
    [{ name: 'x' }, 'missingParamMeetingID'],
    [{ name: 'x', meetingID: ' ' }, 'missingParamMeetingID'],
    [{ name: 'x', meetingID: 'a' }, 'validationError'],
    [{ name: 'x', meetingID: 'a,b' }, 'validationError'],
    [{ name: 'x', meetingID: 'a'.repeat(257) }, 'validationError'],
    [{ meetingID: 'ab' }, 'validationError'],
    [{ name: 'x'.repeat(257), meetingID: 'ab' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', voiceBridge: '12 345' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', voiceBridge: '1234567' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', moderatorPW: 'x' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', attendeePW: 'x'.repeat(65) }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', duration: -1 }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', duration: 525_601 }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', maxParticipants: 'many' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', guestPolicy: 'NOBODY' }, 'validationError'],
    [{ name: 'x', meetingID: 'ab', dialNumber: '1'.repeat(65) }, 'validationError'],
  ])('%j is refused as %s', async (params, key) => {
    expect(await keyOf('create', params)).toBe(key);
    expect(await world.parts.meetings.list()).toEqual([]);
  });

  test('after its end the same id makes another meeting, and takes its voice bridge again', async () => {
    const first = await make({ voiceBridge: '71296' });
    await world.call('end', { meetingID: 'staff-1', password: 'mpw' });
    const second = await make({ voiceBridge: '71296' });
    expect(second.id).not.toBe(first.id);
  });
});
