import type { Problem } from '../../protocol/http/views.ts';
import type { HttpRequest } from './to-http.ts';

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

const PATIENCE_MS = 10_000;

/**
 * Asks our API. Every failure comes back as a problem whose `detail` can be shown: status 0 means
 * that no server answered. The answer's shape is trusted: page and server are of one release.
 */
export async function request<T>(asked: HttpRequest, bearer?: string): Promise<Answer<T>> {
  const answer = await send(asked, bearer);
  if (!answer) return { ok: false, problem: UNREACHABLE };
  const value = await bodyOf(answer);
  if (answer.ok) return { ok: true, value: value as T };
  return { ok: false, problem: isProblem(value) ? value : unexplained(answer.status) };
}

async function send(asked: HttpRequest, bearer?: string): Promise<Response | undefined> {
  const headers = new Headers({ accept: 'application/json' });
  if (asked.body) headers.set('content-type', 'application/json');
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  try {
    return await fetch(`/api/v1${asked.path}`, {
      method: asked.method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
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
