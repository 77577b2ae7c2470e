import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../api/operations/all.ts';
import type { Operation } from '../../api/operations/operation.ts';
import { problemView } from '../../api/schemas/problems.ts';
import { trunkWish } from '../../api/schemas/trunks.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY, FROM, START_MS } from '../support/meetings.ts';
import { arrival, calling, callTo, somebody } from '../support/scripted-rooms.ts';

const BODIES: Readonly<Record<string, object>> = {
  'post /meetings': { name: 'Made' },
  'patch /meetings/{id}': { name: 'Renamed' },
  'post /meetings/{id}/tickets': { name: 'Ada', role: 'participant' },
  'patch /meetings/{id}/participants/{pid}': { muted: true },
  'post /meetings/{id}/mute-all': { except: 'none' },
  'post /meetings/{id}/lock': { locked: true },
  'post /meetings/{id}/unmute-all': {},
  'post /meetings/{id}/lobby': { action: 'admit' },
  'post /meetings/{id}/recording': { action: 'start' },
  'post /meetings/{id}/calls': { account: 'phone' },
  'post /trunks': { name: 'made', server: 'sip.example.org:5060' },
  'patch /trunks/{name}': { outbound: true },
  'post /tickets/{ticket}/softphone': { name: 'Ada' },
  'post /accounts': { username: 'desk', name: 'Desk' },
  'post /session': { key: BEARER.authorization.slice('Bearer '.length) },
};

type Who = keyof ReturnType<typeof expectedFor>;

interface Scene {
  readonly meeting: Meeting;
  readonly headers: Readonly<Record<Who, Record<string, string>>>;
  readonly values: Readonly<Record<string, string>>;
}

/** Every route of the document, each asked by everybody, each time in a world of its own. */
describe('who may do what', () => {
  let world: TestApi;
  beforeAll(async () => {
    world = await startTestApi();
  });
  afterAll(() => world.stop());

  for (const { method, path, access, status, answer } of OPERATIONS) {
    const expected = expectedFor({ access, status });
    for (const who of Object.keys(expected) as Who[]) {
      const wanted = expected[who];
      test(`${method.toUpperCase()} ${path} by ${who}: ${wanted}`, async () => {
        const scene = await setScene(world);
        const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => scene.values[name] ?? '');
        const body = BODIES[`${method} ${path}`];
        const asked = request(world.api.url)[method](`/api/v1${filled}`).set(scene.headers[who]);
        const answered = await (body ? asked.send(body) : asked);
        expect(answered.status, JSON.stringify(answered.body)).toBe(wanted);
        if (wanted >= 400) expectProblem(answered);
        else answer?.parse(answered.body);
        if (wanted >= 400) expect(world.rooms.wishes).toEqual([]);
      });
    }
  }

  function expectProblem(answered: request.Response): void {
    expect(answered.type).toBe('application/problem+json');
    expect(problemView.parse(answered.body).status).toBe(answered.status);
  }
});

/** The one row in the room, and the one call, are the person's. Who holds a ticket of another meeting is elsewhere. */
function expectedFor({ access, status }: Pick<Operation, 'access' | 'status'>) {
  const unless = (refused: boolean) => (refused ? 403 : status);
  const isForOthers = access === 'admin' || access === 'moderator';
  return {
    nobody: access === 'anybody' ? status : 401,
    admin: status,
    session: status,
    person: unless(isForOthers),
    neighbour: unless(isForOthers || access === 'own'),
    moderator: unless(access === 'admin'),
    'person elsewhere': unless(access !== 'anybody'),
    'moderator elsewhere': unless(access !== 'anybody'),
    'wrong key': 401,
  };
}

async function setScene(world: TestApi): Promise<Scene> {
  for (const { id } of await world.parts.meetings.list()) await world.parts.meetings.delete(id);
  await world.parts.accounts.delete('desk');
  await world.parts.accounts.delete('phone');
  await world.parts.accounts.create('phone', 'Phone');
  for (const name of ['made', 'line']) await world.parts.trunks.delete(name);
  const server = 'sip.example.org:5060';
  await world.parts.trunks.create(trunkWish.parse({ name: 'line', server }) as Trunk);
  const meeting = await newMeeting(world);
  const other = await newMeeting(world);
  const person = await newPerson(world, meeting);
  const neighbour = await newPerson(world, meeting);
  const moderator = await newPerson(world, meeting, 'moderator');
  const elsewhere = await newPerson(world, other);
  const moderatorElsewhere = await newPerson(world, other, 'moderator');
  const row = somebody(1, { personId: person.personId });
  world.rooms.tell(arrival(meeting.id, row));
  const call = callTo(2, { personId: person.personId });
  world.rooms.tell(calling(meeting.id, call));
  world.rooms.wishes.length = 0;
  const ban = { name: 'Mallory', marks: { personId: 'mallory' }, by: 'console' };
  const banned = await world.parts.bans.add(meeting.id, ban);
  if (!banned.ok) throw new Error(banned.reason);
  const login = await world.parts.people.signIn.byKey(ADMIN_KEY, FROM);
  if (login.kind !== 'open') throw new Error(login.kind);
  const cookie = `partyline_session=${login.session.token}`;
  const view = world.parts.views.show(meeting, 0);
  return {
    meeting,
    headers: {
      nobody: {},
      admin: BEARER,
      session: { cookie, 'sec-fetch-site': 'same-origin' },
      person: bearer(person.feedToken),
      neighbour: bearer(neighbour.feedToken),
      moderator: bearer(moderator.feedToken),
      'person elsewhere': bearer(elsewhere.feedToken),
      'moderator elsewhere': bearer(moderatorElsewhere.feedToken),
      'wrong key': bearer('not-the-key'),
    },
    values: {
      id: meeting.id,
      pid: row.id,
      callId: call.id,
      banId: banned.ban.id,
      alarmId: await raiseAlarm(world),
      name: 'line',
      ticket: view.joinUrl.split('/join/')[1] ?? '',
      username: 'phone',
    },
  };
}

async function raiseAlarm({ parts }: TestApi): Promise<string> {
  const full = { kind: 'login', what: 'login:test', who: 'test', untilMs: START_MS + 1 } as const;
  parts.alarms.raise(full, 1);
  const [alarm] = await parts.alarms.list();
  return alarm?.id ?? '';
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
