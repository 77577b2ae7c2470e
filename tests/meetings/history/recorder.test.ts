import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HistoryRecorder } from '../../../meetings/history/recorder.ts';
import { HistoryShelf } from '../../../meetings/history/shelf.ts';
import { Leases } from '../../../meetings/leases.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import type { Store } from '../../../meetings/store/store.ts';
import type { Participant, RoomId } from '../../../protocol/room/room.ts';
import { seeded, TestClock, TestTimers } from '../../support/meetings.ts';
import { ScriptedRooms, somebody } from '../../support/scripted-rooms.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;

let directory: string;
let store: Store;
let shelf: HistoryShelf;
let clock: TestClock;
let lives: number;

/** One process: its rooms, its timers, its recorder. */
interface Life {
  readonly rooms: ScriptedRooms;
  readonly recorder: HistoryRecorder;
  readonly pass: (ms: number) => Promise<void>;
  readonly came: (n: number, more?: Partial<Participant>) => Promise<Participant>;
  readonly left: (n: number) => Promise<void>;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'partyline-history-'));
  clock = new TestClock();
  lives = 0;
  store = openLmdb(directory, clock.now);
  const nothing = (): undefined => undefined;
  const keys = { codes: 'codes', tokens: 'tokens' };
  shelf = new HistoryShelf(
    {
      ...{ store, now: clock.now, random: seeded(3), keys, language: 'en', numbers: 'masked' },
      ...{ log: nothing, after: () => nothing },
    },
    90,
  );
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

function life(): Life {
  lives += 1;
  const rooms = new ScriptedRooms();
  const timers = new TestTimers();
  const recorder = new HistoryRecorder({
    ...{ rooms, shelf, now: clock.now, random: seeded(lives), after: timers.after },
    leases: new Leases(store, `life-${lives}`),
    nameOf: () => Promise.resolve('Standup'),
    log: (_level, message, fields) => {
      throw new Error(`${message}: ${JSON.stringify(fields)}`);
    },
  });
  recorder.start();
  return {
    rooms,
    recorder,
    pass: async (ms) => {
      clock.pass(ms);
      timers.pass(ms);
      await recorder.settled();
    },
    came: async (n, more = {}) => {
      const participant = somebody(n, { joinedAtMs: clock.nowMs, ...more });
      rooms.tell({ kind: 'participant-updated', room, participant });
      await recorder.settled();
      return participant;
    },
    left: async (n) => {
      rooms.tell({ kind: 'participant-left', room, id: somebody(n).id, reason: 'hung-up' });
      await recorder.settled();
    },
  };
}

async function only() {
  const [session, ...rest] = await shelf.sessions();
  if (session === undefined || rest.length > 0) throw new Error('there is one session');
  const attended = await shelf.read(session.id);
  return { session, visits: [...(attended?.visits.values() ?? [])] };
}

test('a session lasts from the first who comes to the last who leaves', async () => {
  const { came, left, pass } = life();
  const startedAtMs = clock.nowMs;
  await came(1);
  await pass(60_000);
  await came(2);
  await pass(60_000);
  await left(1);
  await pass(60_000);
  await left(2);
  const { session, visits } = await only();
  expect(session).toMatchObject({ name: 'Standup', people: 2, most: 2, startedAtMs });
  expect(session.endedAtMs).toBe(startedAtMs + 180_000);
  expect(visits.map(({ leftAtMs = 0 }) => leftAtMs - startedAtMs)).toEqual([120_000, 180_000]);
});

test('who comes after all have left begins another one', async () => {
  const { came, left, pass } = life();
  await came(1);
  await left(1);
  await pass(10_000);
  await came(2);
  expect((await shelf.sessions()).map(({ endedAtMs }) => endedAtMs !== undefined)).toEqual([
    false,
    true,
  ]);
});

test('the cause of the end and how it sounded are told after the leaving, and kept', async () => {
  const { came, left, rooms, recorder } = life();
  const { id } = await came(1);
  await came(2);
  const quality = { mos: 3.9, lossPercent: 4, jitterMs: 12, roundTripMs: 80 };
  await left(1);
  rooms.report({ room, id, cause: 'NORMAL_CLEARING', quality });
  await left(2);
  rooms.report({ room, id: somebody(2).id, cause: 'MEDIA_TIMEOUT' });
  await recorder.settled();
  const { visits } = await only();
  expect(visits).toMatchObject([{ cause: 'NORMAL_CLEARING', quality }, { cause: 'MEDIA_TIMEOUT' }]);
});

