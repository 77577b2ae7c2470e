import type { Response } from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newestFirst, oldestFirst, pageOf } from '../../api/paging.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const letters = ['c', 'a', 'e', 'b', 'd'];
const itself = (letter: string) => letter;

test('pages follow one another without a gap or a repeat, in the order of their places', () => {
  const first = pageOf(letters, itself, { limit: 2 });
  const second = pageOf(letters, itself, { limit: 2, cursor: first.next });
  const third = pageOf(letters, itself, { limit: 2, cursor: second.next });
  expect([first.items, second.items, third.items]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(third.next).toBeUndefined();
});

test('an entry that comes or goes between two pages shifts nothing', () => {
  const { next } = pageOf(letters, itself, { limit: 2 });
  const gone = ['a', 'c', 'd', 'e'];
  expect(pageOf(gone, itself, { limit: 2, cursor: next }).items).toEqual(['c', 'd']);
  const come = ['a', 'aa', 'b', 'c', 'd', 'e'];
  expect(pageOf(come, itself, { limit: 2, cursor: next }).items).toEqual(['c', 'd']);
});

test('a cursor that was not ours is refused by its name', () => {
  for (const cursor of ['a', 'YQ==', '____'])
    expect(() => pageOf(letters, itself, { cursor })).toThrow(/"cursor" must be taken/);
});

test('times order as text does, whatever their length', () => {
  expect([oldestFirst(999, 'a'), oldestFirst(1_000, 'a')]).toEqual(
    [oldestFirst(1_000, 'a'), oldestFirst(999, 'a')].sort(),
  );
  expect(newestFirst(1_000, 'b') < newestFirst(999, 'a')).toBe(true);
});

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
  for (const [name, extension] of [
    ['Board', '701'],
    ['Sales', '702'],
    ['Sales Süd', '703'],
  ] as const) {
    world.clock.pass(1_000);
    await newMeeting(world, { name, extension });
  }
});
afterAll(() => world.stop());

async function namesOf(query: string): Promise<string[]> {
  const answered = await ask(world, 'get', `/meetings${query}`);
  expect(answered.status).toBe(200);
  return (answered.body as { name: string }[]).map(({ name }) => name);
}

test('a list of meetings says in its Link header where it goes on, filters kept', async () => {
  const first = await ask(world, 'get', '/meetings?limit=1&name=sales');
  const link = /^<\/api\/v1(\S+)>; rel="next"$/.exec(String(first.headers.link));
  const second = await ask(world, 'get', link?.[1] ?? '');
  const name = (answer: typeof first) => (answer.body as { name: string }[]).map((one) => one.name);
  expect([name(first), name(second)]).toEqual([['Sales Süd'], ['Sales']]);
  expect(second.headers.link).toBeUndefined();
});

test.each([
  ['', ['Sales Süd', 'Sales', 'Board']],
  ['?name=SÜD', ['Sales Süd']],
  ['?extension=701', ['Board']],
  ['?state=ended', []],
  ['?state=open&name=board', ['Board']],
  ['?startsFrom=2020-01-01T00:00:00Z', []],
])('meetings asked for by %s are %j', async (query, names) => {
  expect(await namesOf(query)).toEqual(names);
});

test('meetings of a week are those that start in it', async () => {
  const startsAtMs = Date.parse('2031-03-05T09:00:00Z');
  await newMeeting(world, { name: 'Later', startsAtMs });
  const from = '?startsFrom=2031-03-01T00:00:00Z';
  expect(await namesOf(`${from}&startsBefore=2031-03-08T00:00:00Z`)).toEqual(['Later']);
  expect(await namesOf(`${from}&startsBefore=2031-03-05T09:00:00Z`)).toEqual([]);
});

test.each(['limit=0', 'limit=1001', 'limit=x', 'limit=1.5', 'cursor=%20', 'state=lost', 'name='])(
  'a list asked for with %s is refused by that parameter',
  async (query) => {
    const answered = await ask(world, 'get', `/meetings?${query}`);
    const parameter = query.split('=')[0];
    expect(answered.body).toMatchObject({ status: 400, errors: [{ parameter }] });
  },
);

test('people are listed by how they came, what they are and whether they are muted', async () => {
  const meeting = await newMeeting(world, { name: 'Room' });
  const phone = somebody(1, { via: 'phone', muted: true, joinedAtMs: 2_000 });
  const browser = somebody(2, { via: 'browser', role: 'moderator', joinedAtMs: 1_000 });
  for (const one of [phone, browser]) world.rooms.tell(arrival(meeting.id, one));
  const ids = async (query: string) => {
    const answered = await ask(world, 'get', `/meetings/${meeting.id}/participants${query}`);
    return (answered.body as { id: string }[]).map(({ id }) => id);
  };
  expect(await ids('')).toEqual([browser.id, phone.id]);
  expect(await ids('?via=phone')).toEqual([phone.id]);
  expect(await ids('?role=moderator&muted=false')).toEqual([browser.id]);
  expect(await ids('?muted=true')).toEqual([phone.id]);
  expect(await ids('?state=lobby')).toEqual([]);
});

test('people come by name and keys the newest first, a page at a time', async () => {
  for (const name of ['Zoe', 'ada', 'Ümit', 'Bob']) {
    const login = `${name.replace('Ü', 'u')}.k@example.org`.toLowerCase();
    const wish = { login, name, role: 'observer' };
    expect((await ask(world, 'post', '/people', wish)).status).toBe(201);
    const key = { name, scopes: ['meetings:read'] };
    expect((await ask(world, 'post', '/keys', key)).status).toBe(201);
    world.clock.pass(1_000);
  }
  expect(await followed('/people?limit=3')).toEqual([['ada', 'Bob', 'Zoe'], ['Ümit']]);
  expect(await followed('/keys?limit=2')).toEqual([
    ['Bob', 'Ümit'],
    ['ada', 'Zoe'],
  ]);
});

/** The names on each page. */
async function followed(first: string): Promise<string[][]> {
  const pages: string[][] = [];
  let path: string | undefined = first;
  while (path !== undefined) {
    const answered: Response = await ask(world, 'get', path);
    pages.push((answered.body as { name: string }[]).map(({ name }) => name));
    path = /^<\/api\/v1(\S+)>; rel="next"$/.exec(String(answered.headers.link))?.[1];
  }
  return pages;
}
