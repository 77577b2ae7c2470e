import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Formats } from '../../../meetings/recordings/formats.ts';
import { Recordings } from '../../../meetings/recordings/recordings.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import type { Store } from '../../../meetings/store/store.ts';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { ask, BEARER, newMeeting, newPerson, startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const OVER = `${room}-20261122T100000Z`;
const GROWING = `${room}-20261122T110000Z`;
const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 256));

let dir: string;
let store: Store;
let world: TestApi;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'partyline-recordings-'));
  store = openLmdb(join(dir, 'store'), () => 0);
  const keys = { codes: 'codes', tokens: 'tokens' };
  const formats = new Formats(undefined);
  const recordings = new Recordings({ store, keys }, { dir, formats, isRecording: () => true });
  world = await startTestApi({ recordings });
});

beforeEach(() => {
  for (const id of [OVER, GROWING]) writeFileSync(join(dir, `${id}.wav`), SOUND);
});

afterAll(async () => {
  await world.stop();
  await store.close();
  rmSync(dir, { recursive: true });
});

const get = (path: string) => request(world.api.url).get(path);
const publish = (published: boolean) =>
  ask(world, 'patch', `/recordings/${OVER}`, { published, meta: { course: '<7>' } });

test('recordings are listed, and the one that grows has no end', async () => {
  const { body } = (await ask(world, 'get', `/recordings?meeting=${room}`)) as {
    body: RecordingView[];
  };
  expect(body.map(({ id, state }) => [id, state])).toEqual([
    [GROWING, 'recording'],
    [OVER, 'done'],
  ]);
});

test('the sound comes whole, or the part that a player asks for', async () => {
  const path = `/api/v1/recordings/${OVER}/audio`;
  const whole = await get(path).set(BEARER).buffer();
  expect(whole.headers['content-type']).toBe('audio/wav');
  expect(Buffer.compare(whole.body as Buffer, SOUND)).toBe(0);
  const part = await get(path).set(BEARER).set('range', 'bytes=100-199').buffer();
  expect(part.status).toBe(206);
  expect(part.headers['content-range']).toBe('bytes 100-199/1000');
  expect(Buffer.compare(part.body as Buffer, SOUND.subarray(100, 200))).toBe(0);
  expect((await get(path).set(BEARER).set('range', 'bytes=2000-')).status).toBe(416);
});

test('as a file it has a name', async () => {
  const { headers } = await get(`/api/v1/recordings/${OVER}/audio?download=true`).set(BEARER);
  expect(headers['content-disposition']).toBe(`attachment; filename=${OVER}.wav`);
});

test('what grows is neither heard nor deleted, and without ffmpeg there is WAV alone', async () => {
  expect((await ask(world, 'get', `/recordings/${GROWING}/audio`)).status).toBe(409);
  expect((await ask(world, 'delete', `/recordings/${GROWING}`)).status).toBe(409);
  expect((await ask(world, 'get', `/recordings/${OVER}/audio?format=mp3`)).status).toBe(400);
});

test('published, whoever has the address hears it; taken back, nobody', async () => {
  const { url = '' } = (await publish(true)).body as RecordingView;
  const { pathname, search } = new URL(url);
  const page = await get(pathname + search);
  expect(page.status).toBe(200);
  expect(page.text).toContain(`src="${pathname}/audio.wav${search}"`);
  expect((await get(`${pathname}/audio.wav${search}`)).status).toBe(200);
  expect((await get(`${pathname}?key=${'a'.repeat(22)}`)).status).toBe(404);
  expect((await get(pathname.replace('100000', '110000') + search)).status).toBe(404);
  await publish(false);
  expect((await get(pathname + search)).status).toBe(404);
  expect((await get(`${pathname}/audio.wav${search}`)).status).toBe(404);
});

test('deleted it is gone, and its address with it', async () => {
  const { url = '' } = (await publish(true)).body as RecordingView;
  expect((await ask(world, 'delete', `/recordings/${OVER}`)).status).toBe(204);
  expect((await ask(world, 'get', `/recordings/${OVER}`)).status).toBe(404);
  const { pathname, search } = new URL(url);
  expect((await get(pathname + search)).status).toBe(404);
});

test.each(['..%2f..%2fetc%2fpasswd', 'nonsense', `${room}-20261122T100000Z%00`])(
  'no path is made of %s',
  async (id) => {
    expect((await ask(world, 'get', `/recordings/${id}`)).status).toBe(404);
    expect((await get(`/recordings/${id}?key=x`)).status).toBe(404);
  },
);

test('people in a meeting see no recordings', async () => {
  const { feedToken } = await newPerson(world, await newMeeting(world), 'moderator');
  const authorization = `Bearer ${feedToken}`;
  expect((await get('/api/v1/recordings').set({ authorization })).status).toBe(403);
  expect((await get(`/api/v1/recordings/${OVER}/audio`)).status).toBe(401);
});
