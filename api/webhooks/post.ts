import { nextMessage, bodyOf, testBody } from '../../meetings/webhooks/next-message.ts';
import type { Delivery } from '../../meetings/webhooks/deliveries.ts';
import type { WebhookParts } from '../../meetings/webhooks/open.ts';
import { secretsOf } from '../../meetings/webhooks/registry.ts';
import type { Webhook } from '../../meetings/webhooks/registry.ts';
import { signedHeaders } from '../../meetings/rules/webhooks/signature.ts';
import {
  afterTry,
  isTaken,
  passedOver,
  resumed,
  withMessage,
} from '../../meetings/rules/webhooks/standing.ts';
import type { Message, Outcome, Standing } from '../../meetings/rules/webhooks/standing.ts';
import type { Log } from '../../protocol/log.ts';
import { whyOf } from '../outward/send.ts';
import type { Send } from '../outward/send.ts';

export interface PostOffice {
  readonly parts: WebhookParts;
  readonly send: Send;
  readonly now: () => number;
  readonly random: (byteCount: number) => Uint8Array;
  readonly log: Log;
  /** A webhook pauses by itself: somebody should look. */
  readonly onPaused: (hook: Webhook, standing: Standing) => void;
}

type Told = Pick<Delivery, 'message' | 'attempt' | 'events' | 'replay'>;

/** Takes messages to receivers: each is tried, told of in the log of tries, and stood to. */
export class Post {
  readonly #office: PostOffice;

  constructor(office: PostOffice) {
    this.#office = office;
  }

  /**
   * All that is due to one webhook, one message after the other, while `leads` says so. `newest` is
   * the number of the newest event.
   */
  async round(id: string, newest: () => number, leads: () => boolean): Promise<void> {
    const { parts, now } = this.#office;
    while (leads()) {
      const hook = await parts.registry.get(id);
      const standing = await parts.standings.get(id);
      if (!hook || !standing || standing.paused) return;
      const { message } = standing;
      if (message === undefined) {
        if (!(await this.#prepare(hook, standing, newest()))) return;
      } else if (message.dueMs > now()) return;
      else await this.#try(hook, message);
    }
  }

  /** A signed message without events, out of turn. A receiver that takes it is resumed. */
  async test(hook: Webhook): Promise<Delivery> {
    const nowMs = this.#office.now();
    const delivery = await this.#deliver(
      hook,
      { id: `${hook.id}.test.${nowMs}`, body: testBody(hook, nowMs) },
      { message: 0, attempt: 1, events: [] },
    );
    return this.#resumeIfTaken(hook, delivery);
  }

  /** The same message as then, by the same id, out of turn. */
  async replay(hook: Webhook, { message, events, attempt }: Delivery): Promise<Delivery> {
    const { parts, now } = this.#office;
    const again = { number: message, events, tries: 0, firstTriedMs: now(), dueMs: 0 };
    const delivery = await this.#deliver(
      hook,
      { id: `${hook.id}.${message}`, body: await bodyOf(parts.store, hook, again) },
      { message, attempt: attempt + 1, events, replay: true },
    );
    return this.#resumeIfTaken(hook, delivery);
  }

  /** Whether there is a message now. */
  async #prepare(hook: Webhook, standing: Standing, newest: number): Promise<boolean> {
    const { parts, now } = this.#office;
    const next = await nextMessage(parts.store, hook, standing, newest);
    const isAsItWas = (stands: Standing) =>
      stands.message === undefined && stands.deliveredTo === standing.deliveredTo;
    await parts.standings.change(hook.id, (stands) => {
      if (!isAsItWas(stands)) return stands;
      return next.kind === 'message'
        ? withMessage(stands, next.what, now())
        : passedOver(stands, next.to);
    });
    return next.kind === 'message';
  }

  async #try(hook: Webhook, message: Message): Promise<void> {
    const { parts, now, random } = this.#office;
    const { outcome } = await this.#deliver(
      hook,
      { id: `${hook.id}.${message.number}`, body: await bodyOf(parts.store, hook, message) },
      { message: message.number, attempt: message.tries + 1, events: message.events },
    );
    const [chance = 0] = random(1);
    const tried = { number: message.number, outcome };
    const change = await parts.standings.change(hook.id, (standing) =>
      afterTry(standing, tried, now(), chance / 256),
    );
    if (change?.after.paused && !change.before.paused) this.#office.onPaused(hook, change.after);
  }

  async #deliver(
    hook: Webhook,
    message: { readonly id: string; readonly body: string },
    told: Told,
  ): Promise<Delivery> {
    const { parts, send, now } = this.#office;
    const atMs = now();
    const headers = signedHeaders(message, secretsOf(hook, atMs), atMs);
    const body = { type: 'application/json', text: message.body };
    const outcome: Outcome = await send({ url: hook.url, body, headers }).then(
      (answer) => ({ kind: 'answer', ...answer }),
      (error: unknown) => ({ kind: 'no-answer', why: whyOf(error) }),
    );
    return parts.deliveries.add(hook.id, { ...told, atMs, ms: now() - atMs, outcome });
  }

  async #resumeIfTaken(hook: Webhook, delivery: Delivery): Promise<Delivery> {
    const { parts, now } = this.#office;
    if (isTaken(delivery.outcome))
      await parts.standings.change(hook.id, (standing) =>
        standing.paused && standing.paused.why !== 'asked' ? resumed(standing, now()) : standing,
      );
    return delivery;
  }
}
