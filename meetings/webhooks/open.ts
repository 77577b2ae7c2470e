import type { Basics } from '../basics.ts';
import type { Store } from '../store/store.ts';
import { Deliveries } from './deliveries.ts';
import { newestEvent } from './outbox.ts';
import { Registry } from './registry.ts';
import type { Webhook } from './registry.ts';
import { Standings } from './standings.ts';

/** What the store has of webhooks. */
export interface WebhookParts {
  readonly store: Store;
  readonly registry: Registry;
  readonly standings: Standings;
  readonly deliveries: Deliveries;
}

export function openWebhooks(basics: Basics): WebhookParts {
  const { store, now } = basics;
  return {
    store,
    registry: new Registry(basics),
    standings: new Standings(store),
    deliveries: new Deliveries(store, now),
  };
}

/** A new one is told what happens from now on. Undefined where there are too many. */
export async function addWebhook(
  { store, registry, standings }: WebhookParts,
  wish: Pick<Webhook, 'url' | 'events' | 'meetings'>,
): Promise<Webhook | undefined> {
  const newest = await newestEvent(store);
  const hook = await registry.create(wish);
  if (hook) await standings.begin(hook.id, newest);
  return hook;
}

/** With all that is known of it. Says whether there was one. */
export async function removeWebhook(parts: WebhookParts, id: string): Promise<boolean> {
  const { registry, standings, deliveries } = parts;
  const existed = await registry.remove(id);
  if (!existed) return false;
  await standings.forget(id);
  await deliveries.forget(id);
  return true;
}
