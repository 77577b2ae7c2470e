import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { ask, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

let made: AccountView;
let count = 0;
beforeEach(async () => {
  const wish = { username: `desk-${++count}`, name: 'Desk & Co' };
  made = (await ask(world, 'post', '/accounts', wish)).body as AccountView;
});

test('a phone fetches its settings by an address of its own, and the console says that it did', async () => {
  const answer = await fetched(made, 'linphone.xml');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/xml; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).toContain(`<entry name="passwd" overwrite="true">${made.password}</entry>`);
  const shown = (await ask(world, 'get', `/accounts/${made.username}`)).body as AccountView;
  expect(shown.provisioning).toMatchObject({ fetchedBy: 'Linphone/5.2' });
  expect(shown.provisioning).not.toHaveProperty('url');
});

test.each([
  ['yealink.cfg', 'account.1.password = '],
  ['805ec079c37f.cfg', 'account.1.password = '],
  ['snomD785-000413AABBCC.htm', '<user_pass '],
  ['cfg000b82aabbcc.xml', '<P34>'],
  ['accounts', ';auth_pass='],
  ['settings.txt', 'Password: '],
])('%s is there', async (file, words) => {
  const answer = await fetched(made, file);
  expect(answer.text).toContain(`${words}`);
  expect(answer.text).toContain(made.password);
});

test('once it was fetched it is there for two minutes more, for phones that ask twice', async () => {
  await fetched(made, 'yealink.cfg');
  world.clock.pass(119_000);
  expect((await fetched(made, 'yealink.cfg')).status).toBe(200);
  world.clock.pass(1_000);
  expect((await fetched(made, 'yealink.cfg')).status).toBe(404);
});

test('what nobody fetched is gone after a quarter of an hour', async () => {
  world.clock.pass(15 * 60_000);
  expect((await fetched(made, 'yealink.cfg')).status).toBe(404);
});

test('a new password, or a deletion, shuts the address that was given out before', async () => {
  const again = (await ask(world, 'post', `/accounts/${made.username}/rotate`)).body as AccountView;
  expect((await fetched(made, 'yealink.cfg')).status).toBe(404);
  expect((await fetched(again, 'yealink.cfg')).text).toContain(again.password);
  await ask(world, 'delete', `/accounts/${made.username}`);
  expect((await fetched(again, 'yealink.cfg')).status).toBe(404);
});

test('a wrong token, a file that no phone asks for and a look without fetching tell nothing', async () => {
  const elsewhere = `${world.api.url}/provision/${'x'.repeat(32)}/linphone.xml`;
  expect((await request(elsewhere).get('')).status).toBe(404);
  expect((await fetched(made, 'admin-key')).status).toBe(404);
  const head = await request(`${made.provisioning?.url}linphone.xml`).head('');
  expect(head.status).toBe(405);
  const shown = (await ask(world, 'get', `/accounts/${made.username}`)).body as AccountView;
  expect(shown.provisioning).not.toHaveProperty('fetchedAt');
});

test('a name that would be another line or tag stays a name, and an agent that would, does too', async () => {
  await ask(world, 'patch', `/accounts/${made.username}`, { name: 'Tom & Jerry' });
  const url = `${made.provisioning?.url}snom.xml`;
  const answer = await request(url)
    .get('')
    .set('user-agent', `<script>${'a'.repeat(300)}`);
  expect(answer.text).toContain('Tom &#38; Jerry');
  const shown = (await ask(world, 'get', `/accounts/${made.username}`)).body as AccountView;
  expect(shown.provisioning?.fetchedBy).toHaveLength(100);
});

test('neither the token nor the password is in the log, the audit log or, readable, in the store', async () => {
  await fetched(made, 'linphone.xml');
  const token = made.provisioning?.url?.split('/').at(-2) ?? 'none';
  const audit = (await ask(world, 'get', '/audit')).text;
  expect(audit).toContain('GET /provision/{token}/{file}');
  expect(audit).toContain(made.username);
  const kept = JSON.stringify(await world.store.list(''));
  for (const place of [JSON.stringify(world.lines), audit, kept]) {
    expect(place).not.toContain(token);
    expect(place).not.toContain(made.password);
  }
  expect(JSON.stringify(world.lines)).toContain('/provision/:token/:file');
});

test('whoever asks too often must wait', async () => {
  const strict = await startTestApi({ limits: { perToken: 100, perAddress: 1 } });
  const url = `${strict.api.url}/provision/${'y'.repeat(32)}/linphone.xml`;
  const answers = [];
  for (let at = 0; at < 11; at++) answers.push((await request(url).get('')).status);
  expect(answers).toEqual([...Array<number>(10).fill(404), 429]);
  await strict.stop();
});

function fetched({ provisioning }: AccountView, file: string) {
  return request(`${provisioning?.url}${file}`).get('').set('user-agent', 'Linphone/5.2');
}
