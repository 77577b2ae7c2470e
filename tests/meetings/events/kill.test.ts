import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent } from '../../../meetings/events/event-log.ts';
import { bundled } from '../../support/bundled.ts';
import type { Bundled } from '../../support/bundled.ts';
import { Child } from '../../support/child.ts';
import { Dice } from '../../support/dice.ts';
import { LOG_MAKERS } from '../../support/event-logs.ts';
import { roomNumber } from '../../support/log-at.ts';

const KILLS = { lmdb: 140, redis: 60 };
const SEED = 20_261_122;
const MOST = 1_000_000;

let bundle: Bundled;
beforeAll(async () => {
  bundle = await bundled(new URL('append-and-tell.ts', import.meta.url).pathname);
}, 60_000);
afterAll(() => bundle.remove());

for (const maker of LOG_MAKERS) {
  const kills = maker.name === 'LMDB' ? KILLS.lmdb : KILLS.redis;
  test.skipIf(maker.skip)(
    `on ${maker.name} nothing promised is lost and no number given twice by ${kills} kill -9`,
    { timeout: 120_000 },
    async () => {
      const place = await maker.place();
      const dice = new Dice(SEED);
      const promised: string[] = [];
      // The next one starts while this one works.
      let next = new Child(process.execPath, [bundle.program]);
      for (let life = 0; life < kills; life++) {
        const child = next;
        if (life < kills - 1) next = new Child(process.execPath, [bundle.program]);
        await child.prints(/ready\n/);
        child.process.stdin?.write(`${place.address} ${life}\n`);
        await child.prints(new RegExp(`(m-.*\\n){${1 + dice.below(12)}}`));
        await child.kill('SIGKILL');
        promised.push(...child.printed.split('\n').slice(1, -1));
      }
      const log = await place.open({ now: Date.now, log: () => undefined });
      const kept = new Set<string>();
      for (const room of [0, 1, 2].map(roomNumber))
        for (const { seq, note } of await gapFree(log, room))
          kept.add(`${room} ${seq} ${markOf(note)}`);
      expect(promised.filter((line) => !kept.has(line))).toEqual([]);
      expect(promised.length).toBeGreaterThan(kills);
      const all = await gapFree(log, ALL);
      expect(new Set(all.map(({ note }) => markOf(note))).size).toBe(all.length);
      expect(all.length).toBe(kept.size);
      await log.close();
      await place.remove();
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
