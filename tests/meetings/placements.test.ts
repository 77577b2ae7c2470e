import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Placements } from '../../meetings/placements.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { StoreUnavailable } from '../../meetings/store/store.ts';
import type { Store } from '../../meetings/store/store.ts';
import type { RoomId } from '../../protocol/room/room.ts';

const ROOM = 'm-abcdefghijklmnop' as RoomId;
const OTHER = 'm-bbbbbbbbbbbbbbbb' as RoomId;

let store: Store;
let nowMs: number;
let dead: Set<string>;
let people: Record<string, number>;

beforeEach(() => {
  nowMs = 1_800_000_000_000;
  dead = new Set();
  people = { 'a:8021': 0, '[::1]:8021': 0 };
  store = openLmdb(mkdtempSync(join(tmpdir(), 'partyline-placements-')), () => nowMs);
});
afterEach(() => store.close());

/** As one process has it. */
function process(inhabited: (room: RoomId) => string | undefined = () => undefined, over = store) {
  return new Placements({
    store: over,
    nodes: () =>
      Object.entries(people).map(([node, count]) => ({
        node,
        health: dead.has(node) ? 'dead' : 'up',
        people: count,
      })),
    inhabited,
    log: () => undefined,
  });
}

test('all who share a store say the same of a room, however many ask at once', async () => {
  const processes = [process(), process(), process()];
  const said = await Promise.all(processes.flatMap((each) => [each.place(ROOM), each.place(ROOM)]));
  expect(new Set(said).size).toBe(1);
});

test('a room stays where it was placed although another node carries less by then', async () => {
  people['a:8021'] = 5;
  expect(await process().place(ROOM)).toBe('[::1]:8021');
  people['[::1]:8021'] = 50;
  expect(await process().place(ROOM)).toBe('[::1]:8021');
  expect(await process().place(OTHER)).toBe('a:8021');
});

test('two rooms that are placed in one breath go to two nodes', async () => {
  const placements = process();
  const first = await placements.place(ROOM);
  expect(await placements.place(OTHER)).not.toBe(first);
});

test('when its node dies a room is placed anew, and stays there when the node is back', async () => {
  const placements = process();
  const first = (await placements.place(ROOM)) ?? '';
  dead.add(first);
  const second = await placements.place(ROOM);
  expect(second).not.toBe(first);
  dead.clear();
  expect(await process().place(ROOM)).toBe(second);
});

test('a lease that nobody renewed is worth less than where people are', async () => {
  const placements = process(() => 'a:8021');
  people['a:8021'] = 70;
  nowMs += 61_000;
  expect(await placements.place(ROOM)).toBe('a:8021');
  expect(await process().place(ROOM)).toBe('a:8021');
});

test('renewing keeps a room’s node as long as people are in it', async () => {
  const placements = process();
  const first = await placements.place(ROOM);
  nowMs += 40_000;
  await placements.renew([ROOM]);
  nowMs += 40_000;
  people[first ?? ''] = 99;
  expect(await process().place(ROOM)).toBe(first);
});

test('a drained node takes no new room, keeps its own, and can be left at once', async () => {
  const placements = process();
  await placements.drain('a:8021', true);
  expect(await placements.place(ROOM)).toBe('[::1]:8021');
  await placements.drain('a:8021', false);
  await placements.drain('[::1]:8021', true);
  expect(await process().place(ROOM)).toBe('[::1]:8021');
  expect(await process().anywhere()).toBe('a:8021');
  await placements.leave(ROOM, '[::1]:8021');
  expect(await process(() => '[::1]:8021').place(ROOM)).toBe('a:8021');
});

test('without the store rooms are placed by what is known, and nobody is turned away', async () => {
  const away: Store = {
    ...store,
    list: () => Promise.reject(new StoreUnavailable('away')),
    clock: () => Promise.reject(new StoreUnavailable('away')),
  };
  const placements = process(undefined, away);
  const first = await placements.place(ROOM);
  expect(first).toBeDefined();
  people[first ?? ''] = 99;
  expect(await placements.place(ROOM)).toBe(first);
});
