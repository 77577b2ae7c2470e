import type { SipHeader, SipRequest, SipResponse } from '../protocol/sip/message.ts';

/** Where a request really came from, as the SIP stack saw it. */
export interface Source {
  readonly transport: 'udp' | 'tcp' | 'ws';
  readonly address: string;
  readonly port: number;
}

/** What we put into a message of ours; all else is the SIP stack's. */
export interface Content {
  readonly reason?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
  /** Where it goes first, where that is not its URI: the peer as the SIP stack saw it. */
  readonly towards?: Source;
}

/** A request from outside, to be answered once; what comes after the final answer is dropped. */
export interface Incoming {
  readonly request: SipRequest;
  readonly source: Source;
  respond(status: number, content?: Content): void;
}

/** An INVITE that begins a call. */
export interface IncomingCall extends Incoming {
  /** Whether the caller took it back; the SIP stack has answered 487 then. */
  readonly cancelled: boolean;
  onCancel(listener: () => void): void;
  /** Answers 200. `done` gets the leg, or undefined where the caller was gone before it. */
  accept(content: Content, listener: LegListener, done: (leg: Leg | undefined) => void): void;
}

/** One SIP dialog of ours. */
export interface Leg {
  /**
   * Sends a request in the dialog. A 2xx to an INVITE must be acknowledged with `ack`; failures
   * are acknowledged below. No answer at all is told as 408.
   */
  request(method: string, content: Content, done: (final: FinalResponse) => void): void;
  /** Sends BYE, once, with these headers. The listener hears nothing more. */
  hangUp(headers?: readonly SipHeader[]): void;
}

export interface FinalResponse {
  readonly response: SipResponse;
  ack(body?: string): void;
}

export interface LegListener {
  onRequest(incoming: Incoming): void;
  onAck(body: string): void;
  /** The leg is over: the far end sent `bye`, or the SIP stack gave it up or is gone. Told once. */
  onEnd(bye?: SipRequest): void;
}

/** An INVITE of ours without a final answer. */
export interface Attempt {
  cancel(): void;
}

export interface AttemptListener extends LegListener {
  onProvisional(response: SipResponse): void;
  /** A 2xx came; `ack` must be called once. Then the rest of the listener serves the leg. */
  onAnswer(leg: Leg, final: FinalResponse): void;
  onFailure(response: SipResponse): void;
}
