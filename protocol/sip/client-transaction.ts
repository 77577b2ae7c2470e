import type { SipHeader, SipRequest, SipResponse } from './message.ts';
import type { Timing } from './timers.ts';

/** What both client transaction machines are told. */
export type ClientInput =
  | { readonly kind: 'response'; readonly response: SipResponse }
  | { readonly kind: 'timer'; readonly timer: ClientTimer }
  | { readonly kind: 'transport-error' }
  /** Our user gives the call up, for a Reason perhaps (RFC 3326). Only an INVITE can be cancelled. */
  | { readonly kind: 'cancel'; readonly headers?: readonly SipHeader[] };

/** The RFC's letters; `cancelled` waits for the final response after a CANCEL (section 9.1). */
export type ClientTimer = 'A' | 'B' | 'D' | 'E' | 'F' | 'K' | 'M' | 'cancelled';

/** What the edge is to do, in order. Starting a timer replaces the one of that name. */
export type ClientEffect =
  | { readonly kind: 'send'; readonly request: SipRequest }
  /** Begin a transaction of its own for this CANCEL. */
  | { readonly kind: 'begin-cancel'; readonly request: SipRequest }
  | { readonly kind: 'start-timer'; readonly timer: ClientTimer; readonly ms: number }
  | { readonly kind: 'deliver'; readonly response: SipResponse }
  | { readonly kind: 'fail'; readonly reason: 'timeout' | 'transport' };

export interface ClientOptions {
  /** TCP and WebSocket: nothing is sent twice. */
  readonly reliable: boolean;
  readonly timing: Timing;
}
