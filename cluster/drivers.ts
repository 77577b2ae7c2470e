import type { Lease, Leases } from '../meetings/leases.ts';
import { StoreUnavailable } from '../meetings/store/store.ts';
import type { Log } from '../protocol/log.ts';
import { assign } from './core/assign.ts';
import { held, leftAlone, mayCommand, RENEW_EVERY_MS, TTL_MS } from './core/hold.ts';
import type { Hold } from './core/hold.ts';
import type { Members } from './members.ts';

const LOOK_EVERY_MS = 500;

export interface Right {
  readonly token: number;
  readonly mayCommand: () => boolean;
}

export interface DriversOptions {
  readonly self: string;
  /** `host:port` of all that any process may drive. */
  readonly nodes: readonly string[];
  readonly leases: Leases;
  readonly members: Members;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly drive: (node: string, right: Right) => void;
  /** Resolves when nothing is heard of it or said to it any more. */
  readonly leave: (node: string) => Promise<void>;
  readonly log: Log;
}

/** Which nodes this process drives: takes, renews and lets go their leases. */
export class Drivers {
  readonly #options: DriversOptions;
  readonly #holds = new Map<string, Hold>();
  readonly #stopped = new AbortController();
  #wake: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #renewedAtMs = -Infinity;
  /** Since when the store answers; others may be only just finding it again. */
  #steadySinceMs: number | undefined = -Infinity;

  constructor(options: DriversOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Lets go of all, so that others need not wait. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#wake();
    await this.#running;
    // Where the store is away, the leases run out by themselves.
    await Promise.allSettled([...this.#holds.keys()].map((node) => this.#letGo(node)));
  }

  /** The number under which we drive this node; undefined where we do not. */
  token(node: string): number | undefined {
    return this.#holds.get(node)?.lease.token;
  }

  /** Whether the store answered when it was last asked. */
  get isSteady(): boolean {
    return this.#steadySinceMs !== undefined;
  }

  /** Something changed: looks at once. */
  look(): void {
    this.#wake();
  }

  /** Somebody else drives it. */
  async lost(node: string): Promise<void> {
    if (!this.#holds.delete(node)) return;
    this.#options.log('info', 'another process drives this FreeSWITCH now', { node });
    await this.#options.leave(node);
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#turn();
        this.#steadySinceMs ??= this.#options.now();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        this.#steadySinceMs = undefined;
        for (const [node, hold] of this.#holds) this.#holds.set(node, leftAlone(hold));
      }
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#stopped.signal.aborted ? 0 : LOOK_EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #turn(): Promise<void> {
    const { now, members, nodes } = this.#options;
    if (now() - this.#renewedAtMs >= RENEW_EVERY_MS) await this.#renew();
    const homes = assign(nodes, await members.look());
    await this.#giveOne(homes);
    if (now() - (this.#steadySinceMs ?? now()) < TTL_MS) return;
    for (const [node, home] of homes)
      if (home === this.#options.self && !this.#holds.has(node)) await this.#take(node);
  }

  async #renew(): Promise<void> {
    const { now, leases, members } = this.#options;
    const askedAtMs = now();
    for (const [node, { lease }] of [...this.#holds]) {
      const askedAtMs = now();
      const renewed = await leases.renew(lease, TTL_MS);
      if (!renewed) await this.lost(node);
      else if (this.#holds.has(node)) this.#holds.set(node, held(renewed, askedAtMs));
    }
    await members.renew();
    this.#renewedAtMs = askedAtMs;
  }

  /** One at a time, so that not all meetings are without us at the same moment. */
  async #giveOne(homes: ReadonlyMap<string, string>): Promise<void> {
    const { self } = this.#options;
    for (const node of this.#holds.keys())
      if (homes.has(node) && homes.get(node) !== self) return this.#letGo(node);
  }

  async #take(node: string): Promise<void> {
    const { leases, now, log, drive } = this.#options;
    const askedAtMs = now();
    const lease = await leases.take(place(node), TTL_MS);
    if (!lease || this.#stopped.signal.aborted) return lease && leases.release(lease);
    this.#holds.set(node, held(lease, askedAtMs));
    const { token } = lease;
    log('info', 'this process drives this FreeSWITCH now', { node, token });
    drive(node, { token, mayCommand: () => this.#mayCommand(node, lease) });
  }

  #mayCommand(node: string, { token }: Lease): boolean {
    const hold = this.#holds.get(node);
    return hold?.lease.token === token && mayCommand(hold, this.#options.now());
  }

  async #letGo(node: string): Promise<void> {
    const { leases, leave, log } = this.#options;
    const hold = this.#holds.get(node);
    if (hold === undefined) return;
    this.#holds.delete(node);
    await leave(node);
    log('info', 'this process leaves this FreeSWITCH to another', {
      node,
      token: hold.lease.token,
    });
    await leases.release(hold.lease);
  }
}

/** A store key has no brackets, as IPv6 has them. */
function place(node: string): string {
  return `node:${node.replace(/[^\w:.-]/g, '_')}`;
}
