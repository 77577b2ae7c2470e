import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openapi } from '../../../api/openapi/document.ts';
import { jsonSchemaOf } from '../../../api/openapi/json-schema.ts';
import type { NamedSchemas } from '../../../api/openapi/json-schema.ts';
import { sampleOf } from '../../../api/openapi/sample.ts';
import { OPERATIONS } from '../../../api/operations/all.ts';
import { PROBLEMS } from '../../../api/problems.ts';

interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters: readonly { name?: string; $ref?: string; in?: string }[];
  readonly responses: Readonly<Record<string, { headers?: object; $ref?: string }>>;
  readonly requestBody?: { content: { 'application/json': { example: unknown } } };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly tags: readonly { name: string }[];
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const document = openapi() as Document;
const all = OPERATIONS.map(({ method, path }) => [`${method} ${path}`, method, path] as const);
const described = (method: string, path: string) => document.paths[path]?.[method] as Described;

test('the document is OpenAPI 3.1, whole', async () => {
  const validator = new Validator();
  const result = await validator.validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );
  expect(result).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const text = JSON.stringify(document);
  for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g))
    expect(document.components[kind]).toHaveProperty([name]);
  expect(text).not.toContain('$defs');
});

test('every operation has a name of its own, a chapter, and says who may', () => {
  const ids = all.map(([, method, path]) => described(method, path).operationId);
  expect(new Set(ids).size).toBe(OPERATIONS.length);
  for (const { method, path, access } of OPERATIONS) {
    const { tags, security } = described(method, path);
    expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
    expect(security).toEqual(access === 'anybody' ? [{}] : [{ bearer: [] }, { session: [] }]);
  }
});

test.each(all)('%s: what is in the path is described', (_name, method, path) => {
  const inPath = described(method, path).parameters.filter((each) => each.in === 'path');
  expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
});

const bodies = OPERATIONS.flatMap(({ method, path, body }) =>
  body ? [[`${method} ${path}`, method, path, body] as const] : [],
);
test.each(bodies)('%s: the example is one that the server takes', (_name, method, path, body) => {
  const { example } = described(method, path).requestBody?.content['application/json'] ?? {};
  expect(body.safeParse(example)).toMatchObject({ success: true });
});

const answers = OPERATIONS.flatMap(({ method, path, answer }) =>
  answer ? [[`${method} ${path}`, answer] as const] : [],
);
test.each(answers)('%s: an answer can be shown', (_name, answer) => {
  const named: NamedSchemas = {};
  expect(sampleOf(jsonSchemaOf(answer, 'output', named), named)).toBeTruthy();
});

test.each(all)('%s: refusals are problems, and limits are told', (_name, method, path) => {
  const { responses } = described(method, path);
  for (const status of ['400', '429', '500', '503'])
    expect(responses[status]).toEqual({ $ref: `#/components/responses/Problem${status}` });
  const [wanted] = Object.keys(responses).filter((status) => status.startsWith('2'));
  expect(responses[wanted ?? '']?.headers).toHaveProperty('RateLimit');
});

test('every type of problem is in the document', () => {
  const text = JSON.stringify(document.components.responses);
  for (const slug of Object.keys(PROBLEMS)) expect(text).toContain(`urn:partyline:problem:${slug}`);
});

test('lists that can grow say where the next page is', () => {
  for (const { method, path, query } of OPERATIONS)
    if (query && 'cursor' in query)
      expect(described(method, path).responses[200]?.headers).toHaveProperty('Link');
});
