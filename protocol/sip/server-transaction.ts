import type { SipResponse } from './message.ts';
import type { Timing } from './timers.ts';

/** What both server transaction machines are told. */
export type ServerInput =
  /** The request came again. */
  | { readonly kind: 'request' }
  /** Our user answers. */
  | { readonly kind: 'response'; readonly response: SipResponse }
  /** The ACK within the transaction, to a failure. */
  | { readonly kind: 'ack' }
  /** The ACK to a 2xx, which is a transaction of its own on the wire. */
  | { readonly kind: 'answer-ack' }
  | { readonly kind: 'timer'; readonly timer: ServerTimer }
  | { readonly kind: 'transport-error' };

/** The RFC's letters; `trying` brings the 100, `answer` the 2xx again, `unanswered` gives up on our user. */
export type ServerTimer = 'G' | 'H' | 'I' | 'J' | 'L' | 'trying' | 'answer' | 'unanswered';

/** What the edge is to do, in order. Starting a timer replaces the one of that name. */
export type ServerEffect =
  | { readonly kind: 'send'; readonly response: SipResponse }
  | { readonly kind: 'start-timer'; readonly timer: ServerTimer; readonly ms: number }
  | { readonly kind: 'fail'; readonly reason: 'timeout' | 'transport' };

export interface ServerOptions {
  /** TCP and WebSocket: nothing but a 2xx is sent twice. */
  readonly reliable: boolean;
  readonly timing: Timing;
}
