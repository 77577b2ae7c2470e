import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiKey } from '../../meetings/people/api-keys.ts';
import type { KeyView } from '../../protocol/http/people.ts';
import { knownTo, onlyWhoMay } from '../caller.ts';
import { asked, body, query } from '../input.ts';
import { answerPage, newestFirst } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { paging } from '../schemas/paging.ts';
import { keyWish } from '../schemas/people.ts';

/** Keys for programs. A key is shown in the answer that made it and never again; keys make no keys. */
export function keyRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/keys')
    .all(ownKeysOnly)
    .get(list(parts))
    .post(create(parts))
    .all(methodNotAllowed('GET, POST'));
  router
    .route('/keys/:keyId')
    .all(ownKeysOnly)
    .delete(revoke(parts))
    .all(methodNotAllowed('DELETE'));
  return router;
}

const ownKeysOnly = onlyWhoMay({ kind: 'own-keys' });

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, paging);
    await answerPage(request, response, await parts.meetings.people.keys.list(whose(response)), {
      wish,
      placeOf: ({ createdAtMs, id }) => newestFirst(createdAtMs, id),
      view,
    });
  };
}

function create(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { name, scopes, expiresAt } = body(request, keyWish);
    const expiresAtMs = expiresAt === undefined ? undefined : Date.parse(expiresAt);
    if (expiresAtMs !== undefined && expiresAtMs <= parts.now())
      throw refusal('bad-input', '"expiresAt" must be yet to come.', { field: 'expiresAt' });
    const { person } = knownTo(response);
    const wish = { name, scopes: [...new Set(scopes)], expiresAtMs };
    const made = await parts.meetings.people.keys.make(person, wish);
    response.status(201).json({ ...view(made.key), key: made.text });
  };
}

function revoke(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    if (!(await parts.meetings.people.keys.revoke(keyIn(request), whose(response))))
      throw refusal('not-found', 'No key has that id; GET /api/v1/keys lists them.');
    response.status(204).end();
  };
}

/** Whose keys they may see and revoke; `undefined`: everybody's. */
function whose(response: Response): string | undefined {
  const { caller } = knownTo(response);
  return caller.kind === 'user' && caller.role !== 'owner' ? caller.personId : undefined;
}

function view(key: ApiKey): KeyView {
  const { id, name, scopes, personId, expiresAtMs, lastUsedAtMs } = key;
  return {
    id,
    name,
    scopes,
    ...(personId !== undefined && { personId }),
    createdAt: new Date(key.createdAtMs).toISOString(),
    ...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() }),
    ...(lastUsedAtMs !== undefined && { lastUsedAt: new Date(lastUsedAtMs).toISOString() }),
  };
}

function keyIn(request: Request): string {
  const { keyId } = request.params;
  return typeof keyId === 'string' ? keyId : '';
}
