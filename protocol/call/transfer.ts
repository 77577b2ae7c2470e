import type { ParticipantId } from '../room/room.ts';
import type { LineCall } from './identity.ts';

/** A wish of one leg of a call: that somebody else ring in its place, or that it be joined with another call's. */
export type TransferWish =
  | { readonly leg: ParticipantId; readonly to: LineCall }
  | { readonly leg: ParticipantId; readonly with: ParticipantId };

/** Carried out by the bridge. The promise is the end of it: 200, or why not, as a SIP status. */
export type Transfer = (wish: TransferWish) => Promise<number>;
