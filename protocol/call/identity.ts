import type { Role, RoomId, Via } from '../room/room.ts';

/** Where the gateway says a call belongs. */
export type Destination =
  | { readonly kind: 'meeting'; readonly room: RoomId; readonly role: Role }
  /** The voice menu that asks for a code; `dialled` is the access number. */
  | { readonly kind: 'reception'; readonly dialled: string };

/** What the gateway vouches for about one leg. Travels in the SIP header of `HEADER_NAME`. */
export interface CallIdentity {
  readonly destination: Destination;
  readonly via: Via;
  /** Display name; never empty. */
  readonly name: string;
  /** The caller's number or account name, for display; empty for browsers. */
  readonly number: string;
  /** The account that answered the challenge, where there was one. */
  readonly account?: string;
  readonly personId?: string;
  /** The address the call came from, for throttling. */
  readonly source: string;
}
