import type request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { startMeetings } from '../support/meetings.ts';

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

test('a password is shown once, kept as digests alone, and can be changed', async () => {
  const made = await ask(world, 'post', '/accounts', { username: 'desk', name: 'Desk' });
  expect(passwordIn(made)).toMatch(/^[a-z2-7]{20}$/);
  expect((await ask(world, 'get', '/accounts/desk')).body).not.toHaveProperty('password');
  expect(
    (await ask(world, 'post', '/accounts', { username: 'desk', name: 'X' })).body,
  ).toMatchObject({
    status: 409,
    field: 'username',
  });
  const before = await world.parts.directory.account('desk');
  const rotated = await ask(world, 'post', '/accounts/desk/rotate');
  expect(passwordIn(rotated)).not.toBe(passwordIn(made));
  expect((await world.parts.directory.account('desk'))?.ha1).not.toEqual(before?.ha1);
  expect(JSON.stringify(await world.store.list('account:'))).not.toContain(passwordIn(rotated));
  expect((await ask(world, 'delete', '/accounts/desk')).status).toBe(204);
  expect(await world.parts.directory.account('desk')).toBeUndefined();
});

test('says what to type into the phone', async () => {
  const made = await ask(world, 'post', '/accounts', { username: 'hall', name: 'Hall' });
  expect(made.body).toMatchObject({
    server: { address: '127.0.0.1:5060', transports: ['udp', 'tcp'] },
  });
  const plain = await startMeetings({ sipHost: 'pbx.example' });
  expect(plain.parts.accounts.server.address).toBe('pbx.example:5060');
  await plain.stop();
});

test('what is registered is shown until it runs out', async () => {
  await world.parts.accounts.create('lobby', 'Lobby');
  await world.parts.directory.setBindings('lobby', [
    {
      contact: 'sip:lobby@192.0.2.7:5070',
      transport: 'udp',
      address: '192.0.2.7',
      port: 5070,
      callId: 'c',
      cseq: 1,
      userAgent: '<img src=x>',
      expiresAtMs: world.clock.now() + 60_000,
    },
  ]);
  const shown = { address: '192.0.2.7:5070', userAgent: '<img src=x>' };
  expect((await ask(world, 'get', '/accounts/lobby')).body).toMatchObject({ registered: [shown] });
  world.clock.pass(60_000);
  expect((await ask(world, 'get', '/accounts/lobby')).body).toMatchObject({ registered: [] });
});

function passwordIn(answered: request.Response): string {
  return (answered.body as AccountView).password ?? '';
}

test('a phone is given to somebody with an account here, renamed, and taken back; it stays registered', async () => {
  await world.parts.accounts.create('study', 'Study');
  const before = await world.parts.accounts.get('study');
  const ada = await world.parts.people.known.create({ name: 'Ada', role: 'participant' });
  const change = (body: object) => ask(world, 'patch', '/accounts/study', body);
  expect((await change({ personId: ada?.id })).body).toMatchObject({ personId: ada?.id });
  expect(await world.parts.directory.account('study')).toEqual({ ...before, personId: ada?.id });
  expect((await change({ name: 'Library' })).body).toMatchObject({
    name: 'Library',
    personId: ada?.id,
  });
  expect((await change({ personId: null })).body).not.toHaveProperty('personId');
  const nobody = await change({ personId: 'p-aaaaaaaaaaaaaaaa' });
  expect([nobody.status, (nobody.body as { field: string }).field]).toEqual([400, 'personId']);
  expect((await ask(world, 'patch', '/accounts/nothing', {})).status).toBe(404);
});

test('a deleted account can be had back for an hour, and its phone registers with the password it has', async () => {
  await world.parts.accounts.create('attic', 'Attic');
  const before = await world.parts.accounts.get('attic');
  await ask(world, 'delete', '/accounts/attic');
  expect(await world.parts.directory.account('attic')).toBeUndefined();
  const back = await ask(world, 'post', '/accounts/attic/restore');
  expect([back.status, back.body]).toMatchObject([200, { username: 'attic' }]);
  expect(await world.parts.directory.account('attic')).toEqual(before);
  expect((await ask(world, 'post', '/accounts/attic/restore')).status).toBe(409);
  await ask(world, 'delete', '/accounts/attic');
  await world.parts.accounts.create('attic', 'Another');
  expect((await ask(world, 'post', '/accounts/attic/restore')).status).toBe(409);
  await ask(world, 'delete', '/accounts/attic');
  world.clock.pass(3_600_000);
  expect((await ask(world, 'post', '/accounts/attic/restore')).status).toBe(404);
});

test('says since when a phone is registered, whatever it refreshed, and when it last called', async () => {
  await world.parts.accounts.create('porch', 'Porch');
  const since = new Date(world.clock.now()).toISOString();
  const register = () =>
    world.parts.directory.setBindings('porch', [
      {
        contact: 'sip:porch@[2001:db8::7]:5070',
        transport: 'tcp',
        address: '2001:db8::7',
        port: 5070,
        callId: 'c',
        cseq: 1,
        userAgent: 'Yealink',
        expiresAtMs: world.clock.now() + 60_000,
      },
    ]);
  await register();
  world.clock.pass(50_000);
  await register();
  const binding = { since, address: '[2001:db8::7]:5070', transport: 'tcp' };
  expect((await ask(world, 'get', '/accounts/porch')).body).toMatchObject({
    registered: [binding],
  });
  const meeting = await newMeeting(world);
  const who = { personId: 'p', account: 'porch', name: 'Porch' } as never;
  const visit = { room: meeting.id, role: 'participant', who, people: 0 } as const;
  await world.parts.admissions.admit({ ...visit, moderatorInside: true, admitted: false });
  expect((await ask(world, 'get', '/accounts/porch')).body).toMatchObject({
    lastCall: { at: new Date(world.clock.now()).toISOString(), meeting: meeting.id },
  });
});
