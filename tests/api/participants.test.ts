import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { Outcome } from '../../protocol/room/command.ts';
import { ADMIN_KEY, FROM } from '../support/meetings.ts';
import { ask, BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
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

const about = () => ({ room: meeting.id, id: row.id });

test('each field is one wish', async () => {
  const change = {
    muted: true,
    deaf: false,
    held: true,
    name: ' Ada L. ',
    role: 'moderator',
    hand: true,
    help: false,
    volume: { in: -4, out: 4 },
  };
  expect((await ask(world, 'patch', path, change)).status).toBe(202);
  expect(world.rooms.wishes).toEqual([
    { kind: 'set-role', ...about(), role: 'moderator' },
    { kind: 'rename', ...about(), name: 'Ada L.' },
    { kind: 'set-muted', ...about(), on: true, by: 'program' },
    { kind: 'set-deaf', ...about(), on: false },
    { kind: 'set-held', ...about(), on: true },
    { kind: 'set-hand', ...about(), on: true, by: 'program' },
    { kind: 'set-help', ...about(), on: false },
    { kind: 'set-volume', ...about(), direction: 'in', level: -4 },
    { kind: 'set-volume', ...about(), direction: 'out', level: 4 },
  ]);
});

test('what a moderator made of somebody counts, not what their link once said', async () => {
  const mona = await newPerson(world, meeting, 'moderator');
  const paul = await newPerson(world, meeting);
  const enters = (n: number, personId: string, role: 'moderator' | 'participant') => {
    world.rooms.tell(arrival(meeting.id, somebody(n, { via: 'browser', personId, role })));
  };
  const mutes = (token: string) =>
    request(world.api.url)
      .post(`/api/v1${room}/mute-all`)
      .set({ authorization: `Bearer ${token}` })
      .send({});
  enters(2, mona.personId, 'participant');
  enters(3, paul.personId, 'moderator');
  expect((await mutes(mona.feedToken)).status).toBe(403);
  expect((await mutes(paul.feedToken)).status).toBe(202);
});

test('the wish says whose hand it was: one’s own, a moderator’s, the console’s, a program’s', async () => {
  const ada = await world.parts.tickets.softphone(
    { kind: 'ticket', room: meeting.id, role: 'participant', person: { id: 'ada', name: 'Ada' } },
    'Ada',
  );
  const chair = await newPerson(world, meeting, 'moderator');
  const login = await world.parts.people.signIn.byKey(ADMIN_KEY, FROM);
  if (login.kind !== 'open') throw new Error(login.kind);
  const cookie = `partyline_session=${login.session.token}`;
  const heads = [
    { authorization: `Bearer ${ada.feedToken}` },
    { authorization: `Bearer ${chair.feedToken}` },
    { cookie, 'sec-fetch-site': 'same-origin' },
    BEARER,
  ];
  for (const headers of heads) {
    const asked = request(world.api.url).patch(`/api/v1${path}`).set(headers);
    expect((await asked.send({ muted: false })).status).toBe(202);
  }
  const by = world.rooms.wishes.map((wish) => ('by' in wish ? wish.by : wish.kind));
  expect(by).toEqual(['self', 'moderator', 'moderator', 'program']);
});

test('a participant changes only what is theirs to change, and is told which field was not', async () => {
  const ada = await world.parts.tickets.softphone(
    { kind: 'ticket', room: meeting.id, role: 'participant', person: { id: 'ada', name: 'Ada' } },
    'Ada',
  );
  const patch = (body: object) =>
    request(world.api.url)
      .patch(`/api/v1${path}`)
      .set({ authorization: `Bearer ${ada.feedToken}` })
      .send(body);
  for (const own of [
    { hand: true },
    { help: true },
    { name: 'A' },
    { volume: { out: 1 } },
    { unheard: { id: somebody(2).id, on: true } },
  ])
    expect((await patch(own)).status).toBe(202);
  world.rooms.wishes.length = 0;
  const others = [
    ['role', { role: 'moderator' }],
    ['deaf', { deaf: true }],
    ['held', { held: true }],
    ['admitted', { admitted: true }],
    ['volume.in', { volume: { in: 4 } }],
  ] as const;
  for (const [field, body] of others) {
    const answered = await patch({ muted: true, ...body });
    expect([answered.status, answered.body]).toMatchObject([403, { field }]);
  }
  expect(world.rooms.wishes).toEqual([]);
});

test('from the lobby they are let in or sent away; from the room they cannot be', async () => {
  const waiting = somebody(2, { state: 'lobby' });
  world.rooms.tell(arrival(meeting.id, waiting));
  const lobbied = `${room}/participants/${waiting.id}`;
  expect((await ask(world, 'patch', lobbied, { admitted: true })).status).toBe(202);
  expect((await ask(world, 'patch', lobbied, { admitted: false })).status).toBe(202);
  const at = { room: meeting.id, id: waiting.id };
  expect(world.rooms.wishes).toEqual([
    { kind: 'admit', ...at },
    { kind: 'remove', ...at },
  ]);
  const inside = await ask(world, 'patch', path, { admitted: true });
  expect([inside.status, inside.body]).toMatchObject([409, { field: 'admitted' }]);
});

test('a person with two legs is one row, and wishes go to the leg that speaks', async () => {
  const browser = somebody(2, { via: 'browser', personId: 'ada', audioBy: row.id });
  world.rooms.tell(arrival(meeting.id, browser));
  const rows = (await ask(world, 'get', `${room}/participants`)).body as { id: string }[];
  expect(rows.map(({ id }) => id)).toEqual([row.id]);
  const carried = `${room}/participants/${browser.id}`;
  await ask(world, 'patch', carried, { muted: true });
  await ask(world, 'delete', carried);
  expect(world.rooms.wishes.map((wish) => 'id' in wish && wish.id)).toEqual([row.id, row.id]);
  expect((await ask(world, 'get', room)).body).toMatchObject({ participants: 1 });
});

test('moderators see masked numbers as they are, participants two digits', async () => {
  world.rooms.tell(arrival(meeting.id, somebody(2, { number: '+49…1234' })));
  const seen = async (role: 'moderator' | 'participant') => {
    const { feedToken, personId } = await newPerson(world, meeting, role);
    world.rooms.tell(arrival(meeting.id, somebody(9, { personId, role })));
    const answered = await request(world.api.url)
      .get(`/api/v1${room}/participants`)
      .set({ authorization: `Bearer ${feedToken}` });
    return (answered.body as { number: string }[]).map(({ number }) => number)[1];
  };
  expect(await seen('moderator')).toBe('+49…1234');
  expect(await seen('participant')).toBe('…34');
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

test('what is done to all is wished once', async () => {
  await ask(world, 'delete', `${path}?ban=false`);
  await ask(world, 'post', `${room}/mute-all`);
  await ask(world, 'post', `${room}/unmute-all`);
  await ask(world, 'post', `${room}/lock`, { locked: false });
  await ask(world, 'post', `${room}/lobby`, { action: 'admit' });
  await ask(world, 'post', `${room}/lobby`, { action: 'refuse' });
  await ask(world, 'post', `${room}/recording`, { action: 'start' });
  await ask(world, 'post', `${room}/recording`, { action: 'stop' });
  expect(world.rooms.wishes).toEqual([
    { kind: 'remove', room: meeting.id, id: row.id },
    { kind: 'mute-all', room: meeting.id, except: 'moderators' },
    { kind: 'unmute-all', room: meeting.id },
    { kind: 'set-locked', room: meeting.id, on: false },
    { kind: 'admit-all', room: meeting.id },
    { kind: 'refuse-all', room: meeting.id },
    { kind: 'set-recording', room: meeting.id, on: true },
    { kind: 'set-recording', room: meeting.id, on: false },
  ]);
});

test('rows show times as ISO 8601', async () => {
  world.rooms.tell(arrival(meeting.id, { ...row, hand: true, handAtMs: row.joinedAtMs + 1 }));
  const [shown] = (await ask(world, 'get', `${room}/participants`)).body as object[];
  expect(shown).toMatchObject({
    joinedAt: new Date(row.joinedAtMs).toISOString(),
    handAt: new Date(row.joinedAtMs + 1).toISOString(),
  });
  expect(shown).not.toHaveProperty('handAtMs');
});
