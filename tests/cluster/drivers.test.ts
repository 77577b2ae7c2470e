import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Drivers } from '../../cluster/drivers.ts';
import type { Right } from '../../cluster/drivers.ts';
import { Members } from '../../cluster/members.ts';
import { Leases } from '../../meetings/leases.ts';
import { openRedis } from '../../meetings/store/redis.ts';
import { eventually } from '../support/eventually.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import type { RedisServer } from '../support/redis-server.ts';

const NODES = ['127.0.0.1:8021', '127.0.0.1:8022', '127.0.0.1:8023', '127.0.0.1:8024'];

let redis: RedisServer;
let dir: string;
let processes: Process[];

/** One process' membership, without a bridge: what it drives is written down. */
class Process {
  readonly rights = new Map<string, Right>();
  readonly tokens: number[] = [];
  /** Under which number it had each node last. */
  readonly taken = new Map<string, number>();
  /** Set forward, its clock says that it stood still for so long. */
  stoodMs = 0;
  readonly drivers: Drivers;
  readonly #close: () => Promise<void>;

  private constructor(name: string, store: Awaited<ReturnType<typeof openRedis>>) {
    const leases = new Leases(store, name);
    const members = new Members(store, leases, name);
    this.drivers = new Drivers({
      ...{ self: name, nodes: NODES, leases, members },
      now: () => performance.now() + this.stoodMs,
      drive: (node, right) => {
        this.rights.set(node, right);
        this.tokens.push(right.token);
        this.taken.set(node, right.token);
      },
      leave: (node) => {
        this.rights.delete(node);
        return Promise.resolve();
      },
      log: () => undefined,
    });
    this.#close = async () => {
      await this.drivers.stop();
      await members.stop();
      await store.close();
    };
  }

  static async start(name: string): Promise<Process> {
    const settings = { url: redis.url, now: Date.now, onError: () => undefined };
    const process = new Process(name, await openRedis(settings));
    processes.push(process);
    process.drivers.start();
    return process;
  }

  /** How many nodes it may command now. */
  get commands(): number {
    return [...this.rights.values()].filter((right) => right.mayCommand()).length;
  }

  async stop(): Promise<void> {
    processes = processes.filter((process) => process !== this);
    await this.#close();
  }
}

beforeEach(async () => {
  processes = [];
  dir = mkdtempSync(join(tmpdir(), 'partyline-drivers-'));
  redis = await startRedis(undefined, dir);
});

afterEach(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await redis.stop();
  rmSync(dir, { recursive: true });
});

describe.skipIf(!hasRedis)('who drives which FreeSWITCH', () => {
  test('one alone drives all; a second gets half, never one that the first still commands', async () => {
    const one = await Process.start('one');
    await eventually('all are driven', () => one.commands === 4);
    const other = await Process.start('other');
    await eventually('each drives two', () => {
      const shared = [...other.rights.keys()].filter((node) => one.rights.get(node)?.mayCommand());
      expect(shared).toEqual([]);
      return one.commands === 2 && other.commands === 2;
    });
    for (const [node, { token }] of other.rights)
      expect(token).toBeGreaterThan(one.taken.get(node) ?? Infinity);
    await one.stop();
    const from = performance.now();
    await eventually('the other drives all', () => other.commands === 4);
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  test('a process that stood still commands nothing until it has asked', async () => {
    const one = await Process.start('one');
    await eventually('all are driven', () => one.commands === 4);
    one.stoodMs = 60_000;
    expect(one.commands).toBe(0);
    await eventually('it has asked, and they are still its own', () => one.commands === 4);
    expect(one.tokens).toHaveLength(4);
  });

  test('without Redis whoever drives goes on, and afterwards nothing has changed hands', async () => {
    const [one, other] = [await Process.start('one'), await Process.start('other')];
    await eventually('each drives two', () => one.commands === 2 && other.commands === 2);
    const before = [one, other].map(({ tokens }) => [...tokens]);
    const port = Number(new URL(redis.url).port);
    await redis.stop();
    await eventually('both notice', () => !one.drivers.isSteady && !other.drivers.isSteady);
    one.stoodMs = other.stoodMs = 60_000;
    expect([one.commands, other.commands]).toEqual([2, 2]);
    redis = await startRedis(port, dir);
    await eventually('both are back', () => one.drivers.isSteady && other.drivers.isSteady);
    await eventually('each drives two', () => one.commands === 2 && other.commands === 2);
    expect([one, other].map(({ tokens }) => tokens)).toEqual(before);
  });

  test('a node that somebody took meanwhile is left at the next renewal', async () => {
    const one = await Process.start('one');
    await eventually('all are driven', () => one.commands === 4);
    const settings = { url: redis.url, now: Date.now, onError: () => undefined };
    const store = await openRedis(settings);
    const taken = {
      name: 'x',
      holder: 'thief',
      token: Date.now() * 2,
      expiresAtMs: Date.now() * 2,
    };
    await store.put(`lease:node:${NODES[0] ?? ''}`, { value: taken });
    await eventually('it is left', () => one.rights.size === 3);
    await store.close();
  });
});
