import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler, Response } from 'express';
import type { Act, Caller, User } from '../meetings/rules/access.ts';
import { beyondOwn, may, scopeFor } from '../meetings/rules/access.ts';
import type { Scope } from '../meetings/rules/scopes.ts';
import type { SessionToken } from '../meetings/rules/tickets.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import { rowsOf } from '../protocol/room/rows.ts';
import { isSameOrigin } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

export const SESSION_COOKIE = 'partyline_session';

/** Who asks, and by what they are known. */
export interface Known {
  readonly caller: Caller;
  readonly by: 'bearer' | 'cookie' | 'nothing';
  readonly session?: SessionToken;
  /** When what they showed runs out, milliseconds since 1970. */
  readonly expiresAtMs?: number;
}

const NOBODY: Known = { caller: { kind: 'nobody' }, by: 'nothing' };

/** Who shows these headers. A bearer that opens nothing is refused, never overlooked. */
export async function identify(
  parts: ApiParts,
  headers: IncomingHttpHeaders,
  shown = bearerIn(headers),
): Promise<Known> {
  if (shown !== undefined) {
    const known = await byBearer(parts, shown);
    if (known) return known;
    throw refusal('not-signed-in', 'The key or token is wrong or has run out.', WWW);
  }
  const cookie = cookieIn(headers);
  const session = cookie === undefined ? undefined : await parts.meetings.sessions.check(cookie);
  return session ? { ...ofSession(session), by: 'cookie' } : NOBODY;
}

/** Learns who asks before any route; a cookie alone changes nothing from another site's page. */
export function learnCaller(parts: ApiParts): RequestHandler {
  return async (request, response, next) => {
    const known = await identify(parts, request.headers);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (known.by === 'cookie' && !isRead && !isSameOrigin(request.headers, parts.publicUrl()))
      throw refusal('foreign-origin', 'Send it from our own page, or use a bearer key instead.');
    response.locals.known = known;
    next();
  };
}

export function knownTo(response: Response): Known {
  return response.locals.known as Known;
}

/** Lets nobody past who may not. */
export function permit(response: Response, act: Act): void {
  const { caller } = knownTo(response);
  if (may(caller, act)) return;
  if (caller.kind === 'nobody')
    throw refusal('not-signed-in', 'Send "Authorization: Bearer <key>", or sign in.', WWW);
  throw beyond(caller, act);
}

/** For routes that only those who run meetings may use. */
export const administratorsOnly: RequestHandler = (_request, response, next) => {
  permit(response, { kind: 'run' });
  next();
};

/** Why somebody may not: the first thing that is in the way. */
function beyond(caller: Caller, act: Act): Refusal {
  if (caller.kind === 'user') return beyondUser(caller, act);
  if (caller.kind !== 'person' || !('room' in act))
    return refusal('forbidden', 'Only those who run all meetings may do this.');
  if (act.room !== caller.room)
    return refusal('forbidden', 'Your link is for its own meeting only.');
  if (act.kind === 'read-meeting' || act.kind === 'run-meeting')
    return refusal('forbidden', 'Only those who run the meeting may do this.');
  if (act.kind === 'call-me')
    return refusal('forbidden', 'In this meeting participants may not let their phone be called.');
  const [field] = act.kind === 'change-row' ? beyondOwn(act.fields) : [];
  if (act.kind === 'change-row' && act.personId === caller.personId && field !== undefined)
    return refusal('forbidden', 'Only moderators change that, on their own row too.', { field });
  return refusal('forbidden', 'Only moderators may do this to others.');
}

function beyondUser({ role, scopes }: User, act: Act): Refusal {
  const scope = scopeFor(act);
  if (scopes && scope === 'none')
    return refusal('forbidden', 'Keys may not do this: sign in at the console.');
  if (scopes && !scopes.includes(scope as Scope))
    return refusal('forbidden', `The key lacks the scope "${scope}": make one that has it.`);
  if (role === 'moderator' && 'room' in act)
    return refusal('forbidden', 'Only those who run this meeting may do this.');
  return refusal('forbidden', 'Your role does not allow this; ask an owner of this server.');
}

export function banned(): Refusal {
  return refusal('forbidden', 'A moderator banned you from this meeting.');
}

const WWW = { headers: { 'WWW-Authenticate': 'Bearer realm="partyline"' } };

async function byBearer(parts: ApiParts, shown: string): Promise<Known | undefined> {
  const { bans, sessions, tickets } = parts.meetings;
  if (sessions.isAdminKey(shown)) return { caller: { kind: 'admin', by: 'key' }, by: 'bearer' };
  const feed = tickets.feedToken(shown);
  if (feed) {
    const { room, personId, expiresAtMs } = feed;
    if (await bans.holds(room, { personId })) throw banned();
    const role = roleInside(parts, room, personId) ?? feed.role;
    return { caller: { kind: 'person', room, personId, role }, by: 'bearer', expiresAtMs };
  }
  const session = await sessions.check(shown);
  return session && { ...ofSession(session), by: 'bearer' };
}

/** What a moderator made of somebody counts, not what their link once said. */
function roleInside({ rooms }: ApiParts, room: RoomId, personId: string): Role | undefined {
  const inside = rooms.rooms().get(room);
  const rows = inside === undefined ? [] : rowsOf(inside);
  return rows.find((row) => row.personId === personId && row.state === 'joined')?.role;
}

function ofSession(session: SessionToken): Omit<Known, 'by'> {
  return { caller: { kind: 'admin', by: 'session' }, session, expiresAtMs: session.expiresAtMs };
}

function bearerIn({ authorization }: IncomingHttpHeaders): string | undefined {
  if (authorization === undefined) return undefined;
  return /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(authorization)?.[1] ?? '';
}

function cookieIn({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  const found = cookie.split(/; */).find((each) => each.startsWith(`${SESSION_COOKIE}=`));
  return found?.slice(SESSION_COOKIE.length + 1);
}
