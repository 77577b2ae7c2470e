import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { isTrunkName } from '../meetings/rules/trunks.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { TrunkResult } from '../meetings/trunks.ts';
import { given } from '../meetings/rules/given.ts';
import type { TrunkView } from '../protocol/http/views.ts';
import { houseOnly } from './caller.ts';
import { asked, body, query } from './input.ts';
import { answerPage } from './paging.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { nothing } from './schemas/fields.ts';
import { paging } from './schemas/paging.ts';
import { trunkChange, trunkWish } from './schemas/trunks.ts';

/** Lines to the telephone network. A password goes in and never comes out. */
export function trunkRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/trunks')
    .all(houseOnly)
    .get(list(parts))
    .post(create(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/trunks/:name')
    .all(houseOnly)
    .get(show(parts))
    .patch(change(parts))
    .delete(remove(parts))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router.route('/trunks/:name/test').all(houseOnly).post(test(parts)).all(methodNotAllowed('POST'));
  return router;
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, paging);
    await answerPage(request, response, await parts.meetings.trunks.list(), {
      wish,
      placeOf: ({ name }) => name,
      view: (trunk) => view(parts, trunk),
    });
  };
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { username, password, callerId, ...wish } = body(request, trunkWish);
    const trunk: Trunk = {
      ...wish,
      ...given('username', username),
      ...given('password', password),
      ...given('callerId', callerId),
    };
    const made = accepted(await parts.meetings.trunks.create(trunk));
    response.status(201).location(`/api/v1/trunks/${made.name}`).json(view(parts, made));
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const trunk = await parts.meetings.trunks.get(nameIn(request));
    if (!trunk) throw noSuchTrunk();
    response.json(view(parts, trunk));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = body(request, trunkChange);
    const changed = accepted(await parts.meetings.trunks.change(nameIn(request), wish));
    response.json(view(parts, changed));
  };
}

/** Asks now: what the lamp shows may be half a minute old. */
function test(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    body(request, nothing);
    const name = nameIn(request);
    if (!(await parts.meetings.trunks.get(name))) throw noSuchTrunk();
    const told = await parts.testTrunk?.(name);
    if (told === undefined)
      throw refusal('unavailable', 'Nobody here can ask it now. Try again in a few seconds.');
    response.json(told);
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    if (!(await parts.meetings.trunks.delete(nameIn(request)))) throw noSuchTrunk();
    response.status(204).end();
  };
}

function accepted(result: TrunkResult): Trunk {
  if (result.ok) return result.trunk;
  switch (result.reason) {
    case 'unknown':
      throw noSuchTrunk();
    case 'taken':
      throw refusal('conflict', 'Another trunk has the name: choose another.', { field: 'name' });
    case 'number-taken':
      throw refusal('conflict', 'A number belongs to one trunk, once.', { field: 'numbers' });
    case 'no-username':
      throw refusal('bad-input', 'Registering and passwords need a "username".', {
        field: 'username',
      });
    case 'no-way-in':
      throw refusal(
        'bad-input',
        'Say from which "addresses" its calls come, or let it "register": else anybody could pretend to be it.',
        { field: 'addresses' },
      );
  }
}

function view({ trunkLines }: ApiParts, { password, ...shown }: Trunk): TrunkView {
  const found = trunkLines?.().find(({ name }) => name === shown.name);
  const hasPassword = password !== undefined;
  if (found === undefined) return { ...shown, hasPassword };
  const { state, trouble, detail } = found;
  const line = { state, ...given('trouble', trouble), ...given('detail', detail) };
  return { ...shown, hasPassword, line };
}

function nameIn(request: Request): string {
  const { name } = request.params;
  if (typeof name === 'string' && isTrunkName(name)) return name;
  throw noSuchTrunk();
}

function noSuchTrunk() {
  return refusal('not-found', 'No trunk has that name; GET /api/v1/trunks lists them.');
}
