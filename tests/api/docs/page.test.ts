import { execFileSync } from 'node:child_process';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curlFor } from '../../../api/docs/curl.ts';
import { wordsFor } from '../../../api/docs/fields.ts';
import { html } from '../../../api/docs/html.ts';
import { docsPage } from '../../../api/docs/page.ts';
import { OPERATIONS } from '../../../api/operations/all.ts';
import type { Operation } from '../../../api/operations/operation.ts';
import { startTestApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

const page = docsPage(OPERATIONS, 'https://meet.example.org');
let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

test('everybody may read the page, under the same rules for browsers as all pages', async () => {
  const answered = await request(world.api.url).get('/api/v1/docs');
  expect([answered.status, answered.type]).toEqual([200, 'text/html']);
  expect(answered.headers['content-security-policy']).toContain("style-src 'self'");
  expect(answered.text).toContain(`curl ${world.api.url}/api/v1/meetings`);
  const style = await request(world.api.url).get('/api/v1/docs.css');
  expect([style.status, style.type]).toEqual([200, 'text/css']);
});

test('the page needs no script, and no style but its sheet', () => {
  expect(page).not.toMatch(/<script|<style|\son\w+=|\sstyle=|javascript:/i);
});

test.each(OPERATIONS.map(({ method, path }) => [method, path] as const))(
  '%s %s is on the page',
  (method, path) => {
    const place = `<span class="method ${method}">${method.toUpperCase()}</span>`;
    expect(page.replace(/\s+/g, ' ')).toContain(`${place} <code>${path}</code>`);
  },
);

test('every link inside the page leads somewhere, and no two places have one name', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test('what is put into a page is text', () => {
  expect(html`<p title="${`"'`}">${'<b>&'}</p>`.html).toBe(
    '<p title="&quot;&#39;">&lt;b&gt;&amp;</p>',
  );
});

test('an example is one word to the shell, whatever is in it', () => {
  const operation: Operation = {
    method: 'post',
    path: '/meetings',
    summary: '',
    access: 'anybody',
    status: 201,
  };
  const body = { name: `it's "$HOME" \`id\`` };
  const command = curlFor(operation, 'http://localhost', body);
  const shown = command.replace(/^curl/, `printf '%s\\n'`);
  const words = execFileSync('sh', ['-c', shown], { encoding: 'utf8' }).split('\n');
  expect(words).toContain(JSON.stringify(body));
});

test.each([
  [{ type: 'integer', minimum: -4, maximum: 4 }, 'integer, -4 to 4'],
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer, at least 0'],
  [{ type: 'string', format: 'date-time' }, 'time'],
  [{ enum: ['a', 'b'] }, '"a", "b"'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Meeting' } }, 'list of Meeting'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text or null'],
])('%j is told as %s', (schema, words) => {
  expect(wordsFor(schema, {})).toBe(words);
});
