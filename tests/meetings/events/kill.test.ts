import { beforeAll, expect, test } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent } from '../../../meetings/events/event-log.ts';
import { bundled } from '../../support/bundled.ts';
import { dieOften, killsOf, LANES, livesOf } from '../../support/dying-writers.ts';
import { LOG_MAKERS } from '../../support/event-logs.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { roomNumber } from '../../support/log-at.ts';

const KILLS = { lmdb: killsOf(140), redis: killsOf(60) };
const MOST = 1_000_000;

let program: string;
beforeAll(async () => {
  program = await bundled(new URL('append-and-tell.ts', import.meta.url).pathname);
}, 60_000);

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
          const lives = livesOf(lane, kills);
          return { place, promised: await dieOften(program, place.address, lives) };
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
