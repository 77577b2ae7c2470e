import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntryView } from '../../protocol/http/audit.ts';
import type { KeyView, PersonView, SignedInView } from '../../protocol/http/people.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { ask, BEARER, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY } from '../support/meetings.ts';

const PASSWORD = 'correct horse battery';
const FRESH = 'staple of another kind';
const OURS = { 'sec-fetch-site': 'same-origin' };

let world: TestApi;
beforeEach(async () => {
  world = await startTestApi();
});
afterEach(() => world.stop());

function cookieOf(answered: request.Response): string {
  return (answered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

function setUp(headers: Record<string, string> = {}) {
  const body = { key: ADMIN_KEY, login: 'ada', name: 'Ada', password: PASSWORD };
  return request(world.api.url).post('/api/v1/setup').set(headers).send(body);
}

function signIn(body: object, headers: Record<string, string> = {}) {
  return request(world.api.url).post('/api/v1/session').set(headers).send(body);
}

function as(
  cookie: string,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body?: object,
) {
  const asked = request(world.api.url)
    [method](`/api/v1${path}`)
    .set({ ...OURS, cookie });
  return body ? asked.send(body) : asked;
}

async function add(login: string, role: string): Promise<{ id: string; cookie: string }> {
  const made = (await ask(world, 'post', '/people', { login, name: login, role }))
    .body as PersonView;
  const password = made.oneTimePassword ?? '';
  const answered = await signIn({ login, password, newPassword: FRESH });
  expect(answered.status).toBe(200);
  return { id: made.id, cookie: cookieOf(answered) };
}

test('the first account is made once with the admin key, and is in', async () => {
  const answered = await setUp();
  expect([answered.status, answered.body]).toMatchObject([201, { name: 'Ada', role: 'owner' }]);
  expect((await as(cookieOf(answered), 'get', '/people')).status).toBe(200);
  expect((await setUp()).status).toBe(409);
  expect((await request(world.api.url).get('/api/v1/session')).body).toEqual({
    signedIn: false,
    ways: { setup: false },
  });
});

test('somebody added signs in once with the one-time password and a new one, then with that', async () => {
  const made = await ask(world, 'post', '/people', {
    login: 'ben',
    name: 'Ben',
    role: 'moderator',
  });
  const { oneTimePassword: password, id } = made.body as PersonView;
  const first = await signIn({ login: 'ben', password });
  expect([first.status, first.body]).toMatchObject([409, { field: 'newPassword' }]);
  expect(first.headers['set-cookie']).toBeUndefined();
  expect((await signIn({ login: 'ben', password, newPassword: 'short' })).body).toMatchObject({
    status: 400,
    field: 'newPassword',
  });
  expect((await signIn({ login: 'ben', password, newPassword: FRESH })).body).toMatchObject({
    role: 'moderator',
    personId: id,
  });
  expect((await ask(world, 'get', `/people/${id}`)).body).not.toHaveProperty('oneTimePassword');
  expect((await signIn({ login: 'Ben', password: FRESH })).status).toBe(200);
});

test('nobody learns by the answer whether a name exists', async () => {
  await setUp();
  const [wrong, unknown] = [
    await signIn({ login: 'ada', password: 'wrong' }),
    await signIn({ login: 'eve', password: 'wrong' }),
  ];
  expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
});

test.each([
  ['nothing', {}],
  ['a name without a password', { login: 'ada' }],
  ['a key and a name', { key: ADMIN_KEY, login: 'ada', password: PASSWORD }],
])('a sign-in with %s is refused as a bad one', async (_, body) => {
  expect((await signIn(body)).status).toBe(400);
});

test('each sign-in begins a new session and ends the one that the browser brought', async () => {
  const planted = cookieOf(await setUp());
  const next = await signIn({ login: 'ada', password: PASSWORD }, { ...OURS, cookie: planted });
  expect(cookieOf(next)).not.toBe(planted);
  expect((await as(planted, 'get', '/people')).status).toBe(401);
  expect((await as(cookieOf(next), 'get', '/people')).status).toBe(200);
});

test('people see their own sessions and end one of them', async () => {
  const here = cookieOf(await setUp({ 'user-agent': 'Firefox' }));
  const there = cookieOf(
    await signIn({ login: 'ada', password: PASSWORD }, { 'user-agent': 'Phone' }),
  );
  await add('ben', 'observer');
  const listed = (await as(here, 'get', '/me/sessions')).body as SignedInView[];
  expect(listed.map(({ userAgent, current }) => [userAgent, current]).sort()).toEqual([
    ['Firefox', true],
    ['Phone', false],
  ]);
  const other = listed.find(({ current }) => !current)?.id ?? '';
  expect((await as(here, 'delete', `/me/sessions/${other}`)).status).toBe(204);
  expect((await as(there, 'get', '/me/sessions')).status).toBe(401);
  expect((await as(here, 'delete', `/me/sessions/${other}`)).status).toBe(404);
});

test('a changed password keeps who changed it in, with a new session, and nobody else', async () => {
  const here = cookieOf(await setUp());
  const there = cookieOf(await signIn({ login: 'ada', password: PASSWORD }));
  const wrong = await as(here, 'post', '/me/password', { password: 'no', newPassword: FRESH });
  expect([wrong.status, wrong.body]).toMatchObject([401, { field: 'password' }]);
  const changed = await as(here, 'post', '/me/password', {
    password: PASSWORD,
    newPassword: FRESH,
  });
  expect(changed.status).toBe(200);
  for (const old of [here, there]) expect((await as(old, 'get', '/me/sessions')).status).toBe(401);
  expect((await as(cookieOf(changed), 'get', '/me/sessions')).status).toBe(200);
});

describe('a page of another site', () => {
  const writes = [
    ['post', '/people', { login: 'eve', name: 'Eve', role: 'owner' }],
    ['post', '/keys', { name: 'Eve', scopes: ['people:admin'] }],
    ['post', '/me/password', { password: PASSWORD, newPassword: FRESH }],
    ['delete', '/me/sessions/x', undefined],
    ['delete', '/session', undefined],
  ] as const;
  test.each(writes)('does not %s %s with its visitor’s cookie', async (method, path, body) => {
    const cookie = cookieOf(await setUp());
    for (const sign of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ]) {
      const asked = request(world.api.url)[method](`/api/v1${path}`);
      const answered = await asked.set({ ...sign, cookie } as Record<string, string>).send(body);
      expect([answered.status, answered.body]).toMatchObject([
        403,
        { type: 'urn:partyline:problem:foreign-origin' },
      ]);
    }
    expect((await world.parts.people.known.list()).length).toBe(1);
    expect((await as(cookie, 'get', '/me/sessions')).status).toBe(200);
  });

  test('makes no first account', async () => {
    expect((await setUp({ origin: 'https://evil.example' })).status).toBe(403);
    expect(await world.parts.people.known.list()).toEqual([]);
  });
});

test('owners do not lock themselves out by a slip of the hand', async () => {
  const cookie = cookieOf(await setUp());
  const [ada] = await world.parts.people.known.list();
  const path = `/people/${ada?.id}`;
  for (const change of [{ role: 'observer' }, { disabled: true }])
    expect((await as(cookie, 'patch', path, change)).status).toBe(409);
  expect((await as(cookie, 'delete', path)).status).toBe(409);
  expect((await as(cookie, 'patch', path, { name: 'Ada L.' })).body).toMatchObject({
    name: 'Ada L.',
  });
});

test('moderators see names and roles of people, and nothing more', async () => {
  const { cookie, id } = await add('ben', 'moderator');
  expect((await as(cookie, 'get', '/people')).body).toEqual([
    { id, name: 'ben', role: 'moderator' },
  ]);
});

test('moderators list their own meetings; who makes one owns it and names others', async () => {
  const ben = await add('ben', 'moderator');
  const cleo = await add('cleo', 'participant');
  await newMeeting(world, { name: 'Not theirs' });
  const members = [{ personId: cleo.id, role: 'participant' }];
  const made = await as(ben.cookie, 'post', '/meetings', { name: 'Theirs', members });
  expect(made.body).toMatchObject({ owner: ben.id, members });
  const listed = (await as(ben.cookie, 'get', '/meetings')).body as MeetingView[];
  expect(listed.map(({ name }) => name)).toEqual(['Theirs']);
  const unknown = [{ personId: 'p-aaaaaaaaaaaaaaaa', role: 'moderator' }];
  const refused = await as(ben.cookie, 'post', '/meetings', { name: 'X', members: unknown });
  expect([refused.status, refused.body]).toMatchObject([400, { field: 'members.0.personId' }]);
});

test('participants find the meetings that name them, and get their own way in', async () => {
  const cleo = await add('cleo', 'participant');
  const members = [{ personId: cleo.id, role: 'participant' }] as const;
  const meeting = await newMeeting(world, { members });
  const other = await newMeeting(world);
  expect((await as(cleo.cookie, 'get', '/me/meetings')).body).toMatchObject([{ id: meeting.id }]);
  const ticket = await as(cleo.cookie, 'post', `/me/meetings/${meeting.id}/ticket`);
  const text = (ticket.body as { joinUrl: string }).joinUrl.split('/join/')[1] ?? '';
  expect(await world.parts.tickets.check(text)).toMatchObject({
    ok: true,
    ticket: { role: 'participant', person: { id: cleo.id, name: 'cleo' } },
  });
  expect((await as(cleo.cookie, 'post', `/me/meetings/${other.id}/ticket`)).status).toBe(404);
  await world.parts.meetings.end(meeting.id);
  expect((await as(cleo.cookie, 'post', `/me/meetings/${meeting.id}/ticket`)).status).toBe(410);
  expect((await as(cleo.cookie, 'get', '/me/meetings')).body).toEqual([]);
});

test('observers read a meeting without its codes and links', async () => {
  const { cookie } = await add('olga', 'observer');
  const { id, codes } = await newMeeting(world);
  for (const path of ['/meetings', `/meetings/${id}`]) {
    const { text } = await as(cookie, 'get', path);
    expect(text).toContain(id);
    for (const secret of [codes.join, codes.moderator, '/join/'])
      expect(text).not.toContain(secret);
  }
});

test('a key is shown once; owners see and revoke everybody’s, others their own', async () => {
  const owner = cookieOf(await setUp());
  const { cookie } = await add('ben', 'moderator');
  const wish = { name: 'Calendar', scopes: ['meetings:read', 'meetings:read'] };
  const made = (await as(cookie, 'post', '/keys', wish)).body as KeyView;
  expect(made.scopes).toEqual(['meetings:read']);
  const shown = await request(world.api.url)
    .get('/api/v1/meetings')
    .set('authorization', `Bearer ${made.key}`);
  expect(shown.status).toBe(200);
  await ask(world, 'post', '/keys', { name: 'House', scopes: ['system:read'] });
  const listed = await as(cookie, 'get', '/keys');
  expect((listed.body as KeyView[]).map(({ name }) => name)).toEqual(['Calendar']);
  expect(listed.text).not.toContain(made.key);
  const all = (await as(owner, 'get', '/keys')).body as KeyView[];
  expect(all.map(({ name }) => name).sort()).toEqual(['Calendar', 'House']);
  const house = all.find(({ name }) => name === 'House')?.id ?? '';
  expect((await as(cookie, 'delete', `/keys/${house}`)).status).toBe(404);
  expect((await as(owner, 'delete', `/keys/${made.id}`)).status).toBe(204);
  const past = { ...wish, expiresAt: '2020-01-01T00:00:00Z' };
  expect((await as(cookie, 'post', '/keys', past)).body).toMatchObject({ field: 'expiresAt' });
});

test('no password, key or one-time password is in any log line', async () => {
  await setUp();
  const { cookie } = await add('ben', 'moderator');
  const made = await as(cookie, 'post', '/keys', { name: 'Key', scopes: ['meetings:read'] });
  const lines = JSON.stringify(world.lines) + JSON.stringify(await world.parts.audit.read(1, 100));
  for (const secret of [PASSWORD, FRESH, ADMIN_KEY, (made.body as KeyView).key ?? 'none'])
    expect(lines).not.toContain(secret);
  expect((await request(world.api.url).get('/api/v1/audit').set(BEARER)).text).toContain(
    'POST /keys',
  );
});

test('a telephone that stays open is told of once a sign-in, not at every renewal', async () => {
  const { cookie } = await add('ada', 'participant');
  const opened = async () => {
    const acts = (await ask(world, 'get', '/audit')).body as AuditEntryView[];
    return acts.filter(({ act }) => act === 'POST /me/phone').length;
  };
  const open = () => as(cookie, 'post', '/me/phone', {});
  expect((await open()).status).toBe(201);
  expect(await opened()).toBe(1);
  world.clock.pass(10 * 60_000);
  await open();
  world.clock.pass(10 * 60_000);
  await open();
  expect(await opened()).toBe(1);
  world.clock.pass(20 * 60_000);
  await open();
  expect(await opened()).toBe(2);
  expect((await as(cookie, 'post', '/me/phone', { name: 'x' })).status).toBe(400);
  expect(await opened()).toBe(3);
});
