import type { OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Room } from '../../protocol/room/room.ts';

/** How the call to one's own phone stands. */
export type MyPhone =
  | { readonly kind: 'none' }
  /** On its way, or carrying our sound. */
  | { readonly kind: 'up'; readonly call: OutboundCall }
  /** It came to nothing, a moment ago. */
  | { readonly kind: 'over'; readonly call: OutboundCall };

export function myPhone(room: Room | undefined, personId: string): MyPhone {
  const [latest] = [...(room?.calls.values() ?? [])]
    .filter((call) => call.personId === personId)
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
  if (latest === undefined) return { kind: 'none' };
  return { kind: latest.state === 'ended' ? 'over' : 'up', call: latest };
}
