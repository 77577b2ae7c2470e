import type { RequestHandler, Response } from 'express';
import type { Act, Caller } from '../meetings/rules/access.ts';
import { may } from '../meetings/rules/access.ts';
import { isRoomId } from '../protocol/room/room.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { beyond } from './beyond.ts';
import { roomIn } from './input.ts';
import { identify, seated, WWW } from './known.ts';
import type { Known } from './known.ts';
import { isSameOrigin } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

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

/** Before routes that are for those alone who may do this. */
export function onlyWhoMay(act: Act): RequestHandler {
  return (_request, response, next) => {
    permit(response, act);
    next();
  };
}

/** For routes that only those who run the house may use. */
export const administratorsOnly = onlyWhoMay({ kind: 'run' });

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
