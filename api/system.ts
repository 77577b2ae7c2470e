import { Router } from 'express';
import type { RequestHandler } from 'express';
import { systemFindings } from '../protocol/system/findings.ts';
import { houseOnly } from './caller.ts';
import { query } from './input.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';

/** How the server and all that it stands on are, and what is to be mended. */
export function systemRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/system').all(houseOnly).get(show(parts)).all(methodNotAllowed('GET'));
  return router;
}

function show({ system }: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    if (system === undefined) throw refusal('unavailable', 'Nobody here knows the system.');
    const facts = await system();
    response.json({ ...facts, findings: systemFindings(facts) });
  };
}
