import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { knownTo } from './caller.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';
import { seal, unseal } from '../meetings/sealed.ts';

/** A request that its caller may send again without it being done twice. */
interface Once {
  readonly digest: string;
  readonly print: string;
  readonly words: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const CARRIED = ['content-type', 'location'];
const NONCE_BYTES = 12;

/**
 * `Idempotency-Key` on POST: the same key with the same request gets the first answer again, for 24
 * hours, and nothing is done twice (draft-ietf-httpapi-idempotency-key-header). Each caller has keys of
 * their own. A refusal did nothing and is not kept.
 */
export function answerOnce(parts: ApiParts): RequestHandler {
  const { answers } = parts.meetings;
  return async (request, response, next) => {
    const once = onceOf(request, response);
    if (!once) return next();
    const earlier = await answers.begin(once.digest, once.print);
    switch (earlier.kind) {
      case 'none':
        keepWhenAnswered(parts, response, once);
        return next();
      case 'answered':
        return replay(response, JSON.parse(unseal(earlier.sealed, once.words)) as Answer);
      case 'running':
        throw refusal('running', 'The first request with this key runs still: ask again soon.', {
          headers: { 'Retry-After': '1' },
        });
      case 'other':
        throw refusal('other-request', 'Choose a new Idempotency-Key: this one was used already.');
    }
  };
}

function onceOf(request: Request, response: Response): Once | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || request.method !== 'POST') return undefined;
  if (!/^[\x20-\x7e]{8,255}$/.test(key))
    throw refusal('bad-input', 'The Idempotency-Key must be 8 to 255 printable characters.');
  if (knownTo(response).by === 'nothing')
    throw refusal('bad-input', 'Leave the Idempotency-Key out: it needs a key or token beside it.');
  const words = `${request.headers.authorization ?? request.headers.cookie ?? ''} ${key}`;
  const asked = `${request.originalUrl} ${JSON.stringify(request.body ?? null)}`;
  return { digest: digestOf(words), print: digestOf(asked), words };
}

/** The answer waits until it is kept: who asks again after it gets it, and no second deed. */
function keepWhenAnswered({ meetings, random, log }: ApiParts, response: Response, once: Once) {
  const end = response.end.bind(response) as (...args: unknown[]) => Response;
  const keep = async (body: string): Promise<void> => {
    if (response.statusCode >= 300 || response.hasHeader('set-cookie'))
      return meetings.answers.forget(once.digest);
    const answer: Answer = { status: response.statusCode, body, headers: carried(response) };
    const sealed = seal(JSON.stringify(answer), once.words, random(NONCE_BYTES));
    await meetings.answers.keep(once.digest, once.print, sealed);
  };
  response.end = ((...args: unknown[]) => {
    const [chunk] = args;
    const body = typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk.toString() : '';
    keep(body)
      .catch((error: unknown) => log('warn', 'an answer could not be kept', { why: String(error) }))
      .finally(() => end(...args));
    return response;
  }) as Response['end'];
}

function carried(response: Response): Record<string, string> {
  const found = CARRIED.map((name) => [name, response.get(name)] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

function replay(response: Response, { status, headers, body }: Answer): void {
  response.status(status).set(headers).set('Idempotency-Replayed', 'true');
  response.end(body);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
