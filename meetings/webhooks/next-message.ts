import type { Message, Standing } from '../rules/webhooks/standing.ts';
import type { Store } from '../store/store.ts';
import { eventsOf, oldestKept } from './outbox.ts';
import type { OutEvent } from './outbox.ts';
import { isFor } from './registry.ts';
import type { Webhook } from './registry.ts';

/** Events of one message at most. */
const MOST_EVENTS = 100;
const CHUNK = 200;

export type Next =
  | { readonly kind: 'message'; readonly what: Pick<Message, 'events' | 'missed'> }
  /** All up to this number is not for it. */
  | { readonly kind: 'nothing'; readonly to: number };

/** What a webhook is to be told next of the events up to `newest`. */
export async function nextMessage(
  store: Store,
  hook: Webhook,
  { deliveredTo }: Standing,
  newest: number,
): Promise<Next> {
  let to = deliveredTo;
  while (to < newest) {
    const from = to + 1;
    to = Math.min(newest, to + CHUNK);
    const events = await eventsOf(store, range(from, to));
    if (events[0]?.number !== from)
      return { kind: 'message', what: await missedFrom(store, from, newest) };
    const numbers = events.filter((event) => isFor(hook, event)).map(({ number }) => number);
    if (numbers.length > 0)
      return { kind: 'message', what: { events: numbers.slice(0, MOST_EVENTS) } };
  }
  return { kind: 'nothing', to };
}

/** As it goes over the wire: the same at every try, for the events are kept as they are. */
export async function bodyOf(
  store: Store,
  hook: Webhook,
  { number, events, missed, firstTriedMs }: Message,
): Promise<string> {
  const kept = (await eventsOf(store, events)).map(viewOf);
  const notice = missed && {
    number: missed.to,
    type: 'events.missed',
    at: new Date(firstTriedMs).toISOString(),
    data: missed,
  };
  return format(hook, number, notice ? [notice, ...kept] : kept);
}

/** A message that says only that all is well. */
export function testBody(hook: Webhook, nowMs: number): string {
  const at = new Date(nowMs).toISOString();
  return format(hook, 0, [{ number: 0, type: 'webhook.test', at, data: {} }]);
}

function format({ id }: Webhook, delivery: number, events: readonly object[]): string {
  return JSON.stringify({ webhook: id, delivery, events });
}

function viewOf({ number, type, atMs, meeting, data }: OutEvent): object {
  return { number, type, at: new Date(atMs).toISOString(), ...(meeting && { meeting }), data };
}

async function missedFrom(store: Store, from: number, newest: number) {
  const oldest = await oldestKept(store, from, newest);
  return { events: [], missed: { from, to: oldest - 1 } };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
