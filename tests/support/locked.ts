import type { FeedMessage } from '../../protocol/room/feed.ts';
import { EventStream } from './event-stream.ts';
import { eventually } from './eventually.ts';
import type { Product } from './product.ts';

/**
 * Locks a meeting; resolves once the product shows it locked, which is when FreeSWITCH's event has
 * come: its answer to the command may be a moment earlier, and tells no other node.
 */
export async function lock(product: Product, meeting: { readonly id: string }): Promise<void> {
  const stream = await EventStream.open(`${product.url}/api/v1/meetings/${meeting.id}/events`, {
    authorization: `Bearer ${product.adminKey}`,
  });
  try {
    await product.api('POST', `/meetings/${meeting.id}/lock`, { locked: true });
    await eventually('the room is shown locked', () =>
      stream.events.some(({ message }) => showsLocked(message)),
    );
  } finally {
    stream.close();
  }
}

function showsLocked(message: FeedMessage): boolean {
  if (message.kind === 'event') return 'locked' in message.event && message.event.locked;
  return message.kind === 'snapshot' && message.rooms.some(({ locked }) => locked);
}
