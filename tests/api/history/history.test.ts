import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordHistory } from '../../../meetings/history/open.ts';
import type { HistoryRecorder } from '../../../meetings/history/recorder.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import type { SessionDetail, SessionSummary } from '../../../protocol/http/history.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import { ask, BEARER, newMeeting, newPerson, startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { seeded } from '../../support/meetings.ts';
import { ScriptedRooms, somebody } from '../../support/scripted-rooms.ts';

let world: TestApi;
let rooms: ScriptedRooms;
let recorder: HistoryRecorder;
let standup: Meeting;
let review: Meeting;
let ids: readonly string[];

/** Three sessions: two stand-ups and a review, in which Grace is muted by the console. */
beforeAll(async () => {
  rooms = new ScriptedRooms();
  world = await startTestApi({ rooms, onWish: (leg, by) => recorder.wished(leg, by) });
  const { parts, store, clock } = world;
  recorder = recordHistory(parts, rooms, {
    ...{ store, now: clock.now, random: seeded(9) },
    log: (_level, message) => {
      throw new Error(message);
    },
  });
  standup = await newMeeting(world, { name: 'Standup' });
  review = await newMeeting(world, { name: 'Review' });
  await met(standup, [somebody(1, { name: 'Ada' })]);
  await met(standup, [somebody(2, { name: '=HYPERLINK("http://evil")' })]);
  await came(review, somebody(3, { name: 'Grace', personId: 'p-grace' }));
  await ask(world, 'patch', `/meetings/${review.id}/participants/${somebody(3).id}`, {
    muted: true,
  });
  await came(review, somebody(3, { name: 'Grace', personId: 'p-grace', muted: true }));
  const listed = (await ask(world, 'get', '/history')).body as SessionSummary[];
  ids = listed.map(({ id }) => id);
});

afterAll(async () => {
  await recorder.stop();
  await world.stop();
});

async function came({ id: room }: Meeting, row: Participant): Promise<void> {
  const participant = { ...row, joinedAtMs: world.clock.nowMs };
  rooms.tell({ kind: 'participant-updated', room, participant });
  await recorder.settled();
}

async function met(meeting: Meeting, rows: readonly Participant[]): Promise<void> {
  for (const row of rows) await came(meeting, row);
  for (const row of rows) await came(meeting, { ...row, talking: true });
  world.clock.pass(60_000);
  for (const { id } of rows)
    rooms.tell({ kind: 'participant-left', room: meeting.id, id, reason: 'hung-up' });
  await recorder.settled();
  const quality = { mos: 4.2, lossPercent: 0.4, jitterMs: 3 };
  for (const { id } of rows)
    rooms.report({ room: meeting.id, id, cause: 'MEDIA_TIMEOUT', quality });
  await recorder.settled();
  world.clock.pass(60_000);
}

function detail(meeting: Meeting, id: string | undefined) {
  return ask(world, 'get', `/meetings/${meeting.id}/history/${id}`);
}

test('all sessions are listed, the newest first, and the one that goes on has no end', async () => {
  const { body } = (await ask(world, 'get', '/history')) as { body: SessionSummary[] };
  expect(body.map(({ name }) => name)).toEqual(['Review', 'Standup', 'Standup']);
  expect(body.map(({ endedAt }) => endedAt === undefined)).toEqual([true, false, false]);
});

test('a page says where the next begins', async () => {
  const first = await ask(world, 'get', '/history?limit=2');
  const next = /<\/api\/v1([^>]+)>; rel="next"/.exec(first.headers.link ?? '')?.[1] ?? '';
  const second = (await ask(world, 'get', next)).body as SessionSummary[];
  expect((first.body as SessionSummary[]).concat(second).map(({ id }) => id)).toEqual(ids);
});

const FILTERS = [
  { what: 'of one meeting', query: () => `meeting=${standup.id}`, found: 2 },
  { what: 'with somebody, by name', query: () => 'person=ada', found: 1 },
  { what: 'with somebody, by their mark', query: () => 'person=p-grace', found: 1 },
  { what: 'before they began', query: () => 'to=2026-01-01T00:00:00Z', found: 0 },
  { what: 'from then on', query: () => 'from=2026-01-01T00:00:00Z', found: 3 },
];

test.each(FILTERS)('sessions $what are found', async ({ query, found }) => {
  expect((await ask(world, 'get', `/history?${query()}`)).body).toHaveLength(found);
});

test('a session tells who was there, who talked when, how it sounded and why it ended', async () => {
  const { body } = (await detail(standup, ids[2])) as { body: SessionDetail };
  expect(body.visits).toMatchObject([
    {
      name: 'Ada',
      talked: [[0, 60_000]],
      talkedMs: 60_000,
      quality: { mos: 4.2 },
      end: { reason: 'hung-up', words: 'Their sound stopped coming' },
    },
  ]);
});

test('who muted somebody is told', async () => {
  await recorder.stop();
  const { body } = (await detail(review, ids[0])) as { body: SessionDetail };
  expect(body.visits[0]?.deeds).toMatchObject([{ act: 'muted', by: 'program' }]);
});

test('a session of another meeting is not found, nor is what is no id', async () => {
  expect((await detail(review, ids[2])).status).toBe(404);
  expect((await detail(standup, 'nonsense')).status).toBe(404);
});

test('CSV is safe for spreadsheets and says its encoding to Excel', async () => {
  const path = `/api/v1/meetings/${standup.id}/history/${ids[1]}/export`;
  const { text, headers } = await request(world.api.url)
    .get(`${path}?format=csv&bom=true`)
    .set(BEARER);
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename=session-2026-11-22-.*\.csv$/,
  );
  expect(text.startsWith('\uFEFFsession,meeting,')).toBe(true);
  const [, line = '', ...rest] = text.split('\r\n');
  expect(line).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(rest).toEqual(['']);
});

test('everything comes as one line a session or one row a visit', async () => {
  const lines = await request(world.api.url).get('/api/v1/history/export').set(BEARER).buffer();
  expect(lines.text.trim().split('\n')).toHaveLength(3);
  const csv = await request(world.api.url).get('/api/v1/history/export?format=csv').set(BEARER);
  expect(csv.text.trim().split('\r\n')).toHaveLength(4);
});

test('people in a meeting see no history, those without a key none either', async () => {
  const grant = await newPerson(world, standup, 'moderator');
  const asked = (path: string) => request(world.api.url).get(`/api/v1${path}`);
  const token = `Bearer ${grant.feedToken}`;
  expect((await asked('/history').set({ authorization: token })).status).toBe(403);
  const own = await asked(`/meetings/${standup.id}/history`).set({ authorization: token });
  expect(own.status).toBe(403);
  expect((await asked('/history')).status).toBe(401);
});

test('somebody is forgotten by name, a session by its id, and one that goes on not yet', async () => {
  expect((await ask(world, 'delete', '/history/people/Ada')).status).toBe(204);
  expect((await ask(world, 'delete', '/history/people/Ada')).status).toBe(404);
  const { body } = (await detail(standup, ids[2])) as { body: SessionDetail };
  expect(body.visits).toMatchObject([{ name: '', number: '', talked: [] }]);
  const one = (id: string | undefined, { id: room }: Meeting) =>
    ask(world, 'delete', `/meetings/${room}/history/${id}`);
  expect((await one(ids[0], review)).status).toBe(409);
  expect((await one(ids[1], standup)).status).toBe(204);
  expect((await detail(standup, ids[1])).status).toBe(404);
});
