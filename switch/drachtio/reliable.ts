import type { SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { RFC_TIMING } from '../../protocol/sip/timers.ts';
import type { ServerTransaction } from '../sip/endpoint.ts';
import type { Outside } from './desk.ts';

/** Repeats a reliable provisional response until its PRACK comes (RFC 3262 section 3). */
export class Reliable {
  readonly #transaction: ServerTransaction;
  readonly #outside: Outside;
  #rseq = 0;
  #stop: () => void = () => undefined;

  constructor(transaction: ServerTransaction, outside: Outside) {
    this.#transaction = transaction;
    this.#outside = outside;
  }

  /** The RSeq of the next one. */
  next(): number {
    this.#rseq += 1;
    return this.#rseq;
  }

  repeat(response: SipResponse): void {
    this.stop();
    this.#again(response, RFC_TIMING.t1, 0);
  }

  /** Whether this PRACK is for the response being repeated; if so, that ends. */
  settle(prack: SipRequest): boolean {
    const rseq = Number.parseInt(header(prack, 'RAck') ?? '', 10);
    if (rseq !== this.#rseq || this.#rseq === 0) return false;
    this.stop();
    return true;
  }

  stop(): void {
    this.#stop();
    this.#stop = () => undefined;
  }

  #again(response: SipResponse, waitMs: number, sinceMs: number): void {
    if (sinceMs + waitMs > 64 * RFC_TIMING.t1) return;
    this.#stop = this.#outside.after(waitMs, () => {
      this.#transaction.respond(response);
      this.#again(response, waitMs * 2, sinceMs + waitMs);
    });
  }
}
