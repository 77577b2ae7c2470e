import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seal, unseal } from '../../meetings/sealed.ts';
import { ask, BEARER, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

function post(path: string, key: string, body: object = {}) {
  return ask(world, 'post', path, body).set('Idempotency-Key', key);
}

async function countOf(name: string): Promise<number> {
  const all = await world.parts.meetings.list();
  return all.filter((meeting) => meeting.name === name).length;
}

test('a request that comes again with its key makes one meeting, and gets the same answer', async () => {
  const first = await post('/meetings', 'key-one-1', { name: 'Once' });
  const again = await post('/meetings', 'key-one-1', { name: 'Once' });
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(again.headers).toMatchObject({
    'idempotency-replayed': 'true',
    location: first.headers.location,
  });
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(await countOf('Once')).toBe(1);
});

test('of ten at the same moment one makes the meeting; the others wait or are told to', async () => {
  const all = Array.from({ length: 10 }, () => post('/meetings', 'key-at-once', { name: 'Ten' }));
  const answers = await Promise.all(all);
  expect(await countOf('Ten')).toBe(1);
  for (const { status, headers } of answers) {
    expect([201, 409]).toContain(status);
    if (status === 409) expect(headers['retry-after']).toBe('1');
  }
});

test('the key with another body, or at another address, is refused', async () => {
  await post('/meetings', 'key-other', { name: 'A' });
  const other = await post('/meetings', 'key-other', { name: 'B' });
  expect(other.body).toMatchObject({ status: 422, type: 'urn:partyline:problem:other-request' });
  const elsewhere = await post('/accounts', 'key-other', { name: 'A' });
  expect(elsewhere.status).toBe(422);
});

test('a request that was refused did nothing: its key may come again', async () => {
  expect((await post('/meetings', 'key-refused', { name: '' })).status).toBe(400);
  expect((await post('/meetings', 'key-refused', { name: 'Mended' })).status).toBe(201);
});

test('what the switch could not take is tried again with the same key', async () => {
  const { id } = await newMeeting(world);
  world.rooms.outcome = { ok: false, reason: 'switch-unavailable', detail: 'Try again.' };
  expect((await post(`/meetings/${id}/lock`, 'key-again', { locked: true })).status).toBe(503);
  world.rooms.outcome = { ok: true };
  expect((await post(`/meetings/${id}/lock`, 'key-again', { locked: true })).status).toBe(202);
  world.rooms.wishes.length = 0;
  expect((await post(`/meetings/${id}/lock`, 'key-again', { locked: true })).status).toBe(202);
  expect(world.rooms.wishes).toEqual([]);
});

test('each caller has keys of their own', async () => {
  const meeting = await newMeeting(world);
  const { feedToken } = await newPerson(world, meeting, 'moderator');
  const path = `/meetings/${meeting.id}/unmute-all`;
  await post(path, 'key-shared');
  const theirs = await request(world.api.url)
    .post(`/api/v1${path}`)
    .set({ authorization: `Bearer ${feedToken}`, 'idempotency-key': 'key-shared' })
    .send({});
  expect([theirs.status, theirs.headers['idempotency-replayed']]).toEqual([202, undefined]);
});

test('after a day the key is new', async () => {
  await post('/meetings', 'key-of-a-day', { name: 'Daily' });
  world.clock.pass(24 * 3_600_000 + 1);
  await post('/meetings', 'key-of-a-day', { name: 'Daily' });
  expect(await countOf('Daily')).toBe(2);
});

test('keys too short, or from nobody, are refused', async () => {
  expect((await post('/meetings', 'short', { name: 'A' })).status).toBe(400);
  const nobody = await request(world.api.url)
    .post('/api/v1/session')
    .set('idempotency-key', 'key-of-nobody')
    .send({ key: 'x' });
  expect(nobody.body).toMatchObject({ status: 400, detail: /needs a key or token/ });
});

test('the store alone does not show the password that an answer holds', async () => {
  const made = await post('/accounts', 'key-secret', { username: 'desk-1', name: 'Desk' });
  const { password } = made.body as { password: string };
  const again = await post('/accounts', 'key-secret', { username: 'desk-1', name: 'Desk' });
  expect(again.body).toMatchObject({ password });
  const kept = JSON.stringify(await world.store.list('answer:'));
  expect(kept).not.toContain(password);
  expect(kept).not.toContain(BEARER.authorization.slice(7));
});

test('a seal opens with its own words only', () => {
  const sealed = seal('four words', 'mine', new Uint8Array(12));
  expect(unseal(sealed, 'mine')).toBe('four words');
  expect(() => unseal(sealed, 'yours')).toThrow();
});
