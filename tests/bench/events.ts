import type { Product } from '../support/product.ts';
import { eventually } from '../support/eventually.ts';
import { FeedReader } from './feed-reader.ts';
import { People } from './people.ts';
import { onEachProduct } from './products.ts';

const PEOPLE = 20;
const SOCKETS = 50;
const ROUNDS = 50;

interface EventsFigure {
  /** Events from the switch, each of which reached every socket. */
  readonly events: number;
  readonly sockets: number;
  readonly eventsPerSecond: number;
  readonly deliveriesPerSecond: number;
}

/** Mute events a second from the switch through to fifty WebSockets. */
export function events(): Promise<{ embedded: EventsFigure; freeswitch?: EventsFigure }> {
  return onEachProduct(measureEvents);
}

async function measureEvents(product: Product): Promise<EventsFigure> {
  const people = await People.join(product, PEOPLE);
  const participants = await product.participants(people.meeting);
  const readers = await Promise.all(
    Array.from({ length: SOCKETS }, () => FeedReader.open(product, people.meeting.id)),
  );
  const startedMs = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const muted = round % 2 === 0;
    await Promise.all(
      participants.map(({ id }) =>
        product.api('PATCH', `/meetings/${people.meeting.id}/participants/${id}`, { muted }),
      ),
    );
  }
  const total = PEOPLE * ROUNDS;
  await eventually(
    'every socket saw every event',
    () => readers.every((each) => each.events >= total),
    60_000,
  );
  const seconds = (performance.now() - startedMs) / 1000;
  for (const reader of readers) reader.close();
  people.leave();
  return {
    events: total,
    sockets: SOCKETS,
    eventsPerSecond: Math.round(total / seconds),
    deliveriesPerSecond: Math.round((total * SOCKETS) / seconds),
  };
}
