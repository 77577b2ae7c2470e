import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlarmView } from '../../protocol/http/views.ts';
import { ask, newMeeting, newPerson, startTestApi, TestFeed } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY, START_MS, TestTimers } from '../support/meetings.ts';

let world: TestApi;
let timers: TestTimers;
beforeEach(async () => {
  timers = new TestTimers();
  world = await startTestApi({}, { after: timers.after });
});
afterEach(() => world.stop());

const fill = async (source = '+4930901234') => {
  for (let n = 0; n < 6; n++) await world.parts.admissions.byCode(`123456789${n}`, source);
};
const alarms = async () => (await ask(world, 'get', '/alarms')).body as AlarmView[];

test('they are listed, masked, with when and how many', async () => {
  expect(await alarms()).toEqual([]);
  await fill();
  expect(await alarms()).toMatchObject([
    {
      kind: 'caller',
      who: '+49…1234',
      since: new Date(START_MS).toISOString(),
      until: new Date(START_MS + 900_000).toISOString(),
      count: 2,
    },
  ]);
});

test('deleting one forgives the caller', async () => {
  const { codes } = await newMeeting(world);
  await fill();
  const [{ id } = { id: '' }] = await alarms();
  expect((await ask(world, 'delete', `/alarms/${id}`)).status).toBe(204);
  expect(await alarms()).toEqual([]);
  expect(await world.parts.admissions.byCode(codes.join, '+4930901234')).toMatchObject({
    kind: 'meeting',
  });
  for (const gone of [id, 'x', '..%2fkeys'])
    expect((await ask(world, 'delete', `/alarms/${gone}`)).status).toBe(404);
});

test('those who run everything are told within a second, others are not', async () => {
  const meeting = await newMeeting(world);
  const chair = await newPerson(world, meeting, 'moderator');
  const events = `${world.api.url}/api/v1/events`;
  const all = new TestFeed(events, { token: ADMIN_KEY });
  const one = new TestFeed(events, { token: chair.feedToken });
  const [snapshot] = await all.heard(1);
  await one.heard(1);
  await fill();
  timers.pass(1_000);
  const [, told] = await all.heard(2);
  expect(told).toEqual({ kind: 'alarms-updated', seq: (snapshot?.seq ?? 0) + 1 });
  await world.parts.meetings.change(meeting.id, { name: 'New' });
  await all.heard(3);
  expect(one.messages).toHaveLength(1);
  all.close();
  one.close();
});

test('however many tries a second, they are written and told once', async () => {
  const feed = new TestFeed(`${world.api.url}/api/v1/events`, { token: ADMIN_KEY });
  await feed.heard(1);
  for (let n = 0; n < 5; n++) await fill(`192.0.2.${n}`);
  expect(timers.waiting).toEqual([1_000]);
  timers.pass(1_000);
  await feed.heard(2);
  // Five callers, and the range of codes that they share.
  expect(await alarms()).toHaveLength(5 + 1);
  expect(feed.messages).toHaveLength(2);
  feed.close();
});
