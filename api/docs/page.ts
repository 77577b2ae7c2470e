import type { Operation } from '../operations/operation.ts';
import type { NamedSchemas } from '../openapi/json-schema.ts';
import { PROBLEMS } from '../problems.ts';
import { chaptersOf } from './chapters.ts';
import type { Chapter } from './chapters.ts';
import { fieldTable } from './fields.ts';
import { html, table } from './html.ts';
import type { Html } from './html.ts';
import { operationSection } from './operation.ts';

/** The description of the API for people, as one HTML page without a script. */
export function docsPage(operations: readonly Operation[], base: string): string {
  const chapters = chaptersOf(operations);
  const named: NamedSchemas = {};
  const sections = chapters.map((chapter) => chapterSection(chapter, base, named));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Partyline API</title>
        <link rel="stylesheet" href="/api/v1/docs.css" />
      </head>
      <body>
        <header>
          <h1>Partyline API</h1>
          <p>
            Meetings by phone and browser, for programs. For machines:
            <a href="/api/v1/openapi.json">openapi.json</a>.
          </p>
        </header>
        <nav aria-label="Chapters">${contents(chapters)}</nav>
        <main>${manners(base)}${sections}${problems()}${shapes(named)}</main>
      </body>
    </html>`;
  return page.html;
}

function contents(chapters: readonly Chapter[]): Html {
  const own = chapters.map(({ name, anchor }) => html`<li><a href="#${anchor}">${name}</a></li> `);
  return html`<ul>
    <li><a href="#manners">How to ask</a></li>
    ${own}
    <li><a href="#problems">Problems</a></li>
    <li><a href="#shapes">Shapes</a></li>
  </ul>`;
}

function manners(base: string): Html {
  return html`<section id="manners">
    <h2>How to ask</h2>
    <dl>
      <dt>Who you are</dt>
      <dd>
        <code>Authorization: Bearer &lt;key&gt;</code>: the admin key, a key of a person, or the
        feed token of somebody in a meeting.
      </dd>
      <dt>What is not here</dt>
      <dd>Fields, parameters and methods that this page does not name are refused, by name.</dd>
      <dt>202</dt>
      <dd>The switch took the wish. The feed says when it is so.</dd>
      <dt>Asking again</dt>
      <dd>
        A POST with an <code>Idempotency-Key</code> of yours is done once, however often it comes
        within 24 hours. Another request with the same key: 422; while the first runs: 409.
      </dd>
      <dt>Lists</dt>
      <dd>
        <code>limit</code> entries at a time. <code>Link: &lt;…&gt;; rel="next"</code> says where it
        goes on; without it, nowhere.
      </dd>
      <dt>Changing what others change too</dt>
      <dd>
        A meeting has an <code>ETag</code>. With <code>If-Match</code> a change is refused (412)
        where somebody set something since; who came or left meanwhile does not matter.
      </dd>
      <dt>Limits</dt>
      <dd>
        <code>RateLimit</code> says what is left, <code>RateLimit-Policy</code> the limit; 429 has a
        <code>Retry-After</code>.
      </dd>
      <dt>The feed</dt>
      <dd>
        A WebSocket at
        <code>${base.replace(/^http/, 'ws')}/api/v1/events?meeting=ID&amp;from=N</code>,
        subprotocols <code>partyline.v1</code> and <code>bearer.&lt;token&gt;</code>: a snapshot,
        then numbered events.
      </dd>
    </dl>
  </section>`;
}

function chapterSection(chapter: Chapter, base: string, named: NamedSchemas): Html {
  const { anchor, name, description, operations } = chapter;
  return html`<section id="${anchor}">
    <h2>${name}</h2>
    <p>${description}</p>
    ${operations.map((each) => operationSection(each, base, named))}
  </section>`;
}

function problems(): Html {
  const rows = Object.entries(PROBLEMS).map(
    ([slug, [status, title]]) =>
      html`<tr>
        <th scope="row"><code>urn:partyline:problem:${slug}</code></th>
        <td>${status}</td>
        <td>${title}</td>
      </tr>`,
  );
  return html`<section id="problems">
    <h2>Problems</h2>
    <p>
      A refusal is a problem document (RFC 9457). <code>detail</code> says what to do,
      <code>field</code> names the first part of the input at fault, <code>errors</code> all of
      them.
    </p>
    ${table(['Type', 'Status', 'Title'], rows)}
  </section>`;
}

function shapes(named: NamedSchemas): Html {
  const all = Object.entries(named).map(
    ([name, schema]) =>
      html`<section class="operation" id="schema-${name}">
        <h3>${name}</h3>
        ${fieldTable(schema, named)}
      </section>`,
  );
  return html`<section id="shapes">
    <h2>Shapes</h2>
    ${all}
  </section>`;
}
