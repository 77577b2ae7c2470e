import { appendFileSync, copyFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import type { EventLog } from '../../../meetings/events/event-log.ts';
import { placeOf } from '../../../meetings/events/journal.ts';
import type { Note } from '../../../protocol/room/feed.ts';
import { placeOnLmdb } from '../../support/event-logs.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { lockNote, roomNumber } from '../../support/log-at.ts';

const ROOM = roomNumber(1);
const SETTINGS = { now: () => 1_800_000_000_000, log: () => undefined };

let place: LogPlace;
let log: EventLog;
beforeEach(async () => {
  place = await placeOnLmdb();
  log = await place.open(SETTINGS);
});
afterEach(async () => {
  await log.close();
  await place.remove();
});

/** A process that was killed left this journal, and files as they were once it was opened anew. */
async function killedWith(change: (journal: string) => void): Promise<void> {
  const journal = placeOf(place.address);
  const copy = `${journal}.left`;
  copyFileSync(journal, copy);
  change(copy);
  await log.close();
  copyFileSync(copy, journal);
  log = await place.open(SETTINGS);
}

async function seqs(meeting: string): Promise<readonly number[]> {
  return (await log.read(meeting, 1, 100_000)).events.map(({ seq }) => seq);
}

test('what is promised is in the journal by then, for our eyes only', async () => {
  await log.append(ROOM, [lockNote(ROOM, true)]);
  const journal = placeOf(place.address);
  expect(readFileSync(journal, 'utf8')).toContain(ROOM);
  expect(statSync(journal).mode & 0o077).toBe(0);
});

test('a log that was closed has emptied its journal', async () => {
  await log.append(ROOM, [lockNote(ROOM, true)]);
  await log.close();
  expect(statSync(placeOf(place.address)).size).toBe(0);
  log = await place.open(SETTINGS);
  expect(await seqs(ROOM)).toEqual([1]);
});

test('what the files have already is not taken over twice', async () => {
  await log.append(ROOM, [lockNote(ROOM, true)]);
  await log.append(ROOM, [lockNote(ROOM, false)]);
  await killedWith(() => undefined);
  expect(await seqs(ROOM)).toEqual([1, 2]);
  expect(await seqs(ALL)).toEqual([1, 2]);
});

const LATER = (seq: number): string => {
  const note = lockNote(ROOM, true);
  return JSON.stringify([ROOM, ALL].map((meeting) => ({ meeting, seq, atMs: 1, note })));
};

test.each([
  ['a whole line', `${LATER(2)}\n`, [1, 2]],
  ['a line that was not finished', LATER(2), [1]],
  ['half a line', `${LATER(2).slice(0, 40)}\n${LATER(2)}\n`, [1]],
  ['a line beyond a gap, as a loss of power may leave it', `${LATER(3)}\n`, [1]],
  ['zeros, as a loss of power may leave them', '\0'.repeat(4_096), [1]],
])('of %s behind the rest, a log goes on without a gap', async (_what, text, expected) => {
  await log.append(ROOM, [lockNote(ROOM, true)]);
  await killedWith((journal) => appendFileSync(journal, text));
  expect(await seqs(ROOM)).toEqual(expected);
  expect(await seqs(ALL)).toEqual(expected);
  expect(await log.append(ROOM, [lockNote(ROOM, false)])).toMatchObject([
    { seq: expected.length + 1 },
  ]);
});

test('a journal that is cut to nothing costs nothing that the files have', async () => {
  await log.append(ROOM, [lockNote(ROOM, true)]);
  await killedWith((journal) => truncateSync(journal));
  expect(await seqs(ROOM)).toEqual([1]);
});

test('a journal that is full is emptied, and no event is lost on the way', async () => {
  const long: Note = { kind: 'meeting-removed', id: `m-${'a'.repeat(1_000_000)}` as typeof ROOM };
  let largest = 0;
  for (let n = 0; n < 5; n++) {
    await log.append(ROOM, [long]);
    largest = Math.max(largest, statSync(placeOf(place.address)).size);
  }
  expect(largest).toBeLessThan(8_000_000);
  expect(await seqs(ROOM)).toEqual([1, 2, 3, 4, 5]);
});
