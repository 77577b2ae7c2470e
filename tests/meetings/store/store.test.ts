import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import { openRedis } from '../../../meetings/store/redis.ts';
import { StoreUnavailable } from '../../../meetings/store/store.ts';
import type { Store, StoreChange } from '../../../meetings/store/store.ts';
import { TestClock } from '../../support/meetings.ts';
import { hasRedis, startRedis } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';

interface Maker {
  readonly name: string;
  readonly skip: boolean;
  open(clock: TestClock): Promise<{ store: Store; stop: () => Promise<void> }>;
}

const makers: readonly Maker[] = [
  {
    name: 'LMDB',
    skip: false,
    open: (clock) => {
      const directory = mkdtempSync(join(tmpdir(), 'partyline-store-'));
      const store = openLmdb(directory, clock.now);
      return Promise.resolve({
        store,
        stop: async () => {
          await store.close();
          rmSync(directory, { recursive: true });
        },
      });
    },
  },
  {
    name: hasRedis ? 'Redis' : 'Redis (redis-server is not installed)',
    skip: !hasRedis,
    open: async (clock) => {
      const server = await startRedis();
      const store = await openRedis({ url: server.url, now: clock.now, onError: () => undefined });
      return {
        store,
        stop: async () => {
          await store.close();
          await server.stop();
        },
      };
    },
  },
];

for (const maker of makers) {
  describe.skipIf(maker.skip)(`several keys at once on ${maker.name}`, () => {
    const clock = new TestClock();
    let store: Store;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ store, stop } = await maker.open(clock));
    });
    afterAll(() => stop());

    test('puts several at once, or none where the first is there', async () => {
      const lists = Array.from({ length: 10 }, (_, n) => [
        ['all:first', { value: n }] as const,
        [`all:second-${n}`, { value: n }] as const,
      ]);
      const done = await Promise.all(lists.map((list) => store.createAll(list)));
      const winner = done.indexOf(true);
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await store.list('all:')).toEqual([
        ['all:first', winner],
        [`all:second-${winner}`, winner],
      ]);
    });

    test('puts several at once where the time of the first has come', async () => {
      await store.put('late:1', { value: 'old', expiresAtMs: clock.now() + 10 });
      const all = [
        ['late:1', { value: 'new' }],
        ['late:2', { value: 'new', expiresAtMs: clock.now() + 20 }],
      ] as const;
      expect(await store.createAll(all)).toBe(false);
      clock.pass(10);
      expect(await store.createAll(all)).toBe(true);
      expect(await store.get('late:1')).toBe('new');
      expect(await store.get('late:2')).toBe('new');
      clock.pass(10);
      expect(await store.get('late:2')).toBeUndefined();
    });
  });
}

for (const maker of makers) {
  describe.skipIf(maker.skip)(`the store on ${maker.name}`, () => {
    const clock = new TestClock();
    let store: Store;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ store, stop } = await maker.open(clock));
    });
    afterAll(() => stop());

    test('gives back what was put, and nothing where nothing was', async () => {
      const value = { name: 'Zoë 🎧 "quoted"', list: [1, null, true], deep: { a: '' } };
      await store.put('meeting:one', { value });
      expect(await store.get('meeting:one')).toEqual(value);
      expect(await store.get('meeting:two')).toBeUndefined();
    });

    test('creates once and only once, whoever comes at the same time', async () => {
      const tries = Array.from({ length: 20 }, (_, n) => store.create('once', { value: n }));
      const made = await Promise.all(tries);
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.get('once')).toBe(made.indexOf(true));
    });

    test('loses no update of fifty made at the same time', async () => {
      const add = (count = 0) => ({ value: count + 1 });
      await Promise.all(Array.from({ length: 50 }, () => store.update<number>('count', add)));
      expect(await store.get('count')).toBe(50);
    });

    test('leaves a value alone where the change wants nothing', async () => {
      await store.put('kept', { value: 1 });
      expect(await store.update('kept', () => undefined)).toBe(false);
      expect(await store.get('kept')).toBe(1);
    });

    test('deletes, and says whether there was something', async () => {
      await store.put('gone', { value: 1 });
      expect(await store.delete('gone')).toBe(true);
      expect(await store.delete('gone')).toBe(false);
      expect(await store.get('gone')).toBeUndefined();
    });

    test('a key deleted and made anew meanwhile is not taken for the old one', async () => {
      await store.put('again', { value: 'old' });
      let meddling: Promise<boolean> | undefined;
      await store.update<string>('again', (current = 'none') => {
        meddling ??= store.delete('again').then(() => store.create('again', { value: 'new' }));
        return { value: `${current}+` };
      });
      await meddling;
      expect(['new+', 'none+']).toContain(await store.get('again'));
    });

    test('lists what begins so, in order, and nothing else', async () => {
      for (const key of ['list:b', 'list:a', 'lisu:c', 'list', 'list:a.1'])
        await store.put(key, { value: key });
      expect((await store.list('list:')).map(([key]) => key)).toEqual([
        'list:a',
        'list:a.1',
        'list:b',
      ]);
    });

    test('forgets a key when its time has come, in every way of asking', async () => {
      const expiresAtMs = clock.now() + 1_000;
      await store.put('brief:1', { value: 1, expiresAtMs });
      await store.put('brief:2', { value: 2 });
      clock.pass(999);
      expect(await store.get('brief:1')).toBe(1);
      clock.pass(1);
      expect(await store.get('brief:1')).toBeUndefined();
      expect(await store.list('brief:')).toEqual([['brief:2', 2]]);
      expect(await store.create('brief:1', { value: 3 })).toBe(true);
      expect(await store.get('brief:1')).toBe(3);
      await store.put('brief:3', { value: 1, expiresAtMs });
      expect(await store.delete('brief:3')).toBe(false);
    });

    test('tells who watches of every write and deletion under its keys, and of no other', async () => {
      const heard: StoreChange[] = [];
      const stop = store.watch('watched:', (change) => heard.push(change));
      await store.put('watched:1', { value: 1 });
      await store.create('watched:2', { value: 2 });
      await store.create('watched:2', { value: 3 });
      await store.update<number>('watched:1', (n = 0) => ({ value: n + 1 }));
      await store.update('watched:1', () => undefined);
      await store.put('unwatched', { value: 1 });
      await store.delete('watched:2');
      await store.delete('watched:3');
      await expect.poll(() => heard.length).toBe(4);
      stop();
      await store.put('watched:4', { value: 1 });
      const keys = ['watched:1', 'watched:2', 'watched:1', 'watched:2'];
      expect(heard).toEqual(keys.map((key) => ({ kind: 'changed', key, by: 'us' })));
    });

    test('keeps the one clock', async () => {
      const before = await store.clock();
      expect(Math.abs(before - (maker.name === 'LMDB' ? clock.now() : Date.now()))).toBeLessThan(
        60_000,
      );
      expect(await store.clock()).toBeGreaterThanOrEqual(before);
    });

    for (const key of ['', 'a b', 'a\nb', 'a/../b', 'é', '*', 'x'.repeat(257)])
      test(`takes no key like ${JSON.stringify(key.slice(0, 8))}`, async () => {
        await expect((async () => store.get(key))()).rejects.toThrow('bad store key');
        await expect((async () => store.put(key, { value: 1 }))()).rejects.toThrow('bad store key');
      });
  });
}

