import type { ReadonlySignal } from '@preact/signals';
import type { FeedState } from './state.ts';
import type { Wish } from './wish.ts';

/** What a view of a room needs: the facts, and a way to wish. The console and the softphone are one each. */
export interface RoomDesk {
  /** They may look and no more: every wish would be refused, so that no button is shown. */
  readonly watching?: boolean;
  readonly feed: ReadonlySignal<FeedState>;
  /** Whether the server took it; what comes of it the feed tells. */
  wish(wish: Wish): Promise<boolean>;
  /** Whether such a wish is on its way. */
  waits(wish: Wish): boolean;
}
