import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { PhoneAccount } from '../meetings/accounts.ts';
import { isUsername } from '../meetings/rules/names.ts';
import type { AccountView } from '../protocol/http/views.ts';
import { houseOnly } from './caller.ts';
import { asked, body, query } from './input.ts';
import { answerPage } from './paging.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { accountChange, accountWish } from './schemas/accounts.ts';
import { nothing } from './schemas/fields.ts';
import { paging } from './schemas/paging.ts';

/** Desk phones' accounts. A password is shown in the answer that made it and never again. */
export function accountRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/accounts')
    .all(houseOnly)
    .get(list(parts))
    .post(create(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/accounts/:username')
    .all(houseOnly)
    .get(show(parts))
    .patch(change(parts))
    .delete(remove(parts))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router
    .route('/accounts/:username/rotate')
    .all(houseOnly)
    .post(rotate(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, paging);
    await answerPage(request, response, await parts.meetings.accounts.list(), {
      wish,
      placeOf: ({ username }) => username,
      view: (account) => view(parts, account),
    });
  };
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { username, name } = body(request, accountWish);
    const made = await parts.meetings.accounts.create(username, name);
    if (!made)
      throw refusal('conflict', 'The username is taken: choose another.', { field: 'username' });
    const shown = await view(parts, made.account);
    response.status(201).json({ ...shown, password: made.password });
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const account = await parts.meetings.accounts.get(usernameIn(request));
    if (!account) throw noSuchAccount();
    response.json(await view(parts, account));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = body(request, accountChange);
    const { known } = parts.meetings.people;
    if (typeof wish.personId === 'string' && !(await known.get(wish.personId)))
      throw refusal('bad-input', 'Nobody here has that id; GET /api/v1/people lists them.', {
        field: 'personId',
      });
    const account = await parts.meetings.accounts.change(usernameIn(request), wish);
    if (!account) throw noSuchAccount();
    response.json(await view(parts, account));
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    if (!(await parts.meetings.accounts.delete(usernameIn(request)))) throw noSuchAccount();
    response.status(204).end();
  };
}

function rotate(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const made = await parts.meetings.accounts.rotate(usernameIn(request));
    if (!made) throw noSuchAccount();
    const shown = await view(parts, made.account);
    response.json({ ...shown, password: made.password });
  };
}

async function view(parts: ApiParts, account: PhoneAccount): Promise<AccountView> {
  const bindings = await parts.meetings.accounts.bindings(account.username);
  return {
    username: account.username,
    name: account.name,
    ...(account.personId !== undefined && { personId: account.personId }),
    createdAt: new Date(account.createdAtMs).toISOString(),
    server: parts.meetings.accounts.server,
    registered: bindings.map(({ address, port, userAgent, expiresAtMs }) => ({
      address: `${address}:${port}`,
      userAgent,
      expiresAt: new Date(expiresAtMs).toISOString(),
    })),
  };
}

function usernameIn(request: Request): string {
  const { username } = request.params;
  if (typeof username === 'string' && isUsername(username)) return username;
  throw noSuchAccount();
}

function noSuchAccount() {
  return refusal('not-found', 'No account has that username; GET /api/v1/accounts lists them.');
}
