import type { RoomEnd } from '../protocol/room/room.ts';
import type { Saying } from '../protocol/speech/saying.ts';

export const GOES_ON: Saying = { kind: 'goes-on' };

/** What those inside are told of the end; nothing where nobody is there to hear it. */
export function endSaying({ atMs, why }: RoomEnd, nowMs: number): Saying | undefined {
  const leftMs = Math.max(0, atMs - nowMs);
  const minutes = Math.max(1, Math.round(leftMs / 60_000));
  switch (why) {
    case 'time':
      return { kind: 'last-minutes', minutes };
    case 'no-moderator':
      return { kind: 'ends-without-moderator', minutes };
    case 'silence':
      return { kind: 'ends-in-silence', minutes };
    case 'breakout':
      return { kind: 'together-again', seconds: Math.max(1, Math.round(leftMs / 1_000)) };
    case 'empty':
      return undefined;
  }
}
