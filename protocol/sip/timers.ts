/** The base times of RFC 3261 table 4, in milliseconds. */
export interface Timing {
  /** Round-trip estimate. */
  readonly t1: number;
  /** The longest wait between retransmissions of a non-INVITE request or an INVITE response. */
  readonly t2: number;
  /** How long a message lives in the network. */
  readonly t4: number;
}

export const RFC_TIMING: Timing = { t1: 500, t2: 4_000, t4: 5_000 };

/** How long a transaction is tried for: timers B, F, H, J, L, M. */
export function patience(timing: Timing): number {
  return 64 * timing.t1;
}

/** Timer D: how long an INVITE's failure is acknowledged again over UDP. At least 32 s by the RFC. */
export function lingerD(timing: Timing): number {
  return 64 * timing.t1;
}

/** When an INVITE that its user has not answered gets a 100 (RFC 3261 section 17.2.1: 200 ms). */
export function tryingAfter(timing: Timing): number {
  return 0.4 * timing.t1;
}
