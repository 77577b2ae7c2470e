import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeView } from '../../protocol/http/nodes.ts';
import { eventually } from './eventually.ts';
import { embeddedFreeswitch } from './mortal-engines.ts';
import type { MortalFreeswitch } from './mortal-engines.ts';
import { Product } from './product.ts';
import { startRedis } from './redis-server.ts';
import type { RedisServer } from './redis-server.ts';

/** A time in which one process drove one node, as its log says. */
export interface Drive {
  readonly node: string;
  readonly token: number;
  readonly by: string;
  readonly fromMs: number;
  /** Absent: it drives still, or died driving. */
  readonly untilMs?: number;
}

/** Two whole Partylines that share a Redis and two FreeSWITCHes. */
export class TwoProcesses {
  readonly nodes: readonly [MortalFreeswitch, MortalFreeswitch];
  readonly #dir: string;
  #redis: RedisServer;
  readonly #products: Product[];
  readonly #deaths = new Map<Product, number>();

  private constructor(
    given: { nodes: [MortalFreeswitch, MortalFreeswitch]; dir: string; redis: RedisServer },
    products: Product[],
  ) {
    this.nodes = given.nodes;
    this.#dir = given.dir;
    this.#redis = given.redis;
    this.#products = products;
  }

  static async start(
    open: (at: 0 | 1) => Promise<MortalFreeswitch> = (at) =>
      embeddedFreeswitch(36_000 + at * 3_000),
  ): Promise<TwoProcesses> {
    const dir = mkdtempSync(join(tmpdir(), 'partyline-redis-'));
    const [one, other, redis] = await Promise.all([open(0), open(1), startRedis(undefined, dir)]);
    const nodes: [MortalFreeswitch, MortalFreeswitch] = [one, other];
    const start = () =>
      Product.start({ REDIS_URL: redis.url, FREESWITCH: nodes.map(settingOf).join(',') });
    const stage = new TwoProcesses({ nodes, dir, redis }, [await start(), await start()]);
    await stage.eachDrivesOne();
    return stage;
  }

  /** The latest lives of both. */
  get both(): readonly [Product, Product] {
    const [one, other] = this.#products.filter((product) => !this.#deaths.has(product));
    if (one === undefined || other === undefined) throw new Error('one of them is dead');
    return [one, other];
  }

  /** Who drives a node now. */
  driverOf(node: MortalFreeswitch): Product {
    const name = `127.0.0.1:${node.eslPort}`;
    const last = this.drives()
      .filter((drive) => drive.node === name)
      .at(-1);
    const found = this.#products.find((product) => last?.by === String(product.pid));
    if (found === undefined) throw new Error('nobody drives this node');
    return found;
  }

  /** The node where a room is, as the API says. */
  async nodeWithRooms(): Promise<MortalFreeswitch> {
    const [product] = this.#products.filter((each) => !this.#deaths.has(each));
    const list = await product?.api<readonly NodeView[] | { items: readonly NodeView[] }>(
      'GET',
      '/nodes',
    );
    const nodes = list === undefined ? [] : 'items' in list ? list.items : list;
    const id = nodes.find(({ rooms }) => rooms > 0)?.id;
    const found = this.nodes.find(({ eslPort }) => id === `127.0.0.1:${eslPort}`);
    if (found === undefined) throw new Error('no node has a room');
    return found;
  }

  eachDrivesOne(): Promise<unknown> {
    return eventually('each drives one node', () => {
      const driving = this.drives().filter(
        ({ untilMs, by }) => untilMs === undefined && !this.#isDead(by),
      );
      return new Set(driving.map(({ by }) => by)).size === 2 && driving.length === 2;
    });
  }

  /** All drives of all lives, by node and token. */
  drives(): readonly Drive[] {
    return this.#products
      .flatMap((product) => drivesIn(product))
      .map((drive) => ({ ...drive, ...this.#deathOf(drive) }))
      .sort((a, b) => a.node.localeCompare(b.node) || a.token - b.token);
  }

  async kill(product: Product): Promise<void> {
    await product.die();
    this.#deaths.set(product, Date.now());
  }

  stopRedis(): Promise<void> {
    return this.#redis.stop();
  }

  async startRedis(): Promise<void> {
    this.#redis = await startRedis(Number(new URL(this.#redis.url).port), this.#dir);
  }

  async stop(): Promise<void> {
    for (const product of this.#products) await product.stop();
    await Promise.all([...this.nodes.map((node) => node.stop()), this.#redis.stop()]);
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #isDead(pid: string): boolean {
    return [...this.#deaths.keys()].some((product) => String(product.pid) === pid);
  }

  #deathOf({ by, untilMs }: Drive): { readonly untilMs?: number } {
    if (untilMs !== undefined) return { untilMs };
    const dead = [...this.#deaths].find(([product]) => String(product.pid) === by);
    return dead === undefined ? {} : { untilMs: dead[1] };
  }
}

interface Line {
  readonly time: number;
  readonly msg: string;
  readonly node: string;
  readonly token: number;
}

function drivesIn(product: Product): readonly Drive[] {
  const lines = product.printed
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line);
  const begins = lines.filter(({ msg }) => msg === 'this process drives this FreeSWITCH now');
  const ends = lines.filter(({ msg }) =>
    / this FreeSWITCH to another$|another process drives/.test(msg),
  );
  return begins.map(({ node, token, time }) => {
    const end = ends.find((each) => each.node === node && each.time >= time);
    const untilMs = end?.time;
    const by = String(product.pid);
    return { node, token, by, fromMs: time, ...(untilMs !== undefined && { untilMs }) };
  });
}

function settingOf({ eslPort, sipPort, password }: MortalFreeswitch): string {
  return `esl://:${password}@127.0.0.1:${eslPort}?sip=127.0.0.1:${sipPort}`;
}