test('killed in the middle, the next life goes on with the same session', async () => {
  const first = life();
  await first.came(1);
  await first.came(2);
  await first.came(1, { talking: true, joinedAtMs: clock.nowMs });
  await first.pass(5_000);
  // It is never heard of again. Two is gone by then, three is new.
  clock.pass(30_000);
  const second = life();
  await second.came(1);
  await second.came(3);
  await second.pass(5_000);
  const { session, visits } = await only();
  expect(session.endedAtMs).toBeUndefined();
  const [one, two, three] = visits;
  expect(one?.leftAtMs).toBeUndefined();
  expect(one?.talk).toEqual([[session.startedAtMs, session.startedAtMs + 5_000]]);
  expect(two).toMatchObject({ end: 'unwatched', leftAtMs: session.startedAtMs + 5_000 });
  expect(three?.joinedAtMs).toBe(session.startedAtMs + 35_000);
});

test('killed, and nobody is there any more: it ended when it was last seen', async () => {
  const first = life();
  await first.came(1);
  await first.pass(5_000);
  const second = life();
  await second.pass(30_000);
  expect((await only()).session.endedAtMs).toBeUndefined();
  await second.pass(60_000);
  const { session, visits } = await only();
  expect(session.endedAtMs).toBe(session.startedAtMs + 5_000);
  expect(visits).toMatchObject([{ end: 'unwatched', leftAtMs: session.startedAtMs + 5_000 }]);
});

test('while a switch is away nothing is taken for over', async () => {
  const first = life();
  await first.came(1);
  const second = life();
  second.rooms.status = [{ node: '127.0.0.1:8021', state: 'connecting' }];
  await second.pass(120_000);
  expect((await only()).session.endedAtMs).toBeUndefined();
});

test('of two processes that see the same room one writes, and the other when it is gone', async () => {
  const [one, two] = [life(), life()];
  await one.came(1);
  await two.came(1);
  await one.pass(5_000);
  await two.pass(0);
  expect((await only()).visits).toHaveLength(1);
  // The first is dead; the second takes over when its lease has run out.
  await two.pass(15_000);
  await two.pass(15_000);
  await two.came(2);
  const { session, visits } = await only();
  expect(visits).toHaveLength(2);
  expect(session.endedAtMs).toBeUndefined();
});

test('who leaves in an orderly stop is not gone: the next life begins at once', async () => {
  const first = life();
  await first.came(1);
  await first.recorder.stop();
  const second = life();
  await second.came(1);
  await second.came(2);
  expect((await only()).visits).toHaveLength(2);
});

test('who muted or removed somebody is told by name', async () => {
  const { came, rooms, recorder } = life();
  const row = await came(1);
  recorder.wished(row.id, 'Mo');
  await came(1, { muted: true, mutedBy: 'moderator' });
  recorder.wished(row.id, 'console');
  rooms.tell({ kind: 'participant-left', room, id: row.id, reason: 'removed' });
  await recorder.settled();
  const [visit] = (await only()).visits;
  expect(visit).toMatchObject({
    end: 'removed',
    deeds: [
      { act: 'muted', by: 'Mo' },
      { act: 'removed', by: 'console' },
    ],
  });
});

test('somebody is found by their whole name, and forgotten by it', async () => {
  const { came, left } = life();
  await came(1, { name: 'Ada Lovelace' });
  await came(2, { name: 'Grace' });
  await left(1);
  await left(2);
  const { session } = await only();
  expect([...(await shelf.idsOf('ada lovelace'))]).toEqual([session.id]);
  expect([...(await shelf.idsOf('ada'))]).toEqual([]);
  expect(await shelf.forget('Ada Lovelace')).toBe(1);
  expect((await only()).visits.map(({ name }) => name)).toEqual(['', 'Grace']);
  expect([...(await shelf.idsOf('Ada Lovelace'))]).toEqual([]);
});

test('after its days it is gone, with everybody in it', async () => {
  const { came, left } = life();
  await came(1);
  await left(1);
  clock.pass(90 * 86_400_000 + 1);
  expect(await shelf.sessions()).toEqual([]);
  expect(await store.list('history:')).toEqual([]);
});
