import { Router } from 'express';
import type { RequestHandler } from 'express';
import { knownTo } from './caller.ts';
import { body, query } from './input.ts';
import { isNotForeign } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { setUpWish } from './schemas/people.ts';
import { loginWish } from './schemas/session.ts';
import { enter, leave, signedIn, signedInFrom } from './session-cookie.ts';

const WRONG_KEY = { detail: 'The key is wrong. It was printed at the first start.', field: 'key' };
const WRONG_PASSWORD = { detail: 'The name or the password is wrong.', field: 'password' };

/** The console's login: a key or a password for a cookie that the page cannot read. */
export function sessionRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/session')
    .get(show(parts))
    .post(onOwnPage(parts), logIn(parts))
    .delete(logOut(parts))
    .all(methodNotAllowed('GET, POST, DELETE'));
  router.route('/setup').post(onOwnPage(parts), setUp(parts)).all(methodNotAllowed('POST'));
  return router;
}

/** Being signed out is an answer and no failure: browsers show failures in red. */
function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { caller, person, expiresAtMs } = knownTo(response);
    if (caller.kind === 'admin') response.json(signedIn(parts, { expiresAtMs }));
    else if (caller.kind === 'user')
      response.json(signedIn(parts, { person, role: caller.role, expiresAtMs }));
    else response.json({ signedIn: false, ways: await waysIn(parts) });
  };
}

async function waysIn({ meetings, oidc }: ApiParts) {
  const setup = await meetings.people.signIn.awaitsSetUp();
  return { setup, ...(oidc && { provider: oidc.label }) };
}

/** A login somebody else's page sends would put its visitor into a session of the page's choice. */
function onOwnPage(parts: ApiParts): RequestHandler {
  return (request, _response, next) => {
    if (!isNotForeign(request.headers, parts.publicUrl()))
      throw refusal('foreign-origin', 'Sign in on our own page.');
    next();
  };
}

function logIn(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { key, login = '', password = '', newPassword } = body(request, loginWish);
    const { signIn } = parts.meetings.people;
    const from = signedInFrom(request);
    const result = await (key === undefined
      ? signIn.byPassword({ login, password, newPassword }, from)
      : signIn.byKey(key, from));
    const wrong = key === undefined ? WRONG_PASSWORD : WRONG_KEY;
    response.json(await enter(parts, response, result, wrong));
  };
}

function setUp(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = body(request, setUpWish);
    const result = await parts.meetings.people.signIn.setUp(wish, signedInFrom(request));
    if (result.kind === 'taken')
      throw refusal('conflict', 'This server has its first owner already: sign in.');
    if (result.kind === 'unfit')
      throw refusal('bad-input', `The password ${result.why}.`, { field: 'password' });
    response.status(201).json(await enter(parts, response, result, WRONG_KEY));
  };
}

function logOut(parts: ApiParts): RequestHandler {
  return async (_request, response) => {
    const { session } = knownTo(response);
    if (session) await parts.meetings.people.sessions.end(session);
    leave(parts, response);
    response.status(204).end();
  };
}
