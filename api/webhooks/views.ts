import type { Delivery } from '../../meetings/webhooks/deliveries.ts';
import type { Webhook } from '../../meetings/webhooks/registry.ts';
import { isTaken } from '../../meetings/rules/webhooks/standing.ts';
import type { Standing } from '../../meetings/rules/webhooks/standing.ts';
import type { DeliveryView, NewWebhookView, WebhookView } from '../../protocol/http/webhooks.ts';

/** Without its secret. */
export function webhookView(
  hook: Webhook,
  { deliveredTo, message, paused }: Standing,
  { newest, nowMs }: { readonly newest: number; readonly nowMs: number },
): WebhookView {
  const { id, url, events, meetings, oldSecret, createdAtMs } = hook;
  const isFailing = message !== undefined && message.tries > 0;
  return {
    id,
    url,
    ...(events && { events }),
    ...(meetings && { meetings }),
    state: paused ? 'paused' : isFailing ? 'retrying' : 'well',
    ...(paused && { pausedBecause: paused.why }),
    createdAt: new Date(createdAtMs).toISOString(),
    deliveredTo,
    newest,
    ...(oldSecret &&
      oldSecret.untilMs > nowMs && { oldSecretUntil: new Date(oldSecret.untilMs).toISOString() }),
  };
}

export function withSecret(view: WebhookView, { secret }: Webhook): NewWebhookView {
  return { ...view, secret };
}

export function deliveryView(delivery: Delivery): DeliveryView {
  const { id, message, attempt, atMs, ms, outcome, replay, events } = delivery;
  const [first, last] = [events[0], events.at(-1)];
  return {
    id: String(id),
    delivery: message,
    attempt,
    at: new Date(atMs).toISOString(),
    ...(outcome.kind === 'answer' ? { status: outcome.status } : { error: outcome.why }),
    ms,
    ok: isTaken(outcome),
    replay: replay === true,
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    events: events.length,
  };
}
