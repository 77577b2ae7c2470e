import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

/** Pages and assets alone: what the API says may hold secrets beside a caller's own words (BREACH). */
const compress = compression();
const YEAR_S = 31_536_000;

/**
 * The built pages, compressed: nothing in them is secret, so their length tells nothing. Names of assets change with
 * what is in them, so they may be kept for ever.
 */
export function webRoutes({ webDir }: ApiParts): Router {
  const router = Router();
  router.get('/', (_request, response) => response.redirect('/console'));
  router.get('/console', compress, page(webDir, 'console.html'));
  router.get('/phone', compress, page(webDir, 'phone.html'));
  router.get('/join/:ticket', compress, page(webDir, 'join.html'));
  router.use(
    '/assets',
    compress,
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
