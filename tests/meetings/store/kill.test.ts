import { rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { bundled } from '../../support/bundled.ts';
import { dieOften, killsOf, LANES, livesOf } from '../../support/dying-writers.ts';
import { quickFolder } from '../../support/quick-folder.ts';
import { hasRedis, startRedis } from '../../support/redis-server.ts';
import { openStoreAt } from '../../support/store-at.ts';

const KILLS = { lmdb: killsOf(140), redis: killsOf(60) };
const LONG = { timeout: 120_000 };

let program: string;
beforeAll(async () => {
  program = await bundled(new URL('write-and-tell.ts', import.meta.url).pathname);
}, 60_000);

/** Everything that was told is so: put, counted, or deleted. */
async function checkKept(address: string, promised: readonly string[]): Promise<void> {
  const store = await openStoreAt(address);
  const isThere = async (key: string) => (await store.get<number>(key)) !== undefined;
  const count = (await store.get<number>('count')) ?? 0;
  const broken: string[] = [];
  for (const line of promised) {
    const [kind = '', ...about] = line.split(' ');
    const found = kind === 'count' ? [] : await Promise.all(about.map(isThere));
    const holds = kind === 'count' ? count >= Number(about[0]) : !found.includes(kind === 'gone');
    if (!holds) broken.push(line);
  }
  expect(broken).toEqual([]);
  const all = await store.list<number>('all:');
  expect(all.filter(([key]) => key.endsWith(':too')).length * 2).toBe(all.length);
  await store.close();
}

test(`on LMDB ${KILLS.lmdb} kill -9 lose nothing that was promised`, LONG, async () => {
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      const folder = quickFolder('partyline-store');
      const lives = livesOf(lane, KILLS.lmdb);
      const promised = await dieOften(program, folder, lives);
      expect(promised.length).toBeGreaterThanOrEqual(lives.length);
      await checkKept(folder, promised);
      rmSync(folder, { recursive: true });
    }),
  );
});

test.skipIf(!hasRedis)(
  `on Redis ${KILLS.redis} kill -9 of those who share it lose nothing that was promised`,
  LONG,
  async () => {
    const server = await startRedis();
    const lanes = await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        dieOften(program, server.url, livesOf(lane, KILLS.redis)),
      ),
    );
    const promised = lanes.flat();
    expect(promised.length).toBeGreaterThanOrEqual(KILLS.redis);
    await checkKept(server.url, promised);
    await server.stop();
  },
);
