import type { RoleRules } from '../../meetings/rules/vouching.ts';

/** An OpenID Connect provider (OpenID Connect Core 1.0) that people sign in with. */
export interface OidcSettings extends RoleRules {
  /** Its issuer identifier; `https`, or `http` on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What is asked for, apart by blanks; `openid` among them. */
  readonly scopes: string;
  /** What the button says. */
  readonly label: string;
}
