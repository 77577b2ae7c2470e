import { ask, nextPage } from '../../protocol/http/ask.ts';
import type { HttpRequest, Way } from '../../protocol/http/ask.ts';
import type { Problem } from '../../protocol/http/problem.ts';

/** The server refused, or did not answer (`status` 0): `problem.detail` says what to do. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** An answer with what tells its state: to be given back as `ifMatch`. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string;
}

export interface PostOptions {
  /** A name of the caller's for this request: sent twice, it is done once. */
  readonly once?: string;
}

export interface ChangeOptions {
  /** Refused with 412 where somebody set something since this tag was read. */
  readonly ifMatch?: string;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Asks, and throws a `ProblemError` for each refusal. */
export class Line {
  readonly #way: Way;

  constructor(way: Way) {
    this.#way = way;
  }

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.ask<T>({ method: 'GET', path: path + queryText(query) });
  }

  async tagged<T>(path: string): Promise<Tagged<T>> {
    const { value, headers } = await this.#answer<T>({ method: 'GET', path });
    return { value, tag: headers.get('etag') ?? '' };
  }

  post<T>(path: string, body: object = {}, { once }: PostOptions = {}): Promise<T> {
    const headers = once === undefined ? {} : { 'idempotency-key': once };
    return this.ask<T>({ method: 'POST', path, body, headers });
  }

  patch<T>(path: string, body: object, { ifMatch }: ChangeOptions = {}): Promise<T> {
    return this.ask<T>({ method: 'PATCH', path, body, headers: matching(ifMatch) });
  }

  async delete(path: string, { ifMatch }: ChangeOptions = {}): Promise<void> {
    await this.ask({ method: 'DELETE', path, headers: matching(ifMatch) });
  }

  /** Every entry of a list; pages are asked for as they are needed. */
  async *each<T>(path: string, query: Query = {}): AsyncGenerator<T, void> {
    let next: string | undefined = path + queryText(query);
    while (next !== undefined) {
      const { value, headers }: { value: readonly T[]; headers: Headers } = await this.#answer<
        readonly T[]
      >({ method: 'GET', path: next });
      yield* value;
      next = nextPage(headers);
    }
  }

  async ask<T>(asked: HttpRequest): Promise<T> {
    return (await this.#answer<T>(asked)).value;
  }

  async #answer<T>(asked: HttpRequest) {
    const answer = await ask<T>(this.#way, asked);
    if (!answer.ok) throw new ProblemError(answer.problem);
    return answer;
  }
}

/** A path with each part escaped: an id that holds a slash reaches nothing else. */
export function path(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return texts.map((text, at) => text + encodeURIComponent(parts[at] ?? '')).join('');
}

function matching(tag: string | undefined): Readonly<Record<string, string>> {
  return tag === undefined ? {} : { 'if-match': tag };
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
