import { signal } from '@preact/signals';
import { ask, nextPage } from '../../protocol/http/ask.ts';
import type { Answer, HttpRequest } from '../../protocol/http/ask.ts';

/** Counts the requests that were refused because nobody is signed in. */
export const strangers = signal(0);

const STRANGER = 401;

/**
 * Asks the server that this page is from. `withinMs`: its patience is shorter than the network's; the
 * connection is given up then, so that the next request gets a new one.
 */
export async function request<T>(
  asked: HttpRequest,
  bearer?: string,
  withinMs?: number,
): Promise<Answer<T>> {
  const signal = withinMs === undefined ? {} : { signal: AbortSignal.timeout(withinMs) };
  const answer = await ask<T>(
    { fetch: (url, init) => fetch(url, { ...init, ...signal }), base: '', bearer },
    asked,
  );
  if (!answer.ok && answer.problem.status === STRANGER && bearer === undefined)
    strangers.value += 1;
  return answer;
}

/** The whole of a list, however many pages it has. */
export async function requestAll<T>(path: string): Promise<Answer<readonly T[]>> {
  const all: T[] = [];
  for (let next: string | undefined = path; ;) {
    const answer: Answer<readonly T[]> = await request({ method: 'GET', path: next });
    if (!answer.ok) return answer;
    all.push(...answer.value);
    next = nextPage(answer.headers);
    if (next === undefined) return { ...answer, value: all };
  }
}
