import type { DeliveryView, WebhookView } from '../../protocol/http/webhooks.ts';

/** How a webhook stands, in a line. */
export function standingWords(hook: WebhookView): string {
  const waiting = hook.newest - hook.deliveredTo;
  switch (hook.state) {
    case 'well':
      return waiting > 0 ? `${waiting} events on their way` : 'All is delivered';
    case 'retrying':
      return `Tried again: ${waiting} ${waiting === 1 ? 'event waits' : 'events wait'}`;
    case 'paused':
      return PAUSED[hook.pausedBecause ?? 'asked'];
  }
}

const PAUSED = {
  failing: 'Paused: no good answer for a day',
  gone: 'Paused: its server says it is gone',
  asked: 'Paused by hand',
} as const;

/** What was answered to one try. */
export function answerWords({ ok, status, error, ms }: DeliveryView): string {
  const words = status === undefined ? `no answer (${error ?? 'unknown'})` : `status ${status}`;
  return `${ok ? 'Taken' : 'Failed'}, ${words}, ${ms} ms`;
}

/** Which message it was. */
export function messageWords(tried: DeliveryView): string {
  if (tried.delivery === 0) return 'Test';
  const again = tried.replay ? ', replayed' : tried.attempt > 1 ? `, try ${tried.attempt}` : '';
  const numbers = tried.first === tried.last ? `${tried.first}` : `${tried.first} to ${tried.last}`;
  return tried.events === 0
    ? `Message ${tried.delivery}${again}`
    : `Message ${tried.delivery}${again}: events ${numbers}`;
}
