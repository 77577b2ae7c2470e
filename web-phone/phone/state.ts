import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import type { CallEvent } from './phone.ts';
import type { FormerStay } from './stay.ts';
import type { Trouble } from './trouble.ts';

/** How a call came to its end, where it was not by the person's own click. */
export type LeftWhy = Exclude<LeaveReason, 'moved'> | 'by-choice' | 'banned';

/** A call of ours that a reload, a crash or another tab has left. */
export interface FormerCall {
  readonly kind: FormerStay['kind'];
  readonly name: string;
  readonly sinceMs: number;
}

/** Where a softphone stands on its way into a meeting and out of it. */
export type PhoneState =
  | { readonly kind: 'loading' }
  /** The link leads nowhere, or not now. */
  | { readonly kind: 'closed'; readonly trouble: Trouble }
  | {
      readonly kind: 'ready';
      readonly ticket: TicketView;
      readonly trouble?: Trouble;
      /** There is a stay to go back to, or to take over from another tab. */
      readonly former?: FormerCall;
    }
  | {
      readonly kind: 'joining';
      readonly ticket: TicketView;
      readonly name: string;
      readonly grant?: SoftphoneGrant;
    }
  | {
      readonly kind: 'talking';
      readonly ticket: TicketView;
      readonly name: string;
      readonly grant: SoftphoneGrant;
      /** When the first call was answered; survives returning. */
      readonly sinceMs: number;
      readonly line: 'good' | 'weak';
      /** Nothing comes any more; whether the server answers is being asked. */
      readonly probing?: true;
    }
  /** The call broke and is being placed anew. */
  | {
      readonly kind: 'returning';
      readonly ticket: TicketView;
      readonly name: string;
      readonly sinceMs: number;
      readonly attempt: number;
      readonly grant?: SoftphoneGrant;
      /** Why the last attempt failed; absent before the first has. */
      readonly trouble?: Trouble;
    }
  | {
      readonly kind: 'left';
      readonly ticket: TicketView;
      readonly name: string;
      readonly why: LeftWhy;
      readonly sinceMs: number;
    };

/** What the person in front of the page does. */
export type PersonInput =
  | { readonly kind: 'retry' }
  | { readonly kind: 'join'; readonly name: string }
  /** Goes back to the former call. */
  | { readonly kind: 'resume' }
  /** The microphone could not be opened: the door shows why, and other ways in. */
  | { readonly kind: 'no-microphone' }
  | { readonly kind: 'leave' };

/** What comes from the server, the network and the clock. */
export type WorldInput =
  | { readonly kind: 'ticket'; readonly ticket: TicketView; readonly former?: FormerCall }
  | { readonly kind: 'no-ticket'; readonly trouble: Trouble }
  | { readonly kind: 'granted'; readonly grant: SoftphoneGrant }
  | { readonly kind: 'not-granted'; readonly trouble: Trouble }
  | { readonly kind: 'call'; readonly event: CallEvent; readonly nowMs: number }
  /** The feed says that our own leg is no longer in the room. */
  | { readonly kind: 'own-leg-left'; readonly reason: LeaveReason }
  /** The server says that a moderator keeps us out. */
  | { readonly kind: 'banned' }
  | { readonly kind: 'redial-due'; readonly attempt: number }
  /** The machine is on a network again, or somebody looks at the page again. */
  | { readonly kind: 'online' }
  | { readonly kind: 'probed'; readonly reached: boolean }
  | { readonly kind: 'patience-over' };

export type PhoneInput = PersonInput | WorldInput;

export type PhoneEffect =
  | { readonly kind: 'ask-ticket' }
  | { readonly kind: 'ask-grant'; readonly name: string }
  | { readonly kind: 'call'; readonly grant: SoftphoneGrant }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'open-feed'; readonly grant: SoftphoneGrant }
  | { readonly kind: 'close-feed' }
  /** Leaves time for the feed to say why a call ended. */
  | { readonly kind: 'close-feed-soon' }
  /** The feed of somebody who is banned is cut before it could say why. */
  | { readonly kind: 'ask-whether-banned' }
  | { readonly kind: 'redial-after'; readonly ms: number; readonly attempt: number }
  /** Asks the server for a sign of life, after so long; `probed` follows. */
  | { readonly kind: 'probe'; readonly afterMs: number }
  | { readonly kind: 'start-patience'; readonly ms: number };

export type PhoneStep = readonly [PhoneState, readonly PhoneEffect[]];
