import type { Role, RoomId } from '../room/room.ts';

/**
 * What somebody with an account may do. `owner`: everything. `moderator`: make meetings, and run those
 * and the ones that name them as a moderator. `participant`: join the meetings that name them.
 * `observer`: see everything, change nothing, listen to nothing.
 */
export type PersonRole = 'owner' | 'moderator' | 'participant' | 'observer';

/** Somebody with an account. What lies after `role` only those who run people see. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  /** What they sign in with; absent where they come by the identity provider alone. */
  readonly login?: string;
  readonly disabled?: boolean;
  /** `one-time`: to be replaced at the first sign-in. `provider`: the identity provider vouches. */
  readonly signsInBy?: 'password' | 'one-time' | 'provider';
  readonly createdAt?: string;
  readonly lastSeenAt?: string;
  /** Shown in the answer that made it, and never again. */
  readonly oneTimePassword?: string;
}

/** Somebody named in a meeting. */
export interface MemberView {
  readonly personId: string;
  readonly role: Role;
}

/** A meeting that names the person who asks. */
export interface OwnMeetingView {
  readonly id: RoomId;
  readonly name: string;
  readonly state: 'planned' | 'open' | 'ended';
  readonly startsAt?: string;
  readonly role: Role;
}

/** One's own way into a meeting. */
export interface OwnTicketView {
  readonly joinUrl: string;
  readonly personalCode: string;
}

/** One place where the person who asks is signed in. */
export interface SignedInView {
  readonly id: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  /** When it ends whatever happens. */
  readonly expiresAt: string;
  /** The address that signed in. */
  readonly address: string;
  /** The browser, as it calls itself. */
  readonly userAgent: string;
  /** Whether the request came by it. */
  readonly current: boolean;
}

/** A key for programs. */
export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whose it is; absent where it was made with the administrator's key. */
  readonly personId?: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  /** The key itself, in the answer that made it, and never again. */
  readonly key?: string;
}

/** How one can sign in here. */
export interface WaysIn {
  /** Nobody has an account yet: the administrator's key opens the setup, once. */
  readonly setup: boolean;
  /** What the identity provider's button says; absent: there is none. */
  readonly provider?: string;
}
