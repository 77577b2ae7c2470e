import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { Outcome } from '../../protocol/room/command.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let room: string;
const row = somebody(1, { personId: 'ada' });
let path: string;

beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  room = `/meetings/${meeting.id}`;
  path = `${room}/participants/${row.id}`;
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
});

test('each field is one wish', async () => {
  const change = { muted: true, deaf: false, held: true, volume: { in: -4, out: 4 } };
  expect((await ask(world, 'patch', path, change)).status).toBe(202);
  const about = { room: meeting.id, id: row.id };
  expect(world.rooms.wishes).toEqual([
    { kind: 'set-muted', ...about, on: true, by: 'program' },
    { kind: 'set-deaf', ...about, on: false },
    { kind: 'set-held', ...about, on: true },
    { kind: 'set-volume', ...about, direction: 'in', level: -4 },
    { kind: 'set-volume', ...about, direction: 'out', level: 4 },
  ]);
});

const refusals: readonly (readonly [Extract<Outcome, { ok: false }>['reason'], number, number])[] =
  [
    ['no-such-participant', 404, 404],
    ['no-such-room', 404, 409],
    ['refused', 409, 409],
    ['switch-unavailable', 503, 503],
  ];
test.each(refusals)('%s: %i about a person, %i about the room', async (reason, person, whole) => {
  world.rooms.outcome = { ok: false, reason, detail: 'The switch says why.' };
  const answers = [
    await ask(world, 'patch', path, { muted: true }),
    await ask(world, 'delete', path),
    await ask(world, 'post', `${room}/mute-all`, {}),
    await ask(world, 'post', `${room}/lock`, { locked: true }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([person, person, whole, whole]);
  for (const { body } of answers) expect(body).toMatchObject({ detail: 'The switch says why.' });
});

test('removing, muting all and locking are wished once', async () => {
  await ask(world, 'delete', `${path}?ban=false`);
  await ask(world, 'post', `${room}/mute-all`);
  await ask(world, 'post', `${room}/lock`, { locked: false });
  expect(world.rooms.wishes).toEqual([
    { kind: 'remove', room: meeting.id, id: row.id },
    { kind: 'mute-all', room: meeting.id, except: 'moderators' },
    { kind: 'set-locked', room: meeting.id, on: false },
  ]);
});

test('rows show times as ISO 8601', async () => {
  const [shown] = (await ask(world, 'get', `${room}/participants`)).body as { joinedAt: string }[];
  expect(shown?.joinedAt).toBe(new Date(row.joinedAtMs).toISOString());
});
