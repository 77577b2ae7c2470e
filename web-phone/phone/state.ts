import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import type { LeaveReason } from '../../protocol/room/event.ts';
import type { CallEvent } from './phone.ts';
import type { Trouble } from './trouble.ts';

/** How a call came to its end, where it was not by the person's own click. */
export type LeftWhy = Exclude<LeaveReason, 'moved'> | 'by-choice' | 'banned';

/** Where a softphone stands on its way into a meeting and out of it. */
export type PhoneState =
  | { readonly kind: 'loading' }
  /** The link leads nowhere, or not now. */
  | { readonly kind: 'closed'; readonly trouble: Trouble }
  | { readonly kind: 'ready'; readonly ticket: TicketView; readonly trouble?: Trouble }
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
    }
  /** The call broke and is being placed anew. */
  | {
      readonly kind: 'returning';
      readonly ticket: TicketView;
      readonly name: string;
      readonly sinceMs: number;
      readonly attempt: number;
      readonly grant?: SoftphoneGrant;
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
  /** The microphone could not be opened: the door shows why, and other ways in. */
  | { readonly kind: 'no-microphone' }
  | { readonly kind: 'leave' };

/** What comes from the server, the network and the clock. */
export type WorldInput =
  | { readonly kind: 'ticket'; readonly ticket: TicketView }
  | { readonly kind: 'no-ticket'; readonly trouble: Trouble }
  | { readonly kind: 'granted'; readonly grant: SoftphoneGrant }
  | { readonly kind: 'not-granted'; readonly trouble: Trouble }
  | { readonly kind: 'call'; readonly event: CallEvent; readonly nowMs: number }
  /** The feed says that our own leg is no longer in the room. */
  | { readonly kind: 'own-leg-left'; readonly reason: LeaveReason }
  /** The server says that a moderator keeps us out. */
  | { readonly kind: 'banned' }
  | { readonly kind: 'redial-due'; readonly attempt: number }
  /** The machine is on a network again. */
  | { readonly kind: 'online' }
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
  | { readonly kind: 'start-patience'; readonly ms: number };

export type PhoneStep = readonly [PhoneState, readonly PhoneEffect[]];
