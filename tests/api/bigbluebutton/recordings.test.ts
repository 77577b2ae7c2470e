import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Formats } from '../../../meetings/recordings/formats.ts';
import { Recordings } from '../../../meetings/recordings/recordings.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld } from '../../support/bigbluebutton.ts';
import { startMeetings } from '../../support/meetings.ts';

let dir: string;
let world: BbbWorld;
let growing: boolean;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'partyline-recordings-'));
  growing = false;
  const meetings = await startMeetings();
  const keys = { codes: 'codes', tokens: 'tokens' };
  const recordings = new Recordings(
    { store: meetings.store, keys },
    { dir, formats: new Formats(undefined), isRecording: () => growing },
  );
  world = await startBigBlueButtonWorld(false, meetings, { recordings });
});

afterEach(async () => {
  await world.stop();
  rmSync(dir, { recursive: true });
});

/** A meeting that was recorded; its recording's id. */
async function recorded(meetingID: string, course: string): Promise<string> {
  await world.call('create', { meetingID, name: `Lecture ${course}`, meta_course: course });
  const all = await world.parts.meetings.list();
  const room = all.find(({ name }) => name === `Lecture ${course}`)?.id as RoomId;
  world.rooms.tell({ kind: 'room-opened', room, openedAtMs: world.clock.nowMs });
  world.rooms.tell({ kind: 'room-updated', room, locked: false, recording: true });
  await expect.poll(async () => (await world.store.list(`recordings:room:${room}`)).length).toBe(1);
  const id = `${room}-20261122T120000Z`;
  writeFileSync(join(dir, `${id}.wav`), Buffer.alloc(100));
  return id;
}

const idsOf = async (params = {}) =>
  (await world.call('getRecordings', params))
    .all('recordings/recording')
    .flatMap(({ children }) => children.filter(([name]) => name === 'recordID'))
    .map(([, node]) => node.text);

test('a recording is told with its meeting, its metadata and where it is heard', async () => {
  const id = await recorded('math', '7');
  const reply = await world.call('getRecordings', { meetingID: 'math' });
  const at = (path: string) => reply.at(`recordings/recording/${path}`);
  expect(at('recordID')).toBe(id);
  expect([at('meetingID'), at('state'), at('metadata/course')]).toEqual(['math', 'published', '7']);
  const url = new URL(at('playback/format/url') ?? '');
  const page = await fetch(world.api.url + url.pathname + url.search);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
});

test('recordings are found by meeting, id, state and metadata, and by pages', async () => {
  const [math, art] = [await recorded('math', '7'), await recorded('art', '8')];
  expect((await idsOf()).sort()).toEqual([math, art].sort());
  expect(await idsOf({ meetingID: 'art,none' })).toEqual([art]);
  expect(await idsOf({ recordID: math })).toEqual([math]);
  expect(await idsOf({ meta_course: '8' })).toEqual([art]);
  expect(await idsOf({ state: 'unpublished' })).toEqual([]);
  expect(await idsOf({ limit: 1 })).toHaveLength(1);
  expect(await idsOf({ offset: 2 })).toEqual([]);
});

test('taken back it is heard by nobody; published again by whoever has the address', async () => {
  const id = await recorded('math', '7');
  const path = 'recordings/recording/playback/format/url';
  const url = new URL((await world.call('getRecordings')).at(path) ?? '');
  const heard = async () => (await fetch(world.api.url + url.pathname + url.search)).status;
  const publish = (on: boolean) => world.call('publishRecordings', { recordID: id, publish: on });
  expect((await publish(false)).at('published')).toBe('false');
  expect(await heard()).toBe(404);
  expect((await world.call('getRecordings')).at(path)).toBeUndefined();
  expect((await publish(true)).at('published')).toBe('true');
  expect(await heard()).toBe(200);
});

test('metadata is changed by name, and what is deleted is gone', async () => {
  const recordID = await recorded('math', '7');
  const updated = await world.call('updateRecordings', { recordID, meta_title: 'Sets' });
  expect(updated.at('updated')).toBe('true');
  const after = await world.call('getRecordings');
  expect(after.at('recordings/recording/metadata/title')).toBe('Sets');
  expect(after.at('recordings/recording/metadata/course')).toBe('7');
  expect((await world.call('deleteRecordings', { recordID })).at('deleted')).toBe('true');
  expect(await idsOf()).toEqual([]);
  expect((await world.call('deleteRecordings', { recordID })).at('messageKey')).toBe('notFound');
});

test('one that grows is told only to who asks for those, and is not deleted', async () => {
  const recordID = await recorded('math', '7');
  growing = true;
  expect(await idsOf()).toEqual([]);
  expect(await idsOf({ state: 'processing' })).toEqual([recordID]);
  expect((await world.call('deleteRecordings', { recordID })).at('messageKey')).toBe('notFound');
});

test('recordings of meetings that others made are none of the client’s', async () => {
  writeFileSync(join(dir, 'm-bbbbbbbbbbbbbbbb-20261122T120000Z.wav'), Buffer.alloc(100));
  expect(await idsOf({ state: 'any' })).toEqual([]);
});
