import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OidcSettings } from '../../api/oidc/settings.ts';
import { startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { CLIENT, IdentityProvider } from '../support/identity-provider.ts';
import type { NextSignIn } from '../support/identity-provider.ts';

let provider: IdentityProvider;
let world: TestApi;
beforeAll(async () => {
  provider = await IdentityProvider.start();
  world = await startTestApi({ oidc: settings() });
});
afterAll(async () => {
  await world.stop();
  await provider.stop();
});
beforeEach(() => (provider.next = { claims: { sub: 'ada', name: 'Ada', groups: ['staff'] } }));

function settings(more: Partial<OidcSettings> = {}): OidcSettings {
  return {
    issuer: provider.issuer,
    ...CLIENT,
    scopes: 'openid profile',
    label: 'the house',
    roleClaim: 'groups',
    roles: [
      ['staff', 'moderator'],
      ['admins', 'owner'],
    ],
    ...more,
  };
}

interface Begun {
  readonly cookie: string;
  readonly wayBack: URL;
}

/** Goes to the provider as a browser does, up to where it is sent back. */
async function begin(from: TestApi = world): Promise<Begun> {
  const sent = await request(from.api.url).get('/oidc/sign-in');
  expect(sent.status).toBe(302);
  const cookie = (sent.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const back = await fetch(sent.headers.location ?? '', { redirect: 'manual' });
  return { cookie, wayBack: new URL(back.headers.get('location') ?? '') };
}

function comeBack({ cookie, wayBack }: Begun, from: TestApi = world) {
  return request(from.api.url)
    .get(wayBack.pathname + wayBack.search)
    .set('cookie', cookie);
}

async function signIn(next?: NextSignIn, from: TestApi = world) {
  if (next) provider.next = next;
  return comeBack(await begin(from), from);
}

/** Who is signed in by the cookie of that answer. */
async function shown(answered: request.Response): Promise<unknown> {
  const cookies = answered.headers['set-cookie'] as unknown as readonly string[] | undefined;
  const cookie = cookies?.find((each) => each.startsWith('partyline_session='))?.split(';')[0];
  const asked = await request(world.api.url)
    .get('/api/v1/session')
    .set('cookie', cookie ?? '');
  return asked.body as unknown;
}

test('whom the provider vouches for is in, with the role that their claim gives', async () => {
  const answered = await signIn();
  expect([answered.status, answered.headers.location]).toEqual([302, '/console']);
  expect(await shown(answered)).toMatchObject({ signedIn: true, name: 'Ada', role: 'moderator' });
  const again = await signIn({ claims: { sub: 'ada', name: 'Ada L.', groups: ['x', 'admins'] } });
  expect(await shown(again)).toMatchObject({ name: 'Ada L.', role: 'owner' });
  const people = await world.parts.people.known.list();
  expect(people.filter(({ name }) => name.startsWith('Ada'))).toHaveLength(1);
});

test('the journey is remembered in a cookie no script reads, and the provider is asked with PKCE, state and nonce', async () => {
  const sent = await request(world.api.url).get('/oidc/sign-in');
  expect(sent.headers['set-cookie']?.[0]).toMatch(/^partyline_oidc=.*HttpOnly; SameSite=Lax$/);
  const asked = new URL(sent.headers.location ?? '').searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['code_challenge', 'state', 'nonce'])
    expect(asked.get(name), name).toMatch(/^[\w-]{43}$/);
  expect(asked.get('redirect_uri')).toBe(`${world.api.url}/oidc/callback`);
  expect(sent.headers.location).not.toContain(CLIENT.clientSecret);
});

test('the page is told that the provider is there', async () => {
  const asked = await request(world.api.url).get('/api/v1/session');
  expect(asked.body).toMatchObject({ ways: { provider: 'the house' } });
});

describe('nobody is let in', () => {
  const claims = { sub: 'eve', name: 'Eve', groups: ['staff'] };
  const cases: readonly (readonly [string, NextSignIn, why: string])[] = [
    ['whose token was signed with another key', { claims, forged: true }, 'failed'],
    ['whose token was made for another request', { claims, nonce: 'another' }, 'failed'],
    ['whose token was made for another server', { claims, audience: 'another' }, 'failed'],
    ['who turned back at the provider', { claims, error: 'access_denied' }, 'cancelled'],
    ['whom the provider failed', { claims, error: 'server_error' }, 'failed'],
    ['whom no claim gives a role', { claims: { ...claims, groups: ['guests'] } }, 'not-let-in'],
    ['who has no such claim', { claims: { sub: 'eve' } }, 'not-let-in'],
    ['whose claim is no text', { claims: { ...claims, groups: [['staff'], 7] } }, 'not-let-in'],
  ];
  test.each(cases)('%s', async (_, next, why) => {
    const answered = await signIn(next);
    expect(answered.headers.location).toBe(`/console?sign-in=${why}`);
    expect(await shown(answered)).toMatchObject({ signedIn: false });
    const people = await world.parts.people.known.list();
    expect(people.some(({ name }) => name === 'Eve')).toBe(false);
  });

  test('who brings the way back of somebody else’s journey', async () => {
    const [own, other] = [await begin(), await begin()];
    for (const cookie of [own.cookie, 'partyline_oidc=e30', 'partyline_oidc=%', '']) {
      const answered = await comeBack({ cookie, wayBack: other.wayBack });
      expect(answered.headers.location, cookie).toBe('/console?sign-in=failed');
      expect(await shown(answered)).toMatchObject({ signedIn: false });
    }
  });

  test('who comes back a second time', async () => {
    const begun = await begin();
    expect((await comeBack(begun)).headers.location).toBe('/console');
    expect((await comeBack(begun)).headers.location).toBe('/console?sign-in=failed');
  });

  test('who was disabled here', async () => {
    provider.next = { claims: { sub: 'ben', name: 'Ben', groups: ['staff'] } };
    await signIn();
    const ben = (await world.parts.people.known.list()).find(({ name }) => name === 'Ben');
    await world.parts.people.office.change(ben?.id ?? '', { disabled: true });
    expect((await signIn()).headers.location).toBe('/console?sign-in=not-let-in');
  });
});

test('a provider that is away turns people back, and is asked again the next time', async () => {
  const gone = await IdentityProvider.start();
  const away = settings({ issuer: gone.issuer });
  await gone.stop();
  const other = await startTestApi({ oidc: away });
  const sent = await request(other.api.url).get('/oidc/sign-in');
  expect(sent.headers.location).toBe('/console?sign-in=failed');
  expect(JSON.stringify(other.lines)).not.toContain(CLIENT.clientSecret);
  await other.stop();
});

test('where none is set there is no such address', async () => {
  const plain = await startTestApi();
  for (const path of ['/oidc/sign-in', '/oidc/callback'])
    expect((await request(plain.api.url).get(path)).status).toBe(404);
  await plain.stop();
});

test('over https the journey is for this very host alone', async () => {
  const tls = await startTestApi({ oidc: settings(), publicUrl: () => 'https://meet.example' });
  const sent = await request(tls.api.url).get('/oidc/sign-in');
  expect(sent.headers['set-cookie']?.[0]).toMatch(/^__Host-partyline_oidc=.*Path=\/; .*Secure/);
  await tls.stop();
});
