import { resolved } from './json-schema.ts';
import type { JsonSchema, NamedSchemas } from './json-schema.ts';

const TIME = '2026-11-23T09:00:00Z';

/**
 * A value that shows what a schema takes: its own example where it has one, else what must be there
 * and what has examples.
 */
export function sampleOf(schema: JsonSchema, named: Readonly<NamedSchemas>): unknown {
  const found = resolved(schema, named);
  const given = [...(found.examples ?? []), found.default, found.const, found.enum?.[0]];
  const first = given.find((each) => each !== undefined);
  if (first !== undefined) return first;
  const choice = (found.anyOf ?? found.oneOf)?.[0];
  if (choice) return sampleOf(choice, named);
  if (found.properties) return sampleObject(found, named);
  return sampleValue(found, named);
}

function sampleValue(found: JsonSchema, named: Readonly<NamedSchemas>): unknown {
  const type = typeof found.type === 'string' ? found.type : found.type?.[0];
  if (type === 'array') return found.items ? [sampleOf(found.items, named)] : [];
  if (type === 'integer' || type === 'number') return sampleNumber(found);
  const plain = { string: found.format === 'date-time' ? TIME : 'text', boolean: true, object: {} };
  return Object.entries(plain).find(([name]) => name === type)?.[1] ?? null;
}

function sampleNumber({ minimum = 0, maximum = 10 }: JsonSchema): number {
  return Math.max(minimum, Math.min(10, maximum));
}

/** A change names nothing that must be there: it shows the first thing that may. */
function sampleObject(found: JsonSchema, named: Readonly<NamedSchemas>): object {
  const { properties = {}, required = [] } = found;
  const shown = Object.entries(properties).filter(
    ([name, part]) => required.includes(name) || resolved(part, named).examples !== undefined,
  );
  const picked = shown.length > 0 ? shown : Object.entries(properties).slice(0, 1);
  return Object.fromEntries(picked.map(([name, part]) => [name, sampleOf(part, named)]));
}
