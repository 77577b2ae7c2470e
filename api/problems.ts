import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { InputFault, Problem } from '../protocol/http/problem.ts';
import type { Outcome } from '../protocol/room/command.ts';
import { StoreUnavailable } from '../meetings/store/store.ts';
import type { ApiParts } from './parts.ts';

type Slug = keyof typeof TITLES;

const TITLES = {
  'bad-input': [400, 'The request is not right'],
  'not-signed-in': [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  'foreign-origin': [403, 'The request came from another site'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  conflict: [409, 'Not possible now'],
  'no-trunk': [409, 'No line to the telephone network'],
  'calls-full': [409, 'As many calls out as may be at once'],
  'calls-spent': [409, 'As many calls out as may be in 24 hours'],
  'not-joined': [409, 'Join first'],
  'called-already': [409, 'The phone is being called'],
  'breakouts-open': [409, 'There are breakout rooms already'],
  'nobody-there': [409, 'Nobody is in the meeting'],
  running: [409, 'The same request is being answered'],
  ended: [410, 'The meeting has ended'],
  changed: [412, 'Somebody else changed it'],
  'too-large': [413, 'The request is too large'],
  'not-json': [415, 'The request is not JSON'],
  'other-request': [422, 'The key belongs to another request'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'Our mistake'],
  'bad-gateway': [502, 'The phone server does not answer'],
  unavailable: [503, 'Not available now'],
} as const;

/** Thrown by a route that refuses; becomes the answer. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.detail);
    this.problem = problem;
    this.headers = headers;
  }
}

/** The types of all problems, with their status and title. */
export const PROBLEMS = TITLES;

interface More {
  /** The part of the body at fault, its steps joined by dots. */
  readonly field?: string;
  /** The parameter of the query at fault. */
  readonly parameter?: string;
  /** Everything at fault, where it is more than that. */
  readonly errors?: readonly InputFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** `detail` says what to do. */
export function refusal(slug: Slug, detail: string, more: More = {}): Refusal {
  const [status, title] = TITLES[slug];
  const type = `urn:partyline:problem:${slug}`;
  // Names come back to the sender alone, cut to a length that says enough.
  const field = (more.field ?? more.parameter)?.slice(0, 100);
  const errors = more.errors ?? faultAt(more, detail);
  return new Refusal(
    { type, title, status, detail, ...(field && { field }), ...(errors && { errors }) },
    more.headers,
  );
}

function faultAt({ field, parameter }: More, detail: string): readonly InputFault[] | undefined {
  if (parameter !== undefined) return [{ parameter: parameter.slice(0, 100), detail }];
  if (field === undefined) return undefined;
  return [{ pointer: `#/${field.slice(0, 100).replaceAll('.', '/')}`, detail }];
}

/** The refusal for a wish the switch did not take; `about` is what the path names. */
export function refusedBy(
  outcome: Extract<Outcome, { ok: false }>,
  about: 'participant' | 'room',
): Refusal {
  switch (outcome.reason) {
    case 'no-such-participant':
      return refusal('not-found', outcome.detail);
    case 'no-such-room':
      return refusal(about === 'participant' ? 'not-found' : 'conflict', outcome.detail);
    case 'switch-unavailable':
      return refusal('unavailable', outcome.detail, { headers: { 'Retry-After': '5' } });
    case 'refused':
      return refusal('conflict', outcome.detail);
  }
}

/** Nothing is routed here. */
export const noSuchPage: RequestHandler = () => {
  throw refusal('not-found', 'There is nothing at this address; see /api/v1/openapi.json.');
};

/** `allowed`: the methods of the route; HEAD goes with GET, and OPTIONS with all. */
export function methodNotAllowed(allowed: string): RequestHandler {
  const headers = { Allow: allowOf(allowed.split(', ')) };
  return (request) => {
    const detail = `${request.method} means nothing here; allowed: ${allowed}.`;
    throw refusal('method-not-allowed', detail, { headers });
  };
}

/** The `Allow` header (RFC 9110 section 10.2.1). */
export function allowOf(methods: readonly string[]): string {
  const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...all, 'OPTIONS'].join(', ');
}

/** The last resort: what is not a refusal is our mistake, told by a number that the log has too. */
export function problemAnswers({ log, random }: ApiParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = knownRefusal(error);
    if (known) {
      answer(response, known);
      return;
    }
    const id = Buffer.from(random(6)).toString('hex');
    const stack = error instanceof Error ? error.stack : String(error);
    log('error', 'request failed', { id, method: request.method, route: routeOf(request), stack });
    answer(response, refusal('internal', `Tell whoever runs this server this number: ${id}.`));
  };
}

/** The pattern of the route and never the address itself: addresses hold tickets. */
export function routeOf(request: { readonly baseUrl: string; readonly route?: unknown }): string {
  const { route } = request;
  const known = typeof route === 'object' && route !== null && 'path' in route;
  return known ? request.baseUrl + String(route.path) : 'none';
}

function answer(response: Response, { problem, headers }: Refusal): void {
  response.status(problem.status).set(headers).type('application/problem+json');
  response.send(JSON.stringify(problem));
}

function knownRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable)
    return refusal('unavailable', 'The store does not answer. Try again in a moment.', {
      headers: { 'Retry-After': '5' },
    });
  return fromExpress(error);
}

/** Express and its body reader throw errors with a `status` when the client is at fault. */
function fromExpress(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if (error.status === 413) return refusal('too-large', 'Send no more than 64 KiB.');
  if (error.status === 415) return refusal('not-json', 'Send UTF-8 JSON without compression.');
  if (typeof error.status === 'number' && error.status >= 400 && error.status < 500)
    return refusal('bad-input', 'The address or the body cannot be read: send well-formed JSON.');
  return undefined;
}
