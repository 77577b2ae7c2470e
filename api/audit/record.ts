import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../../meetings/rules/access.ts';
import type { AuditAct } from '../../meetings/rules/audit.ts';
import { isRoomId } from '../../protocol/room/room.ts';
import { knownTo } from '../caller.ts';
import { sourceOf } from '../origin.ts';
import type { ApiParts } from '../parts.ts';
import { routeOf } from '../problems.ts';
import { detailIn, idIn, namedBy } from './named.ts';

const BASE = '/api/v1';
const MADE = 201;
const TOO_MANY = 429;
const SIGN_IN = /^POST \/(session|setup)\b/;

/**
 * Tells the audit log of everything but reading that was asked for by somebody known, and of
 * sign-ins. The answer waits until it is kept, so who was answered finds it there. Where it cannot be
 * kept, what was done is done: the answer goes out and the process' log says so.
 */
export function recordActs(parts: ApiParts): RequestHandler {
  return (request, response, next) => {
    if (isRead(request)) return next();
    const end = response.end.bind(response) as (...args: unknown[]) => Response;
    response.end = ((...args: unknown[]) => {
      const act = actOf(request, response, args[0]);
      if (act === undefined) return end(...args);
      parts.meetings.audit
        .record(act)
        .catch((error: unknown) =>
          parts.log('error', 'an act is missing in the audit log', { why: String(error) }),
        )
        .finally(() => end(...args));
      return response;
    }) as Response['end'];
    next();
  };
}

/** For sign-ins: whom the answer let in. `who` as `whoIs` has it. */
export function actedAs(response: Response, who: string): void {
  response.locals.auditedAs = who;
}

/** For what only goes on: it was told of when it began. Refused, it is told of all the same. */
export function goesOn(response: Response): void {
  response.locals.goesOn = true;
}

/** How the audit log names somebody: by what they showed, never by a name that can be changed. */
export function whoIs(caller: Caller): string {
  switch (caller.kind) {
    case 'admin':
      return caller.by === 'key' ? 'admin key' : 'admin session';
    case 'user':
      return caller.personId === undefined ? `key ${caller.name}` : `person ${caller.personId}`;
    case 'person':
      return `guest ${caller.personId}`;
    case 'nobody':
      return 'nobody';
  }
}

function actOf(request: Request, response: Response, answer: unknown): AuditAct | undefined {
  const pattern = routeOf(request).replace(BASE, '');
  const act = `${request.method} ${pattern.replace(/:(\w+)/g, '{$1}')}`;
  const { caller } = knownTo(response);
  const isSignIn = SIGN_IN.test(act);
  if (isSkipped(pattern) || response.statusCode === TOO_MANY) return undefined;
  if (caller.kind === 'nobody' && !isSignIn) return undefined;
  const outcome = outcomeOf(response.statusCode);
  if (response.locals.goesOn === true && outcome === 'done') return undefined;
  const detail = outcome === 'done' && !isSignIn ? detailIn(request.body) : '';
  return {
    who: (response.locals.auditedAs as string | undefined) ?? whoIs(caller),
    from: sourceOf(request.socket),
    act,
    ...aboutWhat(
      namedBy(pattern, request.originalUrl.replace(BASE, '')),
      response.statusCode === MADE ? idIn(answer) : undefined,
    ),
    ...(detail !== '' && { detail }),
    outcome,
  };
}

/** A meeting where the path begins with one, and what else it names; else what was made. */
function aboutWhat(
  named: readonly string[],
  made: string | undefined,
): Pick<AuditAct, 'meeting' | 'subject'> {
  const [first, second] = named;
  const meeting = first !== undefined && isRoomId(first) ? first : undefined;
  const subject = (meeting === undefined ? first : second) ?? made;
  return { ...(meeting && { meeting }), ...(subject !== undefined && { subject }) };
}

function outcomeOf(status: number): string {
  if (status < 400) return 'done';
  return `${status < 500 ? 'refused' : 'failed'} ${status}`;
}

/** Nothing is there; or somebody joins, and the path holds their ticket. */
function isSkipped(pattern: string): boolean {
  return pattern === 'none' || pattern.startsWith('/tickets/');
}

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
