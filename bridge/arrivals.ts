import type { Admission } from '../protocol/call/admission.ts';
import { parseIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Who } from './members.ts';
import type { Cause } from './to-esl.ts';

/** What to do with a leg that is parked. */
export type Arrival =
  /** Nobody we trust vouches for it. */
  | { readonly kind: 'reject'; readonly cause: Cause }
  | {
      readonly kind: 'meeting';
      readonly identity: CallIdentity;
      readonly room: RoomId;
      readonly role: Role;
    }
  | { readonly kind: 'reception'; readonly identity: CallIdentity };

export function arrivalOf(header: string, key: Uint8Array): Arrival {
  const identity = parseIdentity(header, key);
  if (identity === undefined) return { kind: 'reject', cause: 'CALL_REJECTED' };
  const { destination } = identity;
  if (destination.kind === 'reception') return { kind: 'reception', identity };
  return { kind: 'meeting', identity, room: destination.room, role: destination.role };
}

export type Refusal = Extract<Admission, { kind: 'refuse' }>['why'];

/** What a caller's phone is told when a meeting it dialled will not have it. */
export const REFUSAL_CAUSE = {
  full: 'USER_BUSY',
  banned: 'CALL_REJECTED',
  locked: 'CALL_REJECTED',
  unknown: 'UNALLOCATED_NUMBER',
  ended: 'UNALLOCATED_NUMBER',
} as const satisfies Record<Refusal, Cause>;

export type Entry = Extract<Admission, { kind: 'join' }>;

/**
 * The last word on an admission, to be asked in the same breath as the place is taken: others may
 * have come, or the room been locked, while the rules were thinking.
 */
export function lastWord(
  admission: Extract<Admission, { kind: 'join' | 'refuse' }>,
  room: { readonly people: number; readonly locked: boolean },
): Extract<Admission, { kind: 'join' | 'refuse' }> {
  if (admission.kind === 'refuse') return admission;
  // mod_conference would turn it away too, but with a sound and a call already answered.
  if (room.locked) return { kind: 'refuse', why: 'locked' };
  const full = admission.maxParticipants !== undefined && room.people >= admission.maxParticipants;
  return full ? { kind: 'refuse', why: 'full' } : admission;
}

export function whoOf(identity: CallIdentity, role: Role): Who {
  return {
    name: identity.name,
    number: identity.number,
    via: identity.via,
    role,
    ...(identity.personId === undefined ? {} : { personId: identity.personId }),
  };
}

/** The caller as the reception came to know them: who they are and where they belong. */
export function recognised(
  identity: CallIdentity,
  found: {
    readonly room: RoomId;
    readonly role: Role;
    readonly person?: { readonly id: string; readonly name: string };
  },
): CallIdentity {
  const { room, role, person } = found;
  return {
    ...identity,
    destination: { kind: 'meeting', room, role },
    ...(person === undefined ? {} : { name: person.name, personId: person.id }),
  };
}
