import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

const YEAR_S = 31_536_000;

/** The built pages. Names of assets change with what is in them, so they may be kept for ever. */
export function webRoutes({ webDir }: ApiParts): Router {
  const router = Router();
  router.get('/', (_request, response) => response.redirect('/console'));
  router.get('/console', page(webDir, 'console.html'));
  router.get('/join/:ticket', page(webDir, 'join.html'));
  router.use(
    '/assets',
    express.static(join(webDir, 'assets'), {
      immutable: true,
      maxAge: YEAR_S * 1_000,
      index: false,
      redirect: false,
    }),
  );
  return router;
}

function page(webDir: string, name: string): RequestHandler {
  return (_request, response, next) => {
    if (!existsSync(join(webDir, name)))
      throw refusal('unavailable', 'The web pages are not built: run "npm run build".');
    response.set('Cache-Control', 'no-cache');
    response.sendFile(name, { root: webDir, cacheControl: false }, (error?: Error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}
