import type { Role, RoomId } from '../../protocol/room/room.ts';

/** Who asks. */
export type Caller =
  | { readonly kind: 'admin' }
  /** A softphone, by its feed token. */
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
    }
  | { readonly kind: 'nobody' };

/** What is asked for. */
export type Act =
  /** Make, see, change, end meetings; accounts; tickets; codes; remove, mute all, lock. */
  | { readonly kind: 'run' }
  /** See who is in a room, or its feed. */
  | { readonly kind: 'watch'; readonly room: RoomId }
  /** Change one row; `personId` is whose row it is. */
  | {
      readonly kind: 'change-row';
      readonly room: RoomId;
      readonly personId: string | undefined;
    };

/** Whether they may. Who holds a ticket holds nothing else: tickets are shown in the address. */
export function may(caller: Caller, act: Act): boolean {
  if (caller.kind === 'admin') return true;
  if (caller.kind === 'nobody' || act.kind === 'run' || act.room !== caller.room) return false;
  return act.kind === 'watch' || act.personId === caller.personId;
}
