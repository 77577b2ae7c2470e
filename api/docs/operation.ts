import type { Operation } from '../operations/operation.ts';
import { describe } from '../openapi/describe.ts';
import { jsonSchemaOf } from '../openapi/json-schema.ts';
import type { JsonSchema, NamedSchemas } from '../openapi/json-schema.ts';
import { sampleOf } from '../openapi/sample.ts';
import { curlFor } from './curl.ts';
import { fieldTable } from './fields.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

interface Described {
  readonly operationId: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, object>>;
}

/** One operation: what it does, who may, what goes in and comes out, and how to ask. */
export function operationSection(operation: Operation, base: string, named: NamedSchemas): Html {
  const { method, path, summary, body, status } = operation;
  const { operationId, description, responses } = describe(operation, named) as Described;
  const taken = body && jsonSchemaOf(body, 'input', named);
  const example = taken && sampleOf(taken, named);
  const refused = Object.keys(responses).filter((each) => Number(each) >= 400);
  return html`<section class="operation" id="${operationId}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>${summary}. ${description}</p>
    ${parameters(operation, named)} ${taken && titled('Body', fieldTable(taken, named))}
    <pre><code>${curlFor(operation, base, example)}</code></pre>
    ${answerPart(operation, named)}
    <p class="answers">Answers ${status}; refuses with ${refused.join(', ')}.</p>
  </section>`;
}

function parameters({ query = {} }: Operation, named: NamedSchemas): Html | undefined {
  const properties: Record<string, JsonSchema> = Object.fromEntries(
    Object.entries(query).map(([name, schema]) => [name, jsonSchemaOf(schema, 'input', named)]),
  );
  if (Object.keys(properties).length === 0) return undefined;
  return titled('Parameters', fieldTable({ type: 'object', properties }, named));
}

function answerPart({ answer }: Operation, named: NamedSchemas): Html | undefined {
  if (!answer) return undefined;
  const schema = jsonSchemaOf(answer, 'output', named);
  const { items } = schema;
  const title = items ? 'Answer: a list of' : 'Answer';
  return titled(title, linkOr(items ?? schema, named));
}

/** What has a name is described once, at the end. */
function linkOr(schema: JsonSchema, named: NamedSchemas): Html {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return fieldTable(schema, named);
  return html`<p><a href="#schema-${name}">${name}</a></p>`;
}

function titled(title: string, content: Html): Html {
  return html`<h4>${title}</h4>
    ${content}`;
}
