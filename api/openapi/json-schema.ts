import { z } from 'zod';

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is, in as far as our schemas come out as it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly writeOnly?: boolean;
}

export type NamedSchemas = Record<string, JsonSchema>;

const HOME = '#/components/schemas/';

/** The schema as JSON; parts that have a name (`meta({ id })`) go to `named` and are referred to. */
export function jsonSchemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  named: NamedSchemas,
): JsonSchema {
  const { $defs = {}, ...found } = z.toJSONSchema(schema, { io });
  delete found.$schema;
  for (const [name, part] of Object.entries($defs)) named[name] ??= atHome(part) as JsonSchema;
  return atHome(found) as JsonSchema;
}

/** What a reference names, or the schema itself. */
export function resolved(schema: JsonSchema, named: Readonly<NamedSchemas>): JsonSchema {
  const { $ref } = schema;
  return $ref === undefined ? schema : (named[$ref.slice(HOME.length)] ?? {});
}

/** Names of the schemas that this one refers to by itself. */
export function nameOf({ $ref }: JsonSchema): string | undefined {
  return $ref?.slice(HOME.length);
}

function atHome(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(atHome);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', HOME) : atHome(part),
    ]),
  );
}
