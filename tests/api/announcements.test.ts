import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wavSeconds } from '../../meetings/rules/wav-length.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { wavBytes, wavHeader } from '../../switch/media/dsp/wav.ts';
import { ask, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const RATE_HZ = 8_000;
const SAMPLES = 12_000;
const sound = Buffer.concat([wavHeader(RATE_HZ, SAMPLES), wavBytes(new Int16Array(SAMPLES))]);
const PROMPTS = mkdtempSync(join(tmpdir(), 'own-prompts-'));

let world: TestApi;
let meeting: Meeting;

beforeAll(async () => {
  const folder = join(PROMPTS, 'announcements');
  mkdirSync(folder);
  for (const name of ['lunch.wav', 'fire-drill.wav', 'Upper.wav', 'notes.txt'])
    writeFileSync(join(folder, name), sound);
  writeFileSync(join(folder, 'broken.wav'), 'no sound');
  world = await startTestApi({ promptsDir: PROMPTS });
  meeting = await newMeeting(world);
  world.rooms.tell(arrival(meeting.id, somebody(1)));
});
afterAll(async () => {
  await world.stop();
  rmSync(PROMPTS, { recursive: true });
});

test('the recordings that can be announced are listed, with how long each is', async () => {
  expect((await ask(world, 'get', '/announcements')).body).toEqual([
    { name: 'fire-drill', seconds: 1.5 },
    { name: 'lunch', seconds: 1.5 },
  ]);
});

test.each([
  [{ sound: 'lunch' }, 'everybody'],
  [{ sound: 'fire-drill', to: 'moderators' }, 'moderators'],
])('%j is handed to the switch', async (body, to) => {
  const before = world.rooms.wishes.length;
  expect((await ask(world, 'post', `/meetings/${meeting.id}/announce`, body)).status).toBe(202);
  expect(world.rooms.wishes.slice(before)).toEqual([
    { kind: 'announce', room: meeting.id, sound: body.sound, to },
  ]);
});

test('a name that no recording has is refused with those that there are', async () => {
  const answered = await ask(world, 'post', `/meetings/${meeting.id}/announce`, { sound: 'tea' });
  expect(answered.status).toBe(404);
  const detail = 'No announcement has that name; there are: fire-drill, lunch.';
  expect(answered.body).toMatchObject({ field: 'sound', detail });
});

test.each([{ sound: '../lunch' }, { sound: 'Lunch' }, {}, { sound: 'lunch', to: 'ada' }])(
  '%j is no wish',
  async (body) => {
    const answered = await ask(world, 'post', `/meetings/${meeting.id}/announce`, body);
    expect(answered.status).toBe(400);
  },
);

test.each([
  ['participant', 403],
  ['moderator', 202],
] as const)('a %s by link gets %i', async (role, status) => {
  const { feedToken } = await newPerson(world, meeting, role);
  const answered = await request(world.api.url)
    .post(`/api/v1/meetings/${meeting.id}/announce`)
    .set('authorization', `Bearer ${feedToken}`)
    .send({ sound: 'lunch' });
  expect(answered.status).toBe(status);
});

test('where the operator has recorded none, the list is empty and the refusal says so', async () => {
  const bare = await startTestApi();
  const { id } = await newMeeting(bare);
  expect((await ask(bare, 'get', '/announcements')).body).toEqual([]);
  const answered = await ask(bare, 'post', `/meetings/${id}/announce`, { sound: 'lunch' });
  expect(answered.status).toBe(404);
  expect((answered.body as { detail: string }).detail).toMatch(/PROMPTS_DIR/);
  await bare.stop();
});

test.each([
  ['a cut file plays to its cut', sound.subarray(0, 44), 44 + RATE_HZ, 0.5],
  ['a file that is still written has a size of 0xffffffff', unfinished(), 44 + 4 * RATE_HZ, 2],
  ['an MP3 is no WAV', Buffer.from('ID3 not a WAV file'), 1_000, undefined],
  ['of a header that is cut off nothing is known', sound.subarray(0, 30), 30, undefined],
])('%s', (_name, head, bytes, seconds) => {
  expect(wavSeconds(head, bytes)).toBe(seconds);
});

function unfinished(): Buffer {
  const head = Buffer.from(sound.subarray(0, 44));
  head.writeUInt32LE(0xffff_ffff, 40);
  return head;
}
