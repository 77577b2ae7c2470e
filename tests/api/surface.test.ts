import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../api/operations/all.ts';
import { ask, BEARER, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

let world: TestApi;
let room: string;
beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
  room = `/meetings/${(await newMeeting(world)).id}`;
});
afterAll(() => world.stop());

test.each(OPERATIONS.map(({ method, path }) => [method, path] as const))(
  '%s %s refuses a parameter that it does not have',
  async (method, path) => {
    const filled = path.replace('{id}', room.slice(10)).replace(/\{\w+\}/g, 'x');
    const answered = await ask(world, method, `${filled}?nonsense=1`);
    expect(answered.body).toMatchObject({ status: 400, field: 'nonsense' });
  },
);

test('every address says what may be done there', async () => {
  for (const path of new Set(OPERATIONS.map((each) => each.path))) {
    const filled = path.replace(/\{\w+\}/g, 'x');
    const answered = await request(world.api.url).options(`/api/v1${filled}`);
    const own = OPERATIONS.filter((each) => each.path === path);
    expect(answered.status).toBe(204);
    for (const { method } of own) expect(answered.headers.allow).toContain(method.toUpperCase());
  }
});

test('HEAD answers as GET does, without the body', async () => {
  const answered = await request(world.api.url).head(`/api/v1${room}`).set(BEARER);
  const got = await ask(world, 'get', room);
  expect([answered.status, answered.text, answered.headers.etag]).toEqual([
    200,
    undefined,
    got.headers.etag,
  ]);
});

test('all that is wrong with a body is told at once, each with a pointer and what to do', async () => {
  const answered = await ask(world, 'post', '/meetings', {
    name: '',
    extension: '1',
    'a/b~c': 1,
  });
  const { errors } = answered.body as { errors: { pointer: string; detail: string }[] };
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    '#/a~1b~0c',
    '#/extension',
    '#/name',
  ]);
  expect(errors.find(({ pointer }) => pointer === '#/extension')?.detail).toBe(
    '"extension" must be 2 to 6 digits.',
  );
});

test('a limit that is reached says when to come again', async () => {
  const narrow = await startTestApi({ limits: { perToken: 1, perAddress: 1 } });
  const answers = [];
  for (let count = 0; count < 12; count++)
    answers.push(await request(narrow.api.url).get('/api/v1/session').set(BEARER));
  await narrow.stop();
  const [first, last] = [answers[0], answers.at(-1)];
  expect(first?.headers.ratelimit).toMatch(/^"10-in-10sec"; r=9; t=\d+$/);
  expect(first?.headers['ratelimit-policy']).toMatch(/^"10-in-10sec"; q=10; w=10/);
  expect(last?.status).toBe(429);
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
});
