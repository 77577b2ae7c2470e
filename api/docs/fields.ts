import type { JsonSchema, NamedSchemas } from '../openapi/json-schema.ts';
import { nameOf, resolved } from '../openapi/json-schema.ts';
import { html, table } from './html.ts';
import type { Html } from './html.ts';

interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** A table of what a schema's object holds; one sentence where it is no object. */
export function fieldTable(schema: JsonSchema, named: Readonly<NamedSchemas>): Html {
  const found = resolved(schema, named);
  const choices = found.anyOf ?? found.oneOf;
  if (choices?.some((each) => resolved(each, named).properties))
    return html`${choices.map((each, at) => choice(each, named, at))}`;
  const fields = fieldsOf(found, named, '');
  if (fields.length === 0) return html`<p>${wordsFor(schema, named)}</p>`;
  return tableOf(fields, named);
}

function choice(schema: JsonSchema, named: Readonly<NamedSchemas>, at: number): Html {
  return html`${at > 0 ? html`<p>or</p>` : undefined}${fieldTable(schema, named)}`;
}

function tableOf(fields: readonly Field[], named: Readonly<NamedSchemas>): Html {
  const rows = fields.map(
    ({ name, schema, required }) =>
      html`<tr>
        <th scope="row"><code>${name}</code>${required ? html` <b>needed</b>` : undefined}</th>
        <td>${wordsFor(schema, named)}</td>
        <td>${resolved(schema, named).description}</td>
      </tr>`,
  );
  return table(['Field', 'Holds', 'Means'], rows);
}

/** Fields of objects inside are named with dots; what has a name of its own is not opened. */
function fieldsOf(schema: JsonSchema, named: Readonly<NamedSchemas>, before: string): Field[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, part]) => {
    const field = { name: before + name, schema: part, required: required.includes(name) };
    const inside = nameOf(part) === undefined ? fieldsOf(part, named, `${before}${name}.`) : [];
    return inside.length > 0 ? inside : [field];
  });
}

/** What may be there, in words: `2 to 6 digits` is what the description is for. */
export function wordsFor(schema: JsonSchema, named: Readonly<NamedSchemas>): string {
  const name = nameOf(schema);
  if (name !== undefined) return name;
  const { anyOf, oneOf, type, items } = schema;
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map((each) => wordsFor(each, named)).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(', ');
  if (items) return `list of ${wordsFor(items, named)}`;
  const types = typeof type === 'string' ? [type] : (type ?? ['anything']);
  return (
    types.map((each) => (each === 'string' ? textWords(schema) : each)).join(' or ') +
    bounds(schema)
  );
}

function textWords({ format }: JsonSchema): string {
  return format === 'date-time' ? 'time' : 'text';
}

/** What JSON itself bounds integers by says nothing. */
function bounds({ minimum, maximum }: JsonSchema): string {
  const low = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high === undefined ? '' : `, at most ${high}`;
}
