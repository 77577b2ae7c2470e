import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { ask, BEARER, newMeeting, startTestApi } from '../support/api.ts';
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

const cases: readonly (readonly [string, object, string])[] = [
  ['post /meetings', {}, 'name'],
  ['post /meetings', { name: '' }, 'name'],
  ['post /meetings', { name: 'a\r\nb' }, 'name'],
  ['post /meetings', { name: ['a'] }, 'name'],
  ['post /meetings', { name: 'A', extension: '7' }, 'extension'],
  ['post /meetings', { name: 'A', extension: '70\n' }, 'extension'],
  ['post /meetings', { name: 'A', maxParticipants: 1 }, 'maxParticipants'],
  ['post /meetings', { name: 'A', maxParticipants: 2.5 }, 'maxParticipants'],
  ['post /meetings', { name: 'A', muteOnEntry: 'yes' }, 'muteOnEntry'],
  ...['record', 'startsAt', 'id', 'codes', 'state', 'constructor', 'language', 'entrySounds'].map(
    (field) => ['post /meetings', { name: 'A', [field]: true }, field] as const,
  ),
  ...['lobby', 'waitForModerator', 'unmuteSelf', 'unmuteOthers', 'askName', 'callMe'].map(
    (field) => ['post /meetings', { name: 'A', [field]: 'perhaps' }, field] as const,
  ),
  ['post /meetings', { name: 'A', startsAt: 'tomorrow' }, 'startsAt'],
  ['post /meetings', { name: 'A', startsAt: '2026-11-22T09:00' }, 'startsAt'],
  ['post /meetings', { name: 'A', entrySoundsUpTo: -1 }, 'entrySoundsUpTo'],
  ...['role', 'name', 'talking', 'askedToUnmute', 'handAt', 'mutedBy'].map(
    (field) => ['patch PERSON', { [field]: true }, field] as const,
  ),
  ...['muted', 'hand', 'help', 'admitted', 'deaf', 'held'].map(
    (field) => ['patch PERSON', { [field]: 1 }, field] as const,
  ),
  ['patch PERSON', { name: 'a\r\nb' }, 'name'],
  ['post ROOM/lobby', {}, 'action'],
  ['post ROOM/lobby', { action: 'ignore' }, 'action'],
  ['post ROOM/recording', { action: true }, 'action'],
  ['post ROOM/unmute-all', { except: 'none' }, 'except'],
  ['post ROOM/calls', { number: '+4930901234', me: false }, 'me'],
  ['post ROOM/calls', { number: '+4930901234', name: '${system(x)}' }, 'name'],
  ['post ROOM/calls', { number: 30901234 }, 'number'],
  ['post ROOM/calls', { number: '+4930901234', trunk: 'x' }, 'trunk'],
  ['post /trunks', { name: 'T', server: 'a:1' }, 'name'],
  ['post /trunks', { name: 't', server: 'a' }, 'server'],
  ['post /trunks', { name: 't', server: 'a:1', transport: 'sctp' }, 'transport'],
  ['post /trunks', { name: 't', server: 'a:1', addresses: ['0.0.0.0/0'] }, 'addresses.0'],
  ['post /trunks', { name: 't', server: 'a:1', password: 'a b', username: 'u' }, 'password'],
  ['post /trunks', { name: 't', server: 'a:1', callerId: '110' }, 'callerId'],
  [
    'post /trunks',
    { name: 't', server: 'a:1', numbers: [{ number: '030', label: 'x' }] },
    'numbers.0.number',
  ],
  [
    'post /trunks',
    { name: 't', server: 'a:1', numbers: [{ number: '+4930901234', label: 'a\nb' }] },
    'numbers.0.label',
  ],
  ['patch PERSON', { volume: { in: 5 } }, 'volume.in'],
  ['patch PERSON', { volume: { loud: 1 } }, 'volume.loud'],
  ['post ROOM/mute-all', { except: 'me' }, 'except'],
  ['post ROOM/lock', {}, 'locked'],
  ['post ROOM/end', { now: true }, 'now'],
  ['post ROOM/tickets', { name: 'A', role: 'owner' }, 'role'],
  ['post ROOM/tickets', { name: '${system(x)}', role: 'participant' }, 'name'],
  ['post ROOM/tickets', { name: 'A', role: 'participant', personId: 'a b' }, 'personId'],
  ['post /accounts', { username: '1234567890', name: 'A' }, 'username'],
  ['post /accounts', { username: 'desk', name: 'A', admin: true }, 'admin'],
];
test.each(cases)('%s %j names the field %s', async (where, body, field) => {
  const [method, target = ''] = where.split(' ') as ['post', string];
  const place = target.replace('PERSON', path).replace('ROOM', room);
  const answered = await ask(world, method, place, body);
  expect(answered.body).toMatchObject({ status: 400, field });
  expect(world.rooms.wishes).toEqual([]);
});

