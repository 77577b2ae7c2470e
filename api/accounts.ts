import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { KeptBinding, NewAccount, PhoneAccount } from '../meetings/accounts.ts';
import type { OfferState } from '../meetings/provisioning.ts';
import { given } from '../meetings/rules/given.ts';
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
  router
    .route('/accounts/:username/restore')
    .all(houseOnly)
    .post(restore(parts))
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
    response.status(201).json(await viewOnce(parts, made));
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
    const { extension, ...wish } = body(request, accountChange);
    const { known } = parts.meetings.people;
    if (typeof wish.personId === 'string' && !(await known.get(wish.personId)))
      throw refusal('bad-input', 'Nobody here has that id; GET /api/v1/people lists them.', {
        field: 'personId',
      });
    const username = usernameIn(request);
    if (!(await parts.meetings.accounts.get(username))) throw noSuchAccount();
    if (extension !== undefined && !(await parts.meetings.lines.number(username, extension)))
      throw refusal('conflict', 'The extension reaches something else: choose another.', {
        field: 'extension',
      });
    const account = await parts.meetings.accounts.change(username, wish);
    if (!account) throw noSuchAccount();
    response.json(await view(parts, account));
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const username = usernameIn(request);
    if (!(await parts.meetings.accounts.delete(username))) throw noSuchAccount();
    await parts.meetings.provisioning.withdraw(username);
    response.status(204).end();
  };
}

function restore(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const account = await parts.meetings.accounts.restore(usernameIn(request));
    if (account === undefined)
      throw refusal('not-found', 'No account of that name was deleted within the last hour.');
    if (account === 'taken') throw refusal('conflict', 'There is an account of that name already.');
    response.json(await view(parts, account));
  };
}

function rotate(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const made = await parts.meetings.accounts.rotate(usernameIn(request));
    if (!made) throw noSuchAccount();
    response.json(await viewOnce(parts, made));
  };
}

/** With what is shown this once: the password, and where a phone fetches it. */
async function viewOnce(parts: ApiParts, made: NewAccount): Promise<AccountView> {
  const { token, expiresAtMs } = await parts.meetings.provisioning.offer(made);
  const url = `${parts.publicUrl()}/provision/${token}/`;
  const provisioning = { url, expiresAt: iso(expiresAtMs) };
  return { ...(await view(parts, made.account)), password: made.password, provisioning };
}

async function view({ meetings }: ApiParts, account: PhoneAccount): Promise<AccountView> {
  const { username, name, personId, extension, createdAtMs } = account;
  const bindings = await meetings.accounts.bindings(username);
  const lastCall = await meetings.accounts.lastCall(username);
  const offer = await meetings.provisioning.stateOf(username);
  return {
    username,
    name,
    ...given('personId', personId),
    ...given('extension', extension),
    createdAt: iso(createdAtMs),
    server: meetings.accounts.server,
    registered: bindings.map(bindingView),
    ...(lastCall && { lastCall: { at: iso(lastCall.atMs), meeting: lastCall.room } }),
    ...(offer && { provisioning: offerView(offer) }),
  };
}

function bindingView(binding: KeptBinding): AccountView['registered'][number] {
  const { address, port, transport, userAgent, sinceMs, expiresAtMs } = binding;
  return {
    address: hostPort(address, port),
    transport,
    userAgent,
    ...(sinceMs !== undefined && { since: iso(sinceMs) }),
    expiresAt: iso(expiresAtMs),
  };
}

function offerView({ expiresAtMs, fetchedAtMs, fetchedBy }: OfferState) {
  return {
    expiresAt: iso(expiresAtMs),
    ...(fetchedAtMs !== undefined && { fetchedAt: iso(fetchedAtMs) }),
    ...given('fetchedBy', fetchedBy),
  };
}

function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function usernameIn(request: Request): string {
  const { username } = request.params;
  if (typeof username === 'string' && isUsername(username)) return username;
  throw noSuchAccount();
}

function noSuchAccount() {
  return refusal('not-found', 'No account has that username; GET /api/v1/accounts lists them.');
}
