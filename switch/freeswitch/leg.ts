import type { Dialog } from '../../protocol/sip/dialog.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import type { ClientTransaction, Destination, ServerTransaction } from '../sip/endpoint.ts';
import type { ExtraHeader } from './core/effect.ts';

/** How far one call's SIP got. */
export type LegLife =
  /** The peer's INVITE waits for our final answer. */
  | { readonly kind: 'invited'; readonly transaction: ServerTransaction; readonly tag: string }
  /** Our 2xx waits for its ACK; a BYE of ours must wait too (RFC 3261 section 15). */
  | {
      readonly kind: 'unacknowledged';
      readonly transaction: ServerTransaction;
      readonly bye: readonly ExtraHeader[] | undefined;
    }
  | { readonly kind: 'talking' }
  /** Our INVITE waits for its final answer. */
  | { readonly kind: 'calling'; readonly transaction: ClientTransaction }
  /** We gave our INVITE up; an answer that crosses is hung up at once. */
  | { readonly kind: 'giving-up'; readonly transaction: ClientTransaction };

/** One call's SIP. */
export interface Leg {
  readonly uuid: string;
  life: LegLife;
  dialog: Dialog | undefined;
  /** Where what we send goes. */
  destination: Destination;
  readonly contact: string;
  /** Our last session description, for a peer that asks by an INVITE without one. */
  sdp: string;
  /** A re-INVITE or UPDATE whose answer the media worker is making. */
  update: ServerTransaction | undefined;
  /** The session ends then unless it is refreshed (RFC 4028). */
  expiry: NodeJS.Timeout | undefined;
}

/** Both tags and the Call-ID of a request that must be within a dialog. */
export function isWithinDialog(request: SipRequest): boolean {
  return /;\s*tag\s*=/i.test(request.headers.find(({ name }) => name === 'To')?.value ?? '');
}
