import { rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { ALL } from '../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent } from '../../meetings/events/event-log.ts';
import { bundled } from '../support/bundled.ts';
import { dieOften, killsOf, LANES, livesOf } from '../support/dying-writers.ts';
import { openLogAt, roomNumber } from '../support/log-at.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { openStoreAt } from '../support/store-at.ts';
import { MEETINGS, placesAt } from './dying-places.ts';

const KILLS = { lmdb: killsOf(140), redis: killsOf(60) };
const LONG = { timeout: 120_000 };
const MOST = 1_000_000;

let program: string;
beforeAll(async () => {
  program = await bundled(new URL('write-and-tell.ts', import.meta.url).pathname);
}, 60_000);

/** What was told of the store, or of the log. */
function toldOf(kind: 'store' | 'log', promised: readonly string[]): readonly string[] {
  const told = promised.filter((line) => line.startsWith(`${kind} `));
  return told.map((line) => line.slice(kind.length + 1));
}

/** Everything that was told is so: put, counted, or deleted. */
async function checkStore(address: string, promised: readonly string[]): Promise<void> {
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

/** Everything that was promised is there, nothing twice, and no number is missing. */
async function checkLog(address: string, promised: readonly string[]): Promise<void> {
  const log = await openLogAt(address, { now: Date.now, log: () => undefined });
  const kept = new Set<string>();
  for (const room of Array.from({ length: MEETINGS }, (_, n) => roomNumber(n)))
    for (const { seq, note } of await gapFree(log, room))
      kept.add(`${room} ${seq} ${markOf(note)}`);
  expect(promised.filter((line) => !kept.has(line))).toEqual([]);
  const all = await gapFree(log, ALL);
  expect(new Set(all.map(({ note }) => markOf(note))).size).toBe(all.length);
  expect(all.length).toBe(kept.size);
  await log.close();
}

async function gapFree(log: EventLog, meeting: string): Promise<readonly LoggedEvent[]> {
  const { events, first, last } = await log.read(meeting, 1, MOST);
  expect(first).toBe(1);
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: last }, (_, at) => at + 1));
  return events;
}

function markOf(note: LoggedEvent['note']): number {
  return note.kind === 'event' && note.event.kind === 'room-opened' ? note.event.openedAtMs : -1;
}

/** Of either there was more than a word in each life. */
async function checkKept(address: string, promised: readonly string[], kills: number) {
  const at = placesAt(address);
  const [store, log] = [toldOf('store', promised), toldOf('log', promised)];
  expect(store.length).toBeGreaterThan(kills);
  expect(log.length).toBeGreaterThan(kills);
  await checkStore(at.store, store);
  await checkLog(at.log, log);
}

test(
  `on LMDB ${KILLS.lmdb} kill -9 lose nothing that store and log promised, and give no number twice`,
  LONG,
  async () => {
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        const folder = quickFolder('partyline-killed');
        const lives = livesOf(lane, KILLS.lmdb);
        const promised = await dieOften(program, folder, lives);
        await checkKept(folder, promised, lives.length);
        rmSync(folder, { recursive: true });
      }),
    );
  },
);

test.skipIf(!hasRedis)(
  `on Redis ${KILLS.redis} kill -9 of those who share it lose nothing, and give no number twice`,
  LONG,
  async () => {
    const server = await startRedis();
    const lanes = await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        dieOften(program, server.url, livesOf(lane, KILLS.redis)),
      ),
    );
    await checkKept(server.url, lanes.flat(), KILLS.redis);
    await server.stop();
  },
);
