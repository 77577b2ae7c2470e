import type { PersonRole } from '../../protocol/http/people.ts';

/** Somebody with an account, as the store keeps them. Times are milliseconds since 1970. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  /** What they sign in with; absent where they come by the identity provider alone. */
  readonly login?: string;
  readonly password?: KeptPassword;
  readonly createdAtMs: number;
  readonly disabledAtMs?: number;
  /** Sessions of an earlier era are over, whatever they say. */
  readonly era: number;
  /** So are keys of an earlier key era. A new password leaves them. */
  readonly keyEra: number;
  readonly lastSeenAtMs?: number;
}

export interface KeptPassword {
  /** argon2id, in PHC string format (RFC 9106). */
  readonly hash: string;
  /** One-time passwords run out, and must be replaced when they are used. */
  readonly oneTime?: { readonly expiresAtMs: number };
}

/** What of a person can be changed by those who run people. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: PersonRole | undefined;
  readonly disabled?: boolean | undefined;
}

const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 200;

/** 2 to 64 small letters, digits and `. _ - @ +`, beginning with a letter or digit: an e-mail address fits. */
export function isLogin(text: string): boolean {
  return /^[a-z0-9][a-z0-9._@+-]{1,63}$/.test(text);
}

/** As it is looked up: people write their own name in capitals. */
export function loginOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** What a password must be, or why it is not. Length is what counts (NIST SP 800-63B section 5.1.1.2). */
export function faultIn(password: string, about: readonly string[]): string | undefined {
  const { length } = [...password];
  if (length < PASSWORD_LEAST) return `must have ${PASSWORD_LEAST} characters or more`;
  if (length > PASSWORD_MOST) return `must have ${PASSWORD_MOST} characters or fewer`;
  if (new Set(password).size < 5) return 'must have more different characters';
  const plain = password.toLowerCase();
  if (about.some((word) => word.length >= 4 && plain.includes(word.toLowerCase())))
    return 'must not contain your name';
  return undefined;
}

/** The same password, however the keyboard composed it. */
export function composed(password: string): string {
  return password.normalize('NFKC');
}

/** Disabling ends all sessions and keys for good: enabling again does not bring them back. */
export function changedPerson(person: Person, change: PersonChange, nowMs: number): Person {
  const { disabledAtMs, ...rest } = person;
  const isDisabled = change.disabled ?? disabledAtMs !== undefined;
  const isNewlyDisabled = isDisabled && disabledAtMs === undefined;
  return {
    ...rest,
    name: change.name ?? person.name,
    role: change.role ?? person.role,
    era: person.era + (isNewlyDisabled ? 1 : 0),
    keyEra: person.keyEra + (isNewlyDisabled ? 1 : 0),
    ...(isDisabled && { disabledAtMs: disabledAtMs ?? nowMs }),
  };
}

/** With a new password every session begins anew. */
export function withPassword(person: Person, password: KeptPassword): Person {
  return { ...person, password, era: person.era + 1 };
}

/** Whether the password is still good for signing in. */
export function isUsable(password: KeptPassword | undefined, nowMs: number): boolean {
  if (!password) return false;
  return password.oneTime === undefined || password.oneTime.expiresAtMs > nowMs;
}
