import { Router } from 'express';
import type { CookieOptions, RequestHandler } from 'express';
import type { SessionView } from '../protocol/http/views.ts';
import { knownTo, SESSION_COOKIE } from './caller.ts';
import { body, query } from './input.ts';
import { isNotForeign, sourceOf } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { loginWish } from './schemas/session.ts';

/** The console's login: the administrator's key for a cookie that the page cannot read. */
export function sessionRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/session')
    .get(show(parts))
    .post(logIn(parts))
    .delete(logOut(parts))
    .all(methodNotAllowed('GET, POST, DELETE'));
  return router;
}

/** Being signed out is an answer and no failure: browsers show failures in red. */
function show(parts: ApiParts): RequestHandler {
  return (request, response) => {
    query(request, []);
    const { caller, session } = knownTo(response);
    const isIn = caller.kind === 'admin';
    response.json(isIn ? signedIn(parts, session?.expiresAtMs) : { signedIn: false });
  };
}

/** The administrator key itself does not run out. */
function signedIn(
  { recording = false, meetings }: ApiParts,
  expiresAtMs: number | undefined,
): SessionView {
  const callsToNumbers = meetings.dialOut.settings.prefixes.length > 0;
  const expiresAt =
    expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() };
  return { signedIn: true, role: 'admin', offers: { recording, callsToNumbers }, ...expiresAt };
}

/** A login somebody else's page sends would put its visitor into a session of the page's choice. */
function logIn(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    if (!isNotForeign(request.headers, parts.publicUrl()))
      throw refusal('foreign-origin', 'Sign in on our own page.');
    const { key } = body(request, loginWish);
    const result = await parts.meetings.sessions.logIn(key, sourceOf(request.socket));
    if (result.kind === 'throttled')
      throw refusal('too-many-requests', 'Too many wrong keys. Wait, then try again.', {
        headers: { 'Retry-After': String(Math.ceil(result.retryAfterMs / 1_000)) },
      });
    if (result.kind === 'wrong')
      throw refusal('not-signed-in', 'The key is wrong. It was printed at the first start.', {
        field: 'key',
      });
    const { token, expiresAtMs } = result.session;
    const maxAge = expiresAtMs - parts.now();
    response.cookie(SESSION_COOKIE, token, { ...cookieFor(parts), maxAge });
    response.json(signedIn(parts, expiresAtMs));
  };
}

function logOut(parts: ApiParts): RequestHandler {
  return async (_request, response) => {
    const { session } = knownTo(response);
    if (session) await parts.meetings.sessions.logOut(session);
    response.clearCookie(SESSION_COOKIE, cookieFor(parts)).status(204).end();
  };
}

function cookieFor({ secure: speaksTls, publicUrl }: ApiParts): CookieOptions {
  const secure = speaksTls || publicUrl().startsWith('https:');
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}
