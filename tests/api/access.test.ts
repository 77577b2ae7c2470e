import { Agent } from 'node:http';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../api/operations/all.ts';
import type { Operation } from '../../api/operations/operation.ts';
import { problemView } from '../../api/schemas/problems.ts';
import { startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { EXPECTED } from './access/expected.ts';
import type { Expected } from './access/expected.ts';
import { BODIES, hire, KEYS, LINKS, OTHERS, setScene, STAFF } from './access/scene.ts';
import type { Scene, Staff, StaffName, Who } from './access/scene.ts';

const EVERYBODY: readonly Who[] = [
  ...(Object.keys(STAFF) as StaffName[]),
  ...KEYS,
  ...LINKS,
  ...OTHERS,
];

/** Each is dozens of requests. */
const PATIENT = { timeout: 60_000 };

/** Of each kind one, where anybody may. */
const SOME: readonly Who[] = [
  ...(['nobody', 'participant', 'key for all else', 'person', 'disabled', 'admin'] as const),
  'wrong key',
];

/** What is not in the scene: who gets so far as to hear that may. */
const ABSENT = /history.*\{(sessionId|person)\}|\{(node|webhook)Id\}|\{recordingId\}|breakouts\//;

/** What stands in the way of somebody who may. */
const IN_THE_WAY: Readonly<Record<string, number>> = {
  // There are none, and nobody to send there.
  'post /meetings/{id}/breakouts': 409,
  'get /meetings/{id}/breakouts': 404,
  // It was not deleted.
  'post /accounts/{username}/restore': 409,
  'post /meetings/{id}/restore': 409,
  // Nothing was recorded that could be played.
  'post /meetings/{id}/announce': 404,
};

/** Whether it can be done once only. */
function usesUp({ method, status }: Operation): boolean {
  return method === 'delete' || status === 201;
}

function isNotNamed({ path }: Operation, who: Who): boolean {
  return who === 'moderator of another' && path.startsWith('/me/meetings/');
}

test('somebody decided for each operation who may use it', () => {
  const names = OPERATIONS.map(nameOf);
  expect(names.filter((name) => !(name in EXPECTED))).toEqual([]);
  expect(Object.keys(EXPECTED).filter((name) => !names.includes(name))).toEqual([]);
});

/** Every operation of the document, asked by everybody. Who is refused changes nothing. */
describe('who may do what', () => {
  let world: TestApi;
  let staff: Staff;
  /** Thousands of requests: a connection for each would be a tenth of the work. */
  const connection = new Agent({ keepAlive: true });
  beforeAll(async () => {
    world = await startTestApi();
    staff = await hire(world);
  });
  afterAll(async () => {
    connection.destroy();
    await world.stop();
  });

  for (const operation of OPERATIONS) {
    const expected = EXPECTED[nameOf(operation)];
    if (!expected) continue;
    const scope = expected.kind === 'known' ? expected.scope : 'none';
    const asked = { path: operation.path, scope };
    const open = expected.kind === 'anybody' ? SOME : EVERYBODY;
    const allowed = open.filter((who) => refusalOf(expected, who) === undefined);
    const refused = open.filter((who) => !allowed.includes(who));

    test(`${nameOf(operation)}: ${allowed.join(', ')}; nobody else`, PATIENT, async () => {
      let scene = await setScene(world, staff, asked);
      for (const who of refused) {
        const answered = await ask(operation, scene, who);
        expect(answered.status, who).toBe(refusalOf(expected, who));
        expect(answered.type, who).toBe('application/problem+json');
        expect(problemView.parse(answered.body).status).toBe(answered.status);
      }
      expect(world.rooms.wishes).toEqual([]);
      for (const who of allowed) {
        const answered = await ask(operation, scene, who);
        const isFound = !(ABSENT.test(operation.path) || isNotNamed(operation, who));
        const wanted = isFound ? (IN_THE_WAY[nameOf(operation)] ?? operation.status) : 404;
        expect(answered.status, `${who} ${answered.text}`).toBe(wanted);
        if (answered.status < 400) operation.answer?.parse(answered.body);
        if (usesUp(operation)) scene = await setScene(world, staff, asked);
      }
    });
  }

  function ask(operation: Operation, scene: Scene, who: Who) {
    const values = { ...scene.values, ...scene.own(who) };
    const path = operation.path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => values[name] ?? 'm-aaaaaaaaaaaaaaaa',
    );
    const body = BODIES[nameOf(operation)];
    const asked = request(world.api.url)
      [operation.method](`/api/v1${path}`)
      .agent(connection)
      .set(scene.headers(who));
    return body ? asked.send(body) : asked;
  }
});

/** The status they are refused with; none where they may. The one row and the one call are the person's. */
function refusalOf(expected: Expected, who: Who): 401 | 403 | undefined {
  if (who === 'wrong key') return 401;
  if (expected.kind === 'anybody') return undefined;
  if (who === 'nobody' || who === 'disabled') return 401;
  return mayBe(expected, who) ? undefined : 403;
}

function mayBe({ roles, scope, links, admin }: Extract<Expected, { kind: 'known' }>, who: Who) {
  switch (who) {
    case 'admin':
    case 'admin session':
      return admin;
    case 'key for it alone':
      return scope !== 'none';
    case 'who made it':
    case 'who moderates it':
      return roles.includes('seated') || roles.includes('moderator');
    case 'moderator of another':
      return roles.includes('moderator');
    case 'owner':
    case 'participant':
    case 'observer':
      return roles.includes(who);
    default:
      return BY_LINK[links].includes(who);
  }
}

const BY_LINK: Readonly<Record<Extract<Expected, { kind: 'known' }>['links'], readonly Who[]>> = {
  none: [],
  moderators: ['moderator by link'],
  own: ['moderator by link', 'person'],
  people: ['moderator by link', 'person', 'neighbour'],
};

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}
