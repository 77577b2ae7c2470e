import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventLog } from '../../../meetings/events/event-log.ts';
import { openLmdbLog } from '../../../meetings/events/lmdb-log.ts';
import { paused, resumed, rewound } from '../../../meetings/rules/webhooks/standing.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import type { Store } from '../../../meetings/store/store.ts';
import { addWebhook } from '../../../meetings/webhooks/open.ts';
import type { Webhook } from '../../../meetings/webhooks/registry.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { TestClock, TestTimers } from '../../support/meetings.ts';
import { comes, openSender, Receiver } from '../../support/webhooks.ts';
import type { Received } from '../../support/webhooks.ts';

const [ROOM, OTHER] = ['m-aaaaaaaaaaaaaaaa', 'm-bbbbbbbbbbbbbbbb'] as [RoomId, RoomId];
const MINUTE_MS = 60_000;

let directory: string;
let clock: TestClock;
let store: Store;
let events: EventLog;
let receiver: Receiver;
let url: string;
let world: ReturnType<typeof openSender>;
let told: Webhook[];
const receivers: Receiver[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'partyline-hooks-'));
  clock = new TestClock();
  store = openLmdb(join(directory, 'store'), clock.now);
  events = openLmdbLog(join(directory, 'events'), { now: clock.now, log: () => undefined });
  told = [];
  world = open('one');
  receiver = new Receiver();
  receivers.push(receiver);
  url = await receiver.listen();
});
afterEach(async () => {
  await world.sender.stop();
  for (const each of receivers.splice(0)) await each.close();
  await events.close();
  await store.close();
  rmSync(directory, { recursive: true });
});

function open(holder: string) {
  const { now } = clock;
  const { after } = new TestTimers();
  return openSender({ store, events, now, after, holder, onPaused: (hook) => told.push(hook) });
}

async function add(wish: Partial<Webhook> = {}): Promise<Webhook> {
  const hook = await addWebhook(world.parts, { url, ...wish });
  if (!hook) throw new Error('too many');
  await world.sender.look();
  return hook;
}

/** So many come into a room, each in a look of its own. */
async function come(from: number, to: number, room = ROOM): Promise<void> {
  for (let n = from; n <= to; n++) {
    await events.append(room, [comes(room, n)]);
    await world.sender.look();
  }
}
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1);

test('events come in order, numbered without gaps, as they happen', async () => {
  await add();
  await come(1, 3);
  expect(receiver.numbers).toEqual(upTo(4));
  expect(receiver.received.flatMap((each) => each.events.map(({ type }) => type))).toEqual([
    'meeting.started',
    'participant.joined',
    'participant.joined',
    'participant.joined',
  ]);
});

test('what happened before it was made is not told', async () => {
  await come(1, 3);
  await add();
  await come(4, 4);
  expect(receiver.numbers).toEqual([1, 2]);
});

test('what came together goes in one message, at most a hundred', async () => {
  await add();
  await events.append(
    ROOM,
    Array.from({ length: 250 }, (_, n) => comes(ROOM, n + 1)),
  );
  await world.sender.look();
  expect(receiver.received.map((each) => each.events.length)).toEqual([100, 100, 51]);
  expect(receiver.numbers).toEqual(upTo(251));
});

test('each message is signed with the secret over its id, time and body', async () => {
  const { secret } = await add();
  await come(1, 1);
  const [{ headers, text, id }] = receiver.received as [Received];
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${id}.${String(headers['webhook-timestamp'])}.${text}`;
  const mac = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${mac}`);
  expect(headers['content-type']).toBe('application/json');
});

test('a receiver that fails for a minute gets all of it, in order', async () => {
  const hook = await add();
  const failed: string[] = [];
  receiver.answer = ({ id, text }) => (failed.push(`${id} ${text}`), 503);
  await come(1, 5);
  for (let passed = 0; passed < MINUTE_MS; passed += 1_000) {
    clock.pass(1_000);
    await world.sender.look();
  }
  expect(failed.length).toBe(3);
  expect(new Set(failed).size).toBe(1);
  receiver.answer = () => 204;
  clock.pass(3 * MINUTE_MS);
  await world.sender.look();
  expect(receiver.numbers).toEqual(upTo(6));
  expect(`${receiver.received[0]?.id} ${receiver.received[0]?.text}`).toBe(failed[0]);
  const tries = await world.parts.deliveries.list(hook.id, 10);
  expect(tries.map(({ message, attempt }) => [message, attempt])).toEqual([
    [2, 1],
    [1, 4],
    [1, 3],
    [1, 2],
    [1, 1],
  ]);
});

test('a receiver that is slow holds up nobody else', async () => {
  const slow = new Receiver();
  receivers.push(slow);
  let release: (status: number) => void = () => undefined;
  slow.answer = () => new Promise((resolve) => (release = resolve));
  await add({ url: await slow.listen() });
  await add();
  await events.append(ROOM, [comes(ROOM, 1)]);
  const looked = world.sender.look();
  await receiver.until(() => receiver.numbers.length === 2);
  await events.append(ROOM, [comes(ROOM, 2)]);
  const again = world.sender.look();
  await receiver.until(() => receiver.numbers.length === 3);
  expect(slow.numbers).toEqual([]);
  slow.answer = () => 204;
  release(204);
  await Promise.all([looked, again]);
  expect(slow.numbers).toEqual(upTo(3));
});

