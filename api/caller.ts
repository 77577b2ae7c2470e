import type { RequestHandler, Response } from 'express';
import type { Act, Caller, User } from '../meetings/rules/access.ts';
import { beyondOwn, may, scopeFor } from '../meetings/rules/access.ts';
import type { Scope } from '../meetings/rules/scopes.ts';
import { isRoomId } from '../protocol/room/room.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { roomIn } from './input.ts';
import { identify, seated, WWW } from './known.ts';
import type { Known } from './known.ts';
import { isSameOrigin } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

/** Learns who asks before any route; a cookie alone changes nothing from another site's page. */
export function learnCaller(parts: ApiParts): RequestHandler {
  return async (request, response, next) => {
    const known = await identify(parts, request.headers);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (known.by === 'cookie' && !isRead && !isSameOrigin(request.headers, parts.publicUrl()))
      throw refusal('foreign-origin', 'Send it from our own page, or use a bearer key instead.');
    response.locals.known = await seated(parts, known, meetingIn(request.path));
    next();
  };
}

/** The meeting that an address is about. */
function meetingIn(path: string): RoomId | undefined {
  const [, id] = /^\/api\/v1\/meetings\/([^/]+)/.exec(path) ?? [];
  return id !== undefined && isRoomId(id) ? id : undefined;
}

export function knownTo(response: Response): Known {
  return response.locals.known as Known;
}

export function callerOf(response: Response): Caller {
  return knownTo(response).caller;
}

/** Lets nobody past who may not. */
export function permit(response: Response, act: Act): void {
  const { caller } = knownTo(response);
  if (may(caller, act)) return;
  if (caller.kind === 'nobody')
    throw refusal('not-signed-in', 'Send "Authorization: Bearer <key>", or sign in.', WWW);
  throw beyond(caller, act);
}

/** For routes that only those who run the house may use. */
export const administratorsOnly: RequestHandler = (_request, response, next) => {
  permit(response, { kind: 'run' });
  next();
};

/** For what is the house's: who looks needs less than who changes. */
export const houseOnly: RequestHandler = (request, response, next) => {
  permit(response, { kind: isLook(request.method) ? 'read' : 'run' });
  next();
};

/** For what is a meeting's own: who looks needs less than who changes. */
export const meetingOnly: RequestHandler = (request, response, next) => {
  const { caller } = knownTo(response);
  if (caller.kind === 'nobody') permit(response, { kind: 'run' });
  const room = roomIn(request);
  permit(response, { kind: isLook(request.method) ? 'read-meeting' : 'run-meeting', room });
  next();
};

function isLook(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Why somebody may not: the first thing that is in the way. */
function beyond(caller: Caller, act: Act): Refusal {
  if (caller.kind === 'user') return beyondUser(caller, act);
  if (caller.kind === 'admin')
    return refusal('forbidden', 'The administrator’s key has no account: sign in with one.');
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
