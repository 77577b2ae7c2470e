import type { OidcSettings } from './api/oidc/settings.ts';
import type { PersonRole } from './protocol/http/people.ts';
import type { SettingsReader } from './settings.ts';

const ROLES: readonly PersonRole[] = ['owner', 'moderator', 'participant', 'observer'];

/** What is set of an OpenID Connect provider; `undefined` where nothing is. */
export function readOidc(read: SettingsReader): OidcSettings | undefined {
  const issuer = read.text('OIDC_ISSUER');
  const clientId = read.text('OIDC_CLIENT_ID');
  const clientSecret = read.text('OIDC_CLIENT_SECRET');
  const otherwise = read.oneOf('OIDC_OTHERWISE', ['none', ...ROLES]);
  const roles = read.list('OIDC_ROLES', 'pairs such as admins=owner,staff=moderator', parseRole);
  if ([issuer, clientId, clientSecret].every((each) => each === '')) return undefined;
  if ([issuer, clientId, clientSecret].includes(''))
    read.faults.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all.');
  else if (!isIssuer(issuer))
    read.fault(
      'OIDC_ISSUER',
      'an address such as https://id.example.org, as the provider writes it',
    );
  if (roles.length === 0 && otherwise === 'none')
    read.faults.push('OIDC_ROLES or OIDC_OTHERWISE must let somebody in.');
  const scopes = read.text('OIDC_SCOPES');
  if (!scopes.split(' ').includes('openid'))
    read.fault('OIDC_SCOPES', 'scopes apart by blanks, openid among them');
  return {
    issuer,
    clientId,
    clientSecret,
    scopes,
    label: read.text('OIDC_LABEL'),
    roleClaim: read.text('OIDC_ROLE_CLAIM'),
    roles: roles.filter((each) => each !== undefined),
    ...(otherwise !== 'none' && { otherwise }),
  };
}

/** In the clear on this machine alone. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  if (search !== '' || hash !== '' || username !== '') return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

function parseRole(item: string): readonly [string, PersonRole] | undefined {
  const [, value = '', named] = /^(.+)=(\w+)$/.exec(item) ?? [];
  const role = ROLES.find((each) => each === named);
  return role && [value, role];
}
