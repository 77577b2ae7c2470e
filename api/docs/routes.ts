import { join } from 'node:path';
import { Router } from 'express';
import type { Operation } from '../operations/operation.ts';
import type { ApiParts } from '../parts.ts';
import { docsPage } from './page.ts';

/** `/docs`: the description of the API for people. */
export function docsRoutes({ publicUrl }: ApiParts, operations: readonly Operation[]): Router {
  const router = Router();
  let made: { readonly base: string; readonly page: string } | undefined;
  router.get('/docs', (_request, response) => {
    const base = publicUrl();
    if (made?.base !== base) made = { base, page: docsPage(operations, base) };
    response.type('html').send(made.page);
  });
  router.get('/docs.css', (_request, response) => {
    response.sendFile(join(import.meta.dirname, 'docs.css'));
  });
  return router;
}
