import { createHash } from 'node:crypto';
import type { CallIdentity, Destination } from '../../protocol/call/identity.ts';

/** A call that the bridge vouched for, to be made. */
export interface Order extends CallIdentity {
  readonly destination: Extract<Destination, { kind: 'outbound' | 'ring' }>;
}

export type Judged =
  | { readonly kind: 'take'; readonly order: Order }
  /** 482: what we vouched for has come back to us. 403: an order that was, or comes too late. */
  | { readonly kind: 'refuse'; readonly status: 403 | 482 };

const LOOP: Judged = { kind: 'refuse', status: 482 };
const SPENT: Judged = { kind: 'refuse', status: 403 };

/** Orders that were carried out and could still be shown again, each until it expires. */
export class SpentOrders {
  readonly #until = new Map<string, number>();

  get size(): number {
    return this.#until.size;
  }

  has(header: string): boolean {
    return this.#until.has(digest(header));
  }

  add(header: string, untilMs: number, nowMs: number): void {
    for (const [key, until] of this.#until) if (until <= nowMs) this.#until.delete(key);
    this.#until.set(digest(header), untilMs);
  }
}

/**
 * What to make of a call that bears our own signature. Only a switch brings orders, each once and in
 * time; from anywhere else they were overheard.
 */
export function judge(
  vouched: { readonly identity: CallIdentity; readonly header: string },
  from: { readonly isSwitch: boolean },
  spent: SpentOrders,
  nowMs: number,
): Judged {
  const { identity, header } = vouched;
  const { destination } = identity;
  if (destination.kind !== 'outbound' && destination.kind !== 'ring') return LOOP;
  if (!from.isSwitch) return LOOP;
  if (destination.untilMs <= nowMs || spent.has(header)) return SPENT;
  return { kind: 'take', order: { ...identity, destination } };
}

/** Of what is signed: a signature can be spelt in several ways (RFC 4648 section 3.5). */
function digest(header: string): string {
  return createHash('sha256')
    .update(header.slice(0, header.lastIndexOf('.')))
    .digest('base64url');
}
