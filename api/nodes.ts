import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { NodeControl, NodeView } from '../protocol/http/nodes.ts';
import { houseOnly } from './caller.ts';
import { body, query } from './input.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import { drainWish } from './schemas/nodes.ts';

/** The FreeSWITCHes, and emptying one of them. */
export function nodeRoutes({ nodes }: ApiParts): Router {
  const router = Router();
  router.route('/nodes').all(houseOnly).get(list(nodes)).all(methodNotAllowed('GET'));
  router
    .route('/nodes/:nodeId/drain')
    .all(houseOnly)
    .post(drain(nodes))
    .all(methodNotAllowed('POST'));
  router
    .route('/nodes/:nodeId/undrain')
    .all(houseOnly)
    .post(undrain(nodes))
    .all(methodNotAllowed('POST'));
  return router;
}

function list(nodes: NodeControl | undefined): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json((await nodes?.list()) ?? []);
  };
}

function drain(nodes: NodeControl | undefined): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { move = false } = body(request, drainWish);
    const [control, { id }] = await named(nodes, request);
    const others = (await control.list()).filter((node) => node.id !== id);
    if (!others.some(({ state, draining }) => state === 'up' && !draining))
      throw refusal(
        'conflict',
        'No other FreeSWITCH is up to take its rooms: see GET /api/v1/nodes. Name more in the setting FREESWITCH, or undrain one.',
      );
    await control.drain(id, true);
    if (move) await control.sendOn(id);
    response.status(202).json((await named(control, request))[1]);
  };
}

function undrain(nodes: NodeControl | undefined): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const [control, { id }] = await named(nodes, request);
    await control.drain(id, false);
    response.status(202).json((await named(control, request))[1]);
  };
}

/** The node that the path names. */
async function named(
  nodes: NodeControl | undefined,
  request: Request,
): Promise<readonly [NodeControl, NodeView]> {
  const node = (await nodes?.list())?.find(({ id }) => id === request.params.nodeId);
  if (nodes !== undefined && node !== undefined) return [nodes, node];
  throw refusal('not-found', 'No FreeSWITCH has that id; GET /api/v1/nodes lists them.');
}
