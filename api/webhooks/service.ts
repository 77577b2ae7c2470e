import type { Router } from 'express';
import { afterRealTime } from '../../meetings/basics.ts';
import { letters } from '../../meetings/rules/ids.ts';
import type { Standing } from '../../meetings/rules/webhooks/standing.ts';
import { Outbox } from '../../meetings/webhooks/outbox.ts';
import type { Webhook } from '../../meetings/webhooks/registry.ts';
import { internetAnd } from '../outward/reach.ts';
import { sender as outward } from '../outward/send.ts';
import type { ApiParts } from '../parts.ts';
import { Post } from './post.ts';
import { webhookRoutes } from './routes.ts';
import { Sender } from './sender.ts';

export interface Webhooks {
  readonly routes: Router;
  /** Within a second or so. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** What is on its way then is cut off, and tried again by the next life. */
const STOP_WITHIN_MS = 1_000;
/** An alarm that nobody lifts and no resumption ends goes by itself. */
const ALARM_MS = 30 * 86_400_000;

/** The routes, and what sends. */
export function startWebhooks(parts: ApiParts): Webhooks {
  const { webhooks: settings, events, now, random, log, rooms } = parts;
  const { webhooks, alarms } = parts.meetings;
  const after = settings?.after ?? afterRealTime;
  const reach = internetAnd(settings?.allow ?? []);
  const stopped = new AbortController();
  const send = outward({
    reach,
    timeoutMs: TIMEOUT_MS,
    stopped: stopped.signal,
    resolve: settings?.resolve,
  });
  const onPaused = (hook: Webhook, { message }: Standing) => {
    const { hostname: who } = new URL(hook.url);
    const untilMs = now() + ALARM_MS;
    alarms.raise({ kind: 'webhook', what: alarmOf(hook.id), who, untilMs }, message?.tries ?? 1);
  };
  const post = new Post({ parts: webhooks, send, now, random, log, onPaused });
  const sender = new Sender({
    parts: webhooks,
    events,
    rooms: () => rooms.rooms(),
    post,
    holder: `webhooks.${letters(16, random)}`,
    now,
    after,
    log,
  });
  const routes = webhookRoutes({
    parts,
    webhooks,
    post,
    reach,
    wake: () => Outbox.wake({ store: webhooks.store, log: events, now }, rooms.rooms()),
    look: () => void sender.look(),
    onResumed: (id) => alarms.clear(alarmOf(id)),
  });
  return {
    routes,
    stop: async () => {
      const impatient = after(STOP_WITHIN_MS, () => stopped.abort());
      await sender.stop();
      impatient();
    },
  };
}

function alarmOf(id: string): string {
  return `webhook:${id}`;
}
