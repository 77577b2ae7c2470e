import type { Product } from '../support/product.ts';
import { FeedReader } from './feed-reader.ts';
import { People } from './people.ts';
import { summary } from './percentile.ts';
import { onEachProduct } from './products.ts';

const ROUNDS = 200;

/** Milliseconds from an HTTP mute to its event on another WebSocket. */
export function mute(): Promise<{ embedded: unknown; freeswitch?: unknown }> {
  return onEachProduct(measureMute);
}

async function measureMute(product: Product): Promise<{ p50: number; p99: number; max: number }> {
  const people = await People.join(product, 5);
  const [participant] = await product.participants(people.meeting);
  const reader = await FeedReader.open(product, people.meeting.id);
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const muted = round % 2 === 0;
    const seen = new Promise<number>((resolve) => {
      reader.onEvent = (event) => {
        if (event.kind !== 'participant-updated' || event.participant.id !== participant?.id)
          return;
        if (event.participant.muted === muted) resolve(performance.now());
      };
    });
    const startedMs = performance.now();
    await product.api('PATCH', `/meetings/${people.meeting.id}/participants/${participant?.id}`, {
      muted,
    });
    samples.push((await seen) - startedMs);
  }
  reader.close();
  people.leave();
  return summary(samples);
}
