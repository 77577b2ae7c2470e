import type { Operation } from '../operations/operation.ts';
import { PROBLEMS } from '../problems.ts';

/** Headers of answers, by the names they have in the document. */
export const HEADERS = {
  RateLimit: header('What is left of the limit: `"1000-in-10sec"; r=<left>; t=<seconds to go>`.'),
  'RateLimit-Policy': header('The limit: `"1000-in-10sec"; q=<requests>; w=<seconds>`.'),
  'Retry-After': header('Seconds after which to ask again.'),
  ETag: header('Names this state: for `If-None-Match` and `If-Match`.'),
  Link: header('Where the next page is: `<…>; rel="next"`. Absent on the last.'),
  Location: header('Where what was made is.'),
  'Idempotency-Replayed': header('`true`: this answer was given before, and nothing was done now.'),
  Allow: header('What may be done here.'),
  'WWW-Authenticate': header('How to say who you are.'),
} as const;

type HeaderName = keyof typeof HEADERS;

const DONE = { 200: 'Done', 201: 'Made', 202: 'The switch took it', 204: 'Gone' } as const;
const ALWAYS: readonly HeaderName[] = ['RateLimit', 'RateLimit-Policy'];

/** Refusals with headers of their own. */
const TOLD: Readonly<Partial<Record<number, readonly HeaderName[]>>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  409: ['Retry-After'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** `components.responses`: each status of a refusal, with the types of problem it may be. */
export function refusals(): Readonly<Record<string, object>> {
  const slugs = Object.entries(PROBLEMS);
  const statuses = [...new Set(slugs.map(([, [status]]) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const types = slugs.filter(([, [of]]) => of === status);
      const lines = types.map(
        ([slug, [, title]]) => `${title} (\`urn:partyline:problem:${slug}\`).`,
      );
      const description = lines.join(' ');
      const content = { 'application/problem+json': { schema: PROBLEM } };
      return [
        `Problem${status}`,
        { description, headers: headersOf([...ALWAYS, ...(TOLD[status] ?? [])]), content },
      ];
    }),
  );
}

/** Answers by their status. */
export type Answers = Readonly<Record<string, object>>;

/** The answers of one operation: the one that is hoped for, and each refusal it may meet. */
export function answersOf(operation: Operation, schema: object | undefined): Answers {
  const { status } = operation;
  const wanted = {
    description: DONE[status],
    headers: headersOf([...ALWAYS, ...headersFor(operation)]),
    ...contentOf(operation, schema),
  };
  const unchanged = hasTag(operation) && operation.method === 'get';
  const refused: Answers = Object.fromEntries(
    statusesFor(operation).map((each) => [each, { $ref: `#/components/responses/Problem${each}` }]),
  );
  return {
    [status]: wanted,
    ...(unchanged && { 304: { description: 'As you know it', headers: headersOf(['ETag']) } }),
    ...refused,
  };
}

/** Whether it is about one meeting as a whole, which has a tag. */
export function hasTag({ path, method }: Operation): boolean {
  return path === '/meetings/{id}' || (path === '/meetings/{id}/end' && method === 'post');
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

function contentOf({ produces }: Operation, schema: object | undefined): object {
  if (produces !== undefined) {
    const text = { schema: { type: 'string' } };
    return { content: Object.fromEntries(produces.map((type) => [type, text])) };
  }
  return schema === undefined ? {} : { content: { 'application/json': { schema } } };
}

function headersFor(operation: Operation): readonly HeaderName[] {
  const { method, status, query = {} } = operation;
  return [
    ...(status === 201 ? (['Location'] as const) : []),
    ...('cursor' in query ? (['Link'] as const) : []),
    ...(hasTag(operation) && method !== 'delete' ? (['ETag'] as const) : []),
    ...(method === 'post' ? (['Idempotency-Replayed'] as const) : []),
  ];
}

function statusesFor(operation: Operation): readonly number[] {
  const { access, method, body, path } = operation;
  const writes = method !== 'get';
  return [
    400,
    ...(access === 'anybody' ? [] : [401, 403]),
    ...(path.includes('{') ? [404] : []),
    ...(writes ? [409] : []),
    ...(writes && hasTag(operation) ? [412] : []),
    ...(body ? [413, 415] : []),
    ...(method === 'post' ? [422] : []),
    429,
    500,
    503,
  ];
}

function header(description: string): object {
  return { description, schema: { type: 'string' } };
}

function headersOf(names: readonly HeaderName[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
