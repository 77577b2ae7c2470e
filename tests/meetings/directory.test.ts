import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { PhoneDirectory } from '../../meetings/directory.ts';
import type { Directory } from '../../sip-gateway/directory.ts';
import { newMeeting } from '../support/api.ts';
import { startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

let world: TestMeetings;
beforeAll(async () => {
  world = await startMeetings();
});
afterAll(() => world.stop());

const dialled = (user: string) => world.parts.directory.dialled(user, '192.0.2.1');

test('it is what the gateway asks for', () => {
  expectTypeOf<PhoneDirectory>().toExtend<Directory>();
});

test('what is dialled: access number, code, moderator code, extension, id', async () => {
  const meeting = await newMeeting(world, { extension: '42' });
  const { id: room, codes } = meeting;
  expect(await dialled('7000')).toEqual({ kind: 'reception' });
  const as = (role: string, by: string) => ({ kind: 'meeting', room, role, by });
  expect(await dialled(codes.join)).toEqual(as('participant', 'code'));
  expect(await dialled(codes.moderator)).toEqual(as('moderator', 'code'));
  expect(await dialled('42')).toEqual(as('participant', 'extension'));
  expect(await dialled(room)).toEqual(as('participant', 'id'));
});

test.each([
  '',
  '43',
  '1234567890',
  'm-aaaaaaaaaaaaaaaa',
  'desk',
  '+4930123',
  '70000000',
  '7000\r\n',
  '${x}',
  '１２３４５６７８９０',
  '__proto__',
  '../meeting',
  '*',
  'm-*',
])('%j reaches nothing', async (user) => {
  expect(await dialled(user)).toEqual({ kind: 'unknown' });
});

test('an extension moves with its meeting’s wish and goes with its end', async () => {
  const meeting = await newMeeting(world, { extension: '500' });
  await world.parts.meetings.change(meeting.id, { extension: '501' });
  expect(await dialled('500')).toEqual({ kind: 'unknown' });
  expect(await dialled('501')).toMatchObject({ room: meeting.id });
  await world.parts.meetings.change(meeting.id, { extension: null });
  expect(await dialled('501')).toEqual({ kind: 'unknown' });
  await world.parts.meetings.change(meeting.id, { extension: '500' });
  await world.parts.meetings.end(meeting.id);
  expect(await dialled('500')).toEqual({ kind: 'unknown' });
});

test('of two that want one extension at the same time one gets it', async () => {
  const wishes = Array.from({ length: 10 }, () =>
    world.parts.meetings.create({ name: 'Race', extension: '600' }),
  );
  const made = (await Promise.all(wishes)).filter(({ ok }) => ok);
  expect(made).toHaveLength(1);
});

test('a deleted meeting’s codes open nothing, its people’s codes neither', async () => {
  const meeting = await newMeeting(world);
  const { personalCode } = await world.parts.tickets.personal(meeting, {
    name: 'Ada',
    role: 'participant',
  });
  expect(await dialled(personalCode)).toMatchObject({ person: { name: 'Ada' } });
  await world.parts.meetings.delete(meeting.id);
  for (const code of [meeting.codes.join, meeting.codes.moderator, personalCode])
    expect(await dialled(code)).toEqual({ kind: 'unknown' });
  expect(await world.store.list(`personal:${meeting.id}`)).toEqual([]);
});

test('phones and browsers are found by name, and odd names nowhere', async () => {
  const made = await world.parts.accounts.create('desk', 'Desk');
  expect(await world.parts.directory.account('desk')).toEqual(made?.account);
  for (const name of ['Desk', 'desk\n', 'web-x', '__proto__', 'a'.repeat(300), '']) {
    expect(await world.parts.directory.account(name)).toBeUndefined();
    expect(await world.parts.directory.browserCredential(name)).toBeUndefined();
    expect(await world.parts.directory.bindings(name)).toEqual([]);
  }
});

test('the digests are those of RFC 7616 for our realm', async () => {
  const { ha1 } = await import('../../meetings/ha1.ts');
  expect(ha1('Mufasa', 'http-auth@example.org', 'Circle of Life')).toEqual({
    md5: '3d78807defe7de2157e2b0b6573a855f',
    sha256: '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232',
  });
});
