import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL, checkMeeting } from '../../../meetings/events/event-log.ts';
import type { EventLog, LoggedEvent, LogSettings } from '../../../meetings/events/event-log.ts';
import type { Note } from '../../../protocol/room/feed.ts';
import { LOG_MAKERS } from '../../support/event-logs.ts';
import { lockNote, roomNumber } from '../../support/log-at.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { TestClock } from '../../support/meetings.ts';

const ALARM: Note = { kind: 'alarms-updated' };

for (const maker of LOG_MAKERS) {
  describe.skipIf(maker.skip)(`the event log on ${maker.name}`, () => {
    const clock = new TestClock();
    const settings: LogSettings = {
      now: clock.now,
      log: (_level, message) => troubles.push(message),
    };
    const troubles: string[] = [];
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

    test('numbers each meeting from 1 on, and everything by itself', async () => {
      const [one, other] = [another(), another()];
      const { last } = await log.read(ALL, 1, 1);
      const note = lockNote(one, true);
      const [first, , third] = await Promise.all([
        log.append(one, [note, lockNote(one, false)]),
        log.append(other, [lockNote(other, true)]),
        log.append(one, [lockNote(one, true)]),
      ]);
      expect(first).toEqual([
        { meeting: one, seq: 1, atMs: clock.now(), note },
        { meeting: one, seq: 2, atMs: clock.now(), note: lockNote(one, false) },
      ]);
      expect(seqs(third)).toEqual([3]);
      expect((await log.read(other, 1, 10)).events).toMatchObject([{ meeting: other, seq: 1 }]);
      const { events } = await log.read(ALL, last + 1, 10);
      expect(seqs(events)).toEqual([1, 2, 3, 4].map((n) => last + n));
      expect(events.every(({ meeting }) => meeting === ALL)).toBe(true);
    });

    test('what is of no meeting is in the log of everything alone', async () => {
      const { last } = await log.read(ALL, 1, 1);
      expect(await log.append(ALL, [ALARM])).toMatchObject([{ meeting: ALL, seq: last + 1 }]);
      expect((await log.read(ALL, last + 1, 5)).events).toMatchObject([{ note: ALARM }]);
    });

    test('reads from any number, as much as is wanted, and says how far the log reaches', async () => {
      const room = another();
      await log.append(
        room,
        Array.from({ length: 6 }, (_, n) => lockNote(room, n % 2 === 0)),
      );
      const read = async (from: number, limit: number) => {
        const page = await log.read(room, from, limit);
        return [seqs(page.events), page.first, page.last];
      };
      expect(await read(1, 3)).toEqual([[1, 2, 3], 1, 6]);
      expect(await read(5, 9)).toEqual([[5, 6], 1, 6]);
      expect(await read(7, 9)).toEqual([[], 1, 6]);
      expect(await read(99, 9)).toEqual([[], 1, 6]);
      expect(await log.read(another(), 1, 9)).toEqual({ events: [], first: 1, last: 0 });
    });

    test('tells listeners of each event in order, as its meeting’s and as one of everything', async () => {
      const room = another();
      const told: LoggedEvent[] = [];
      const stop = log.subscribe((event) => told.push(event));
      await log.append(room, [lockNote(room, true), lockNote(room, false)]);
      await log.append(room, [lockNote(room, true)]);
      const { last } = await log.read(ALL, 1, 1);
      stop();
      await log.append(room, [lockNote(room, false)]);
      await log.read(ALL, 1, 1);
      expect(seqs(told.filter(({ meeting }) => meeting === room))).toEqual([1, 2, 3]);
      const all = told.filter(({ meeting }) => meeting === ALL);
      expect(seqs(all)).toEqual([last - 2, last - 1, last]);
    });

    test('nobody is told of what is not kept yet', async () => {
      const room = another();
      const seen = new Promise<number>((resolve) => {
        const stop = log.subscribe(({ meeting, seq }) => {
          if (meeting !== room) return;
          stop();
          resolve(log.read(room, seq, 1).then(({ events }) => events.length));
        });
      });
      await log.append(room, [lockNote(room, true)]);
      expect(await seen).toBe(1);
    });

    test('a listener that fails stops neither the log nor the others', async () => {
      const room = another();
      const told: number[] = [];
      const stops = [
        log.subscribe(() => {
          throw new Error('of the test');
        }),
        log.subscribe(({ seq, meeting }) => meeting === room && told.push(seq)),
      ];
      await log.append(room, [lockNote(room, true)]);
      await log.read(room, 1, 1);
      for (const stop of stops) stop();
      expect(told).toEqual([1]);
      expect(troubles).toContain('a listener of the event log failed');
    });

    test('goes on with its numbers after a restart', async () => {
      const room = another();
      await log.append(room, [lockNote(room, true), lockNote(room, false)]);
      const { last } = await log.read(ALL, 1, 1);
      await log.close();
      log = await place.open(settings);
      expect(await log.append(room, [lockNote(room, true)])).toMatchObject([{ seq: 3 }]);
      expect(seqs((await log.read(room, 1, 9)).events)).toEqual([1, 2, 3]);
      expect((await log.read(ALL, 1, 1)).last).toBe(last + 1);
    });
  });
}

test.each(['', 'a:b', '../x', 'x'.repeat(65)])('no meeting is called %j', (name) => {
  expect(() => checkMeeting(name)).toThrow('bad name');
});
