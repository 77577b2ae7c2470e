import type { EventType } from '../../protocol/http/webhooks.ts';
import { ON_REQUEST } from '../../protocol/http/webhooks.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Basics } from '../basics.ts';
import { letters } from '../rules/ids.ts';
import { webhookSecret } from '../rules/webhooks/signature.ts';
import type { OutEvent } from './outbox.ts';

/** Where events go. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Absent: all but those on request. */
  readonly events?: readonly EventType[] | undefined;
  /** Absent: of all meetings, and those of none. */
  readonly meetings?: readonly RoomId[] | undefined;
  readonly secret: string;
  /** The one before, while receivers may still know only that. */
  readonly oldSecret?: { readonly secret: string; readonly untilMs: number };
  readonly createdAtMs: number;
}

/** `null` takes the choice away. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly events?: readonly EventType[] | null | undefined;
  readonly meetings?: readonly RoomId[] | null | undefined;
}

/** All in one place, so that who sends reads them in one look. */
const REGISTRY = 'webhooks';
const MOST = 100;
const SECRET_BYTES = 32;
/** So long after a rotation the old secret signs too. */
const OVERLAP_MS = 24 * 3_600_000;

/** Which webhooks there are. Secrets lie in the store as they are: signing needs them. */
export class Registry {
  readonly #basics: Basics;

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** The oldest first. */
  async list(): Promise<readonly Webhook[]> {
    return (await this.#basics.store.get<readonly Webhook[]>(REGISTRY)) ?? [];
  }

  async get(id: string): Promise<Webhook | undefined> {
    return (await this.list()).find((hook) => hook.id === id);
  }

  /** Undefined where there are a hundred. */
  async create(wish: Pick<Webhook, 'url' | 'events' | 'meetings'>): Promise<Webhook | undefined> {
    const { random, now } = this.#basics;
    const id = `w-${letters(16, random)}`;
    const hook = { ...wish, id, secret: webhookSecret(random(SECRET_BYTES)), createdAtMs: now() };
    return (await this.#put((hooks) => (hooks.length < MOST ? [...hooks, hook] : undefined)))
      ? hook
      : undefined;
  }

  async change(id: string, change: WebhookChange): Promise<Webhook | undefined> {
    return this.#replace(id, (hook) => ({
      ...hook,
      url: change.url ?? hook.url,
      events: change.events === undefined ? hook.events : (change.events ?? undefined),
      meetings: change.meetings === undefined ? hook.meetings : (change.meetings ?? undefined),
    }));
  }

  /** A new secret; the old one signs beside it for a day. */
  async rotate(id: string): Promise<Webhook | undefined> {
    const { random, now } = this.#basics;
    const secret = webhookSecret(random(SECRET_BYTES));
    const untilMs = now() + OVERLAP_MS;
    return this.#replace(id, (hook) => ({
      ...hook,
      secret,
      oldSecret: { secret: hook.secret, untilMs },
    }));
  }

  /** Says whether there was one. */
  async remove(id: string): Promise<boolean> {
    return this.#put((hooks) => {
      const rest = hooks.filter((hook) => hook.id !== id);
      return rest.length < hooks.length ? rest : undefined;
    });
  }

  async #replace(id: string, change: (hook: Webhook) => Webhook): Promise<Webhook | undefined> {
    let changed: Webhook | undefined;
    await this.#put((hooks) => {
      const found = hooks.find((hook) => hook.id === id);
      changed = found && change(found);
      return changed && hooks.map((hook) => (hook.id === id ? (changed ?? hook) : hook));
    });
    return changed;
  }

  #put(change: (hooks: readonly Webhook[]) => readonly Webhook[] | undefined): Promise<boolean> {
    return this.#basics.store.update<readonly Webhook[]>(REGISTRY, (hooks = []) => {
      const value = change(hooks);
      return value && { value };
    });
  }
}

/** The newest first. */
export function secretsOf({ secret, oldSecret }: Webhook, nowMs: number): readonly string[] {
  return oldSecret && oldSecret.untilMs > nowMs ? [secret, oldSecret.secret] : [secret];
}

/** Whether an event is for it. */
export function isFor(
  { events, meetings }: Webhook,
  { type, meeting }: Pick<OutEvent, 'type' | 'meeting'>,
): boolean {
  if (type === 'events.missed' || type === 'webhook.test') return true;
  const isAsked = events === undefined ? !ON_REQUEST.has(type) : events.includes(type);
  const isOfTheirs = meetings === undefined || meetings.some((room) => room === meeting);
  return isAsked && isOfTheirs;
}

/** Whether somebody is told who talks. */
export function isTalkingAsked(hooks: readonly Webhook[]): boolean {
  return hooks.some(({ events }) => events?.some((type) => ON_REQUEST.has(type)));
}
