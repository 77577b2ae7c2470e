import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { HouseBanView } from '../../protocol/http/views.ts';
import type { Visitor } from '../../protocol/call/admission.ts';
import { ask, newMeeting, newPerson, startTestApi, TestFeed } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const NUMBER = '+4930901234';
let world: TestApi;
let meeting: Meeting;

beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
  await world.parts.accounts.create('desk', 'Front desk');
});
afterAll(() => world.stop());
beforeEach(async () => {
  for (const { id } of await listed()) await ask(world, 'delete', `/bans/${id}`);
  meeting = await newMeeting(world);
  world.rooms.wishes.length = 0;
  world.rooms.identities.clear();
});

const listed = async () => (await ask(world, 'get', '/bans')).body as HouseBanView[];
const vouched = (more: Partial<CallIdentity>): CallIdentity => ({
  destination: { kind: 'meeting', room: meeting.id, role: 'participant' },
  via: 'phone',
  name: 'Caller',
  number: '',
  source: '192.0.2.1',
  ...more,
});

/** What the bridge is told when such a caller is at the meeting's door. */
async function atTheDoor(who: Partial<CallIdentity>, at = meeting) {
  const visitor: Visitor = {
    room: at.id,
    role: 'participant',
    who: vouched(who),
    people: 0,
    moderatorInside: false,
    admitted: false,
  };
  const { admissions } = world.parts;
  const answer = await admissions.admit(visitor);
  return answer.kind === 'refuse' ? answer.why : answer.kind;
}

test('a number that the house bans comes into no meeting, however it was typed, until it is lifted', async () => {
  expect(await atTheDoor({ number: NUMBER })).toBe('join');
  const made = await ask(world, 'post', '/bans', { number: '0049 (0)30 90-1234' });
  expect([made.status, made.body]).toMatchObject([201, { name: 'Telephone', number: '+49…1234' }]);
  expect(await atTheDoor({ number: NUMBER })).toBe('banned');
  expect(await atTheDoor({ number: NUMBER }, await newMeeting(world))).toBe('banned');
  expect(await atTheDoor({ number: '+4930901235' })).toBe('join');
  const { id } = made.body as HouseBanView;
  expect((await ask(world, 'delete', `/bans/${id}`)).status).toBe(204);
  expect(await atTheDoor({ number: NUMBER })).toBe('join');
  expect((await ask(world, 'delete', `/bans/${id}`)).status).toBe(404);
});

test('a ban for a time ends by itself', async () => {
  const until = new Date(world.clock.now() + 60_000).toISOString();
  const made = await ask(world, 'post', '/bans', { account: 'desk', until });
  expect(made.body).toMatchObject({ name: 'Front desk', until });
  expect(await atTheDoor({ account: 'desk' })).toBe('banned');
  world.clock.pass(60_000);
  expect(await atTheDoor({ account: 'desk' })).toBe('join');
  expect(await listed()).toEqual([]);
});

test('all bans are in one list with their meetings, and any is lifted there', async () => {
  const { bans } = world.parts;
  await bans.add(meeting.id, { name: 'Mallory', marks: { number: NUMBER }, by: 'Grace' });
  world.clock.pass(1_000);
  await ask(world, 'post', '/bans', { account: 'desk', name: 'Nobody’s phone' });
  const all = await listed();
  expect(all).toMatchObject([
    { name: 'Nobody’s phone', by: 'program' },
    { name: 'Mallory', by: 'Grace', meeting: { id: meeting.id, name: 'Standup' } },
  ]);
  expect(all[0]).not.toHaveProperty('meeting');
  expect(JSON.stringify(all)).not.toContain(NUMBER);
  await ask(world, 'delete', `/bans/${all[1]?.id}`);
  expect(await bans.list(meeting.id)).toEqual([]);
  expect(await listed()).toHaveLength(1);
});

test('whoever is in a meeting is hung up; who only looks alike stays', async () => {
  const guilty = somebody(1, { number: '+49…1234' });
  const alike = somebody(2, { number: '+49…1234' });
  for (const row of [guilty, alike]) world.rooms.tell(arrival(meeting.id, row));
  world.rooms.identities.set(guilty.id, vouched({ number: NUMBER }));
  world.rooms.identities.set(alike.id, vouched({ number: '+4940771234' }));
  await ask(world, 'post', '/bans', { number: NUMBER });
  expect(world.rooms.wishes).toEqual([
    { kind: 'remove', room: meeting.id, id: guilty.id, banned: true },
  ]);
});

test('a person with an account is banned in the browser too: their call, their feed, their link', async () => {
  const made = await world.parts.people.known.create({
    name: 'Mallory',
    role: 'participant',
    login: 'mallory',
  });
  const personId = made?.id ?? '';
  const ticket = { kind: 'ticket', room: meeting.id, role: 'participant' } as const;
  const grant = await world.parts.tickets.softphone(
    { ...ticket, person: { id: personId, name: 'Mallory' } },
    '',
  );
  const events = `${world.api.url}/api/v1/events`;
  const feed = new TestFeed(events, { token: grant.feedToken });
  const other = new TestFeed(events, { token: (await newPerson(world, meeting)).feedToken });
  await feed.heard(1);
  await other.heard(1);
  const row = somebody(3, { via: 'browser', number: '', personId });
  world.rooms.tell(arrival(meeting.id, row));
  expect((await ask(world, 'post', '/bans', { person: personId })).status).toBe(201);
  expect(world.rooms.wishes).toMatchObject([{ kind: 'remove', id: row.id }]);
  expect(await feed.closed).toBe(4403);
  expect(other.socket.readyState).toBe(other.socket.OPEN);
  other.close();
  const rows = await request(world.api.url)
    .get(`/api/v1/meetings/${meeting.id}/participants`)
    .set({ authorization: `Bearer ${grant.feedToken}` });
  expect(rows.status).toBe(403);
});

const REFUSED = [
  [{}, undefined],
  [{ number: NUMBER, account: 'desk' }, undefined],
  [{ number: '203' }, 'number'],
  [{ number: '030 901234' }, 'number'],
  [{ account: 'nobody' }, 'account'],
  [{ account: '../x' }, 'account'],
  [{ person: 'p-nobody' }, 'person'],
  [{ number: NUMBER, until: '2020-01-01T00:00:00Z' }, 'until'],
  [{ number: NUMBER, until: 'soon' }, 'until'],
] as const;
test.each(REFUSED)('%j is refused by the name of the field', async (wish, field) => {
  const refused = await ask(world, 'post', '/bans', wish);
  expect([refused.status, (refused.body as { field?: string }).field]).toEqual([400, field]);
  expect(await listed()).toEqual([]);
});

test('who waits before a door is looked at again, in every open meeting', async () => {
  const told: string[] = [];
  const stop = world.parts.admissions.subscribe((room) => told.push(room));
  await ask(world, 'post', '/bans', { account: 'desk' });
  await expect.poll(() => told).toContain(meeting.id);
  stop();
});
