import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { kindOfFile, settingsFile } from '../protocol/provisioning/files.ts';
import { limitStrangers } from './limits.ts';
import { sourceOf } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';

/** As `secret` in meetings/rules/ids.ts makes them, of 24 bytes. */
const TOKEN = /^[\w-]{32}$/;

/**
 * Settings for phones that fetch them: `/provision/<token>/<file>`. The token is all that a phone shows;
 * one that is wrong, one that ran out and a file that no phone asks for look alike.
 */
export function provisioningRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/provision/:token/:file')
    .all(limitStrangers(parts))
    // A look is no fetch, and would use the token up.
    .head(methodNotAllowed('GET'))
    .get(file(parts))
    .all(methodNotAllowed('GET'));
  return router;
}

function file(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { token, file: name } = request.params;
    const kind = typeof name === 'string' ? kindOfFile(name) : undefined;
    if (typeof token !== 'string' || !TOKEN.test(token) || kind === undefined) throw nothingThere();
    const line = await parts.meetings.provisioning.fetch(token, agentOf(request));
    if (line === undefined) throw nothingThere();
    await parts.meetings.audit.record({
      who: 'nobody',
      from: sourceOf(request.socket),
      act: 'GET /provision/{token}/{file}',
      subject: line.username,
      detail: kind,
      outcome: 'done',
    });
    const { type, text } = settingsFile(kind, line);
    response.set('Cache-Control', 'no-store').type(type).send(text);
  };
}

function agentOf(request: Request): string {
  return request.headers['user-agent'] ?? '';
}

function nothingThere() {
  return refusal(
    'not-found',
    'No settings wait here: the address is wrong, or its quarter of an hour is over. Make a new password in the console.',
  );
}
