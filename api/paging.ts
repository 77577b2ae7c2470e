import type { Request, Response } from 'express';
import { refusal } from './problems.ts';

/** Entries of one answer where nobody says how many. */
const STANDARD = 200;
const LATEST_MS = 10 ** 15;

export interface PageAsked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/**
 * One page of a list in the order of its places, which are unique. An entry that comes or goes between
 * two pages shifts nothing. Throws the refusal for a cursor that is none.
 */
export function pageOf<T>(
  list: readonly T[],
  placeOf: (item: T) => string,
  { limit = STANDARD, cursor }: PageAsked,
): Page<T> {
  const after = cursor === undefined ? '' : placeIn(cursor);
  const rest = list
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => place > after)
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(({ item }) => item);
  return rest.length > limit && last ? { items, next: cursorTo(last.place) } : { items };
}

/** A place that puts the newest first; `id` tells apart what is of the same millisecond. */
export function newestFirst(ms: number, id: string): string {
  return `${String(LATEST_MS - ms).padStart(16, '0')} ${id}`;
}

/** A place that puts the oldest first. */
export function oldestFirst(ms: number, id: string): string {
  return `${String(ms).padStart(16, '0')} ${id}`;
}

interface Shown<T, V> {
  readonly wish: PageAsked;
  readonly placeOf: (item: T) => string;
  readonly view: (item: T) => V | Promise<V>;
}

/** Answers with the page that is asked for, and with where the next begins. */
export async function answerPage<T, V>(
  request: Request,
  response: Response,
  list: readonly T[],
  { wish, placeOf, view }: Shown<T, V>,
): Promise<void> {
  const { items, next } = pageOf(list, placeOf, wish);
  linkNext(request, response, next);
  response.json(await Promise.all(items.map(view)));
}

/** The `Link` header (RFC 8288) that names the next page, if there is one. */
export function linkNext(request: Request, response: Response, next: string | undefined): void {
  if (next === undefined) return;
  const { pathname, searchParams } = new URL(request.originalUrl, 'http://localhost');
  searchParams.set('cursor', next);
  response.append('Link', `<${pathname}?${searchParams.toString()}>; rel="next"`);
}

function cursorTo(place: string): string {
  return Buffer.from(place).toString('base64url');
}

function placeIn(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (cursorTo(place) === cursor) return place;
  const detail = '"cursor" must be taken from the Link header of the answer before.';
  throw refusal('bad-input', detail, { parameter: 'cursor' });
}
