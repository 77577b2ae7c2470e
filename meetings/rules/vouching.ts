import type { PersonRole } from '../../protocol/http/people.ts';
import { isPersonName } from './names.ts';

/** Whom an identity provider lets in, and as what. */
export interface RoleRules {
  /** The claim of the ID token that tells, a text or a list of texts. Dots lead inside. */
  readonly roleClaim: string;
  /** What its values make of somebody. */
  readonly roles: readonly (readonly [value: string, role: PersonRole])[];
  /** For those whom no value makes anything; absent: they are not let in. */
  readonly otherwise?: PersonRole | undefined;
}

const RANKED: readonly PersonRole[] = ['owner', 'moderator', 'participant', 'observer'];

/** The highest role that the claims give; `undefined`: they are not let in. */
export function roleIn(
  claims: Readonly<Record<string, unknown>>,
  { roleClaim, roles, otherwise }: RoleRules,
): PersonRole | undefined {
  const values = textsAt(claims, roleClaim.split('.'));
  const given = roles.filter(([value]) => values.includes(value)).map(([, role]) => role);
  return RANKED.find((role) => given.includes(role)) ?? otherwise;
}

/** What the provider calls them, as far as it is fit to be shown. */
export function nameIn(claims: Readonly<Record<string, unknown>>): string {
  const offered = [claims.name, claims.preferred_username, claims.email]
    .filter((each) => typeof each === 'string')
    .map((each) => each.normalize('NFC').trim());
  return offered.find(isPersonName) ?? 'Somebody';
}

/** A claim's name may itself hold dots, as URLs do. */
function textsAt(claims: Readonly<Record<string, unknown>>, path: readonly string[]): string[] {
  const whole = claims[path.join('.')];
  if (whole !== undefined) return textsOf(whole);
  const [first = '', ...rest] = path;
  const inner = claims[first];
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return [];
  return textsAt(inner as Readonly<Record<string, unknown>>, rest);
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === 'string');
}
