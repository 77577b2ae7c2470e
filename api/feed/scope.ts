import type { Act, Caller } from '../../meetings/rules/access.ts';
import type { Role, RoomId } from '../../protocol/room/room.ts';

/** Which feed somebody reads. */
export type Scope =
  /** With `observer` codes and links are left out. */
  | { readonly kind: 'everything'; readonly observer?: boolean }
  | { readonly kind: 'meeting'; readonly room: RoomId; readonly observer?: boolean }
  /** The meetings that are theirs to run. */
  | { readonly kind: 'own'; readonly personId: string }
  | PersonScope;

/** Somebody in a meeting, or before it. */
export interface PersonScope {
  readonly kind: 'person';
  readonly room: RoomId;
  readonly personId: string;
  readonly role: Role;
}

export function scopeOf(caller: Caller, room: RoomId | undefined): Scope {
  const observer = caller.kind === 'user' && caller.role === 'observer';
  if (caller.kind === 'user' && caller.role === 'moderator' && room === undefined)
    return { kind: 'own', personId: caller.personId ?? '' };
  if (room === undefined) return { kind: 'everything', observer };
  if (caller.kind !== 'person') return { kind: 'meeting', room, observer };
  return { kind: 'person', room, personId: caller.personId, role: caller.role };
}

/** What it takes to read it. */
export function actOf(room: RoomId | undefined): Act {
  return room === undefined ? { kind: 'list-meetings' } : { kind: 'watch', room };
}
