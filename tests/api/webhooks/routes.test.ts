import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlarmView } from '../../../protocol/http/views.ts';
import type { DeliveryView, NewWebhookView, WebhookView } from '../../../protocol/http/webhooks.ts';
import { ask, newMeeting, newPerson, startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { TestTimers } from '../../support/meetings.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';
import { HERE, Receiver } from '../../support/webhooks.ts';

let world: TestApi;
let receiver: Receiver;
let url: string;
let timers: TestTimers;
beforeEach(async () => {
  timers = new TestTimers();
  world = await startTestApi({ webhooks: { allow: HERE, after: timers.after } });
  receiver = new Receiver();
  url = await receiver.listen();
});
afterEach(async () => {
  await world.stop();
  await receiver.close();
});

async function made(wish: object = {}): Promise<NewWebhookView> {
  const answer = await ask(world, 'post', '/webhooks', { url, ...wish });
  expect(answer.status).toBe(201);
  return answer.body as NewWebhookView;
}

test('made, it has a secret that is shown once', async () => {
  const { secret, ...hook } = await made({ events: ['participant.joined'] });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(hook).toMatchObject({
    url,
    events: ['participant.joined'],
    state: 'well',
    deliveredTo: 0,
  });
  const listed = await ask(world, 'get', '/webhooks');
  expect(listed.body).toEqual([hook]);
  expect(listed.text).not.toContain(secret);
  expect((await ask(world, 'get', `/webhooks/${hook.id}`)).body).toEqual(hook);
});

test('what happens in a meeting is sent within a moment', async () => {
  await made({ events: ['participant.joined', 'meeting.started'] });
  const { id } = await newMeeting(world);
  world.rooms.tell(arrival(id, somebody(1)));
  const timer = setInterval(() => timers.pass(1_000), 20);
  await receiver.until(() => receiver.numbers.length >= 2);
  clearInterval(timer);
  expect(receiver.received.flatMap((each) => each.events)).toMatchObject([
    { type: 'meeting.started', meeting: id },
    { type: 'participant.joined', data: { participant: { name: 'Caller 1' } } },
  ]);
});

test.each([
  ['http://192.168.0.1/', /private network: see WEBHOOK_ALLOW/],
  ['http://8.8.8.8/', /https address: see WEBHOOK_ALLOW/],
  ['https://169.254.169.254/latest', /private/],
  ['https://me:secret@a.example/', /password/],
  ['ftp://a.example/', /https address/],
  ['nonsense', /https address/],
])('%s is refused with what to do', async (wrong, words) => {
  const answer = await ask(world, 'post', '/webhooks', { url: wrong });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    field: 'url',
    detail: expect.stringMatching(words) as string,
  });
});

test.each([
  { events: ['participant.sneezed'] },
  { events: [] },
  { meetings: ['m-1'] },
  { secret: 'mine' },
  { url: 7 },
])('%o is refused', async (wrong) => {
  expect((await ask(world, 'post', '/webhooks', { url, ...wrong })).status).toBe(400);
});

test('a test says what was answered, and is in the list of tries', async () => {
  const { id } = await made();
  receiver.answer = () => 418;
  const tried = await ask(world, 'post', `/webhooks/${id}/test`);
  expect(tried.body).toMatchObject({ id: '1', delivery: 0, status: 418, ok: false, events: 0 });
  receiver.answer = () => 204;
  await ask(world, 'post', `/webhooks/${id}/test`);
  const tries = (await ask(world, 'get', `/webhooks/${id}/deliveries`)).body as DeliveryView[];
  expect(tries.map(({ id: each, ok }) => [each, ok])).toEqual([
    ['2', true],
    ['1', false],
  ]);
  const first = await ask(world, 'get', `/webhooks/${id}/deliveries?limit=1`);
  expect(first.headers.link).toContain('cursor=2');
  const next = await ask(world, 'get', `/webhooks/${id}/deliveries?limit=1&cursor=2`);
  expect(next.body).toMatchObject([{ id: '1' }]);
  expect(next.headers.link).toBeUndefined();
});

test('a name that leads to this machine is not asked, and the try says so', async () => {
  await world.stop();
  world = await startTestApi({
    webhooks: {
      allow: [],
      after: timers.after,
      resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    },
  });
  const answer = await ask(world, 'post', '/webhooks', { url: 'https://rebound.example/' });
  const { id } = answer.body as WebhookView;
  const tried = await ask(world, 'post', `/webhooks/${id}/test`);
  expect(tried.body).toMatchObject({ ok: false, error: 'not-allowed' });
});

