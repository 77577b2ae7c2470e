import type { Role, RoomId } from '../../protocol/room/room.ts';

/** Who asks. */
export type Caller =
  | { readonly kind: 'admin' }
  /** A softphone, by its feed token; its role is that of the link it joined by. */
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
    }
  | { readonly kind: 'nobody' };

/** What is asked for. */
export type Act =
  /** Make, see, change, end, delete meetings; accounts; tickets; codes. */
  | { readonly kind: 'run' }
  /** Remove people, mute all, lock and unlock. */
  | { readonly kind: 'moderate'; readonly room: RoomId }
  /** See who is in a room, or its feed. */
  | { readonly kind: 'watch'; readonly room: RoomId }
  /** Change one row; `personId` is whose row it is. */
  | {
      readonly kind: 'change-row';
      readonly room: RoomId;
      readonly personId: string | undefined;
    };

/**
 * Whether they may. A ticket reaches no further than its meeting, a moderator's no less: links are
 * passed on.
 */
export function may(caller: Caller, act: Act): boolean {
  if (caller.kind === 'admin') return true;
  if (caller.kind === 'nobody' || act.kind === 'run' || act.room !== caller.room) return false;
  if (act.kind === 'watch' || caller.role === 'moderator') return true;
  return act.kind === 'change-row' && act.personId === caller.personId;
}
