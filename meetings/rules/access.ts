import type { Actor } from '../../protocol/room/command.ts';
import type { Role, RoomId } from '../../protocol/room/room.ts';

/** Who asks. */
export type Caller =
  /** A program with the key, or somebody at the console, in its session. */
  | { readonly kind: 'admin'; readonly by: 'key' | 'session' }
  /** A softphone, by its feed token; its role is that of the link it joined by. */
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
    }
  | { readonly kind: 'nobody' };

/** What of a row can be changed. */
export type RowField =
  | 'muted'
  | 'hand'
  | 'help'
  | 'name'
  | 'volume.out'
  | 'volume.in'
  | 'deaf'
  | 'held'
  | 'role'
  | 'admitted';

/** What is asked for. */
export type Act =
  /** Make, see, change, end, delete meetings; accounts; tickets; codes; trunks; alarms. */
  | { readonly kind: 'run' }
  /** Remove and ban people, the lobby, mute or unmute all, lock, record, call somebody. */
  | { readonly kind: 'moderate'; readonly room: RoomId }
  /** See who is in a room, or its feed. */
  | { readonly kind: 'watch'; readonly room: RoomId }
  /** Change one row; `personId` is whose row it is. */
  | {
      readonly kind: 'change-row';
      readonly room: RoomId;
      readonly personId: string | undefined;
      readonly fields: readonly RowField[];
    }
  /** Let the meeting call the asker's own phone, or cancel that; `callMe` is the meeting's rule. */
  | { readonly kind: 'call-me'; readonly room: RoomId; readonly callMe: boolean }
  | {
      readonly kind: 'cancel-call';
      readonly room: RoomId;
      readonly personId: string | undefined;
    };

/** What people may change on their own row. Everything else is a moderator's. */
const OWN: ReadonlySet<RowField> = new Set(['muted', 'hand', 'help', 'name', 'volume.out']);

/**
 * Whether they may. A ticket reaches no further than its meeting, a moderator's no less: links are
 * passed on.
 */
export function may(caller: Caller, act: Act): boolean {
  if (caller.kind === 'admin') return true;
  if (caller.kind === 'nobody' || act.kind === 'run' || act.room !== caller.room) return false;
  if (caller.role === 'moderator') return true;
  switch (act.kind) {
    case 'watch':
      return true;
    case 'moderate':
      return false;
    case 'change-row':
      return act.personId === caller.personId && beyondOwn(act.fields).length === 0;
    case 'call-me':
      return act.callMe;
    case 'cancel-call':
      return act.personId === caller.personId;
  }
}

/** Which of these only moderators change. */
export function beyondOwn(fields: readonly RowField[]): readonly RowField[] {
  return fields.filter((field) => !OWN.has(field));
}

/** As whom somebody acts on a row: their own hand, a moderator's, or a program's. */
export function actorOn(caller: Caller, personId: string | undefined): Actor {
  if (caller.kind === 'person') return personId === caller.personId ? 'self' : 'moderator';
  return caller.kind === 'admin' && caller.by === 'session' ? 'moderator' : 'program';
}
