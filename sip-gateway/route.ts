import type { Language } from '../protocol/call/language.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Account, BrowserCredential, CalledAccount, Dialled } from './directory.ts';
import type { TrunkCaller } from './trunks/caller.ts';

/** Who is calling, as far as the caller has proved it. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly account: Account }
  /** Comes by a trunk, which tells who it is. */
  | { readonly kind: 'trunk'; readonly trunk: Trunk; readonly from: TrunkCaller }
  | { readonly kind: 'browser'; readonly credential: BrowserCredential };

/** What the gateway and its switches can take just now. */
export interface Readiness {
  /** False once the gateway is shutting down. */
  readonly accepting: boolean;
  readonly switchUp: boolean;
}

export interface Refusal {
  readonly kind: 'refuse';
  readonly status: 403 | 404 | 483 | 503;
  readonly reason: string;
  readonly retryAfterS?: number;
}

/** Where a call goes. */
export type Route =
  | {
      readonly kind: 'to-meeting';
      readonly room: RoomId;
      readonly role: Role;
      /** Absent for browsers, which come by their link. */
      readonly by?: 'code' | 'extension';
      readonly person?: { readonly id: string; readonly name: string };
    }
  | { readonly kind: 'to-reception'; readonly dialled: string; readonly language?: Language }
  | { readonly kind: 'to-echo' }
  /** Rings an account's phones. */
  | { readonly kind: 'to-account'; readonly account: CalledAccount }
  /** Perhaps a number outside, if its rules allow it. */
  | { readonly kind: 'to-number'; readonly number: string; readonly account: string }
  | Refusal;

const NOT_FOUND: Refusal = { kind: 'refuse', status: 404, reason: 'Not Found' };
const TO_ECHO: Route = { kind: 'to-echo' };
const FORBIDDEN: Refusal = { kind: 'refuse', status: 403, reason: 'Forbidden' };

export function unavailable(retryAfterS: number): Refusal {
  return { kind: 'refuse', status: 503, reason: 'Service Unavailable', retryAfterS };
}

/** Why a call cannot even be looked at, whoever makes it. */
export function refusalAtDoor(
  call: { readonly maxForwards: number },
  readiness: Readiness,
): Refusal | undefined {
  if (call.maxForwards <= 0) return { kind: 'refuse', status: 483, reason: 'Too Many Hops' };
  if (!readiness.accepting) return unavailable(30);
  if (!readiness.switchUp) return unavailable(10);
  return undefined;
}

/** Where a call goes. Unknown, throttled and not-for-you sound alike: 404. */
export function route(caller: Caller, dialled: Dialled, user: string): Route {
  if (caller.kind === 'browser') return routeBrowser(caller.credential, dialled);
  switch (dialled.kind) {
    case 'throttled':
      return NOT_FOUND;
    case 'reception':
      return toReception(dialled, user);
    case 'unknown':
    case 'account':
    case 'echo':
      return caller.kind === 'account'
        ? routeAccount(dialled, user, caller.account.username)
        : NOT_FOUND;
    case 'meeting':
      return isOpenTo(caller, dialled.by) ? toMeeting(dialled) : NOT_FOUND;
  }
}

/** What only somebody registered may dial. */
function routeAccount(
  dialled: Extract<Dialled, { kind: 'unknown' | 'account' | 'echo' }>,
  user: string,
  account: string,
): Route {
  if (dialled.kind === 'account') {
    const { username, name, number } = dialled;
    return { kind: 'to-account', account: { username, name, number } };
  }
  if (dialled.kind === 'echo') return TO_ECHO;
  return isOutside(user) ? { kind: 'to-number', number: user, account } : NOT_FOUND;
}

/** A browser's credential opens one room, by its id, and the echo test; nothing else. */
function routeBrowser(credential: BrowserCredential, dialled: Dialled): Route {
  if (dialled.kind === 'echo') return TO_ECHO;
  if (dialled.kind !== 'meeting' || dialled.by !== 'id') return FORBIDDEN;
  if (dialled.room !== credential.room) return FORBIDDEN;
  return { kind: 'to-meeting', room: credential.room, role: credential.role };
}

/** A number with its country, or as one dials it at home: no code and no extension looks like that. */
export function isOutside(user: string): boolean {
  return /^(\+[1-9]|0)\d{4,17}$/.test(user);
}

function isOpenTo(caller: Caller, by: 'code' | 'extension' | 'id'): boolean {
  return by === 'code' || (by === 'extension' && caller.kind === 'account');
}

function toReception({ language }: Extract<Dialled, { kind: 'reception' }>, user: string): Route {
  const spoken = language === undefined ? {} : { language };
  return { kind: 'to-reception', dialled: user, ...spoken };
}

function toMeeting(dialled: Extract<Dialled, { kind: 'meeting' }>): Route {
  const { room, role, by, person } = dialled;
  const way = by === 'id' ? {} : { by };
  return { kind: 'to-meeting', room, role, ...way, ...(person ? { person } : {}) };
}
