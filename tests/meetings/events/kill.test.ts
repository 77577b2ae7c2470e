import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent } from '../../../meetings/events/event-log.ts';
import { bundled } from '../../support/bundled.ts';
import type { Bundled } from '../../support/bundled.ts';
import { Child } from '../../support/child.ts';
import { Dice } from '../../support/dice.ts';
import { LOG_MAKERS } from '../../support/event-logs.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { roomNumber } from '../../support/log-at.ts';

const KILLS = { lmdb: 140, redis: 60 };
/** Processes that live at the same time: each with a log of its own, or all with one. */
const LANES = 4;
const SEED = 20_261_122;
const MOST = 1_000_000;

let bundle: Bundled;
beforeAll(async () => {
  bundle = await bundled(new URL('append-and-tell.ts', import.meta.url).pathname);
}, 60_000);
afterAll(() => bundle.remove());

/** One process after the other appends, until it is killed: what was promised. */
async function dieOften(place: LogPlace, lives: readonly number[]): Promise<readonly string[]> {
  const dice = new Dice(SEED + (lives[0] ?? 0));
  const promised: string[] = [];
  for (const life of lives) {
    const child = new Child(process.execPath, [bundle.program]);
    child.process.stdin?.write(`${place.address} ${life}\n`);
    await child.prints(new RegExp(`(m-.*\n){${1 + dice.below(12)}}`));
    await child.kill('SIGKILL');
    promised.push(...child.printed.split('\n').slice(0, -1));
  }
  return promised;
}

/** Everything that was promised is there, nothing twice, and no number is missing. */
async function checkKept(place: LogPlace, promised: readonly string[]): Promise<void> {
  const log = await place.open({ now: Date.now, log: () => undefined });
  const kept = new Set<string>();
  for (const room of [0, 1, 2].map(roomNumber))
    for (const { seq, note } of await gapFree(log, room))
      kept.add(`${room} ${seq} ${markOf(note)}`);
  expect(promised.filter((line) => !kept.has(line))).toEqual([]);
  const all = await gapFree(log, ALL);
  expect(new Set(all.map(({ note }) => markOf(note))).size).toBe(all.length);
  expect(all.length).toBe(kept.size);
  await log.close();
}

for (const maker of LOG_MAKERS) {
  const kills = maker.isShared ? KILLS.redis : KILLS.lmdb;
  test.skipIf(maker.skip)(
    `on ${maker.name} nothing promised is lost and no number given twice by ${kills} kill -9`,
    { timeout: 120_000 },
    async () => {
      const shared = maker.isShared ? await maker.place() : undefined;
      const lanes = await Promise.all(
        Array.from({ length: LANES }, async (_, lane) => {
          const place = shared ?? (await maker.place());
          const lives = Array.from({ length: kills / LANES }, (_each, n) => lane + n * LANES);
          return { place, promised: await dieOften(place, lives) };
        }),
      );
      for (const place of new Set(lanes.map((lane) => lane.place))) {
        const own = lanes.filter((lane) => lane.place === place);
        const promised = own.flatMap((lane) => lane.promised);
        expect(promised.length).toBeGreaterThan((own.length * kills) / LANES);
        await checkKept(place, promised);
        await place.remove();
      }
    },
  );
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
