import type { SipResponse } from '../../protocol/sip/message.ts';
import type { Attempt, AttemptListener, FinalResponse, Leg } from '../leg.ts';
import { tellingMost } from './outcome.ts';

export type Dial = (listener: AttemptListener) => Attempt;

/**
 * One call to several phones at once: the first that answers has it, the others stop ringing. A no
 * from a person (6xx) is a no of them all. Whoever answers too late is hung up.
 */
export class Forks implements Attempt {
  readonly #listener: AttemptListener;
  readonly #open = new Map<number, Attempt | undefined>();
  readonly #refusals: SipResponse[] = [];
  readonly #isAlone: boolean;
  #settled = false;

  constructor(dials: readonly Dial[], listener: AttemptListener) {
    this.#listener = listener;
    this.#isAlone = dials.length === 1;
    for (const at of dials.keys()) this.#open.set(at, undefined);
    for (const [at, dial] of dials.entries()) {
      const attempt = dial(this.#listenerOf(at));
      if (this.#open.has(at)) this.#open.set(at, attempt);
    }
  }

  cancel(): void {
    this.#settled = true;
    this.#cancelAll();
  }

  #listenerOf(at: number): AttemptListener {
    const { onRequest, onAck, onEnd } = bound(this.#listener);
    return {
      onRequest,
      onAck,
      onEnd,
      onProvisional: (response) => this.#onProvisional(response),
      onAnswer: (leg, final) => this.#onAnswer(at, leg, final),
      onFailure: (response) => this.#onFailure(at, response),
    };
  }

  /** Early media of several phones cannot be mixed: each of them just rings. */
  #onProvisional(response: SipResponse): void {
    if (this.#settled) return;
    if (this.#isAlone) this.#listener.onProvisional(response);
    else if (response.status > 100) this.#listener.onProvisional(RINGING);
  }

  #onAnswer(at: number, leg: Leg, final: FinalResponse): void {
    this.#open.delete(at);
    if (this.#settled) {
      final.ack();
      return leg.hangUp();
    }
    this.#settled = true;
    this.#cancelAll();
    this.#listener.onAnswer(leg, final);
  }

  #onFailure(at: number, response: SipResponse): void {
    this.#open.delete(at);
    if (this.#settled) return;
    this.#refusals.push(response);
    if (response.status < 600 && this.#open.size > 0) return;
    this.#settled = true;
    this.#cancelAll();
    this.#listener.onFailure(tellingMost(this.#refusals) ?? response);
  }

  #cancelAll(): void {
    for (const attempt of this.#open.values()) attempt?.cancel();
  }
}

const RINGING: SipResponse = {
  kind: 'response',
  status: 180,
  reason: 'Ringing',
  headers: [],
  body: '',
};

function bound(listener: AttemptListener): Pick<AttemptListener, 'onRequest' | 'onAck' | 'onEnd'> {
  return {
    onRequest: (incoming) => listener.onRequest(incoming),
    onAck: (body) => listener.onAck(body),
    onEnd: (bye) => listener.onEnd(bye),
  };
}
