import { Router } from 'express';
import type { RequestHandler } from 'express';
import { knownTo } from './caller.ts';
import type { ApiParts } from './parts.ts';

/** `/healthz`: the process answers. `/readyz`: calls can be taken. Strangers learn no addresses. */
export function healthRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', ready(parts));
  return router;
}

function ready(parts: ApiParts): RequestHandler {
  return (_request, response) => {
    const { ok, engines, troubles = [] } = parts.ready();
    const isAdmin = knownTo(response).caller.kind === 'admin';
    const shown = isAdmin
      ? { ready: ok, engines, troubles }
      : {
          ready: ok,
          engines: engines.map(({ state }, at) => ({ node: `engine ${at + 1}`, state })),
        };
    if (!ok) response.set('Retry-After', '5');
    response.status(ok ? 200 : 503).json(shown);
  };
}
