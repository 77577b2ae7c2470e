import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { standardRules } from '../../meetings/rules/meeting.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let room: string;
const row = somebody(1, { personId: 'ada' });

beforeAll(async () => {
  world = await startTestApi({
    recording: true,
    limits: { perToken: 100_000, perAddress: 100_000 },
  });
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  room = `/meetings/${meeting.id}`;
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
});

test('a new one has codes, links, and numbers to dial', async () => {
  const made = await ask(world, 'post', '/meetings', {
    name: ' Weekly ',
    extension: '77',
    muteOnEntry: true,
    maxParticipants: 12,
  });
  const view = made.body as MeetingView;
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`/api/v1/meetings/${view.id}`);
  expect(view).toMatchObject({
    name: 'Weekly',
    extension: '77',
    muteOnEntry: true,
    state: 'open',
  });
  expect(view.maxParticipants).toBe(12);
  expect(view.codes.join).not.toBe(view.codes.moderator);
  expect(view.joinUrl).not.toBe(view.moderatorUrl);
  expect(view.dialIn).toEqual([
    { label: 'Access number', number: '7000', uri: 'sip:7000@127.0.0.1:5060' },
  ]);
  expect((await ask(world, 'get', `/meetings/${view.id}`)).body).toEqual(view);
});

test('one made without rules has the standard ones, and every rule is set, shown and changed', async () => {
  const plain = (await ask(world, 'get', room)).body as MeetingView;
  expect(plain).toMatchObject(standardRules('en'));
  const rules = {
    muteOnEntry: true,
    lobby: true,
    waitForModerator: true,
    unmuteSelf: false,
    unmuteOthers: 'allowed',
    askName: true,
    entrySounds: 'names',
    entrySoundsUpTo: 3,
    language: 'de',
    callMe: true,
    earlyEntryMinutes: 5,
    endWithoutModeratorMinutes: 3,
    endWhenSilentMinutes: 20,
    endWhenEmptyMinutes: 10,
    maxMinutes: 90,
    record: true,
  };
  expect(Object.keys(rules).sort()).toEqual(Object.keys(standardRules('en')).sort());
  const made = await ask(world, 'post', '/meetings', { name: 'Strict', ...rules });
  expect([made.status, made.body]).toMatchObject([201, rules]);
  expect((await ask(world, 'patch', room, rules)).body).toEqual({ ...plain, ...rules });
  const { lobby } = (await ask(world, 'patch', room, { lobby: false })).body as MeetingView;
  expect(lobby).toBe(false);
});

test('before its time it is planned; a time taken away opens it', async () => {
  const startsAt = '2026-11-23T10:00:00+01:00';
  const made = await ask(world, 'post', '/meetings', { name: 'Later', startsAt });
  const view = made.body as MeetingView;
  expect(view).toMatchObject({ state: 'planned', startsAt: '2026-11-23T09:00:00.000Z' });
  const path = `/meetings/${view.id}`;
  expect((await ask(world, 'patch', path, { name: 'L' })).body).toMatchObject({ state: 'planned' });
  const open = (await ask(world, 'patch', path, { startsAt: null })).body as MeetingView;
  expect(open.state).toBe('open');
  expect(open).not.toHaveProperty('startsAt');
});

test('those in the lobby are no participants yet', async () => {
  world.rooms.tell(arrival(meeting.id, somebody(2, { state: 'lobby' })));
  expect((await ask(world, 'get', room)).body).toMatchObject({ participants: 1 });
});

test('an extension belongs to one open meeting, and never to the reception', async () => {
  expect((await ask(world, 'patch', room, { extension: '4000' })).status).toBe(200);
  for (const extension of ['4000', '7000']) {
    const refused = await ask(world, 'post', '/meetings', { name: 'Second', extension });
    expect([refused.status, refused.body]).toMatchObject([409, { field: 'extension' }]);
  }
  await ask(world, 'post', `${room}/end`);
  expect(
    (await ask(world, 'post', '/meetings', { name: 'Second', extension: '4000' })).status,
  ).toBe(201);
});

