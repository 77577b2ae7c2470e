import type { EslHeaders } from '../../../protocol/esl/headers.ts';
import type { MediaEvent } from '../../media/contract.ts';
import type { CallerProfile } from './channel.ts';

/** An INVITE that opened a new dialog. */
export interface IncomingCall {
  /** The new channel's UUID. */
  readonly leg: string;
  readonly name: string;
  readonly caller: CallerProfile;
  /** In the order in which mod_sofia sets them. */
  readonly variables: readonly (readonly [string, string])[];
  /** Absent where the INVITE has no body; then we would have to offer, which is refused. */
  readonly offer: string | undefined;
}

/** How a peer ended a call, in SIP's words. */
export type PeerEnd =
  | { readonly kind: 'bye'; readonly reason?: string }
  | { readonly kind: 'cancel' }
  /** Our INVITE got this final answer. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason?: string }
  /** No ACK, or no answer to a request of ours. */
  | { readonly kind: 'unreachable' };

/** All that can happen to the switch. */
export type Input =
  | {
      readonly kind: 'api';
      readonly job: string;
      readonly command: string;
      readonly args: string;
    }
  | {
      readonly kind: 'sendmsg';
      readonly uuid: string;
      readonly headers: EslHeaders;
      readonly body: string;
    }
  | { readonly kind: 'invited'; readonly call: IncomingCall }
  | { readonly kind: 'peer-ended'; readonly leg: string; readonly end: PeerEnd }
  | { readonly kind: 'reinvited'; readonly leg: string; readonly offer: string }
  | { readonly kind: 'progressed'; readonly leg: string; readonly sdp?: string }
  | { readonly kind: 'answered'; readonly leg: string; readonly sdp: string }
  /** A digit told by SIP INFO. */
  | {
      readonly kind: 'digit';
      readonly leg: string;
      readonly digit: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'media'; readonly event: MediaEvent }
  | { readonly kind: 'timer'; readonly timer: string }
  /** An event that a controller or the end of a background job asks for. */
  | {
      readonly kind: 'fire';
      readonly name: string;
      readonly headers: EslHeaders;
      readonly body: string | undefined;
    }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'shutdown' };