test('a change that changes nothing, half a ban, and unknown parameters are refused', async () => {
  expect((await ask(world, 'patch', path, {})).status).toBe(400);
  expect((await ask(world, 'post', `${room}/calls`, {})).status).toBe(400);
  const two = { number: '+4930901234', account: 'desk' };
  expect((await ask(world, 'post', `${room}/calls`, two)).status).toBe(400);
  expect((await ask(world, 'delete', `${path}?ban=yes`)).body).toMatchObject({
    status: 400,
    field: 'ban',
  });
  expect((await ask(world, 'delete', `${path}?ban=false&ban=true`)).status).toBe(400);
  expect((await ask(world, 'get', '/meetings?most=1')).body).toMatchObject({
    status: 400,
    field: 'most',
  });
});

const raw: readonly (readonly [string, string, string, number])[] = [
  ['broken JSON', 'application/json', '{"name":', 400],
  ['a bare string', 'application/json', '"x"', 400],
  ['a list', 'application/json', '[]', 400],
  ['a form', 'application/x-www-form-urlencoded', 'name=x', 415],
  ['text', 'text/plain', '{"name":"x"}', 415],
  ['an unknown charset', 'application/json; charset=ebcdic', '{"name":"x"}', 415],
  ['70 KiB', 'application/json', JSON.stringify({ name: 'x'.repeat(70_000) }), 413],
  ['10,000 levels', 'application/json', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
  ['a prototype', 'application/json', '{"name":"x","__proto__":{"admin":true}}', 400],
];
test.each(raw)('%s is answered as a problem', async (_name, type, text, status) => {
  const answered = await request(world.api.url)
    .post('/api/v1/meetings')
    .set(BEARER)
    .set('content-type', type)
    .send(text);
  expect([answered.status, answered.type]).toEqual([status, 'application/problem+json']);
});

test('compressed bodies are refused: they could be of any size', async () => {
  const answered = await request(world.api.url)
    .post('/api/v1/meetings')
    .set({ ...BEARER, 'content-encoding': 'gzip', 'content-type': 'application/json' })
    .send('x');
  expect(answered.status).toBe(415);
});

test('other methods are refused with those allowed, and change nothing', async () => {
  const answered = await request(world.api.url).put(`/api/v1${room}`).set(BEARER).send({});
  expect([answered.status, answered.headers.allow]).toEqual([
    405,
    'GET, HEAD, PATCH, DELETE, OPTIONS',
  ]);
  const disguised = await ask(world, 'get', `${room}`).set('X-HTTP-Method-Override', 'DELETE');
  expect(disguised.status).toBe(200);
  expect((await ask(world, 'get', '/nowhere')).status).toBe(404);
});

test('ids that are none reach nothing', async () => {
  for (const id of ['m-short', `${meeting.id}%0a`, '..%2f..', '%E0%A4%A', 'x'.repeat(5_000)]) {
    const answered = await ask(world, 'get', `/meetings/${id}`);
    expect([400, 404]).toContain(answered.status);
    expect(answered.type).toBe('application/problem+json');
  }
  for (const id of ['1', 'all', `${row.id}%20kick`, `${row.id.toUpperCase()}x`])
    expect((await ask(world, 'patch', `${room}/participants/${id}`, { muted: true })).status).toBe(
      404,
    );
  expect(world.rooms.wishes).toEqual([]);
});
