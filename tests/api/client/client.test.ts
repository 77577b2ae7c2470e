import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PartylineClient } from '../../../api/client/client.ts';
import { path, ProblemError } from '../../../api/client/line.ts';
import { OPERATIONS } from '../../../api/operations/all.ts';
import { BEARER, newMeeting, startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

const key = BEARER.authorization.slice('Bearer '.length);
let world: TestApi;
let client: PartylineClient;
let asked: string[] = [];

beforeAll(async () => {
  world = await startTestApi();
  client = new PartylineClient({
    url: world.api.url,
    key,
    fetch: (url, init) => {
      asked.push(`${init.method} ${new URL(url).pathname}`);
      return fetch(url, init);
    },
  });
});
afterAll(() => world.stop());
beforeEach(() => {
  asked = [];
});

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

test('a meeting is made, changed by its tag, ended and deleted', async () => {
  const made = await client.meetings.create({ name: 'Plan', extension: '741' });
  const { value, tag } = await client.meetings.get(made.id);
  expect(value).toMatchObject({ id: made.id, extension: '741' });
  expect(await client.meetings.change(made.id, { lobby: true }, { ifMatch: tag })).toMatchObject({
    lobby: true,
  });
  await expect(
    client.meetings.change(made.id, { lobby: false }, { ifMatch: tag }),
  ).rejects.toMatchObject({ problem: { status: 412 } });
  expect(await client.meetings.end(made.id)).toMatchObject({ state: 'ended' });
  await client.meetings.delete(made.id);
  await expect(client.meetings.get(made.id)).rejects.toThrow(ProblemError);
});

test('what is asked once is done once', async () => {
  const wish = { name: 'Once' };
  const [first, again] = [
    await client.meetings.create(wish, { once: 'of-the-client' }),
    await client.meetings.create(wish, { once: 'of-the-client' }),
  ];
  expect(again.id).toBe(first.id);
});

test('a list is read to its end, a page at a time and no page too many', async () => {
  for (const name of ['Page 1', 'Page 2', 'Page 3']) await client.meetings.create({ name });
  asked = [];
  const names = (await all(client.meetings.each({ name: 'page', limit: 2 }))).map(
    (one) => one.name,
  );
  expect(names.sort()).toEqual(['Page 1', 'Page 2', 'Page 3']);
  expect(asked).toHaveLength(2);
  asked = [];
  for await (const meeting of client.meetings.each({ name: 'page', limit: 2 })) {
    expect(meeting.name).toMatch(/^Page/);
    break;
  }
  expect(asked).toHaveLength(1);
});

test('what is done in a room reaches the switch', async () => {
  const meeting = await newMeeting(world);
  const row = somebody(1, { personId: 'ada' });
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  const room = client.room(meeting.id);
  expect((await all(room.people({ via: 'phone' }))).map(({ id }) => id)).toEqual([row.id]);
  await room.change(row.id, { muted: true, volume: { in: 1 } });
  await room.muteAll();
  await room.unmuteAll();
  await room.lock(true);
  await room.lobby('admit');
  await room.recording('start');
  await room.remove(row.id, { ban: true });
  expect(world.rooms.wishes.map(({ kind }) => kind)).toEqual([
    'set-muted',
    'set-volume',
    'mute-all',
    'unmute-all',
    'set-locked',
    'admit-all',
    'set-recording',
    'remove',
  ]);
  const [ban] = await all(room.bans());
  await room.lift(ban?.id ?? '');
  expect(await all(room.bans())).toEqual([]);
});

test('a refusal is thrown with all that the server said', async () => {
  const problem = await client.meetings.create({ name: '' }).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ProblemError);
  expect(problem).toMatchObject({
    message: '"name" must be 1 to 100 characters, without control characters.',
    problem: { status: 400, errors: [{ pointer: '#/name' }] },
  });
});

test('where no server answers, the problem says so', async () => {
  const nobody = new PartylineClient({
    url: 'http://127.0.0.1:1',
    key,
    fetch: () => Promise.reject(new TypeError('refused')),
  });
  await expect(nobody.house.session()).rejects.toMatchObject({ problem: { status: 0 } });
});

test('an id reaches nothing but what it names', () => {
  expect(path`/meetings/${'../accounts'}/end`).toBe('/meetings/..%2Faccounts/end');
});

test('what the client asks for is all in the document', async () => {
  const bodies: Promise<unknown>[] = [
    all(client.house.accounts()),
    all(client.house.trunks()),
    client.house.alarms(),
    all(client.house.people()),
    all(client.house.keys()),
    client.house.session(),
    client.meetings.opened('x'),
    client.room('m-abcdefghij234567').calls(),
  ];
  await Promise.allSettled(bodies);
  const known = OPERATIONS.map(
    ({ method, path: where }) =>
      new RegExp(`^${method.toUpperCase()} /api/v1${where.replace(/\{\w+\}/g, '[^/]+')}$`),
  );
  expect(asked).toHaveLength(bodies.length);
  for (const each of asked) expect(known.some((pattern) => pattern.test(each))).toBe(true);
});
