import type { After } from '../../meetings/basics.ts';
import type { Lease, Leases } from '../../meetings/leases.ts';
import type { Log } from '../../protocol/log.ts';

const LEASE = 'bbb';
const LEASE_MS = 4_000;
const LOOK_MS = 1_000;

export interface TurnSettings {
  readonly leases: Leases;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
  /** Rejects where the store does: it is begun again later. */
  readonly begin: () => Promise<void>;
  /** Also after a `begin` that failed. */
  readonly end: () => void;
}

/**
 * Of the processes that share a store one at a time has its turn: from `begin` to `end`. When it is
 * killed another has it within 5 s; when the store is away nobody has after 4 s.
 */
export class Turn {
  readonly #settings: TurnSettings;
  #lease: Lease | undefined;
  #untilMs = 0;
  #hasBegun = false;
  #looking: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;
  #stopped = false;

  constructor(settings: TurnSettings) {
    this.#settings = settings;
  }

  /** Takes the turn where nobody has it, and looks every second from then on. */
  async start(): Promise<void> {
    this.#wait();
    await this.look();
  }

  /** The next one need not wait. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopTimer?.();
    await this.#looking;
    this.#end();
    if (this.#lease) await this.#settings.leases.release(this.#lease).catch(() => undefined);
  }

  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { log } = this.#settings;
    try {
      await this.#claim();
      if (this.#lease && !this.#hasBegun && !this.#stopped) await this.#begin();
    } catch (error) {
      log('warn', 'meetings of BigBlueButton wait for the store', { why: String(error) });
    }
  }

  async #begin(): Promise<void> {
    this.#hasBegun = true;
    try {
      await this.#settings.begin();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  /** Measured by our own clock from before the asking: we stop before another begins. */
  async #claim(): Promise<void> {
    const { leases, now } = this.#settings;
    const nowMs = now();
    if (nowMs >= this.#untilMs) this.#end();
    const renewed = this.#lease && (await leases.renew(this.#lease, LEASE_MS));
    if (!renewed) this.#end();
    this.#lease = renewed ?? (await leases.take(LEASE, LEASE_MS));
    this.#untilMs = this.#lease ? nowMs + LEASE_MS : 0;
  }

  #end(): void {
    if (!this.#hasBegun) return;
    this.#hasBegun = false;
    this.#settings.end();
  }

  #wait(): void {
    this.#stopTimer = this.#settings.after(LOOK_MS, () => {
      if (this.#settings.now() >= this.#untilMs) this.#end();
      void this.look();
      if (!this.#stopped) this.#wait();
    });
  }
}
