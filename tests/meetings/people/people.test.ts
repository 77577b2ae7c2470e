import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../meetings/rules/people.ts';
import { SCOPES } from '../../../meetings/rules/scopes.ts';
import { ADMIN_KEY, FROM, startMeetings } from '../../support/meetings.ts';
import type { TestMeetings } from '../../support/meetings.ts';

const HOUR_MS = 3_600_000;

let world: TestMeetings;
let ada: Person;
beforeEach(async () => {
  world = await startMeetings();
  ada = await hire('ada');
});
afterEach(() => world.stop());

async function hire(login: string): Promise<Person> {
  const made = await world.parts.people.known.create({ login, name: login, role: 'owner' });
  if (!made) throw new Error('taken');
  return made;
}

describe('a session', () => {
  test('ends after an hour without use, and after twelve whatever happens', async () => {
    const { sessions } = world.parts.people;
    const idle = await sessions.open(ada, FROM);
    const used = await sessions.open(ada, FROM);
    for (let half = 1; half < 24; half++) {
      world.clock.pass(HOUR_MS / 2);
      expect(await sessions.check(used.token), `${half / 2} h`).toBeDefined();
    }
    expect(await sessions.check(idle.token)).toBeUndefined();
    world.clock.pass(HOUR_MS / 2);
    expect(await sessions.check(used.token)).toBeUndefined();
  });

  test('is listed for its person alone, with where from and since when; who ends it is out', async () => {
    const { sessions } = world.parts.people;
    const ben = await hire('ben');
    await sessions.open(ben, FROM);
    const one = await sessions.open(ada, FROM);
    world.clock.pass(90_000);
    await sessions.check(one.token);
    const address = '192.0.2.9';
    const two = await sessions.open(ada, { address, userAgent: 'Other' });
    const listed = await sessions.list(ada);
    expect(listed).toMatchObject([
      { id: two.id, address, userAgent: 'Other', usedAtMs: world.clock.now() },
      { id: one.id, ...FROM, usedAtMs: world.clock.now(), madeAtMs: world.clock.now() - 90_000 },
    ]);
    expect(await sessions.endOf(ben.id, one.id)).toBe(false);
    expect(await sessions.endOf(ada.id, '../x')).toBe(false);
    expect(await sessions.endOf(ada.id, one.id)).toBe(true);
    expect(await sessions.check(one.token)).toBeUndefined();
    expect(await sessions.check(two.token)).toBeDefined();
  });

  test('of the administrator has no person, and none lists it', async () => {
    const { sessions } = world.parts.people;
    const opened = await sessions.open(undefined, FROM);
    expect(await sessions.check(opened.token)).toEqual({
      token: { kind: 'session', id: opened.id, expiresAtMs: opened.expiresAtMs },
    });
    expect(await sessions.list(ada)).toEqual([]);
  });

  test('is void with a word of it changed, and with another administrator’s key', async () => {
    const { sessions } = world.parts.people;
    const { token } = await sessions.open(ada, FROM);
    const [mark, claims = '', mac] = token.split('.');
    const forged = Buffer.from(claims, 'base64url')
      .toString()
      .replace(ada.id, 'p-bbbbbbbbbbbbbbbb');
    const text = [mark, Buffer.from(forged).toString('base64url'), mac].join('.');
    expect(await sessions.check(text)).toBeUndefined();
    const other = await startMeetings({ store: world.store, adminKey: `${ADMIN_KEY}-2` });
    expect(await other.parts.people.sessions.check(token)).toBeUndefined();
    await other.stop();
  });
});

describe('a key', () => {
  const wish = { name: 'Calendar', scopes: ['meetings:read'] } as const;

  test('is kept as a digest alone and opens what it was made for, for whom it was made', async () => {
    const { keys } = world.parts.people;
    const { text, key } = await keys.make(ada, wish);
    expect(text).toMatch(/^plk_[a-z2-7]{16}_[\w-]{43}$/);
    expect(JSON.stringify(await world.store.list('api-key:'))).not.toContain(text.slice(-43));
    expect(await keys.check(text)).toMatchObject({ key: wish, person: { id: ada.id } });
    const last = text.endsWith('A') ? 'B' : 'A';
    for (const wrong of [text.slice(0, -1) + last, `plk_${key.id}_`, 'plk_', '', `${text}x`])
      expect(await keys.check(wrong), wrong).toBeUndefined();
  });

  test('says when it was used last, to the minute', async () => {
    const { keys } = world.parts.people;
    const { text } = await keys.make(ada, wish);
    await keys.check(text);
    const first = world.clock.now();
    world.clock.pass(59_000);
    await keys.check(text);
    expect((await keys.list(ada.id))[0]?.lastUsedAtMs).toBe(first);
    world.clock.pass(1_000);
    await keys.check(text);
    expect((await keys.list(ada.id))[0]?.lastUsedAtMs).toBe(first + 60_000);
  });

  test('runs out at its time, used or not', async () => {
    const { keys } = world.parts.people;
    const { text } = await keys.make(ada, { ...wish, expiresAtMs: world.clock.now() + HOUR_MS });
    world.clock.pass(HOUR_MS - 1);
    expect(await keys.check(text)).toBeDefined();
    world.clock.pass(1);
    expect(await keys.check(text)).toBeUndefined();
    expect(await keys.list()).toEqual([]);
  });

  test('is revoked by its person, by nobody else’s hand', async () => {
    const { keys } = world.parts.people;
    const ben = await hire('ben');
    const { text, key } = await keys.make(ada, wish);
    expect(await keys.list(ben.id)).toEqual([]);
    expect(await keys.revoke(key.id, ben.id)).toBe(false);
    expect(await keys.check(text)).toBeDefined();
    expect(await keys.revoke(key.id, ada.id)).toBe(true);
    expect(await keys.check(text)).toBeUndefined();
  });
});

