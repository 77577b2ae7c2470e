import type { Role } from '../../protocol/room/room.ts';
import type { Seat } from './access.ts';

/** Somebody with an account whom a meeting names. */
export interface Member {
  readonly personId: string;
  readonly role: Role;
}

/** Whom a meeting belongs to and whom it names. */
export interface Seats {
  /** Who made it; absent where that was a program or the administrator. */
  readonly owner?: string;
  readonly members?: readonly Member[];
}

/** Nobody names more by hand. */
export const MOST_MEMBERS = 500;

/** What somebody is in a meeting; `undefined`: it does not name them. */
export function seatOf({ owner, members = [] }: Seats, personId: string): Seat | undefined {
  if (owner === personId) return 'owner';
  return members.find((member) => member.personId === personId)?.role;
}

/** As what they come in. */
export function roleOf(seat: Seat): Role {
  return seat === 'owner' ? 'moderator' : seat;
}
