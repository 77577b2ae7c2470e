import { OPERATIONS } from '../operations/all.ts';
import type { Operation } from '../operations/operation.ts';
import { problemView } from '../schemas/problems.ts';
import { HEADERS, refusals } from './answers.ts';
import { describe, PARAMETERS } from './describe.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { NamedSchemas } from './json-schema.ts';
import { tagOf } from './tags.ts';
import type { Tag } from './tags.ts';
import { webhooksOf } from './webhooks.ts';

/** The OpenAPI 3.1 document, from the very schemas that judge the requests. */
export function openapi(operations: readonly Operation[] = OPERATIONS): object {
  const named: NamedSchemas = { Problem: jsonSchemaOf(problemView, 'output', {}) };
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: describe(operation, named) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: INFO,
    servers: [{ url: '/api/v1', description: 'This server' }],
    tags: tagsOf(operations),
    security: [{ bearer: [] }, { session: [] }],
    paths,
    webhooks: webhooksOf(named),
    components: {
      schemas: named,
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: refusals(),
      securitySchemes: SECURITY,
    },
  };
}

/** Each chapter once, in the order in which the operations come. */
function tagsOf(operations: readonly Operation[]): readonly Tag[] {
  const tags = new Map(operations.map(({ path }) => [tagOf(path).name, tagOf(path)]));
  return [...tags.values()];
}

const SECURITY = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The admin key, a key of a person, or the feed token of somebody in a meeting.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'partyline_session',
    description: 'The console; what changes something must come from its own pages.',
  },
} as const;

const INFO = {
  title: 'Partyline',
  version: '1',
  license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
  description: [
    'Meetings by phone and browser, for programs.',
    'Refusals are problem documents (RFC 9457): `detail` says what to do, `field` names the first part of the input at fault, `errors` all of them.',
    'What this document does not name is refused, not overlooked: fields, parameters, methods.',
    '202 means that the switch took the wish; the event feed says when it is so.',
    'Lists come a page at a time: `limit` says how many, the `Link` header where the next page is.',
    'The feed is a WebSocket at `/events?meeting=ID&from=N`, subprotocols `partyline.v1` and `bearer.<token>`: a snapshot, then numbered events. `from=N` begins with event N where it is kept.',
    "BigBlueButton's API is at `/bigbluebutton/api`; it answers 404 until BBB_SECRET is set.",
  ].join('\n\n'),
} as const;
