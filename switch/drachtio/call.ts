import type { Dialog } from '../../protocol/sip/dialog.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import type { ClientTransaction, Destination } from '../sip/endpoint.ts';
import type { SessionExpiry } from './session-expiry.ts';

/** One application that is connected and trusted. */
export interface Client {
  readonly name: string;
  /** Whether its connection has ended; what is sent then goes nowhere. */
  readonly gone: boolean;
  /** Sends one frame's text. */
  send(text: string): void;
}

/** A dialog of a client's, with what hangs on it. */
export interface Call {
  /** drachtio's dialog id. */
  readonly id: string;
  readonly client: Client;
  /** The transaction of the INVITE that began it, which its ACK is told under. */
  readonly transactionId: string;
  readonly contact: string;
  dialog: Dialog;
  destination: Destination;
  state: 'early' | 'confirmed' | 'ended';
  /** Our last session description, to refresh the session with. */
  localSdp: string;
  /** An INVITE of ours in the dialog that has no final answer. */
  inviteOut: ClientTransaction | undefined;
  /** An INVITE of the peer's in the dialog that has no final answer. */
  inviteIn: boolean;
  /** A 2xx of ours to an INVITE has not been acknowledged. */
  awaitsAck: boolean;
  /** The 2xx we got whose ACK the client still owes, by CSeq. */
  unacked: number | undefined;
  /** The ACK we sent last, for a 2xx that comes again. */
  acked: { readonly cseq: number; readonly request: SipRequest } | undefined;
  expiry: SessionExpiry | undefined;
  stopExpiry: () => void;
}

/** drachtio's name of a dialog: the From tag is that of the request that began it. */
export function drachtioId(callId: string, fromTag: string): string {
  return `${callId};from-tag=${fromTag}`;
}

/** Calls by what messages and clients name them by. */
export class Calls {
  readonly #byId = new Map<string, Call>();

  get size(): number {
    return this.#byId.size;
  }

  all(): Call[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Call | undefined {
    return this.#byId.get(id);
  }

  /** The call a message of the peer's belongs to: its tags are ours and theirs the other way round. */
  find(callId: string, localTag: string, remoteTag: string): Call | undefined {
    for (const fromTag of [remoteTag, localTag]) {
      const call = this.#byId.get(drachtioId(callId, fromTag));
      if (call?.dialog.localTag === localTag && call.dialog.remoteTag === remoteTag) return call;
    }
    return undefined;
  }

  add(call: Call): void {
    this.#byId.set(call.id, call);
  }

  /** Ends the bookkeeping of a call; nothing is sent. */
  remove(call: Call): void {
    call.state = 'ended';
    call.stopExpiry();
    if (this.#byId.get(call.id) === call) this.#byId.delete(call.id);
  }
}

export interface NewCall {
  readonly id: string;
  readonly client: Client;
  readonly transactionId: string;
  readonly contact: string;
  readonly dialog: Dialog;
  readonly destination: Destination;
  readonly localSdp: string;
}

export function newCall(parts: NewCall): Call {
  return {
    ...parts,
    state: 'early',
    inviteOut: undefined,
    inviteIn: false,
    awaitsAck: false,
    unacked: undefined,
    acked: undefined,
    expiry: undefined,
    stopExpiry: () => undefined,
  };
}
