import { tagOf } from '../../protocol/sip/address.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { serverKey } from '../../protocol/sip/transaction-key.ts';
import type { ServerTransaction } from '../sip/endpoint.ts';
import type { Call, Client } from './call.ts';
import type { Desk } from './desk.ts';
import { cseqOf } from './ending.ts';
import { Reliable } from './reliable.ts';

/** A request of a peer's that a client has not finally answered. */
export interface Pending {
  readonly id: string;
  readonly client: Client;
  readonly transaction: ServerTransaction;
  localTag: string;
  /** The call it began or belongs to. */
  call: Call | undefined;
  readonly inDialog: boolean;
  readonly reliable: Reliable;
  readonly stopWaiting: () => void;
}

/** A non-INVITE that no client answers: by then its sender has given up (RFC 3261 timer F). */
const ANSWER_MS = 32_000;

/** All of them, as clients name them and as peers do. */
export class PendingRequests {
  readonly #outside: Desk['outside'];
  readonly #late: (pending: Pending) => void;
  readonly #byId = new Map<string, Pending>();
  readonly #byKey = new Map<string, Pending>();
  /** Those outside dialogs, to find copies that came another way (482). */
  readonly #underWay = new Set<string>();

  /** `late`: no client answered this one in time; it is forgotten already. */
  constructor(outside: Desk['outside'], late: (pending: Pending) => void) {
    this.#outside = outside;
    this.#late = late;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** What is there now; it may be forgotten while it is gone through. */
  all(): readonly Pending[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Pending | undefined {
    return this.#byId.get(id);
  }

  /** The one that this request, or its copy, began. */
  of(request: SipRequest): Pending | undefined {
    return this.#byKey.get(serverKey(request));
  }

  /** Whether a copy of it is here that came another way. */
  hasCopy(request: SipRequest): boolean {
    return this.#underWay.has(copyKey(request));
  }

  add(transaction: ServerTransaction, client: Client, call: Call | undefined): Pending {
    const { newId, newTag, after } = this.#outside;
    const { request } = transaction;
    const stopWaiting =
      request.method === 'INVITE' ? () => undefined : after(ANSWER_MS, () => this.#giveUp(pending));
    const pending: Pending = {
      id: newId(),
      client,
      transaction,
      localTag: call?.dialog.localTag ?? newTag(),
      call,
      inDialog: call !== undefined,
      reliable: new Reliable(transaction, this.#outside),
      stopWaiting,
    };
    this.#byId.set(pending.id, pending);
    this.#byKey.set(serverKey(request), pending);
    if (!pending.inDialog) this.#underWay.add(copyKey(request));
    return pending;
  }

  forget(pending: Pending): void {
    const { request } = pending.transaction;
    pending.stopWaiting();
    pending.reliable.stop();
    this.#byId.delete(pending.id);
    this.#byKey.delete(serverKey(request));
    if (!pending.inDialog) this.#underWay.delete(copyKey(request));
  }

  /** The PRACK that ends the repeating of a provisional response; false where it is for none. */
  settle(call: Call, prack: SipRequest): boolean {
    return this.all().some((pending) => pending.call === call && pending.reliable.settle(prack));
  }

  #giveUp(pending: Pending): void {
    this.forget(pending);
    this.#late(pending);
  }
}

/**
 * What two copies of one request share (RFC 3261 section 8.2.2.2). Two INVITEs need not share their
 * CSeq: both would begin the call of one name.
 */
function copyKey(request: SipRequest): string {
  const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
  const cseq = request.method === 'INVITE' ? '' : cseqOf(request);
  return `${header(request, 'Call-ID') ?? ''} ${fromTag} ${cseq} ${request.method}`;
}