test('each hears only what it asked for; who talks only where somebody did', async () => {
  const talk = new Receiver();
  receivers.push(talk);
  await add({ meetings: [OTHER], events: ['participant.joined'] });
  await come(1, 1);
  await come(2, 2, OTHER);
  expect(receiver.received.flatMap((each) => each.events)).toMatchObject([
    { type: 'participant.joined', meeting: OTHER },
  ]);
  await add({ url: await talk.listen(), events: ['participant.talking'] });
  const { event } = comes(ROOM, 1) as { event: { participant: object } };
  const talking = { ...event, participant: { ...event.participant, talking: true } } as never;
  await events.append(ROOM, [{ kind: 'event', event: talking }]);
  await world.sender.look();
  expect(talk.received.flatMap((each) => each.events)).toMatchObject([
    { type: 'participant.talking', data: { participant: { name: 'Caller 1' } } },
  ]);
  expect(receiver.numbers).toHaveLength(1);
});

test('after a day without an answer it pauses, is told of once, and goes on when resumed', async () => {
  const hook = await add();
  receiver.answer = () => 500;
  await come(1, 1);
  for (let hour = 0; hour < 27; hour++) {
    clock.pass(60 * MINUTE_MS);
    await world.sender.look();
  }
  expect(told.map(({ id }) => id)).toEqual([hook.id]);
  const tries = (await world.parts.deliveries.list(hook.id, 100)).length;
  clock.pass(60 * MINUTE_MS);
  receiver.answer = () => 204;
  await come(2, 2);
  expect(await world.parts.deliveries.list(hook.id, 100)).toHaveLength(tries);
  await world.parts.standings.change(hook.id, (standing) => resumed(standing, clock.now()));
  await world.sender.look();
  expect(receiver.numbers).toEqual(upTo(3));
});

test('a test that is taken resumes what paused by failing, but not what somebody paused', async () => {
  const hook = await add();
  const pauseAs = (why: 'gone' | 'asked') =>
    world.parts.standings.change(hook.id, (standing) => paused(standing, why, clock.now()));
  await pauseAs('gone');
  await world.post.test(hook);
  expect((await world.parts.standings.get(hook.id))?.paused).toBeUndefined();
  expect(receiver.received.at(-1)?.events).toMatchObject([{ number: 0, type: 'webhook.test' }]);
  await pauseAs('asked');
  await world.post.test(hook);
  expect((await world.parts.standings.get(hook.id))?.paused?.why).toBe('asked');
});

test('sent back to a number, it tells all again from there on', async () => {
  const hook = await add();
  await come(1, 4);
  await world.parts.standings.change(hook.id, (standing) => rewound(standing, 3));
  await world.sender.look();
  expect(receiver.numbers).toEqual([...upTo(5), 3, 4, 5]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
});

test('a delivery is replayed as it was, by the same id', async () => {
  const hook = await add();
  await come(1, 2);
  const [, first] = await world.parts.deliveries.list(hook.id, 10);
  if (!first) throw new Error('none');
  await world.post.replay(hook, first);
  const [then, , again] = receiver.received;
  expect([again?.id, again?.text]).toEqual([then?.id, then?.text]);
  expect((await world.parts.deliveries.list(hook.id, 1))[0]).toMatchObject({ replay: true });
});

test('who was away for longer than events are kept is told which ones are gone', async () => {
  const hook = await add();
  await world.parts.standings.change(hook.id, (standing) => paused(standing, 'asked', clock.now()));
  await come(1, 3);
  clock.pass(5 * 86_400_000);
  await come(4, 4);
  await world.parts.standings.change(hook.id, (standing) => resumed(standing, clock.now()));
  await world.sender.look();
  expect(receiver.received.flatMap((each) => each.events)).toMatchObject([
    { number: 4, type: 'events.missed', data: { from: 1, to: 4 } },
    { number: 5, type: 'participant.joined' },
  ]);
});

test('while nobody is told nothing is kept; the next one begins with how rooms stand', async () => {
  const hook = await add();
  await come(1, 1);
  await world.parts.registry.remove(hook.id);
  await world.parts.standings.forget(hook.id);
  await world.sender.look();
  await come(2, 3);
  expect(await store.list('hook-event:')).toHaveLength(2);
  await add();
  await come(4, 4);
  expect(receiver.numbers).toEqual([...upTo(2), 3, 4]);
});

test('of two processes one sends; the other goes on where it was killed', async () => {
  await add();
  const other = open('two');
  await come(1, 2);
  await other.sender.look();
  expect(receiver.numbers).toEqual(upTo(3));
  // The first one is heard of no more, and its claim runs out.
  await events.append(ROOM, [comes(ROOM, 3)]);
  await other.sender.look();
  expect(receiver.numbers).toEqual(upTo(3));
  clock.pass(11_000);
  await other.sender.look();
  expect(receiver.numbers).toEqual(upTo(4));
  await other.sender.stop();
});

test('overtaken by another, it lets go instead of telling twice', async () => {
  await add();
  await come(1, 1);
  clock.pass(11_000);
  const other = open('two');
  await events.append(ROOM, [comes(ROOM, 2)]);
  await other.sender.look();
  await world.sender.look();
  expect(receiver.numbers).toEqual(upTo(3));
  await other.sender.stop();
});