test('rotated, the old secret signs beside the new one for a day', async () => {
  const { id, secret } = await made();
  const rotated = (await ask(world, 'post', `/webhooks/${id}/rotate`)).body as NewWebhookView;
  expect(rotated.secret).not.toBe(secret);
  const signatures = async () => {
    await ask(world, 'post', `/webhooks/${id}/test`);
    return String(receiver.received.at(-1)?.headers['webhook-signature']).split(' ').length;
  };
  expect(await signatures()).toBe(2);
  world.clock.pass(86_400_000);
  expect(await signatures()).toBe(1);
});

test('changed, paused and resumed; null takes a choice away', async () => {
  const { id } = await made({ events: ['participant.left'] });
  const change = async (wish: object) =>
    (await ask(world, 'patch', `/webhooks/${id}`, wish)).body as WebhookView;
  expect((await change({ events: null })).events).toBeUndefined();
  expect(await change({ paused: true })).toMatchObject({ state: 'paused', pausedBecause: 'asked' });
  expect(await change({ paused: false })).toMatchObject({ state: 'well' });
  expect((await ask(world, 'patch', `/webhooks/${id}`, {})).status).toBe(400);
  expect((await ask(world, 'patch', `/webhooks/${id}`, { url: 'http://10.0.0.1/' })).status).toBe(
    400,
  );
});

test('one that nobody answers for a day raises an alarm; resuming takes it away', async () => {
  const { id } = await made();
  receiver.answer = () => 410;
  world.rooms.tell(arrival((await newMeeting(world)).id, somebody(1)));
  const alarms = async () => (await ask(world, 'get', '/alarms')).body as AlarmView[];
  const timer = setInterval(() => timers.pass(1_000), 20);
  while ((await alarms()).length === 0) await ask(world, 'get', `/webhooks/${id}`);
  clearInterval(timer);
  expect(await alarms()).toMatchObject([{ kind: 'webhook', who: '127.0.0.1' }]);
  expect((await ask(world, 'get', `/webhooks/${id}`)).body).toMatchObject({
    state: 'paused',
    pausedBecause: 'gone',
  });
  receiver.answer = () => 204;
  await ask(world, 'patch', `/webhooks/${id}`, { paused: false });
  expect(await alarms()).toEqual([]);
});

test('sent back to a number: 202; beyond the newest: 409', async () => {
  const { id } = await made();
  expect((await ask(world, 'post', `/webhooks/${id}/replay?from=1`)).status).toBe(202);
  expect((await ask(world, 'post', `/webhooks/${id}/replay?from=9`)).status).toBe(409);
  for (const wrong of ['', '?from=0', '?from=x'])
    expect((await ask(world, 'post', `/webhooks/${id}/replay${wrong}`)).status).toBe(400);
  expect((await ask(world, 'post', `/webhooks/${id}/deliveries/7/replay`)).status).toBe(404);
});

test('deleted, nothing of it is left', async () => {
  const { id } = await made();
  await ask(world, 'post', `/webhooks/${id}/test`);
  expect((await ask(world, 'delete', `/webhooks/${id}`)).status).toBe(204);
  for (const path of ['', '/deliveries'])
    expect((await ask(world, 'get', `/webhooks/${id}${path}`)).status).toBe(404);
  const left = ['hook-standing:', 'hook-tries:', 'hook-last-try:'].map((each) =>
    world.store.list(each),
  );
  expect((await Promise.all(left)).flat()).toEqual([]);
});

test('neither address nor secret gets into a log line', async () => {
  const { id, secret } = await made({ url: `${url}?token=hunter2` });
  receiver.answer = () => 500;
  await ask(world, 'post', `/webhooks/${id}/test`);
  const lines = JSON.stringify(world.lines);
  for (const word of ['hunter2', secret, secret.slice(6)]) expect(lines).not.toContain(word);
});

test('people of a meeting have no business here', async () => {
  const person = await newPerson(world, await newMeeting(world), 'moderator');
  const guest = { authorization: `Bearer ${person.feedToken}` };
  const asked = request(world.api.url).get('/api/v1/webhooks');
  expect((await asked.set(guest)).status).toBe(403);
});
