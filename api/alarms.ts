import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { Alarm } from '../meetings/alarms.ts';
import type { AlarmView } from '../protocol/http/views.ts';
import { houseOnly } from './caller.ts';
import { query } from './input.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';

/** Limits on wrong codes and keys that are full, or were lately; deleting one forgives. */
export function alarmRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/alarms').all(houseOnly).get(list(parts)).all(methodNotAllowed('GET'));
  router
    .route('/alarms/:alarmId')
    .all(houseOnly)
    .delete(lift(parts))
    .all(methodNotAllowed('DELETE'));
  return router;
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json((await parts.meetings.alarms.list()).map(view));
  };
}

function lift(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { alarmId: id } = request.params;
    const isId = typeof id === 'string' && /^[0-9a-f]{40}$/.test(id);
    if (!isId || !(await parts.meetings.alarms.lift(id)))
      throw refusal('not-found', 'No alarm has that id; GET /api/v1/alarms lists them.');
    response.status(204).end();
  };
}

function view({ id, kind, who, sinceMs, untilMs, count }: Alarm): AlarmView {
  const [since, until] = [new Date(sinceMs).toISOString(), new Date(untilMs).toISOString()];
  return { id, kind, who, since, until, count };
}
