import type { Lease } from '../../meetings/leases.ts';

/** So long a node is ours without a sign of the store. */
export const TTL_MS = 3_000;
export const RENEW_EVERY_MS = 1_000;
/** We stop so much sooner than others may begin: a command that is under way must arrive first. */
const MARGIN_MS = 300;

/** A node that we drive, by a clock of our own that only goes forward. */
export interface Hold {
  readonly lease: Lease;
  /** Until then nobody else can have taken it. */
  readonly untilMs: number;
  /** The store does not answer us: see `mayCommand`. */
  readonly alone: boolean;
}

/** What came of taking or renewing that was asked for at `askedAtMs`. */
export function held(lease: Lease, askedAtMs: number): Hold {
  return { lease, untilMs: askedAtMs + TTL_MS - MARGIN_MS, alone: false };
}

/** The store cannot be asked. */
export function leftAlone(hold: Hold): Hold {
  return { ...hold, alone: true };
}

/**
 * Whether a command may go out. Past its time a lease is in doubt until the store has said whether it
 * is still ours: a process that stood still must not act on what it last knew. Where the store itself
 * does not answer we go on: mostly it is away for all, and nobody can take the node. Where it is away
 * for us alone, whoever takes the node says so at the node, and we leave.
 */
export function mayCommand({ untilMs, alone }: Hold, nowMs: number): boolean {
  return alone || nowMs < untilMs;
}
