import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { jsonSchemaOf } from '../../api/openapi/json-schema.ts';
import type { JsonSchema, NamedSchemas } from '../../api/openapi/json-schema.ts';
import { OPERATIONS } from '../../api/operations/all.ts';
import type { Operation } from '../../api/operations/operation.ts';
import { BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { inAddress, junkBody, junkText } from '../support/api-junk.ts';
import { Dice } from '../support/dice.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

const REQUESTS = 5_000;
const LANES = 8;
/** What hashes passwords takes tens of milliseconds, by design: it is asked less often. */
const SLOW = /password|setup|session|people/;

const seed = Number(process.env.FUZZ_SEED ?? 20261122);
const dice = new Dice(seed);
const named: NamedSchemas = {};
const agent = new Agent({ keepAlive: true, maxSockets: LANES });
const row = somebody(1, { personId: 'ada' });

/** An operation with what its schemas say, which is slow to ask for. */
interface Known {
  readonly operation: Operation;
  readonly body: JsonSchema | undefined;
  readonly choices: Readonly<Record<string, readonly unknown[]>>;
}

const asked: readonly Known[] = OPERATIONS.filter(
  ({ produces }) => !produces?.includes('text/event-stream'),
).map((operation) => ({
  operation,
  body: operation.body && jsonSchemaOf(operation.body, 'input', named),
  choices: Object.fromEntries(
    Object.entries(operation.query ?? {}).map(([name, schema]) => [
      name,
      jsonSchemaOf(schema, 'input', named).enum ?? ['1', 'true'],
    ]),
  ),
}));

let world: TestApi;
let places: Readonly<Record<string, string>> = {};
let tokens: readonly string[] = [];

beforeAll(async () => {
  // The answers are looked at and not the disk, which thousands of promises to it would wear.
  if (existsSync('/dev/shm')) vi.stubEnv('TMPDIR', '/dev/shm');
  world = await startTestApi({ limits: { perToken: 1_000_000, perAddress: 1_000_000 } });
  await world.parts.accounts.create('desk-12', 'Desk');
});
afterAll(async () => {
  agent.destroy();
  vi.unstubAllEnvs();
  await world.stop();
});

/** A meeting with somebody in it, that requests may ruin. */
async function freshPlaces(): Promise<void> {
  const meeting = await newMeeting(world);
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  const ticket = world.parts.views.show(meeting, 0).joinUrl.split('/join/')[1] ?? '';
  const [moderator, participant] = [
    await newPerson(world, meeting, 'moderator'),
    await newPerson(world, meeting),
  ];
  tokens = [moderator.feedToken, participant.feedToken];
  places = { id: meeting.id, pid: row.id, ticket, username: 'desk-12', name: 'provider' };
}

interface Junk {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

function junkFor({ operation, body: schema, choices }: Known): Junk {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const odd = dice.below(6) === 0 ? inAddress(junkText(dice)) : undefined;
    return odd || (places[name] ?? inAddress(junkText(dice))) || '-';
  });
  const body = schema && bodyFor(schema);
  return {
    method: operation.method.toUpperCase(),
    path: `/api/v1${path}${queryFor(choices)}`,
    headers: headersFor(body),
    body,
  };
}

function queryFor(choices: Known['choices']): string {
  const pairs = Object.entries(choices).flatMap(([name, good]) => {
    const value = dice.below(2) === 0 ? String(dice.pick(good)) : junkText(dice);
    const pair = `${name}=${inAddress(value)}`;
    if (dice.below(2) === 0) return [];
    return dice.below(20) === 0 ? [pair, pair] : [pair];
  });
  if (dice.below(25) === 0) pairs.push(`${inAddress(junkText(dice))}=x`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function bodyFor(schema: JsonSchema): string | undefined {
  if (dice.below(25) === 0) return dice.pick([undefined, '', '{', '"', 'x'.repeat(70_000)]);
  return JSON.stringify(junkBody(schema, named, dice));
}

function headersFor(body: string | undefined): Record<string, string> {
  const callers = [BEARER.authorization, BEARER.authorization, ...tokens.map((t) => `Bearer ${t}`)];
  const authorization = dice.pick([...callers, 'Bearer x', '']);
  const type = dice.below(20) === 0 ? 'text/plain' : 'application/json';
  return {
    ...(authorization !== '' && { authorization }),
    ...(body !== undefined && { 'content-type': type }),
    ...(dice.below(10) === 0 && { 'if-match': dice.pick(['*', '"x"', 'W/"x"', ',,,', '"']) }),
    ...(dice.below(10) === 0 && {
      'idempotency-key': dice.pick(['12345678', 'x', `key-${dice.below(1e6)}`, ' '.repeat(8)]),
    }),
  };
}

function send({
  method,
  path,
  headers,
  body,
}: Junk): Promise<{ answer: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(world.api.url + path, { method, headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ answer, text })).on('error', reject);
    });
    asking.on('error', reject).end(body);
  });
}

/** What is wrong with the answer, with all that is needed to ask again; nothing where it is right. */
async function faultOf(known: Known): Promise<string | undefined> {
  const junk = junkFor(known);
  const { answer, text } = await send(junk);
  const { statusCode: status = 0, headers } = answer;
  if (status < 400) return undefined;
  const isProblem =
    headers['content-type']?.startsWith('application/problem+json') === true &&
    (JSON.parse(text) as { status: number }).status === status;
  if (status < 500 && isProblem) return undefined;
  return `${JSON.stringify(junk).slice(0, 2_000)} → ${status} ${text}`;
}

test(
  `nothing that ${REQUESTS} odd requests ask (seed ${seed}) is our mistake`,
  {
    timeout: 60_000,
  },
  async () => {
    const met = new Map<string, number>();
    const faults: string[] = [];
    let left = REQUESTS;
    const lane = async (): Promise<void> => {
      while (left > 0) {
        if (left % 200 === 0) await freshPlaces();
        const known = dice.pick(asked);
        const { path } = known.operation;
        if (SLOW.test(path) && dice.below(20) > 0) continue;
        left -= 1;
        met.set(path, (met.get(path) ?? 0) + 1);
        const fault = await faultOf(known);
        if (fault !== undefined) faults.push(fault);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(faults.slice(0, 20)).toEqual([]);
    expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
    for (const { operation } of asked) expect(met.get(operation.path) ?? 0).toBeGreaterThan(0);
  },
);
