import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, User } from '../meetings/rules/access.ts';
import type { ApiKey, FoundKey } from '../meetings/people/api-keys.ts';
import type { Person } from '../meetings/rules/people.ts';
import { seatOf } from '../meetings/rules/seats.ts';
import type { FeedToken, SessionToken } from '../meetings/rules/tickets.ts';
import type { OpenSession } from '../meetings/sessions.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import { rowsOf } from '../protocol/room/rows.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

export const SESSION_COOKIE = 'partyline_session';

/** Who asks, and by what they are known. */
export interface Known {
  readonly caller: Caller;
  readonly by: 'bearer' | 'cookie' | 'nothing';
  readonly session?: SessionToken;
  readonly key?: ApiKey;
  readonly person?: Person;
  /** When what they showed runs out, milliseconds since 1970. */
  readonly expiresAtMs?: number;
}

export const WWW = { headers: { 'WWW-Authenticate': 'Bearer realm="partyline"' } };

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
  const open =
    cookie === undefined ? undefined : await parts.meetings.people.sessions.check(cookie);
  return open ? { ...ofSession(open), by: 'cookie' } : NOBODY;
}

/** With the seat that a moderator has now in the meeting that is asked about, and no other. */
export async function seated(
  parts: ApiParts,
  known: Known,
  room: RoomId | undefined,
): Promise<Known> {
  const { caller } = known;
  if (caller.kind !== 'user' || caller.role !== 'moderator' || room === undefined) return known;
  const { meetings } = parts.meetings;
  // Whoever ran a meeting may have it back.
  const meeting = (await meetings.get(room)) ?? (await meetings.deleted(room));
  const as = meeting && caller.personId && seatOf(meeting, caller.personId);
  return { ...known, caller: { ...withoutSeat(caller), ...(as && { seat: { room, as } }) } };
}

function withoutSeat({ kind, by, personId, name, role, scopes }: User): User {
  const who = { kind, by, name, role };
  return { ...who, ...(personId !== undefined && { personId }), ...(scopes && { scopes }) };
}

/** Whether what somebody showed before still holds, and their role is still the one it was. */
export async function stillHolds(parts: ApiParts, known: Known): Promise<boolean> {
  const { session, key, caller, expiresAtMs = Infinity } = known;
  const { people } = parts.meetings;
  if (expiresAtMs <= parts.now()) return false;
  if (caller.kind === 'person') return !(await people.known.isShutOut(caller.personId));
  const open = session ? await people.sessions.look(session) : key && (await people.keys.look(key));
  if (!open) return session === undefined && key === undefined;
  return caller.kind !== 'user' || open.person === undefined || open.person.role === caller.role;
}

export function banned(): Refusal {
  return refusal('forbidden', 'A moderator banned you from this meeting.');
}

async function byBearer(parts: ApiParts, shown: string): Promise<Known | undefined> {
  const { people, tickets } = parts.meetings;
  if (people.signIn.isAdminKey(shown))
    return { caller: { kind: 'admin', by: 'key' }, by: 'bearer' };
  const feed = tickets.feedToken(shown);
  if (feed) return byFeedToken(parts, feed);
  const found = await people.keys.check(shown);
  if (found) return { ...ofKey(found), by: 'bearer' };
  const session = await people.sessions.check(shown);
  return session && { ...ofSession(session), by: 'bearer' };
}

async function byFeedToken(parts: ApiParts, feed: FeedToken): Promise<Known | undefined> {
  const { bans, people } = parts.meetings;
  const { room, personId, stay, expiresAtMs } = feed;
  if (await bans.holds(room, { personId })) throw banned();
  if (await people.known.isShutOut(personId)) return undefined;
  const role = roleInside(parts, room, personId) ?? feed.role;
  const caller = { kind: 'person', room, personId, role, ...(stay && { stay }) } as const;
  return { caller, by: 'bearer', expiresAtMs };
}

/** What a moderator made of somebody counts, not what their link once said. */
function roleInside(parts: ApiParts, room: RoomId, personId: string): Role | undefined {
  const { breakouts } = parts.meetings;
  const rooms = parts.rooms.rooms();
  const rows = [room, ...breakouts.breakoutsOf(room)].flatMap((each) => {
    const inside = rooms.get(each);
    return inside === undefined ? [] : rowsOf(inside);
  });
  return rows.find((row) => row.personId === personId && row.state === 'joined')?.role;
}

function ofSession({ token: session, person }: OpenSession): Omit<Known, 'by'> {
  const { expiresAtMs } = session;
  if (!person) return { caller: { kind: 'admin', by: 'session' }, session, expiresAtMs };
  return { caller: { ...userOf(person), by: 'session' }, session, person, expiresAtMs };
}

function ofKey({ key, person }: FoundKey): Omit<Known, 'by'> {
  const { name, scopes, expiresAtMs } = key;
  const who = person ? userOf(person) : ({ kind: 'user', name, role: 'owner' } as const);
  return {
    caller: { ...who, by: 'key', scopes },
    key,
    ...(person && { person }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}

function userOf({ id, name, role }: Person): Omit<User, 'by'> {
  return { kind: 'user', personId: id, name, role };
}

function bearerIn({ authorization }: IncomingHttpHeaders): string | undefined {
  if (authorization === undefined) return undefined;
  return /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(authorization)?.[1] ?? '';
}

function cookieIn({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  const found = cookie.split(/; */).find((each) => each.startsWith(`${SESSION_COOKIE}=`));
  return found?.slice(SESSION_COOKIE.length + 1);
}
