import type { DeliveryView, WebhookView } from '../../protocol/http/webhooks.ts';
import type { webhooks } from '../words/en/webhooks.ts';

type Say = typeof webhooks;

/** How a webhook stands, in a line. */
export function standingWords(hook: WebhookView, say: Say): string {
  const waiting = hook.newest - hook.deliveredTo;
  switch (hook.state) {
    case 'well':
      return waiting > 0 ? say.onTheirWay(waiting) : say.well;
    case 'retrying':
      return say.retrying(waiting);
    case 'paused':
      return say.paused[hook.pausedBecause ?? 'asked'];
  }
}

/** What was answered to one try. */
export function answerWords({ ok, status, error, ms }: DeliveryView, say: Say): string {
  const what = status === undefined ? say.noAnswer(error ?? say.unknown) : say.status(status);
  return say.answer(ok, what, ms);
}

/** Which message it was. */
export function messageWords(tried: DeliveryView, say: Say): string {
  if (tried.delivery === 0) return say.testMessage;
  const again = tried.replay ? say.replayed : tried.attempt > 1 ? say.tried(tried.attempt) : '';
  const message = say.message(tried.delivery) + again;
  if (tried.events === 0) return message;
  const { first = 0, last = first } = tried;
  return message + (first === last ? say.event(first) : say.events(first, last));
}
