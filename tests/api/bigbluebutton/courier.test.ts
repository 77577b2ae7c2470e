import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Courier } from '../../../api/bigbluebutton/courier.ts';
import { Errands } from '../../../api/bigbluebutton/errands.ts';
import { Letters } from '../../../api/bigbluebutton/letters.ts';
import type { Answer } from '../../../api/outward/send.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import { StoreUnavailable } from '../../../meetings/store/store.ts';
import type { Store } from '../../../meetings/store/store.ts';
import { SOON } from '../../support/callbacks.ts';
import { TestClock, TestTimers } from '../../support/meetings.ts';

const HOUR = 3_600_000;

let directory: string;
let store: Store;
let clock: TestClock;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'partyline-courier-'));
  clock = new TestClock();
  store = openLmdb(directory, clock.now);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One life of ours; `answer` says what the receiver does with each address. */
function life(answer: (url: string) => Promise<Answer>) {
  const lines: string[] = [];
  const log = (level: string, message: string) => void lines.push(`${level} ${message}`);
  const errands = new Errands(log);
  const timers = new TestTimers();
  const sent: string[] = [];
  const givenUp: number[] = [];
  const courier = new Courier({
    letters: new Letters(store),
    send: ({ url }) => (sent.push(url), answer(url)),
    ...{ errands, log, now: clock.now, after: timers.after },
    onGivenUp: (hook) => void givenUp.push(hook),
  });
  return { courier, errands, timers, sent, givenUp, lines };
}

const taken = () => Promise.resolve({ status: 200 });
const refused = () => Promise.resolve({ status: 500 });
const kept = async () => (await store.list('bbb:letter:')).length;

test('what could not be taken out goes first in the next life, each address in its order', async () => {
  const first = life(refused);
  await first.courier.start();
  for (let n = 0; n < 12; n++) {
    first.courier.take('hook-1', { outward: { url: `one/${n}` }, hook: 1 });
    first.courier.take('hook-2', { outward: { url: `two/${n}` }, hook: 2 });
  }
  await first.errands.done();
  first.courier.stop();
  expect(first.sent).toEqual(['one/0', 'two/0']);

  const second = life(taken);
  await second.courier.start();
  second.courier.take('hook-1', { outward: { url: 'one/12' }, hook: 1 });
  await second.errands.done();
  const [one, two] = ['one', 'two'].map((name) =>
    second.sent.filter((url) => url.startsWith(name)),
  );
  expect(one).toEqual(Array.from({ length: 13 }, (_, n) => `one/${n}`));
  expect(two).toEqual(Array.from({ length: 12 }, (_, n) => `two/${n}`));
  expect(await kept()).toBe(0);
});

test('what is older than a day is dropped with a line in the log, what is not is sent', async () => {
  const first = life(refused);
  await first.courier.start();
  first.courier.take('hook-1', { outward: { url: 'old' } });
  await first.errands.done();
  clock.pass(2 * HOUR);
  first.courier.take('hook-1', { outward: { url: 'young' } });
  await first.errands.done();
  first.courier.stop();
  clock.pass(23 * HOUR);

  const second = life(taken);
  await second.courier.start();
  await second.errands.done();
  expect(second.sent).toEqual(['young']);
  expect(second.lines).toEqual(['warn a callback was dropped: it is older than a day']);
  expect(await kept()).toBe(0);
});

test('of a queue a thousand wait, here and in the store', async () => {
  const { courier, errands, lines } = life(refused);
  await courier.start();
  for (let n = 0; n < 1_002; n++) courier.take('hook-1', { outward: { url: `${n}` } });
  await errands.done();
  expect(await kept()).toBe(1_000);
  expect(lines).toEqual(Array(2).fill('warn a callback was dropped: too many wait'));
});

test('after the sixth try all that waits for the hook is dropped, in the store too', async () => {
  const { courier, errands, timers, givenUp, sent } = life(refused);
  await courier.start();
  for (const url of ['a', 'b']) courier.take('hook-1', { outward: { url }, hook: 1 });
  for (const waitMs of [1_000, 2_000, 5_000, 10_000, 30_000]) {
    await errands.done();
    timers.pass(waitMs);
  }
  await errands.done();
  expect(sent).toEqual(Array(6).fill('a'));
  expect(givenUp).toEqual([1]);
  expect(await kept()).toBe(0);
});

test('one that is taken while we stop does not come again', async () => {
  let answer: (answer: Answer) => void = () => undefined;
  const first = life(() => new Promise((resolve) => (answer = resolve)));
  await first.courier.start();
  first.courier.take('hook-1', { outward: { url: 'a' } });
  await expect.poll(() => first.sent, SOON).toEqual(['a']);
  first.courier.stop();
  answer({ status: 200 });
  await first.errands.done();
  expect(await kept()).toBe(0);
});

test('while the store is away callbacks go all the same', async () => {
  const { courier, errands, sent, lines } = life(taken);
  await courier.start();
  const away = vi.spyOn(store, 'put').mockRejectedValue(new StoreUnavailable());
  courier.take('hook-1', { outward: { url: 'a' } });
  courier.take('hook-1', { outward: { url: 'b' } });
  await errands.done();
  away.mockRestore();
  expect(sent).toEqual(['a', 'b']);
  expect(lines).toEqual(Array(2).fill('warn keeping a callback failed'));
});