test('ending one closes its room; again is no harm; an ended one cannot be changed', async () => {
  for (let n = 0; n < 2; n++)
    expect((await ask(world, 'post', `${room}/end`)).body).toMatchObject({ state: 'ended' });
  expect(world.rooms.wishes).toEqual([1, 2].map(() => ({ kind: 'close-room', room: meeting.id })));
  expect((await ask(world, 'patch', room, { name: 'New' })).status).toBe(409);
  expect(
    (await ask(world, 'post', `${room}/tickets`, { name: 'A', role: 'participant' })).status,
  ).toBe(409);
});

test('when the switch is away, ending says so and keeps the door shut', async () => {
  world.rooms.outcome = { ok: false, reason: 'switch-unavailable', detail: 'Not connected.' };
  const answered = await ask(world, 'post', `${room}/end`);
  expect([answered.status, answered.headers['retry-after']]).toEqual([503, '5']);
  expect((await ask(world, 'get', room)).body).toMatchObject({ state: 'ended' });
  expect((await ask(world, 'delete', room)).status).toBe(503);
  world.rooms.outcome = { ok: true };
  expect((await ask(world, 'delete', room)).status).toBe(204);
  expect((await ask(world, 'get', room)).status).toBe(404);
});

test('recording from the first is refused by its name where the server does not record', async () => {
  const { id } = (await ask(world, 'post', '/meetings', { name: 'A', record: true }))
    .body as Meeting;
  expect(await world.parts.admissions.rules(id)).toMatchObject({ record: true });
  const silent = await startTestApi();
  const refused = await ask(silent, 'post', '/meetings', { name: 'Board', record: true });
  expect([refused.status, refused.body]).toMatchObject([400, { field: 'record' }]);
  const other = `/meetings/${(await newMeeting(silent)).id}`;
  expect((await ask(silent, 'patch', other, { record: true })).status).toBe(400);
  expect((await ask(silent, 'patch', other, { record: false })).status).toBe(200);
  await silent.stop();
});

test('a deleted meeting can be had back for an hour, open as it was, and its codes and bans hold again', async () => {
  const { id } = (await ask(world, 'post', '/meetings', { name: 'Board', extension: '4711' }))
    .body as MeetingView;
  const { personalCode } = await world.parts.tickets.personal(
    (await world.parts.meetings.get(id))!,
    { name: 'Ada', role: 'moderator' },
  );
  const mallory = { personId: 'mallory' };
  await world.parts.bans.add(id, { name: 'Mallory', marks: mallory, by: 'console' });
  const before = (await ask(world, 'get', `/meetings/${id}`)).body as MeetingView;
  expect((await ask(world, 'post', `/meetings/${id}/restore`)).status).toBe(409);
  expect((await ask(world, 'delete', `/meetings/${id}`)).status).toBe(204);
  expect((await world.parts.admissions.byCode(before.codes.join, 'a')).kind).toBe('unknown');
  world.clock.pass(3_599_000);
  const back = await ask(world, 'post', `/meetings/${id}/restore`);
  expect([back.status, back.body]).toEqual([200, before]);
  for (const code of [before.codes.join, before.codes.moderator, personalCode])
    expect(await world.parts.admissions.byCode(code, 'b')).toMatchObject({ room: id });
  expect(await world.parts.bans.holds(id, mallory)).toBe(true);
  expect((await ask(world, 'post', `/meetings/${id}/restore`)).status).toBe(409);
});

test('an ended meeting comes back ended; after an hour nothing does; what has its extension keeps it', async () => {
  await ask(world, 'post', `${room}/end`);
  await ask(world, 'delete', room);
  expect((await ask(world, 'post', `${room}/restore`)).body).toMatchObject({ state: 'ended' });
  await ask(world, 'delete', room);
  world.clock.pass(3_601_000);
  expect((await ask(world, 'post', `${room}/restore`)).status).toBe(404);
  const first = await newMeeting(world, { extension: '4712' });
  await ask(world, 'delete', `/meetings/${first.id}`);
  const second = await newMeeting(world, { extension: '4712' });
  const back = (await ask(world, 'post', `/meetings/${first.id}/restore`)).body as MeetingView;
  expect([back.name, back.extension]).toEqual([first.name, undefined]);
  expect(await world.parts.directory.dialled('4712', '192.0.2.1')).toMatchObject({
    room: second.id,
  });
});