test('the LMDB directory is for its owner alone', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'partyline-'));
  const directory = join(parent, 'data');
  const store = openLmdb(directory, () => 0);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  await store.close();
  rmSync(parent, { recursive: true });
});

test('keys past their time are thrown away when the store opens', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-'));
  const before = openLmdb(directory, () => 0);
  await before.put('a', { value: 1, expiresAtMs: 10 });
  await before.close();
  await openLmdb(directory, () => 20).close();
  const clockSetBack = openLmdb(directory, () => 0);
  expect(await clockSetBack.get('a')).toBeUndefined();
  await clockSetBack.close();
  rmSync(directory, { recursive: true });
});

describe.skipIf(!hasRedis)('two who share a Redis', () => {
  test('each hears what the other writes, and is told to look again after Redis was away', async () => {
    let server = await startRedis();
    const port = Number(new URL(server.url).port);
    const open = () => openRedis({ url: server.url, now: Date.now, onError: () => undefined });
    const [one, other] = [await open(), await open()];
    const heard: StoreChange[] = [];
    other.watch('', (change) => heard.push(change));
    await one.put('a', { value: 1 });
    await expect.poll(() => heard).toEqual([{ kind: 'changed', key: 'a', by: 'others' }]);
    await server.stop();
    server = await startRedis(port);
    await expect.poll(() => heard.at(-1)?.kind, { timeout: 8_000 }).toBe('unsure');
    const write = () =>
      one.put('b', { value: 1 }).then(
        () => 'done',
        () => 'away',
      );
    await expect.poll(write, { timeout: 8_000 }).toBe('done');
    await expect.poll(() => heard.at(-1)).toEqual({ kind: 'changed', key: 'b', by: 'others' });
    await Promise.all([one.close(), other.close()]);
    await server.stop();
  });
});

describe.skipIf(!hasRedis)('Redis going away', () => {
  test('a wrong address is told at the start', async () => {
    const opening = openRedis({
      url: 'redis://127.0.0.1:1',
      now: () => 0,
      onError: () => undefined,
    });
    await expect(opening).rejects.toThrow(StoreUnavailable);
  });

  test('commands are refused while it is away and taken when it is back', async () => {
    let server: RedisServer = await startRedis();
    const port = Number(new URL(server.url).port);
    let troubled: () => void = () => undefined;
    const trouble = new Promise<void>((resolve) => (troubled = resolve));
    const store = await openRedis({ url: server.url, now: () => 0, onError: () => troubled() });
    await store.put('a', { value: 1 });
    await server.stop();
    await trouble;
    await expect(store.put('a', { value: 2 })).rejects.toThrow(StoreUnavailable);
    server = await startRedis(port);
    await expect
      .poll(
        () =>
          store.put('a', { value: 3 }).then(
            () => store.get('a'),
            () => 'away',
          ),
        { timeout: 8_000 },
      )
      .toBe(3);
    await store.close();
    await server.stop();
  });
});
