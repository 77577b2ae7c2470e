import { scopeFor } from '../../meetings/rules/access.ts';
import type { Access, Operation } from '../operations/operation.ts';
import { answersOf, hasTag } from './answers.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { NamedSchemas } from './json-schema.ts';
import { sampleOf } from './sample.ts';
import { tagOf } from './tags.ts';

const WHO = {
  admin: 'For administrators: the admin key, a key or session that may.',
  moderator: 'For administrators, and for moderators of this meeting by their feed token.',
  person: 'For administrators, and for people in this meeting by their feed token.',
  own: 'For administrators, and for people in this meeting by their feed token; only moderators change what is of others.',
  user: 'For people with an account.',
  anybody: 'Needs no key.',
} as const satisfies Record<Access, string>;

/** Parameters that more than one operation has, by their names in the document. */
export const PARAMETERS = {
  IdempotencyKey: headerParameter(
    'Idempotency-Key',
    'A name of yours for this request, 8 to 255 characters: sent again within 24 hours it gets the same answer, and nothing is done twice.',
  ),
  IfMatch: headerParameter('If-Match', 'Refused with 412 where somebody changed it since.'),
  IfNoneMatch: headerParameter('If-None-Match', 'Answered with 304 where it is as you know it.'),
} as const;

/** The operation as the document has it; schemas that have names are put into `named`. */
export function describe(operation: Operation, named: NamedSchemas): object {
  const { summary, access, body, answer, path } = operation;
  return {
    operationId: idOf(operation),
    tags: [tagOf(path).name],
    summary,
    description: `${WHO[access]}${scopeOf(operation)}`,
    security: access === 'anybody' ? [{}] : [{ bearer: [] }, { session: [] }],
    parameters: [...inPath(path), ...inQuery(operation, named), ...inHeaders(operation)],
    ...(body && { requestBody: bodyOf(body, named) }),
    responses: answersOf(operation, answer && jsonSchemaOf(answer, 'output', named)),
  };
}

/** What a key must be for. */
function scopeOf({ access, act }: Operation): string {
  if (act === undefined) return '';
  const scope = scopeFor({ kind: act });
  if (scope !== 'none') return ` Keys need the scope \`${scope}\`.`;
  return access === 'admin' ? ' Not for keys other than the administrator’s.' : ' Not for keys.';
}

/** `getMeetingsIdParticipants`: method and path in one word. */
function idOf({ method, path }: Operation): string {
  const words = path.split(/\W+/).filter((word) => word !== '');
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function inPath(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function inQuery({ query = {} }: Operation, named: NamedSchemas): object[] {
  return Object.entries(query).map(([name, schema]) => {
    const { description, ...rest } = jsonSchemaOf(schema, 'input', named);
    const required = !schema.safeParse(undefined).success;
    return { name, in: 'query', required, ...(description && { description }), schema: rest };
  });
}

function inHeaders(operation: Operation): object[] {
  const { method, access } = operation;
  const names = [
    ...(method === 'post' && access !== 'anybody' ? ['IdempotencyKey'] : []),
    ...(hasTag(operation) ? [method === 'get' ? 'IfNoneMatch' : 'IfMatch'] : []),
  ];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function bodyOf(body: NonNullable<Operation['body']>, named: NamedSchemas): object {
  const schema = jsonSchemaOf(body, 'input', named);
  const example = sampleOf(schema, named);
  // A body with nothing that must be in it may be left out.
  const required = !body.safeParse({}).success;
  return { required, content: { 'application/json': { schema, example } } };
}

function headerParameter(name: string, description: string): object {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}
