import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type { MeetingView, TrunkView } from '../../protocol/http/views.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

let world: TestApi;
beforeEach(async () => {
  world = await startTestApi();
});
afterEach(() => world.stop());

const PASSWORD = 'a-password-of-the-provider';
const wish = {
  name: 'provider',
  server: 'sip.example.org:5060',
  username: 'acme',
  password: PASSWORD,
  register: true,
  addresses: ['192.0.2.0/24'],
  numbers: [{ number: '+4930901234', label: 'Berlin', language: 'de' as const }],
};
const standard = { transport: 'udp', outbound: false, trustsCallerId: true };

test('it is shown as it was made, but for its password', async () => {
  const made = await ask(world, 'post', '/trunks', wish);
  const shown: Record<string, unknown> = { ...standard, ...wish, hasPassword: true };
  delete shown.password;
  expect([made.status, made.body]).toEqual([201, shown]);
  expect(made.headers.location).toBe('/api/v1/trunks/provider');
  expect((await ask(world, 'get', '/trunks/provider')).body).toEqual(shown);
  expect((await ask(world, 'get', '/trunks')).body).toEqual([shown]);
});

test('it tells how its line stands, as the gateway sees it', async () => {
  await world.stop();
  const trouble = {
    kind: 'registration-refused',
    status: 403,
    reason: 'Account suspended',
  } as const;
  const detail = 'The provider refuses the registration (403).';
  const refused = { state: 'refused', trouble, detail } as const;
  world = await startTestApi({ trunkLines: () => [{ name: 'provider', ...refused }] });
  const made = (await ask(world, 'post', '/trunks', wish)).body as TrunkView;
  expect(made.line).toEqual(refused);
  const other = { ...wish, name: 'other', numbers: [] };
  expect((await ask(world, 'post', '/trunks', other)).body).not.toHaveProperty('line');
});

test('the gateway has it with its password, and is told of each change', async () => {
  let told = 0;
  world.parts.directory.subscribeTrunks(() => (told += 1));
  await ask(world, 'post', '/trunks', wish);
  await ask(world, 'patch', '/trunks/provider', { outbound: true });
  const trunks: readonly Trunk[] = await world.parts.directory.trunks();
  expect(trunks).toEqual([{ ...standard, ...wish, outbound: true }]);
  await ask(world, 'delete', '/trunks/provider');
  expect([told, await world.parts.directory.trunks()]).toEqual([3, []]);
});

test('no answer and no log line holds the password', async () => {
  const answers = [
    await ask(world, 'post', '/trunks', wish),
    await ask(world, 'patch', '/trunks/provider', { outbound: true }),
    await ask(world, 'post', '/trunks', wish),
    await ask(world, 'get', '/trunks'),
  ];
  expect(JSON.stringify([answers.map(({ text }) => text), world.lines])).not.toContain(PASSWORD);
});

test('its numbers reach the reception in their language, and are shown with each meeting', async () => {
  const { id } = await newMeeting(world);
  await ask(world, 'post', '/trunks', wish);
  expect(await world.parts.directory.dialled('+4930901234', '192.0.2.1')).toEqual({
    kind: 'reception',
    language: 'de',
  });
  expect(await world.parts.directory.dialled('+4930901235', '192.0.2.1')).toEqual({
    kind: 'unknown',
  });
  const { dialIn } = (await ask(world, 'get', `/meetings/${id}`)).body as MeetingView;
  expect(dialIn).toEqual([
    { label: 'Access number', number: '7000', uri: 'sip:7000@127.0.0.1:5060' },
    { label: 'Berlin', number: '+4930901234', uri: 'tel:+4930901234', language: 'de' },
  ]);
  await ask(world, 'patch', '/trunks/provider', { numbers: [] });
  expect((await ask(world, 'get', `/meetings/${id}`)).body).toMatchObject({
    dialIn: [{ number: '7000' }],
  });
});

test('after a restart its numbers are known', async () => {
  await ask(world, 'post', '/trunks', wish);
  const { openMeetings } = await import('../../meetings/open.ts');
  const again = await openMeetings(world.settings);
  expect(again.trunks.known).toHaveLength(1);
  await again.stop();
});

test('null takes the password away; what is not named stays', async () => {
  await ask(world, 'post', '/trunks', wish);
  const changed = await ask(world, 'patch', '/trunks/provider', {
    password: null,
    register: false,
    server: 'pbx:5061',
    transport: 'tls',
  });
  expect(changed.body).toMatchObject({
    hasPassword: false,
    username: 'acme',
    server: 'pbx:5061',
    transport: 'tls',
    numbers: wish.numbers,
  } satisfies Partial<TrunkView>);
});

const faults: readonly (readonly [string, object, number, string])[] = [
  ['registering without a name', { ...wish, username: undefined }, 400, 'username'],
  [
    'numbers that anybody could pretend to be',
    { name: 'x', server: 'a:1', numbers: wish.numbers },
    400,
    'addresses',
  ],
  ['a number twice', { ...wish, numbers: [...wish.numbers, ...wish.numbers] }, 409, 'numbers'],
];
test.each(faults)('%s is refused', async (_, body, status, field) => {
  const answered = await ask(world, 'post', '/trunks', body);
  expect([answered.status, answered.body]).toMatchObject([status, { field }]);
  expect((await ask(world, 'get', '/trunks')).body).toEqual([]);
});

test('a name and a number belong to one trunk, a change into a fault changes nothing', async () => {
  await ask(world, 'post', '/trunks', wish);
  expect((await ask(world, 'post', '/trunks', wish)).body).toMatchObject({ field: 'name' });
  const second = { ...wish, name: 'second' };
  expect((await ask(world, 'post', '/trunks', second)).body).toMatchObject({ field: 'numbers' });
  await ask(world, 'post', '/trunks', { ...second, numbers: [] });
  const stolen = await ask(world, 'patch', '/trunks/second', { numbers: wish.numbers });
  expect(stolen.body).toMatchObject({ status: 409, field: 'numbers' });
  expect((await ask(world, 'get', '/trunks/second')).body).toMatchObject({ numbers: [] });
});

test('of two of one name at the same moment one is made', async () => {
  const trunk = { ...standard, ...wish } as Trunk;
  const made = await Promise.all([1, 2, 3].map(() => world.parts.trunks.create(trunk)));
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
});

test('names that are none reach nothing', async () => {
  for (const name of ['nobody', 'A', '..%2f', '__proto__', 'a'.repeat(99)])
    for (const method of ['get', 'delete'] as const)
      expect((await ask(world, method, `/trunks/${name}`)).status).toBe(404);
});

test('its server is asked at once, and what it said is told', async () => {
  await world.stop();
  const said = { answered: true, status: 200, reason: 'OK', ms: 12, agent: 'Telco SBC' } as const;
  const testTrunk = (name: string) => Promise.resolve(name === 'provider' ? said : undefined);
  world = await startTestApi({ testTrunk });
  await ask(world, 'post', '/trunks', wish);
  expect((await ask(world, 'post', '/trunks/provider/test')).body).toEqual(said);
  expect((await ask(world, 'post', '/trunks/nobody/test')).status).toBe(404);
});
