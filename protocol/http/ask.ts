import type { Problem } from './problem.ts';

/** One HTTP request to our API; `path` is below `/api/v1`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** It is sent even where the page is left at once. */
  readonly outlives?: true;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly headers: Headers }
  | { readonly ok: false; readonly problem: Problem };

/** Where to ask, and as whom. */
export interface Way {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** `https://host`; empty in a page of ours. */
  readonly base: string;
  readonly bearer?: string | undefined;
}

const PATIENCE_MS = 10_000;

/**
 * Asks our API. Every failure comes back as a problem whose `detail` can be shown: status 0 means
 * that no server answered. The answer's shape is trusted: both ends are of one release.
 */
export async function ask<T>(way: Way, asked: HttpRequest): Promise<Answer<T>> {
  const answer = await send(way, asked);
  if (!answer) return { ok: false, problem: UNREACHABLE };
  const value = await bodyOf(answer);
  if (answer.ok) return { ok: true, value: value as T, headers: answer.headers };
  return { ok: false, problem: isProblem(value) ? value : unexplained(answer.status) };
}

/** The path of the next page, below `/api/v1`; absent on the last. */
export function nextPage(headers: Headers): string | undefined {
  return /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
}

async function send(way: Way, asked: HttpRequest): Promise<Response | undefined> {
  const headers = new Headers({ accept: 'application/json', ...asked.headers });
  if (asked.body) headers.set('content-type', 'application/json');
  if (way.bearer !== undefined) headers.set('authorization', `Bearer ${way.bearer}`);
  try {
    return await way.fetch(`${way.base}/api/v1${asked.path}`, {
      method: asked.method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
      // What was deleted is so even where the page is closed at once.
      keepalive: asked.method === 'DELETE' || asked.outlives === true,
      ...(asked.body && { body: JSON.stringify(asked.body) }),
    });
  } catch {
    // fetch rejects only where there is no answer: no network, no server, or no patience left.
    return undefined;
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => '');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value && 'status' in value;
}

const UNREACHABLE: Problem = {
  type: 'about:blank',
  title: 'No answer from the server',
  status: 0,
  detail: 'The server did not answer. Check your network connection, then try again.',
};

function unexplained(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'The server refused',
    status,
    detail: `The server refused and gave no reason (status ${status}). Try again in a moment.`,
  };
}
