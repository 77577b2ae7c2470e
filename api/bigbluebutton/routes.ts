import express, { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sourceOf } from '../origin.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { CHECKSUM_ERROR, failed, fault, success, UNSUPPORTED } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Call, Desk } from './call.ts';
import { isChecksumRight, withoutChecksum } from './checksum.ts';
import { create } from './create.ts';
import { createHook, destroyHook, listHooks } from './hook-calls.ts';
import { end, getMeetingInfo, getMeetings, isMeetingRunning } from './info.ts';
import { join } from './join.ts';
import { Parameters } from './parameters.ts';
import {
  deleteRecordings,
  getRecordings,
  publishRecordings,
  textTracks,
  updateRecordings,
} from './recordings.ts';
import { element, formatXml } from './xml.ts';

const CALLS: Readonly<Record<string, Call>> = {
  create,
  join,
  end,
  isMeetingRunning,
  getMeetingInfo,
  getMeetings,
  getRecordings,
  publishRecordings,
  deleteRecordings,
  updateRecordings,
  getRecordingTextTracks: textTracks,
  putRecordingTextTrack: textTracks,
  'hooks/create': createHook,
  'hooks/destroy': destroyHook,
  'hooks/list': listHooks,
};

/** Calls that change something. Who joins is in the history. */
const CHANGING: ReadonlySet<string> = new Set([
  'create',
  'end',
  'publishRecordings',
  'deleteRecordings',
  'updateRecordings',
  'hooks/create',
  'hooks/destroy',
]);

const FORM = 'application/x-www-form-urlencoded';
const WINDOW_S = 10;

/** `/bigbluebutton/api`: every call is known by its checksum alone; no key or cookie counts here. */
export function bigBlueButtonRoutes(desk: Desk, secret: string): Router {
  const router = Router({ caseSensitive: true });
  router.use(fresh, express.text({ type: FORM, limit: '64kb', inflate: false }));
  router.get('/', version);
  for (const [name, call] of Object.entries(CALLS))
    router
      .route(`/${name}`)
      .get(learn(name, secret), limitRate(desk.parts), carryOut(desk, name, call))
      .post(learn(name, secret), limitRate(desk.parts), carryOut(desk, name, call))
      .all(methodNotAllowed('GET, POST'));
  router.use((_request, response) => send(response, failed(UNSUPPORTED)));
  return router;
}

/** Where no secret is set: says how to have it. */
export const bigBlueButtonOff: RequestHandler = () => {
  throw refusal('not-found', 'The BigBlueButton API is off: set BBB_SECRET to switch it on.');
};

const fresh: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-cache, no-store');
  next();
};

const version: RequestHandler = (_request, response) => {
  send(response, success(element('version', '2.0'), element('apiVersion', '2.0')));
};

/** What was signed, once the checksum is right. */
function learn(name: string, secret: string): RequestHandler {
  return (request, response, next) => {
    const given = parametersIn(request);
    const signed = given === undefined ? undefined : withoutChecksum(given);
    if (signed !== undefined && isChecksumRight(name, signed, secret))
      response.locals.signed = new Parameters(signed.query);
    next();
  };
}

/**
 * The parameters as they came: in the address, or in a form where the address has none. Both at once
 * would leave one of them unsigned, and whoever was handed a signed link could add to it.
 */
function parametersIn(request: Request): string | undefined {
  const { originalUrl } = request;
  const start = originalUrl.indexOf('?');
  const query = start < 0 ? '' : originalUrl.slice(start + 1);
  const form: unknown = request.body;
  if (typeof form !== 'string' || form === '') return query;
  return query === '' ? form : undefined;
}

function signedIn(response: Response): Parameters | undefined {
  return response.locals.signed as Parameters | undefined;
}

/** As with a key where the checksum is right; by address where it is not, so that nobody guesses long. */
function limitRate({ limits }: ApiParts): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_S * 1_000,
    limit: (_request, response) =>
      WINDOW_S * (signedIn(response) ? limits.perToken : limits.perAddress),
    keyGenerator: (request, response) =>
      signedIn(response) ? 'signed' : `address ${ipKeyGenerator(sourceOf(request.socket))}`,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => send(response.status(429), failed(TOO_MANY)),
  });
}

function carryOut(desk: Desk, name: string, call: Call): RequestHandler {
  return async (request, response) => {
    const params = signedIn(response);
    const answer = params === undefined ? failed(CHECKSUM_ERROR) : await call(desk, params);
    if (params !== undefined && CHANGING.has(name)) await audit(desk.parts, request, name, answer);
    send(response, answer);
  };
}

/** Whoever has the secret; what their program calls the meeting is free text, and is not kept. */
async function audit(
  { meetings, log }: ApiParts,
  request: Request,
  name: string,
  answer: Answer,
): Promise<void> {
  const isDone = answer.kind === 'xml' && formatXml(answer.response).includes('>SUCCESS<');
  const outcome = isDone ? 'done' : 'refused';
  const from = sourceOf(request.socket);
  await meetings.audit
    .record({ who: 'BigBlueButton', from, act: `BigBlueButton ${name}`, outcome })
    .catch((error: unknown) =>
      log('error', 'an act is missing in the audit log', { why: String(error) }),
    );
}

function send(response: Response, answer: Answer): void {
  switch (answer.kind) {
    case 'xml':
      response.type('text/xml; charset=utf-8').send(formatXml(answer.response));
      break;
    case 'json':
      response.json(answer.body);
      break;
    case 'redirect':
      response.redirect(answer.url);
      break;
  }
}

const TOO_MANY = fault('tooManyRequests', 'Ask less often; the RateLimit header says how much.');
