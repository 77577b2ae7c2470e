import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { BanView } from '../../protocol/http/views.ts';
import { ask, newMeeting, newPerson, startTestApi, TestFeed } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const NUMBER = '+4930901234';
let world: TestApi;
let meeting: Meeting;
let room: string;
const caller = somebody(1, { name: 'Mallory', number: '+49…1234' });

beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  room = `/meetings/${meeting.id}`;
  world.rooms.tell(arrival(meeting.id, caller));
  world.rooms.identities.clear();
  world.rooms.identities.set(caller.id, vouched({}));
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
});

const vouched = (more: Partial<CallIdentity>): CallIdentity => ({
  destination: { kind: 'meeting', room: meeting.id, role: 'participant' },
  via: 'phone',
  name: 'Mallory',
  number: NUMBER,
  source: '192.0.2.1',
  ...more,
});
const ban = (id: string = caller.id) => ask(world, 'delete', `${room}/participants/${id}?ban=true`);
const bans = async () => (await ask(world, 'get', `${room}/bans`)).body as BanView[];
const admit = (who: Partial<CallIdentity>) =>
  world.parts.admissions.admit({
    room: meeting.id,
    role: 'participant',
    who: vouched({ number: '', ...who }),
    people: 0,
    moderatorInside: false,
    admitted: false,
  });

test('a caller is banned by the whole number, which is shown to nobody', async () => {
  expect((await ban()).status).toBe(202);
  expect(world.rooms.wishes).toEqual([
    { kind: 'remove', room: meeting.id, id: caller.id, banned: true },
  ]);
  const list = await bans();
  expect(list).toMatchObject([{ name: 'Mallory', number: '+49…1234', by: 'program' }]);
  expect(await admit({ number: NUMBER })).toEqual({ kind: 'refuse', why: 'banned' });
  expect(JSON.stringify([list, await world.store.list('')])).not.toContain('30901234');
  expect(JSON.stringify(world.lines)).not.toContain('30901234');
});

test('lifted, they come in again', async () => {
  await ban();
  const [{ id } = { id: '' }] = await bans();
  expect((await ask(world, 'delete', `${room}/bans/${id}`)).status).toBe(204);
  expect(await bans()).toEqual([]);
  expect(await admit({ number: NUMBER })).toMatchObject({ kind: 'join' });
  expect((await ask(world, 'delete', `${room}/bans/${id}`)).status).toBe(404);
});

test('one who has a moderator’s link bans, and is named', async () => {
  const chair = await newPerson(world, meeting, 'moderator');
  const row = somebody(2, { name: 'Grace', personId: chair.personId, role: 'moderator' });
  world.rooms.tell(arrival(meeting.id, row));
  const answered = await request(world.api.url)
    .delete(`/api/v1${room}/participants/${caller.id}?ban=true`)
    .set({ authorization: `Bearer ${chair.feedToken}` });
  expect(answered.status).toBe(202);
  expect(await bans()).toMatchObject([{ by: 'Grace' }]);
});

test('a desk phone is banned by its account, a person by every phone of theirs', async () => {
  world.rooms.identities.set(
    caller.id,
    vouched({ account: 'desk', number: 'desk', personId: 'm' }),
  );
  await ban();
  expect(await admit({ account: 'desk' })).toMatchObject({ why: 'banned' });
  expect(await admit({ personId: 'm', number: '+4940111222' })).toMatchObject({ why: 'banned' });
  expect(await admit({ account: 'other' })).toMatchObject({ kind: 'join' });
});

test('who withholds everything cannot be banned: nobody is removed, and it is said what to do', async () => {
  world.rooms.identities.set(caller.id, vouched({ number: '' }));
  const answered = await ban();
  expect([answered.status, answered.body]).toMatchObject([409, { field: 'ban' }]);
  expect(world.rooms.wishes).toEqual([]);
  expect(await bans()).toEqual([]);
});

test('a browser is banned as the person of its feed: no feed, no way back with it', async () => {
  const mallory = await newPerson(world, meeting);
  const row = somebody(3, { via: 'browser', number: '', personId: mallory.personId });
  world.rooms.tell(arrival(meeting.id, row));
  const events = `${world.api.url}/api/v1/events`;
  const feed = new TestFeed(events, { token: mallory.feedToken });
  const other = new TestFeed(events, { token: (await newPerson(world, meeting)).feedToken });
  await feed.heard(1);
  await other.heard(1);
  expect((await ban(row.id)).status).toBe(202);
  expect(await feed.closed).toBe(4403);
  expect(other.socket.readyState).toBe(other.socket.OPEN);
  other.close();
  const headers = { authorization: `Bearer ${mallory.feedToken}` };
  const rows = await request(world.api.url).get(`/api/v1${room}/participants`).set(headers);
  expect([rows.status, rows.body]).toMatchObject([403, { detail: /banned you/ as never }]);
  const link = world.parts.views.show(meeting, 0).joinUrl.split('/join/')[1] ?? '';
  const again = await request(world.api.url)
    .post(`/api/v1/tickets/${link}/softphone`)
    .set(headers)
    .send({ name: 'Mallory' });
  expect(again.status).toBe(403);
  expect(await admit({ personId: mallory.personId })).toMatchObject({ why: 'banned' });
});

test('a personal link of somebody banned opens nothing more', async () => {
  const wish = { name: 'Mallory', role: 'participant', personId: 'm' } as const;
  const { joinUrl } = await world.parts.tickets.personal(meeting, wish);
  await world.parts.bans.add(meeting.id, { name: 'Mallory', marks: wish, by: 'console' });
  const answered = await request(world.api.url)
    .post(`/api/v1/tickets/${joinUrl.split('/join/')[1] ?? ''}/softphone`)
    .send({ name: 'Mallory' });
  expect(answered.status).toBe(403);
});

test('an ended meeting bans nobody', async () => {
  await world.parts.meetings.end(meeting.id);
  expect((await ban()).status).toBe(409);
});

test('when the switch does not remove them now, they are banned all the same', async () => {
  world.rooms.outcome = { ok: false, reason: 'switch-unavailable', detail: 'Not connected.' };
  expect((await ban()).status).toBe(503);
  expect(await bans()).toHaveLength(1);
});
