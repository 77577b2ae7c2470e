import type { Headers } from '../support/esl-client.ts';

/** A conference event's action, any other event's name. */
export function nameOf(event: Headers): string {
  return event.Action ?? event['Event-Name'] ?? '';
}
