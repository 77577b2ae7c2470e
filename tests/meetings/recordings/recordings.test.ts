import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Formats } from '../../../meetings/recordings/formats.ts';
import { keepRecordings } from '../../../meetings/recordings/keeper.ts';
import { Recordings } from '../../../meetings/recordings/recordings.ts';
import { parseRecordingId, soundMs } from '../../../meetings/rules/recording.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import type { Store } from '../../../meetings/store/store.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { START_MS, TestTimers } from '../../support/meetings.ts';
import { ScriptedRooms } from '../../support/scripted-rooms.ts';
import { findFfmpeg } from '../../../switch/media/ffmpeg.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const other = 'm-bbbbbbbbbbbbbbbb' as RoomId;
const ffmpeg = findFfmpeg(undefined, process.env.PATH ?? '');

let dir: string;
let store: Store;
let growing: RoomId | undefined;
let recordings: Recordings;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'partyline-recordings-'));
  store = openLmdb(join(dir, 'store'), () => START_MS);
  growing = undefined;
  const keys = { codes: 'codes', tokens: 'tokens' };
  recordings = new Recordings(
    { store, keys },
    { dir, formats: new Formats(ffmpeg), isRecording: (id) => id === growing },
  );
});

afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** One second of silence at 8 kHz in 16 bits, last written at `endedAtMs`. */
function recorded(id: string, endedAtMs = START_MS): string {
  const wav = Buffer.alloc(44 + 16_000);
  wav.write('RIFF');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8_000],
    [28, 16_000],
    [40, 16_000],
  ] as const)
    wav.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, at);
  wav.write('data', 36);
  const path = join(dir, `${id}.wav`);
  writeFileSync(path, wav);
  utimesSync(path, endedAtMs / 1_000, endedAtMs / 1_000);
  return path;
}

test('what lies in the folder is there, the newest first, and nothing else', async () => {
  recorded(`${room}-20261122T100000Z`);
  recorded(`${room}-20261122T110000Z`);
  recorded(`${other}-20261122T103000Z`);
  recorded('holiday');
  const ids = (await recordings.list()).map(({ id }) => id.slice(-16));
  expect(ids).toEqual(['20261122T110000Z', '20261122T103000Z', '20261122T100000Z']);
  expect(await recordings.list(other)).toMatchObject([
    { room: other, durationMs: 1_000, bytes: 16_044, published: false, name: '' },
  ]);
});

test('the newest of a room that is recorded now has no end yet', async () => {
  recorded(`${room}-20261122T100000Z`);
  recorded(`${room}-20261122T110000Z`);
  growing = room;
  const ends = (await recordings.list()).map(({ endedAtMs }) => endedAtMs);
  expect(ends).toEqual([undefined, START_MS]);
});

test.each(['../../etc/passwd', `${room}-2026/../x`, `${room}-20261341T100000Z`, ''])(
  '%j is no id, and no path is made of it',
  async (id) => {
    expect(parseRecordingId(id)).toBeUndefined();
    expect(await recordings.get(id)).toBeUndefined();
  },
);

test('what is said of a room holds for its recordings, of one for that one', async () => {
  recorded(`${room}-20261122T100000Z`);
  await recordings.describe(room, { name: 'Standup', published: true, meta: { course: '7' } });
  const [one] = await recordings.list();
  if (one === undefined) throw new Error('there is one');
  await recordings.change(one, { published: false, meta: { title: 'First' } });
  expect(await recordings.get(one.id)).toMatchObject({
    name: 'Standup',
    published: false,
    meta: { course: '7', title: 'First' },
  });
});

test('deleted is deleted, in every format', async () => {
  recorded(`${room}-20261122T100000Z`);
  writeFileSync(join(dir, `${room}-20261122T100000Z.mp3`), 'x');
  const [one] = await recordings.list();
  if (one) await recordings.delete(one);
  expect(readdirSync(dir)).toEqual(['store']);
  expect(await store.list('recordings:')).toEqual([]);
});

test('its meeting gives it a name, and after its days it goes', async () => {
  const rooms = new ScriptedRooms();
  const timers = new TestTimers();
  recorded(`${room}-20261122T100000Z`);
  const old = recorded(`${other}-20261022T100000Z`, START_MS - 8 * 86_400_000);
  const failures: unknown[] = [];
  const stop = keepRecordings({
    ...{ recordings, rooms, days: 7, now: () => START_MS, after: timers.after },
    nameOf: () => Promise.resolve('Standup'),
    log: (level, _message, fields) => (level === 'warn' ? failures.push(fields) : undefined),
  });
  rooms.tell({ kind: 'room-opened', room, openedAtMs: START_MS });
  rooms.tell({ kind: 'room-updated', room, locked: false, recording: true });
  await expect
    .poll(async () => (await recordings.list()).map(({ name }) => name))
    .toEqual(['Standup']);
  expect(readdirSync(dir)).not.toContain(old.slice(dir.length + 1));
  expect(failures).toEqual([]);
  stop();
  expect(timers.waiting).toEqual([]);
});

test('a key opens one recording alone', () => {
  const [one, two] = [`${room}-20261122T100000Z`, `${room}-20261122T110000Z`];
  expect(recordings.isLinkKey(one, recordings.linkKey(one))).toBe(true);
  expect(recordings.isLinkKey(two, recordings.linkKey(one))).toBe(false);
  expect(recordings.isLinkKey(one, '')).toBe(false);
});

test.skipIf(ffmpeg === undefined)('MP3 and Opus are made once, and can be heard', async () => {
  recorded(`${room}-20261122T100000Z`);
  const [one] = await recordings.list();
  if (one === undefined) throw new Error('there is one');
  const [mp3, again, opus] = await Promise.all([
    recordings.file(one, 'mp3'),
    recordings.file(one, 'mp3'),
    recordings.file(one, 'opus'),
  ]);
  expect([mp3, opus].map((path) => path.slice(-4))).toEqual(['.mp3', 'opus']);
  expect(again).toBe(mp3);
  expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a file that is no WAV has no length', () => {
  expect(soundMs(Buffer.alloc(44), 1_000)).toBe(0);
  expect(soundMs(Buffer.alloc(3), 3)).toBe(0);
});
