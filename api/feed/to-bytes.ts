import type { FeedMessage } from '../../protocol/room/feed.ts';

export function toBytes(message: FeedMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
