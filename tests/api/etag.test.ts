import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let path: string;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  path = `/meetings/${meeting.id}`;
});

async function tag(): Promise<string> {
  return String((await ask(world, 'get', path)).headers.etag);
}

test('a meeting that did not change is not sent again', async () => {
  const seen = await tag();
  expect(seen).toMatch(/^"[\w-]{16}\.[\w-]{16}"$/);
  const again = await ask(world, 'get', path).set('If-None-Match', seen);
  expect([again.status, again.text]).toEqual([304, '']);
});

test('a newcomer changes what is shown, so the tag is another', async () => {
  const before = await tag();
  world.rooms.tell(arrival(meeting.id, somebody(1)));
  expect(await tag()).not.toBe(before);
});

test('a change by the tag one saw is taken, and refused once somebody else changed it', async () => {
  const seen = await tag();
  const first = await ask(world, 'patch', path, { name: 'Mine' }).set('If-Match', seen);
  expect([first.status, first.headers.etag]).toEqual([200, await tag()]);
  const second = await ask(world, 'patch', path, { name: 'Theirs' }).set('If-Match', seen);
  expect(second.body).toMatchObject({ status: 412, type: 'urn:partyline:problem:changed' });
  expect((await world.parts.meetings.get(meeting.id))?.name).toBe('Mine');
});

test('who came in meanwhile is no reason to refuse a change', async () => {
  const seen = await tag();
  world.rooms.tell(arrival(meeting.id, somebody(1)));
  expect((await ask(world, 'patch', path, { lobby: true }).set('If-Match', seen)).status).toBe(200);
});

test('ending and deleting go by the tag too', async () => {
  const seen = await tag();
  await ask(world, 'patch', path, { name: 'Other' });
  for (const asked of [ask(world, 'delete', path), ask(world, 'post', `${path}/end`)])
    expect((await asked.set('If-Match', seen)).status).toBe(412);
  expect((await ask(world, 'delete', path).set('If-Match', await tag())).status).toBe(204);
});

test('a star stands for any, a weak tag and a stranger for none', async () => {
  const seen = await tag();
  const change = (shown: string) =>
    ask(world, 'patch', path, { lobby: false }).set('If-Match', shown);
  expect((await change('*')).status).toBe(200);
  expect((await change(`"x", ${seen}`)).status).toBe(200);
  expect((await change(`W/${seen}`)).status).toBe(412);
  expect((await change('"x"')).status).toBe(412);
});

test('of ten changes by one tag at the same moment one is taken', async () => {
  const seen = await tag();
  const all = Array.from({ length: 10 }, (_, at) =>
    ask(world, 'patch', path, { name: `Number ${at}` }).set('If-Match', seen),
  );
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 412)).toHaveLength(9);
});

test('an extension that a refused change asked for stays free', async () => {
  const seen = await tag();
  await ask(world, 'patch', path, { name: 'Other' });
  const refused = await ask(world, 'patch', path, { extension: '799' }).set('If-Match', seen);
  expect(refused.status).toBe(412);
  expect((await ask(world, 'post', '/meetings', { name: 'A', extension: '799' })).status).toBe(201);
});
