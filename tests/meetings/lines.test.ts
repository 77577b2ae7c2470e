import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../meetings/rules/people.ts';
import { usernameFrom } from '../../meetings/rules/names.ts';
import { newMeeting } from '../support/api.ts';
import { startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

let world: TestMeetings;
beforeEach(async () => {
  world = await startMeetings();
});
afterEach(() => world.stop());

async function person(login: string, name: string): Promise<Person> {
  const made = await world.parts.people.known.create({ login, name, role: 'participant' });
  if (!made) throw new Error('the login is taken');
  return made;
}

const dialled = (user: string) => world.parts.directory.dialled(user, '192.0.2.1');

test('a person’s telephone is made once, with an extension that calls it', async () => {
  const { lines } = world.parts;
  const ada = await person('ada', 'Ada');
  const first = await lines.open(ada);
  const again = await lines.open(ada);
  expect([first.account.username, first.account.extension]).toEqual(['ada', '201']);
  expect(again.account.username).toBe('ada');
  const account = { kind: 'account', username: 'ada', name: 'Ada', number: '201' };
  expect(await dialled('201')).toEqual(account);
  expect(await dialled('ada')).toEqual(account);
  expect(await lines.entries()).toEqual([{ username: 'ada', name: 'Ada', extension: '201' }]);
});

test('where the name is an account’s already, and the extension a meeting’s, others are found', async () => {
  await world.parts.accounts.create('ada', 'Somebody else');
  await newMeeting(world, { extension: '201' });
  const { account } = await world.parts.lines.open(await person('ada', 'Ada'));
  expect(account.username).toMatch(/^ada-[a-z2-7]{4}$/);
  expect(account.extension).toBe('202');
});

test('one’s own desk phone is the telephone that one has', async () => {
  const ada = await person('ada', 'Ada');
  await world.parts.accounts.create('desk-7', 'Ada');
  await world.parts.accounts.change('desk-7', { personId: ada.id });
  expect((await world.parts.lines.open(ada)).account.username).toBe('desk-7');
});

test('credentials are the account’s until they run out, or it is deleted', async () => {
  const { lines, directory, accounts } = world.parts;
  const { sip } = await lines.open(await person('ada', 'Ada'));
  expect(sip.uri).toMatch(/^sip:ada@/);
  expect((await directory.lineCredential(sip.username))?.account.name).toBe('Ada');
  expect(await directory.lineCredential('line-aaaaaaaaaaaaaaaa')).toBeUndefined();
  await accounts.delete('ada');
  expect(await directory.lineCredential(sip.username)).toBeUndefined();
});

test('an extension is one thing: a meeting, or a telephone', async () => {
  const { lines, accounts } = world.parts;
  await accounts.create('desk', 'Desk');
  await newMeeting(world, { extension: '42' });
  expect(await lines.number('desk', '42')).toBe(false);
  expect(await lines.number('desk', '43')).toBe(true);
  await expect(newMeeting(world, { extension: '43' })).rejects.toThrow();
  expect(await lines.number('desk', '44')).toBe(true);
  expect(await dialled('43')).toEqual({ kind: 'unknown' });
  expect(await lines.number('desk', '7000')).toBe(false);
});

test.each([
  ['Ada.Lovelace@example.org', 'ada-lovelace'],
  ['Jürgen Groß', 'ju-rgen-gro'],
  ['12', 'phone'],
  ['web-x', 'phone'],
])('%s has the account %s', (text, username) => {
  expect(usernameFrom(text)).toBe(username);
});