describe('whoever is disabled or deleted', () => {
  const out = {
    disabled: () => world.parts.people.office.change(ada.id, { disabled: true }),
    deleted: () => world.parts.people.office.remove(ada.id),
  };

  test.each(Object.keys(out) as (keyof typeof out)[])(
    'is out in the same moment, with sessions, keys and tickets: %s',
    async (how) => {
      const { sessions, keys, known } = world.parts.people;
      const { token } = await sessions.open(ada, FROM);
      const { text } = await keys.make(ada, { name: 'Key', scopes: SCOPES });
      const made = await world.parts.meetings.create({ name: 'Standup', owner: ada.id });
      if (!made.ok) throw new Error(made.reason);
      const wish = { name: 'Ada', role: 'moderator', personId: ada.id } as const;
      const { joinUrl } = await world.parts.tickets.personal(made.meeting, wish);
      const ticket = joinUrl.split('/join/')[1] ?? '';
      expect((await world.parts.tickets.check(ticket)).ok).toBe(true);
      const seen: unknown[] = [];
      const stop = known.subscribe((id) => {
        seen.push([id, sessions.check(token), keys.check(text)]);
      });
      await out[how]();
      stop();
      for (const [id, session, key] of seen as [string, Promise<unknown>, Promise<unknown>][])
        expect([id, await session, await key]).toEqual([ada.id, undefined, undefined]);
      expect(seen).toHaveLength(1);
      expect((await world.parts.tickets.check(ticket)).ok).toBe(false);
      expect(await known.isShutOut(ada.id)).toBe(true);
      expect(await sessions.list(ada)).toEqual([]);
    },
  );

  test('and enabled again finds no session and no key of before', async () => {
    const { sessions, keys, office, known } = world.parts.people;
    const { token } = await sessions.open(ada, FROM);
    const { text } = await keys.make(ada, { name: 'Key', scopes: SCOPES });
    // As a process leaves it that dies before it swept.
    await known.change(ada.id, { disabled: true });
    await office.change(ada.id, { disabled: false });
    expect(await sessions.check(token)).toBeUndefined();
    expect(await keys.check(text)).toBeUndefined();
    expect(await known.isShutOut(ada.id)).toBe(false);
  });
});

describe('a login', () => {
  test('is one person’s; deleted, it may be another’s', async () => {
    const { known, office } = world.parts.people;
    expect(await office.add({ login: 'ada', name: 'Other', role: 'owner' })).toBeUndefined();
    await known.delete(ada.id);
    const next = await hire('ada');
    expect(next.id).not.toBe(ada.id);
    expect((await known.byLogin('ADA'))?.id).toBe(next.id);
  });

  test('asked for twice at once is given once', async () => {
    const { known } = world.parts.people;
    const wish = { login: 'eve', name: 'Eve', role: 'observer' } as const;
    const made = await Promise.all([known.create(wish), known.create(wish), known.create(wish)]);
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
    expect((await known.list()).map(({ login }) => login)).toEqual(['ada', 'eve']);
  });
});

test('whom the provider vouches for is one person each time, as the provider says they are', async () => {
  const { known } = world.parts.people;
  const vouched = {
    issuer: 'https://id.example',
    subject: '42',
    name: 'Bea',
    role: 'observer',
  } as const;
  const both = await Promise.all([known.vouched(vouched), known.vouched(vouched)]);
  expect(new Set(both.map((each) => each?.id)).size).toBe(1);
  const again = await known.vouched({ ...vouched, name: 'Beatrice', role: 'moderator' });
  expect(again).toMatchObject({ id: both[0]?.id, name: 'Beatrice', role: 'moderator' });
  const other = await known.vouched({ ...vouched, issuer: 'https://other.example' });
  expect(other?.id).not.toBe(again?.id);
  expect((await known.list()).length).toBe(3);
});

test('programs name people as they like: none of their names is taken for one of ours', async () => {
  const { known } = world.parts.people;
  for (const name of ['user@example.org', 'p-short', 'ada', '..:x', ''])
    expect([await known.get(name), await known.isShutOut(name)]).toEqual([undefined, false]);
});
