import { expect, test } from 'vitest';
import { readOidc } from '../oidc-settings.ts';
import { SettingsReader } from '../settings.ts';

const SET = {
  OIDC_ISSUER: 'https://id.example.org/realms/house',
  OIDC_CLIENT_ID: 'partyline',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-tests',
  OIDC_ROLES: 'admins=owner, /house/staff=moderator',
};

function faultsOf(env: Record<string, string>): readonly string[] {
  const read = new SettingsReader(env);
  readOidc(read);
  return read.faults;
}

test('nothing set is no provider', () => {
  const read = new SettingsReader({});
  expect(readOidc(read)).toBeUndefined();
  expect(read.faults).toEqual([]);
});

test('a provider is read with whom it lets in', () => {
  const read = new SettingsReader({ ...SET, OIDC_OTHERWISE: 'participant' });
  expect(readOidc(read)).toEqual({
    issuer: SET.OIDC_ISSUER,
    clientId: 'partyline',
    clientSecret: SET.OIDC_CLIENT_SECRET,
    scopes: 'openid profile email',
    label: 'your organisation',
    roleClaim: 'groups',
    roles: [
      ['admins', 'owner'],
      ['/house/staff', 'moderator'],
    ],
    otherwise: 'participant',
  });
  expect(read.faults).toEqual([]);
});

test.each([
  ['without its secret', { OIDC_CLIENT_SECRET: '' }, 'go together'],
  ['in the clear, elsewhere', { OIDC_ISSUER: 'http://id.example.org' }, 'OIDC_ISSUER'],
  ['with a query', { OIDC_ISSUER: 'https://id.example.org/?a=b' }, 'OIDC_ISSUER'],
  ['with an unknown role', { OIDC_ROLES: 'admins=king' }, 'OIDC_ROLES'],
  ['with nobody let in', { OIDC_ROLES: '' }, 'must let somebody in'],
  ['without openid', { OIDC_SCOPES: 'profile' }, 'OIDC_SCOPES'],
])('a provider %s is a fault, and its secret is not repeated', (_, part, word) => {
  const faults = faultsOf({ ...SET, ...part }).join(' ');
  expect(faults).toContain(word);
  expect(faults).not.toContain(SET.OIDC_CLIENT_SECRET);
});

test('on this machine it may speak in the clear', () => {
  for (const host of ['127.0.0.1:8443', 'localhost', '[::1]:9000'])
    expect(faultsOf({ ...SET, OIDC_ISSUER: `http://${host}` }), host).toEqual([]);
});
