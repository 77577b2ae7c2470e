import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { knownTo } from './caller.ts';
import { sourceOf } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

const WINDOW_S = 10;

/** So many requests for each key or token, and for each address that shows none; says how many are left. */
export function limitRate({ limits }: ApiParts): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_S * 1_000,
    limit: (_request, response) =>
      WINDOW_S * (isKnown(response) ? limits.perToken : limits.perAddress),
    keyGenerator: bucketOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: () => {
      throw refusal('too-many-requests', 'Ask less often; the RateLimit header says how much.');
    },
  });
}

/** So many requests for each address, where nobody shows who they are. */
export function limitStrangers({ limits }: ApiParts): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_S * 1_000,
    limit: WINDOW_S * limits.perAddress,
    keyGenerator: (request: Request) => ipKeyGenerator(sourceOf(request.socket)),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: () => {
      throw refusal('too-many-requests', 'Ask less often; the RateLimit header says how much.');
    },
  });
}

function isKnown(response: Response): boolean {
  return knownTo(response).by !== 'nothing';
}

function bucketOf(request: Request, response: Response): string {
  if (!isKnown(response)) return `address ${ipKeyGenerator(sourceOf(request.socket))}`;
  const shown = request.headers.authorization ?? request.headers.cookie ?? '';
  return `token ${createHash('sha256').update(shown).digest('base64')}`;
}
