import type { Actor } from '../../protocol/room/command.ts';
import type { Role, RoomId } from '../../protocol/room/room.ts';
import type { PersonRole } from '../../protocol/http/people.ts';
import type { Scope } from './scopes.ts';

/** What somebody with an account is in one meeting. */
export type Seat = 'owner' | Role;

/** Somebody with an account, or a key of theirs. */
export interface User {
  readonly kind: 'user';
  /** A page with a session, or a program with a key. */
  readonly by: 'session' | 'key';
  /** Absent on keys that were made with the administrator's key. */
  readonly personId?: string;
  readonly name: string;
  readonly role: PersonRole;
  /** What the key is for; absent with a session: everything that the role allows. */
  readonly scopes?: readonly Scope[];
  /** Their seat in the meeting that is asked about, where they have one. */
  readonly seat?: { readonly room: RoomId; readonly as: Seat };
}

/** Who asks. */
export type Caller =
  /** Whoever has the administrator's key: a program that shows it, or a console that was opened by it. */
  | { readonly kind: 'admin'; readonly by: 'key' | 'session' }
  | User
  /** A softphone, by its feed token; its role is that of the link it joined by. */
  | {
      readonly kind: 'person';
      readonly room: RoomId;
      readonly personId: string;
      readonly role: Role;
      /** See `FeedToken`. */
      readonly stay?: string;
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
  | 'unheard'
  | 'deaf'
  | 'held'
  | 'role'
  | 'admitted';

/** What is asked for. */
export type Act =
  /** Change what is the whole house's: accounts, trunks, alarms, nodes. */
  | { readonly kind: 'run' }
  /** See it. */
  | { readonly kind: 'read' }
  | { readonly kind: 'read-people' }
  | { readonly kind: 'run-people' }
  | { readonly kind: 'read-audit' }
  /** See all meetings that one may see. */
  | { readonly kind: 'list-meetings' }
  | { readonly kind: 'make-meeting' }
  /** See a meeting, with its codes and links. */
  | { readonly kind: 'read-meeting'; readonly room: RoomId }
  /** Change, end, delete it; make tickets. */
  | { readonly kind: 'run-meeting'; readonly room: RoomId }
  /** One's own password and sessions. */
  | { readonly kind: 'own-account' }
  /** Make and revoke keys. */
  | { readonly kind: 'own-keys' }
  /** The meetings that name oneself, and one's own way into them. */
  | { readonly kind: 'own-meetings' }
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

interface Row {
  readonly owner: boolean;
  /** `own`: in meetings that they made, or that name them as a moderator. */
  readonly moderator: boolean | 'own';
  readonly participant: boolean;
  readonly observer: boolean;
  /** Without it no key may; `none`: keys never. */
  readonly scope: Scope | 'none';
}

/** Who may what, of those who have an account. */
const TABLE: Readonly<Record<Act['kind'], Row>> = {
  run: row('owner', 'system:write'),
  read: row('owner observer', 'system:read'),
  'read-people': row('owner moderator observer', 'people:read'),
  'run-people': row('owner', 'people:admin'),
  'read-audit': row('owner observer', 'audit:read'),
  'list-meetings': row('owner moderator observer', 'meetings:read'),
  'make-meeting': row('owner moderator', 'meetings:write'),
  'read-meeting': row('owner own observer', 'meetings:read'),
  'run-meeting': row('owner own', 'meetings:write'),
  'own-account': row('owner moderator participant observer', 'none'),
  'own-keys': row('owner moderator observer', 'none'),
  'own-meetings': row('owner moderator participant', 'none'),
  moderate: row('owner own', 'rooms:control'),
  watch: row('owner own observer', 'meetings:read'),
  'change-row': row('owner own', 'rooms:control'),
  'call-me': row('owner own', 'rooms:control'),
  'cancel-call': row('owner own', 'rooms:control'),
};

function row(who: string, scope: Row['scope']): Row {
  const named = new Set(who.split(' '));
  return {
    owner: named.has('owner'),
    moderator: named.has('own') ? 'own' : named.has('moderator'),
    participant: named.has('participant'),
    observer: named.has('observer'),
    scope,
  };
}

/** Whether they may. */
export function may(caller: Caller, act: Act): boolean {
  switch (caller.kind) {
    case 'admin':
      return act.kind !== 'own-account' && act.kind !== 'own-meetings';
    case 'user':
      return mayUser(caller, act);
    case 'person':
      return mayPerson(caller, act);
    case 'nobody':
      return false;
  }
}

/** The scope that a key would need for it; `none` where no key may. */
export function scopeFor(act: Pick<Act, 'kind'>): Row['scope'] {
  return TABLE[act.kind].scope;
}

function mayUser(user: User, act: Act): boolean {
  const { [user.role]: allowed, scope } = TABLE[act.kind];
  if (user.scopes && (scope === 'none' || !user.scopes.includes(scope))) return false;
  if (allowed !== 'own') return allowed;
  return 'room' in act && user.seat?.room === act.room && user.seat.as !== 'participant';
}

/** A ticket reaches no further than its meeting, a moderator's no less: links are passed on. */
function mayPerson(caller: Extract<Caller, { kind: 'person' }>, act: Act): boolean {
  switch (act.kind) {
    case 'watch':
      return act.room === caller.room;
    case 'moderate':
      return act.room === caller.room && caller.role === 'moderator';
    case 'change-row':
    case 'call-me':
    case 'cancel-call':
      if (act.room !== caller.room) return false;
      return caller.role === 'moderator' || mayOwn(caller.personId, act);
    default:
      return false;
  }
}

function mayOwn(
  personId: string,
  act: Extract<Act, { kind: 'change-row' | 'call-me' | 'cancel-call' }>,
): boolean {
  if (act.kind === 'call-me') return act.callMe;
  if (act.personId !== personId) return false;
  return act.kind === 'cancel-call' || beyondOwn(act.fields).length === 0;
}

/** What people may change on their own row. Everything else is a moderator's. */
const OWN: ReadonlySet<RowField> = new Set([
  'muted',
  'hand',
  'help',
  'name',
  'volume.out',
  'unheard',
]);

/** Which of these only moderators change. */
export function beyondOwn(fields: readonly RowField[]): readonly RowField[] {
  return fields.filter((field) => !OWN.has(field));
}

/** As whom somebody acts on a row: their own hand, a moderator's, or a program's. */
export function actorOn(caller: Caller, personId: string | undefined): Actor {
  if (caller.kind === 'person') return personId === caller.personId ? 'self' : 'moderator';
  return caller.kind !== 'nobody' && caller.by === 'session' ? 'moderator' : 'program';
}

/** Whether somebody sees the meeting in lists and feeds. */
export function isSeenBy(user: User, seat: Seat | undefined): boolean {
  if (user.role === 'owner' || user.role === 'observer') return true;
  return user.role === 'moderator' && (seat === 'owner' || seat === 'moderator');
}
