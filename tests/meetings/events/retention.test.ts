import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent, LogSettings } from '../../../meetings/events/event-log.ts';
import type { Note } from '../../../protocol/room/feed.ts';
import { LOG_MAKERS } from '../../support/event-logs.ts';
import { lockNote, roomNumber } from '../../support/log-at.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { TestClock } from '../../support/meetings.ts';

const DAY_MS = 86_400_000;
const ALARM: Note = { kind: 'alarms-updated' };

for (const maker of LOG_MAKERS) {
  describe.skipIf(maker.skip)(`what is kept of the event log on ${maker.name}`, () => {
    const clock = new TestClock();
    const settings: LogSettings = {
      now: clock.now,
      log: () => undefined,
      retention: { perMeeting: 20, all: 300, ms: 2 * DAY_MS },
    };
    let place: LogPlace;
    let log: EventLog;
    let meetings = 0;
    const another = () => roomNumber(++meetings);
    const seqs = (events: readonly LoggedEvent[]) => events.map(({ seq }) => seq);
    beforeAll(async () => {
      place = await maker.place();
      log = await place.open(settings);
    });
    afterAll(async () => {
      await log.close();
      await place.remove();
    });
    const reopen = async () => {
      await log.close();
      log = await place.open(settings);
    };

    test('keeps the newest of a log that grows beyond its measure', async () => {
      const room = another();
      for (let n = 0; n < 30; n++) await log.append(room, [lockNote(room, n % 2 === 0)]);
      const { events, first, last } = await log.read(room, 1, 100);
      expect([first, last]).toEqual([11, 30]);
      expect(seqs(events)).toEqual(Array.from({ length: 20 }, (_, n) => n + 11));
      for (let n = 0; n < 300; n++) void log.append(ALL, [ALARM]);
      await log.append(ALL, [ALARM]);
      const all = await log.read(ALL, 1, 1_000);
      expect([all.events.length, all.last - all.first + 1]).toEqual([300, 300]);
    });

    test('forgets what is too old, and goes on counting where it was', async () => {
      const [quiet, gone] = [another(), another()];
      await log.append(quiet, [lockNote(quiet, true), lockNote(quiet, false)]);
      await log.append(gone, [lockNote(gone, true), { kind: 'meeting-removed', id: gone }]);
      clock.pass(DAY_MS);
      await log.append(quiet, [lockNote(quiet, true)]);
      clock.pass(DAY_MS + 1);
      await reopen();
      await log.append(ALL, [ALARM]);
      const left = async () => {
        const { events, first, last } = await log.read(quiet, 1, 9);
        return [seqs(events), first, last];
      };
      await expect.poll(left).toEqual([[3], 3, 3]);
      await expect.poll(async () => (await log.read(gone, 1, 9)).events).toEqual([]);
      clock.pass(2 * DAY_MS + 1);
      await log.append(ALL, [ALARM]);
      await expect.poll(left).toEqual([[], 4, 3]);
      await expect
        .poll(async () => (await log.read(ALL, 1, 9)).events)
        .toMatchObject([{ note: ALARM }]);
      await reopen();
      expect(await log.append(quiet, [lockNote(quiet, false)])).toMatchObject([{ seq: 4 }]);
    });
  });
}
