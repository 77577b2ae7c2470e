import { createHash } from 'node:crypto';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEntryView } from '../../protocol/http/audit.ts';
import { ask, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY } from '../support/meetings.ts';

let world: TestApi;
beforeEach(async () => {
  world = await startTestApi();
});
afterEach(() => world.stop());

const audit = async (query = '') =>
  (await ask(world, 'get', `/audit${query}`)).body as AuditEntryView[];
const newest = async () => (await audit('?limit=1'))[0];

test('who made what is there once they have their answer', async () => {
  const made = await ask(world, 'post', '/meetings', { name: 'Board', lobby: true });
  const { id } = made.body as { id: string };
  expect(await newest()).toMatchObject({
    seq: 1,
    who: 'admin key',
    from: '127.0.…',
    act: 'POST /meetings',
    subject: id,
    detail: 'name, lobby=true',
    outcome: 'done',
  });
  await ask(world, 'post', `/meetings/${id}/end`);
  expect(await newest()).toMatchObject({ act: 'POST /meetings/{id}/end', meeting: id });
});

test('what was refused is told with its status, a meeting and a row by their ids', async () => {
  const meeting = await newMeeting(world);
  const { feedToken, personId } = await newPerson(world, meeting);
  await request(world.api.url)
    .post(`/api/v1/meetings/${meeting.id}/lock`)
    .set({ authorization: `Bearer ${feedToken}` })
    .send({ locked: true });
  expect(await newest()).toMatchObject({
    who: `guest ${personId}`,
    act: 'POST /meetings/{id}/lock',
    meeting: meeting.id,
    outcome: 'refused 403',
  });
  const nobody = '00000000-0000-4000-8000-000000000000';
  await ask(world, 'patch', `/meetings/${meeting.id}/participants/${nobody}`, { muted: true });
  expect(await newest()).toMatchObject({ subject: nobody, outcome: 'refused 404' });
});

test('a sign-in is there, refused or not, and its key is not', async () => {
  const signIn = (key: string) => request(world.api.url).post('/api/v1/session').send({ key });
  await signIn('not-the-key-at-all');
  expect(await newest()).toMatchObject({
    who: 'nobody',
    act: 'POST /session',
    outcome: 'refused 401',
  });
  await signIn(ADMIN_KEY);
  expect(await newest()).toMatchObject({ act: 'POST /session', outcome: 'done' });
  expect(JSON.stringify(await audit())).not.toContain(ADMIN_KEY);
});

test('reading leaves no trace, nor does somebody unknown who is turned away', async () => {
  await ask(world, 'get', '/meetings');
  await request(world.api.url).post('/api/v1/meetings').send({ name: 'Mine' });
  await ask(world, 'post', '/nothing-here');
  expect(await audit()).toEqual([]);
});

test('no code, ticket, number or password gets into it', async () => {
  const meeting = await newMeeting(world);
  const person = await newPerson(world, meeting);
  await request(world.api.url)
    .post(`/api/v1/tickets/${meeting.codes.join}/softphone`)
    .set({ authorization: `Bearer ${person.feedToken}` })
    .send({ name: 'Ada' });
  await ask(world, 'post', `/meetings/${meeting.id}/calls`, { number: '+4930901234' });
  await ask(world, 'post', '/trunks', {
    name: 'line',
    server: 'sip.example.org',
    username: 'me',
    password: 'very-secret-word',
  });
  const text = (await ask(world, 'get', '/audit/export')).text;
  for (const secret of [meeting.codes.join, '4930901234', 'very-secret-word', 'tickets'])
    expect(text).not.toContain(secret);
});

test('pages and filters: the newest first, linked until the oldest', async () => {
  const { id } = await newMeeting(world);
  for (const name of ['A', 'B', 'C']) await ask(world, 'patch', `/meetings/${id}`, { name });
  await ask(world, 'post', '/meetings', { name: 'Other' });
  const first = await ask(world, 'get', `/audit?meeting=${id}&limit=2`);
  expect((first.body as AuditEntryView[]).map(({ seq }) => seq)).toEqual([3, 2]);
  const link = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
  const second = await ask(world, 'get', link.replace('/api/v1', ''));
  expect((second.body as AuditEntryView[]).map(({ seq }) => seq)).toEqual([1]);
  expect(second.headers.link).toBeUndefined();
  expect(await audit('?act=post%20/meet')).toHaveLength(1);
  expect(await audit('?outcome=refused')).toEqual([]);
  expect(await audit(`?until=${new Date(world.clock.now()).toISOString()}`)).toEqual([]);
  for (const wrong of ['?cursor=0', '?limit=0', '?meeting=m-1', '?outcome=fine', '?x=1'])
    expect((await ask(world, 'get', `/audit${wrong}`)).status).toBe(400);
});

test('what is exported as JSON lines can be verified by anybody with SHA-256', async () => {
  for (const name of ['A', 'B', 'C']) await ask(world, 'post', '/meetings', { name });
  const { text, headers } = await ask(world, 'get', '/audit/export');
  expect(headers['content-disposition']).toMatch(/audit-2026-11-22\.jsonl/);
  let before = '0'.repeat(64);
  for (const line of text.trim().split('\n')) {
    const { hash, ...entry } = JSON.parse(line) as { hash: string; before: string };
    const sorted = Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(entry.before).toBe(before);
    expect(createHash('sha256').update(JSON.stringify(sorted)).digest('hex')).toBe(hash);
    before = hash;
  }
  const checked = (await ask(world, 'get', '/audit/verify')).body as object;
  expect(checked).toEqual({ ok: true, first: 1, last: 3, hash: before });
});

test('as CSV a spreadsheet takes nothing for a formula', async () => {
  await world.parts.audit.record({ who: '=cmd()', from: '192.0.2.7', act: 'x', outcome: 'done' });
  const { text, headers } = await ask(world, 'get', '/audit/export?format=csv');
  expect(headers['content-type']).toMatch(/^text\/csv/);
  const [head, line] = text.split('\r\n');
  expect(head).toBe('seq,at,who,from,act,meeting,subject,detail,outcome');
  expect(line).toContain(",'=cmd(),192.0.…,x,");
});

test('only those who may read it do', async () => {
  const person = await newPerson(world, await newMeeting(world), 'moderator');
  for (const path of ['audit', 'audit/export', 'audit/verify']) {
    const asked = request(world.api.url).get(`/api/v1/${path}`);
    expect((await asked).status).toBe(401);
    const guest = { authorization: `Bearer ${person.feedToken}` };
    expect((await request(world.api.url).get(`/api/v1/${path}`).set(guest)).status).toBe(403);
  }
});
