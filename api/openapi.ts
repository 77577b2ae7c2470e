import { z } from 'zod';
import { OPERATIONS } from './operations/all.ts';
import type { Access, Operation } from './operations/operation.ts';
import { problemView } from './schemas/problems.ts';

/** The OpenAPI 3.1 document, from the very schemas that judge the requests. */
export function openapi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  return {
    openapi: '3.1.0',
    info: { title: 'Partyline', version: '1', description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: asJson(problemView, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'partyline_session' },
      },
    },
  };
}

const DESCRIPTION = [
  'Errors are problem documents (RFC 9457); `field` names the part of the input at fault.',
  '202 means that the switch took the wish; the event feed says when it is so.',
  'The feed is a WebSocket at `/events?meeting=ID&from=N`, subprotocols `partyline.v1` and',
  '`bearer.<token>`: a snapshot, then numbered events. `from=N` begins with event N where it is kept.',
  "BigBlueButton's API is at `/bigbluebutton/api`; it answers 404 until BBB_SECRET is set.",
].join('\n');

const WHO = {
  admin: 'For administrators: the admin key, or a session of the console.',
  moderator: 'For administrators, and for moderators of this meeting by their feed token.',
  person: 'For administrators, and for people in this meeting by their feed token.',
  own: 'For administrators, and for people in this meeting by their feed token; only moderators change what is of others.',
  anybody: 'Needs no key.',
} as const satisfies Record<Access, string>;

function describe(operation: Operation): object {
  const { summary, access, body, path, query = {} } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return {
    summary,
    description: WHO[access],
    operationId:
      `${operation.method}${path.replace(/\W+(\w)/g, (_, first: string) => first.toUpperCase())}`.replace(
        /\W/g,
        '',
      ),
    security: access === 'anybody' ? [] : [{ bearer: [] }, { session: [] }],
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(query).map(([name, schema]) => ({
        name,
        in: 'query',
        required: false,
        schema: asJson(schema, 'input'),
      })),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: asJson(body, 'input') } },
      },
    }),
    responses: { [operation.status]: answerOf(operation), default: PROBLEM },
  };
}

function answerOf({ answer, status }: Operation): object {
  const description = { 200: 'Done', 201: 'Made', 202: 'The switch took it', 204: 'Gone' }[status];
  if (!answer) return { description };
  return { description, content: { 'application/json': { schema: asJson(answer, 'output') } } };
}

const PROBLEM = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is. */
function asJson(schema: z.ZodType, io: 'input' | 'output'): object {
  return z.toJSONSchema(schema, { io });
}
