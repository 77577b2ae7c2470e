import fc from 'fast-check';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { OPERATIONS } from '../../api/operations/all.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { BEARER, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
const row = somebody(1, { personId: 'ada' });

beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
});

test('no body, however odd, makes the server fail', { timeout: 60_000 }, async () => {
  const writes = OPERATIONS.filter(({ body, path: where }) => body && where !== '/session');
  const word = fc.constantFrom(
    'name',
    'role',
    'muted',
    'volume',
    'extension',
    '__proto__',
    'locked',
    'action',
    'number',
    'account',
    'server',
    'numbers',
    'addresses',
    'startsAt',
    'entrySoundsUpTo',
  );
  const value = fc.jsonValue({ maxDepth: 3 });
  const odd = fc.oneof(value, fc.dictionary(fc.oneof(word, fc.string()), value));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), odd, async ({ method, path: where }, body) => {
      const filled = where
        .replace('{id}', meeting.id)
        .replace('{pid}', row.id)
        .replace('{ticket}', 'x')
        .replace('{username}', 'nobody')
        .replace('{name}', 'nobody');
      const answered = await request(world.api.url)
        [method](`/api/v1${filled}`)
        .set({ ...BEARER, 'content-type': 'application/json' })
        .send(JSON.stringify(body));
      expect(answered.status).toBeLessThan(500);
    }),
    { seed: 20261122, numRuns: 400 },
  );
  expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('our own mistake is answered by a number that one log line has too, and by nothing else', async () => {
  const broken = await startTestApi({
    ready: () => {
      throw new Error('secret inside');
    },
  });
  const answered = await request(broken.api.url).get('/readyz');
  expect([answered.status, answered.type]).toEqual([500, 'application/problem+json']);
  expect(answered.text).not.toContain('secret');
  const told = broken.lines.filter(({ level }) => level === 'error');
  expect(told).toHaveLength(1);
  expect(answered.text).toContain(String(told[0]?.fields.id));
  await broken.stop();
});

test('the document describes every operation with schemas, and needs no key', async () => {
  const answered = await request(world.api.url).get('/api/v1/openapi.json');
  const body = answered.body as Document;
  expect(body.openapi).toBe('3.1.0');
  for (const { method, path: where } of OPERATIONS)
    expect(body.paths[where]).toHaveProperty(method);
  const wish = body.paths['/meetings']?.post?.requestBody.content['application/json'].schema;
  expect(wish).toMatchObject({ additionalProperties: false, required: ['name'] });
});

test('no log line of all these tests holds a key, a code, a ticket or a number', async () => {
  const view = world.parts.views.show(meeting, 0);
  await request(world.api.url).get(view.joinUrl.replace('http://127.0.0.1:8080', ''));
  await request(world.api.url).get(`/api/v1/tickets/${view.joinUrl.split('/join/')[1] ?? ''}`);
  const text = JSON.stringify(world.lines);
  expect(world.lines.length).toBeGreaterThan(10);
  for (const secret of [BEARER.authorization.slice(7), meeting.codes.join, 't1.', '+4930'])
    expect(text).not.toContain(secret);
});

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { requestBody: { content: { 'application/json': { schema: object } } } }>
  >;
}
