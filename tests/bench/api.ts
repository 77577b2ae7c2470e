import { Agent, request } from 'node:http';
import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import type { Product } from '../support/product.ts';
import { cpuSeconds } from './cpu.ts';
import { People } from './people.ts';
import { summary } from './percentile.ts';
import { onEachProduct } from './products.ts';

const PEOPLE = 10;
const REQUESTS = 4_000;
/** Requests at the same moment, each on a connection of its own. */
const LANES = 8;
/** One token may ask a hundred times a second: so many share the load. */
const MODERATORS = 16;

interface RequestFigure {
  readonly requestsPerSecond: number;
  /** What one core would carry: requests for each second of the server's processor time. */
  readonly requestsPerCpuSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface ApiFigure {
  readonly people: number;
  readonly list: RequestFigure;
  readonly mute: RequestFigure;
}

/** Requests a second that the API answers: the list of a room, and the muting of one in it. */
export function api(): Promise<{ embedded: ApiFigure; freeswitch?: ApiFigure }> {
  return onEachProduct(measureApi);
}

async function measureApi(product: Product): Promise<ApiFigure> {
  const people = await People.join(product, PEOPLE);
  const { meeting } = people;
  const rows = await product.participants(meeting);
  const path = `/api/v1/meetings/${meeting.id}/participants`;
  const ask = await asker(product, meeting.moderatorUrl);
  const list = await measure(product, (at) => ask(at, { method: 'GET', path, wanted: 200 }));
  const mute = await measure(product, (at) => {
    const id = rows[at % rows.length]?.id ?? '';
    const muted = Math.floor(at / rows.length) % 2 === 0;
    return ask(at, { method: 'PATCH', path: `${path}/${id}`, body: { muted }, wanted: 202 });
  });
  people.leave();
  return { people: PEOPLE, list, mute };
}

async function measure(
  product: Product,
  ask: (at: number) => Promise<void>,
): Promise<RequestFigure> {
  const samples: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < REQUESTS) {
      const startedMs = performance.now();
      await ask(next++);
      samples.push(performance.now() - startedMs);
    }
  };
  const cpuBefore = cpuSeconds(product.pid ?? 0);
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = (performance.now() - startedMs) / 1_000;
  const cpu = cpuSeconds(product.pid ?? 0) - cpuBefore;
  return {
    requestsPerSecond: Math.round(REQUESTS / seconds),
    requestsPerCpuSecond: Math.round(REQUESTS / cpu),
    ...summary(samples),
  };
}

interface Asked {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  /** The status that is right. */
  readonly wanted: number;
}

type Ask = (at: number, asked: Asked) => Promise<void>;

async function asker(product: Product, moderatorUrl: string): Promise<Ask> {
  const tokens = await moderatorTokens(product, moderatorUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  return (at, { method, path, body, wanted }) =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${tokens[at % tokens.length] ?? ''}`,
        ...(body && { 'content-type': 'application/json' }),
      };
      const asking = request(product.url + path, { method, headers, agent }, (answer) => {
        const { statusCode } = answer;
        const isRight = statusCode === wanted;
        answer.resume().once('end', () => {
          if (isRight) resolve();
          else reject(new Error(`${method} ${path}: ${statusCode}`));
        });
      });
      asking.once('error', reject).end(body && JSON.stringify(body));
    });
}

function moderatorTokens(product: Product, moderatorUrl: string): Promise<string[]> {
  const ticket = moderatorUrl.split('/').at(-1) ?? '';
  const grants = Array.from({ length: MODERATORS }, (_, at) =>
    product.api<SoftphoneGrant>('POST', `/tickets/${ticket}/softphone`, { name: `Host ${at}` }),
  );
  return Promise.all(grants.map(async (grant) => (await grant).feedToken));
}
