import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY } from '../support/meetings.ts';

let world: TestApi;
beforeEach(async () => {
  world = await startTestApi();
});
afterEach(() => world.stop());

function logIn(key: string, headers: Record<string, string> = {}) {
  return request(world.api.url).post('/api/v1/session').set(headers).send({ key });
}

/** Who is signed in, as the answer to somebody with these headers says. */
async function shown(headers: Record<string, string>): Promise<unknown> {
  const answered = await request(world.api.url).get('/api/v1/session').set(headers);
  expect(answered.status).toBe(200);
  return answered.body as unknown;
}

async function cookie(): Promise<string> {
  const { headers } = await logIn(ADMIN_KEY);
  return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

/** Neither recording nor calls to numbers, unless the settings say so. */
const NOTHING = { recording: false, callsToNumbers: false };
/** Nobody is signed in, and nobody has an account yet. */
const OUT = { signedIn: false, ways: { setup: true } };

test('the key opens a session of 12 hours in a cookie that no script reads', async () => {
  const answered = await logIn(ADMIN_KEY);
  expect(answered.status).toBe(200);
  const set = answered.headers['set-cookie']?.[0] ?? '';
  expect(set).toMatch(
    /^partyline_session=s1\.[\w.-]+; Max-Age=43200; Path=\/; .*HttpOnly; SameSite=Strict$/,
  );
  const expiresAt = new Date(world.clock.now() + 12 * 3_600_000).toISOString();
  expect(answered.body).toEqual({ signedIn: true, role: 'owner', offers: NOTHING, expiresAt });
  const headers = { cookie: set.split(';')[0] ?? '' };
  expect(await shown(headers)).toEqual(answered.body);
  world.clock.pass(12 * 3_600_000);
  expect(await shown(headers)).toEqual(OUT);
});

test('who shows nothing, or a link to a meeting, is told that nobody is signed in', async () => {
  const { feedToken } = await newPerson(world, await newMeeting(world), 'moderator');
  expect(await shown({})).toEqual(OUT);
  expect(await shown({ authorization: `Bearer ${feedToken}` })).toEqual(OUT);
  expect(await shown(BEARER)).toEqual({ signedIn: true, role: 'owner', offers: NOTHING });
});

test('where people come over https the cookie is for https alone', async () => {
  const tls = await startTestApi({ publicUrl: () => 'https://meet.example' });
  const answered = await request(tls.api.url).post('/api/v1/session').send({ key: ADMIN_KEY });
  expect(answered.headers['set-cookie']?.[0]).toContain('; Secure');
  await tls.stop();
});

test('signing out ends the session, not only the cookie', async () => {
  const held = await cookie();
  const headers = { cookie: held, 'sec-fetch-site': 'same-origin' };
  const out = await request(world.api.url).delete('/api/v1/session').set(headers);
  expect(out.status).toBe(204);
  expect(out.headers['set-cookie']?.[0]).toContain('partyline_session=;');
  expect((await request(world.api.url).get('/api/v1/meetings').set(headers)).status).toBe(401);
});

test('the sixth wrong key in 15 minutes is not looked at, nor is the right one, until they pass', async () => {
  for (let n = 0; n < 5; n++) expect((await logIn(`wrong-${n}`)).status).toBe(401);
  const refused = await logIn(ADMIN_KEY);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
  expect(refused.headers['set-cookie']).toBeUndefined();
  world.clock.pass(15 * 60_000);
  expect((await logIn(ADMIN_KEY)).status).toBe(200);
});

test('right keys count for nothing', async () => {
  for (let n = 0; n < 10; n++) expect((await logIn(ADMIN_KEY)).status).toBe(200);
});

describe('a page of another site', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    {},
  ];
  test.each(foreign)('%j changes nothing with the visitor’s cookie', async (headers) => {
    const held = await cookie();
    const { id } = await newMeeting(world);
    const answered = await request(world.api.url)
      .post(`/api/v1/meetings/${id}/end`)
      .set({ ...headers, cookie: held } as Record<string, string>);
    expect([answered.status, answered.body]).toMatchObject([
      403,
      { type: 'urn:partyline:problem:foreign-origin' },
    ]);
    expect((await world.parts.meetings.get(id))?.endedAtMs).toBeUndefined();
  });

  test('cannot sign its visitor in either', async () => {
    expect((await logIn(ADMIN_KEY, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('our own page may, by either sign', async () => {
    const held = await cookie();
    for (const headers of [{ origin: world.api.url }, { 'sec-fetch-site': 'same-origin' }]) {
      const answered = await request(world.api.url)
        .post('/api/v1/meetings')
        .set({ ...headers, cookie: held } as Record<string, string>)
        .send({ name: 'Own' });
      expect(answered.status).toBe(201);
    }
  });
});

test('too many requests are refused with when to come back; others are not touched', async () => {
  const small = await startTestApi({ limits: { perToken: 1_000, perAddress: 1 } });
  const get = () => request(small.api.url).get('/api/v1/tickets/x');
  for (let n = 0; n < 10; n++) expect((await get()).status).toBe(404);
  const refused = await get();
  expect(refused.status).toBe(429);
  expect(refused.type).toBe('application/problem+json');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.headers.ratelimit).toContain('r=0');
  const admin = await request(small.api.url)
    .get('/api/v1/meetings')
    .set('authorization', `Bearer ${ADMIN_KEY}`);
  expect(admin.status).toBe(200);
  await small.stop();
});
