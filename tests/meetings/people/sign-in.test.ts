import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword, isPassword } from '../../../meetings/people/passwords.ts';
import type { Person } from '../../../meetings/rules/people.ts';
import { ADMIN_KEY, FROM, startMeetings } from '../../support/meetings.ts';
import type { TestMeetings } from '../../support/meetings.ts';

const PASSWORD = 'correct horse battery';
const HASH = hashPassword(PASSWORD);
const DAY_MS = 24 * 3_600_000;

let world: TestMeetings;
let ada: Person;
beforeEach(async () => {
  world = await startMeetings();
  ada = await hire('ada');
});
afterEach(() => world.stop());

async function hire(login: string): Promise<Person> {
  const password = { hash: await HASH };
  const { known } = world.parts.people;
  const made = await known.create({ login, name: 'Ada', role: 'owner', password });
  if (!made) throw new Error('taken');
  return made;
}

function signIn(login: string, password: string, address: string = FROM.address) {
  const { signIn: desk } = world.parts.people;
  return desk.byPassword({ login, password }, { ...FROM, address });
}

async function enter(login = 'ada', password = PASSWORD): Promise<string> {
  const result = await signIn(login, password);
  if (result.kind !== 'open') throw new Error(result.kind);
  return result.session.token;
}

describe('a password', () => {
  test('is kept as argon2id alone, with a salt of its own each time', async () => {
    const [one, other] = [await HASH, await hashPassword(PASSWORD)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(JSON.stringify(await world.store.list('person'))).not.toContain(PASSWORD);
  });

  test('is the same however a keyboard composes its letters', async () => {
    const hash = await hashPassword('Zu\u0308rich liegt am See');
    expect(await isPassword('Z\u00fcrich liegt am See', hash)).toBe(true);
    expect(await isPassword('Zurich liegt am See', hash)).toBe(false);
  });

  test('that nobody has is compared all the same, and is wrong', async () => {
    expect(await isPassword('nobody has this password', undefined)).toBe(false);
  });

  test('opens a session for who knows it, in capitals or not; the person is seen', async () => {
    const result = await signIn(' ADA ', PASSWORD);
    expect(result).toMatchObject({ kind: 'open', person: { id: ada.id } });
    expect((await world.parts.people.known.get(ada.id))?.lastSeenAtMs).toBe(world.clock.now());
  });

  test.each([
    ['a wrong one', 'ada', 'wrong'],
    ['a name nobody has', 'eve', PASSWORD],
    ['no name at all', '', PASSWORD],
    ['an odd name', '../../person:x', PASSWORD],
  ])('is refused alike: %s', async (_, login, password) => {
    expect(await signIn(login, password)).toEqual({ kind: 'wrong' });
  });

  test('of somebody disabled is refused as a wrong one is', async () => {
    await world.parts.people.office.change(ada.id, { disabled: true });
    expect(await signIn('ada', PASSWORD)).toEqual({ kind: 'wrong' });
  });

  test('of somebody whom the identity provider alone vouches for there is none', async () => {
    const name = 'Bea';
    const vouched = { issuer: 'https://id.example', subject: '1', name, role: 'owner' } as const;
    await world.parts.people.known.vouched(vouched);
    expect(await signIn('bea', '')).toEqual({ kind: 'wrong' });
  });
});

describe('guessing', () => {
  test('from one address: the sixth is not looked at, whatever name it is for; right ones count for nothing', async () => {
    for (let n = 0; n < 8; n++) await enter();
    for (let n = 0; n < 5; n++) expect((await signIn(`name-${n}`, 'wrong')).kind).toBe('wrong');
    expect(await signIn('ada', PASSWORD)).toEqual({ kind: 'throttled', retryAfterMs: 900_000 });
    expect((await signIn('ada', PASSWORD, '192.0.2.2')).kind).toBe('open');
    world.clock.pass(900_000);
    expect((await signIn('ada', PASSWORD)).kind).toBe('open');
  });

  test('by key and by password fill one limit', async () => {
    const { signIn: desk } = world.parts.people;
    for (let n = 0; n < 3; n++) await desk.byKey('wrong', FROM);
    for (let n = 0; n < 2; n++) await signIn('ada', 'wrong');
    expect((await desk.byKey(ADMIN_KEY, FROM)).kind).toBe('throttled');
  });

  test.each(['ada', 'nobody'])(
    'one name (%s) from many addresses: the 21st is not looked at; where its person was before they come in',
    async (login) => {
      if (login === 'ada') await enter();
      for (let n = 0; n < 20; n++)
        expect((await signIn(login, 'wrong', `198.51.100.${n}`)).kind).toBe('wrong');
      expect((await signIn(login, PASSWORD, '198.51.100.99')).kind).toBe('throttled');
      const home = await signIn(login, PASSWORD);
      expect(home.kind).toBe(login === 'ada' ? 'open' : 'throttled');
      const [alarm] = await world.parts.alarms.list();
      expect(alarm).toMatchObject({ kind: 'login', who: 'many addresses' });
    },
  );
});

describe('a one-time password', () => {
  async function invite() {
    const made = await world.parts.people.office.add({
      login: 'ben',
      name: 'Ben',
      role: 'moderator',
    });
    if (!made) throw new Error('taken');
    return made;
  }

  test('opens nothing by itself; with a new one it opens once', async () => {
    const { oneTimePassword, person } = await invite();
    const { signIn: desk } = world.parts.people;
    const wish = { login: 'ben', password: oneTimePassword };
    expect(oneTimePassword).toMatch(/^[a-z2-7]{5}(-[a-z2-7]{5}){3}$/);
    expect(await desk.byPassword(wish, FROM)).toEqual({ kind: 'replace' });
    const fresh = { ...wish, newPassword: 'staple of another kind' };
    expect(await desk.byPassword(fresh, FROM)).toMatchObject({ person: { id: person.id } });
    expect(await desk.byPassword(fresh, FROM)).toEqual({ kind: 'wrong' });
    expect((await signIn('ben', 'staple of another kind')).kind).toBe('open');
  });

  test('runs out after a week', async () => {
    const { oneTimePassword } = await invite();
    world.clock.pass(7 * DAY_MS);
    expect(await signIn('ben', oneTimePassword)).toEqual({ kind: 'wrong' });
  });

  test.each([
    ['too short', 'elevenchars', 'must have 12 characters or more'],
    ['one letter again and again', 'aaaaaaaaaaaaaa', 'must have more different characters'],
    ['the login and more', 'benedict-BENEDICT', 'must not contain your name'],
    ['endless', 'abcdef'.repeat(40), 'must have 200 characters or fewer'],
  ])('is not replaced by one that is %s', async (_, newPassword, why) => {
    const made = await world.parts.people.office.add({
      login: 'benedict',
      name: 'Ben',
      role: 'owner',
    });
    const wish = { login: 'benedict', password: made?.oneTimePassword ?? '', newPassword };
    expect(await world.parts.people.signIn.byPassword(wish, FROM)).toEqual({ kind: 'unfit', why });
  });

  test('comes with a reset, which ends the sessions there were; the old password is good no more', async () => {
    const token = await enter();
    const made = await world.parts.people.office.reset(ada.id);
    expect(await world.parts.people.sessions.check(token)).toBeUndefined();
    expect(await signIn('ada', PASSWORD)).toEqual({ kind: 'wrong' });
    expect(await signIn('ada', made?.oneTimePassword ?? '')).toEqual({ kind: 'replace' });
  });
});

test('with a new password all other sessions end; a new one begins', async () => {
  const [one, other] = [await enter(), await enter()];
  const { signIn: desk, sessions } = world.parts.people;
  const wrong = { password: 'wrong', newPassword: 'staple of another kind' };
  expect(await desk.changePassword(ada, wrong, FROM)).toEqual({ kind: 'wrong' });
  const same = { password: PASSWORD, newPassword: PASSWORD };
  expect((await desk.changePassword(ada, same, FROM)).kind).toBe('unfit');
  expect(await sessions.check(one)).toBeDefined();
  const changed = await desk.changePassword(ada, { ...wrong, password: PASSWORD }, FROM);
  if (changed.kind !== 'open') throw new Error(changed.kind);
  for (const old of [one, other]) expect(await sessions.check(old)).toBeUndefined();
  expect(await sessions.check(changed.session.token)).toMatchObject({ person: { id: ada.id } });
});

describe('the setup', () => {
  const first = { key: ADMIN_KEY, login: 'first', name: 'First', password: PASSWORD };

  test('makes one owner for who has the administrator’s key, and never another', async () => {
    const { signIn: desk, known } = world.parts.people;
    // Whom the key itself has added signs in by name.
    expect(await desk.awaitsSetUp()).toBe(false);
    await known.delete(ada.id);
    expect(await desk.awaitsSetUp()).toBe(true);
    expect(await desk.setUp({ ...first, key: 'wrong' }, FROM)).toEqual({ kind: 'wrong' });
    expect((await desk.setUp({ ...first, password: 'short' }, FROM)).kind).toBe('unfit');
    const made = await desk.setUp(first, FROM);
    expect(made).toMatchObject({ kind: 'open', person: { role: 'owner', login: 'first' } });
    expect(await desk.awaitsSetUp()).toBe(false);
    expect(await desk.setUp({ ...first, login: 'second' }, FROM)).toEqual({ kind: 'taken' });
    expect(await known.byLogin('second')).toBeUndefined();
  });

  test('asked for twice at once makes one owner', async () => {
    const { signIn: desk } = world.parts.people;
    const both = await Promise.all(
      ['one', 'two'].map((login) => desk.setUp({ ...first, login }, FROM)),
    );
    expect(both.map(({ kind }) => kind).sort()).toEqual(['open', 'taken']);
  });

  test('wrong keys count as at the door', async () => {
    const { signIn: desk } = world.parts.people;
    for (let n = 0; n < 5; n++) await desk.setUp({ ...first, key: 'wrong' }, FROM);
    expect((await desk.setUp(first, FROM)).kind).toBe('throttled');
  });
});
