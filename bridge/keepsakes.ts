import type { ParticipantId } from '../protocol/room/room.ts';

/** What must outlive a node of one leg, as it is written on the leg itself: see memo.ts, identity.ts. */
export interface Keepsake {
  readonly memo: string;
  /** Who it is, signed; absent until that is known. */
  readonly who?: string;
}

/**
 * Where that is kept besides, since what is written on a leg is gone with its node. Handed in where
 * there are several nodes. Nothing here fails a call: a store that is away is logged by whoever
 * implements this.
 */
export interface Keepsakes {
  keep(leg: ParticipantId, keepsake: Keepsake): void;
  read(leg: ParticipantId): Promise<Keepsake | undefined>;
  drop(leg: ParticipantId): void;
}
