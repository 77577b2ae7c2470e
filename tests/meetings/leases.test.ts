import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Leases } from '../../meetings/leases.ts';
import type { Lease } from '../../meetings/leases.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { openRedis } from '../../meetings/store/redis.ts';
import type { Store } from '../../meetings/store/store.ts';
import { TestClock } from '../support/meetings.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';

interface World {
  readonly store: Store;
  /** Redis goes by its own clock: there the time really passes. */
  readonly pass: (ms: number) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

function onLmdb(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-leases-'));
  const clock = new TestClock();
  const store = openLmdb(directory, clock.now);
  const stop = async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  };
  return Promise.resolve({ store, stop, pass: (ms) => Promise.resolve(clock.pass(ms)) });
}

async function onRedis(): Promise<World> {
  const server = await startRedis();
  const store = await openRedis({ url: server.url, now: Date.now, onError: () => undefined });
  const stop = async () => {
    await store.close();
    await server.stop();
  };
  return { store, stop, pass: (ms) => wait(ms) };
}

const TTL_MS = 120;

describe.each([
  { name: 'LMDB', skip: false, open: onLmdb },
  { name: 'Redis', skip: !hasRedis, open: onRedis },
])('leases on $name', ({ skip, open }) => {
  describe.skipIf(skip)('', () => {
    let world: World;
    let one: Leases;
    let other: Leases;
    beforeAll(async () => {
      world = await open();
      one = new Leases(world.store, 'one');
      other = new Leases(world.store, 'other');
    });
    afterAll(() => world.stop());

    test('of twenty who ask at once one gets it', async () => {
      const asked = Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).take('a', 60_000));
      const got = (await Promise.all(asked)).filter((lease) => lease !== undefined);
      expect(got).toHaveLength(1);
      expect(await one.current('a')).toEqual(got[0]);
    });

    test('who has it has it alone, until it is let go', async () => {
      const lease = (await one.take('b', 60_000)) as Lease;
      expect(await other.take('b', 60_000)).toBeUndefined();
      expect(await one.take('b', 60_000)).toBeUndefined();
      await one.release(lease);
      expect(await one.current('b')).toBeUndefined();
      const next = await other.take('b', 60_000);
      expect(next?.holder).toBe('other');
      expect(next?.token).toBeGreaterThan(lease.token);
    });

    test('it runs out by itself, and the next number is greater', async () => {
      const lease = (await one.take('c', TTL_MS)) as Lease;
      await world.pass(TTL_MS + 5);
      expect(await other.current('c')).toBeUndefined();
      const next = (await other.take('c', 60_000)) as Lease;
      expect(next.token).toBeGreaterThan(lease.token);
      expect(await one.renew(lease, 60_000)).toBeUndefined();
      await one.release(lease);
      expect(await one.current('c')).toEqual(next);
    });

    test('renewed in time it goes on, under the same number', async () => {
      let lease = (await one.take('d', TTL_MS)) as Lease;
      const { token } = lease;
      for (let n = 0; n < 4; n++) {
        await world.pass(TTL_MS / 3);
        lease = (await one.renew(lease, TTL_MS)) as Lease;
        expect(lease).toMatchObject({ holder: 'one', token });
      }
      expect(await other.take('d', 60_000)).toBeUndefined();
    });

    test('what was let go is not renewed', async () => {
      const lease = (await one.take('e', 60_000)) as Lease;
      await one.release(lease);
      expect(await one.renew(lease, 60_000)).toBeUndefined();
      expect(await one.current('e')).toBeUndefined();
    });

    test('lists those that somebody has', async () => {
      for (const name of ['list:2', 'list:1', 'lisu']) await one.take(name, 60_000);
      await other.release((await other.take('list:3', 60_000)) as Lease);
      expect((await other.list('list:')).map(({ name }) => name)).toEqual(['list:1', 'list:2']);
    });
  });
});
