import type { EslEvent } from '../../../protocol/esl/event.ts';
import type { MediaCommand } from '../../media/contract.ts';

/** A SIP header for a message that the edge builds. */
export interface ExtraHeader {
  readonly name: string;
  readonly value: string;
}

/** What the core wants said on a leg's SIP dialog. */
export type SipOrder =
  | { readonly kind: 'ringing'; readonly leg: string }
  | { readonly kind: 'progress'; readonly leg: string; readonly sdp: string }
  | { readonly kind: 'answer'; readonly leg: string; readonly sdp: string }
  | {
      readonly kind: 'refuse';
      readonly leg: string;
      readonly status: number;
      readonly headers: readonly ExtraHeader[];
    }
  | {
      readonly kind: 'bye' | 'cancel';
      readonly leg: string;
      readonly headers: readonly ExtraHeader[];
    }
  | {
      readonly kind: 'invite';
      readonly leg: string;
      readonly target: string;
      readonly callerName: string;
      readonly callerNumber: string;
      readonly headers: readonly ExtraHeader[];
      /** `sip_invite_call_id`; absent: any. */
      readonly callId?: string;
      readonly sdp: string;
    }
  | { readonly kind: 'accept-update'; readonly leg: string; readonly sdp: string }
  | { readonly kind: 'refuse-update'; readonly leg: string; readonly status: number };

/** What the core wants done; the edge does it and knows no rule. */
export type Effect =
  | { readonly kind: 'event'; readonly event: EslEvent }
  | { readonly kind: 'media'; readonly command: MediaCommand }
  | { readonly kind: 'sip'; readonly order: SipOrder }
  /** Give the input `timer` back after so long. Nothing is ever cancelled: a late one is ignored. */
  | { readonly kind: 'timer'; readonly timer: string; readonly ms: number }
  /** The output of the API command that came as `job`. */
  | { readonly kind: 'reply'; readonly job: string; readonly text: string };
