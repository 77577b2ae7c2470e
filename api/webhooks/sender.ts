import type { After } from '../../meetings/basics.ts';
import type { Lease } from '../../meetings/leases.ts';
import { Leases } from '../../meetings/leases.ts';
import type { EventLog } from '../../meetings/events/event-log.ts';
import type { WebhookParts } from '../../meetings/webhooks/open.ts';
import { Outbox, Overtaken } from '../../meetings/webhooks/outbox.ts';
import { isTalkingAsked } from '../../meetings/webhooks/registry.ts';
import type { Log } from '../../protocol/log.ts';
import type { Rooms } from '../../protocol/room/room.ts';
import type { Post } from './post.ts';

/** Events that come within it go together. */
const GATHER_MS = 200;
/** So often it is looked for what is due again, and for a sender that is gone. */
const LOOK_MS = 1_000;
const LEASE = 'webhooks';
const LEASE_MS = 10_000;
const RENEW_BEFORE_MS = 6_000;

export interface SenderSettings {
  readonly parts: WebhookParts;
  readonly events: EventLog;
  readonly rooms: () => Rooms;
  readonly post: Post;
  /** Never the same twice, over all processes. */
  readonly holder: string;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
}

/** Of all processes one sends: it translates the feed, and sends to all webhooks at the same time. */
export class Sender {
  readonly #settings: SenderSettings;
  readonly #leases: Leases;
  readonly #rounds = new Map<string, Promise<void>>();
  #lease: Lease | undefined;
  #ledUntilMs = 0;
  #outbox: Outbox | undefined;
  #turn: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;
  readonly #unsubscribe: () => void;
  #stopped = false;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
    this.#leases = new Leases(settings.parts.store, settings.holder);
    let gathering = false;
    this.#unsubscribe = settings.events.subscribe(() => {
      if (gathering || this.#stopped || this.#outbox === undefined) return;
      gathering = true;
      settings.after(GATHER_MS, () => {
        gathering = false;
        void this.look();
      });
    });
    this.#wait();
  }

  /** Does what is due; resolves once all that could be sent now was tried. */
  async look(): Promise<void> {
    if (this.#stopped) return;
    this.#turn ??= this.#takeTurn().finally(() => (this.#turn = undefined));
    await this.#turn;
    await Promise.all(this.#rounds.values());
  }

  /** What is on its way is waited for; the next one leads. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#stopTimer?.();
    await this.#turn;
    await Promise.all(this.#rounds.values());
    if (this.#lease) await this.#leases.release(this.#lease).catch(() => undefined);
  }

  async #takeTurn(): Promise<void> {
    const { parts, log } = this.#settings;
    try {
      const hooks = await parts.registry.list();
      if (hooks.length === 0 && !this.#leads()) return;
      if (!(await this.#lead())) return;
      if (hooks.length === 0) return await this.#outbox?.sleep();
      const outbox = await this.#awake();
      while (this.#leads() && (await outbox.take(isTalkingAsked(hooks))));
      for (const { id } of hooks) this.#send(id, outbox);
    } catch (error) {
      this.#outbox = undefined;
      if (!(error instanceof Overtaken))
        log('warn', 'webhooks could not be served', { why: String(error) });
    }
  }

  #send(id: string, outbox: Outbox): void {
    if (this.#rounds.has(id)) return;
    const { post, log } = this.#settings;
    const leads = () => !this.#stopped && this.#leads();
    const round = post
      .round(id, () => outbox.newest, leads)
      .catch((error: unknown) =>
        log('warn', 'a webhook could not be served', { webhook: id, why: String(error) }),
      )
      .finally(() => this.#rounds.delete(id));
    this.#rounds.set(id, round);
  }

  /** The outbox, translating from where it stands, or from now on where nobody was told before. */
  async #awake(): Promise<Outbox> {
    if (this.#outbox && !this.#outbox.isIdle) return this.#outbox;
    const { parts, events, rooms, now } = this.#settings;
    const given = { store: parts.store, log: events, now };
    await Outbox.wake(given, rooms());
    return (this.#outbox = await Outbox.lead(given));
  }

  #leads(): boolean {
    return this.#settings.now() < this.#ledUntilMs;
  }

  /** Measured by our own clock from before the asking: we stop before another begins. */
  async #lead(): Promise<boolean> {
    const nowMs = this.#settings.now();
    if (this.#lease && nowMs < this.#ledUntilMs - RENEW_BEFORE_MS) return true;
    const renewed = this.#lease && (await this.#leases.renew(this.#lease, LEASE_MS));
    if (!renewed) this.#outbox = undefined;
    this.#lease = renewed ?? (await this.#leases.take(LEASE, LEASE_MS));
    this.#ledUntilMs = this.#lease ? nowMs + LEASE_MS : 0;
    return this.#lease !== undefined;
  }

  #wait(): void {
    this.#stopTimer = this.#settings.after(LOOK_MS, () => {
      void this.look();
      if (!this.#stopped) this.#wait();
    });
  }
}
