import type { Basics } from '../basics.ts';
import { faultIn, isUsable, loginOf } from '../rules/people.ts';
import type { Person } from '../rules/people.ts';
import { same } from '../rules/tickets.ts';
import type { Session, Sessions, SignedInFrom } from '../sessions.ts';
import type { Attempts } from './attempts.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { People } from './people.ts';

export type SignInResult =
  /** No person: the administrator's key opened it. */
  | { readonly kind: 'open'; readonly session: Session; readonly person?: Person }
  | { readonly kind: 'wrong' }
  /** The password was for one time: a new one must come with it. */
  | { readonly kind: 'replace' }
  /** The new password will not do. */
  | { readonly kind: 'unfit'; readonly why: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

export interface PasswordWish {
  readonly login: string;
  readonly password: string;
  readonly newPassword?: string | undefined;
}

export interface FirstOwner {
  readonly key: string;
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

interface Parts {
  readonly people: People;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly adminKey: string;
}

/** Who somebody is. Wrong keys and passwords are counted; a new session begins with each right one. */
export class SignIn {
  readonly #basics: Basics;
  readonly #parts: Parts;

  constructor(basics: Basics, parts: Parts) {
    this.#basics = basics;
    this.#parts = parts;
  }

  isAdminKey(key: string): boolean {
    return same(key, this.#parts.adminKey);
  }

  async byKey(key: string, from: SignedInFrom): Promise<SignInResult> {
    const attempt = await this.#parts.attempts.begin(from.address);
    if (attempt.kind === 'throttled') return attempt;
    if (!this.isAdminKey(key)) return { kind: 'wrong' };
    await attempt.right();
    return this.open(undefined, from);
  }

  /** A name nobody has, a wrong password and a disabled person look alike, and take as long. */
  async byPassword(wish: PasswordWish, from: SignedInFrom): Promise<SignInResult> {
    const login = loginOf(wish.login);
    const attempt = await this.#parts.attempts.begin(from.address, login);
    if (attempt.kind === 'throttled') return attempt;
    const person = await this.#parts.people.byLogin(login);
    if (!(await this.#isRight(person, wish.password)) || !person) return { kind: 'wrong' };
    await attempt.right();
    if (person.password?.oneTime === undefined) return this.open(person, from);
    if (wish.newPassword === undefined) return { kind: 'replace' };
    return this.#replace(person, { password: wish.password, newPassword: wish.newPassword }, from);
  }

  /** For somebody who is signed in. All their sessions end; a new one begins. */
  async changePassword(
    person: Person,
    wish: { readonly password: string; readonly newPassword: string },
    from: SignedInFrom,
  ): Promise<SignInResult> {
    const attempt = await this.#parts.attempts.begin(from.address, person.login ?? person.id);
    if (attempt.kind === 'throttled') return attempt;
    if (!(await this.#isRight(person, wish.password))) return { kind: 'wrong' };
    await attempt.right();
    return this.#replace(person, wish, from);
  }

  /** Whether nobody has an account yet: neither the first owner, nor whom the administrator's key has added. */
  async awaitsSetUp(): Promise<boolean> {
    if ((await this.#basics.store.get<true>(SET_UP)) === true) return false;
    return (await this.#parts.people.list()).length === 0;
  }

  /** Makes the first owner, once, for whoever has the administrator's key. */
  async setUp(wish: FirstOwner, from: SignedInFrom): Promise<SignInResult | { kind: 'taken' }> {
    const attempt = await this.#parts.attempts.begin(from.address);
    if (attempt.kind === 'throttled') return attempt;
    if (!this.isAdminKey(wish.key)) return { kind: 'wrong' };
    await attempt.right();
    const why = faultIn(wish.password, [wish.login, wish.name]);
    if (why !== undefined) return { kind: 'unfit', why };
    const hash = await hashPassword(wish.password);
    if (!(await this.#basics.store.create(SET_UP, { value: true }))) return { kind: 'taken' };
    const { login, name } = wish;
    const password = { hash };
    const made = await this.#parts.people.create({ login, name, role: 'owner', password });
    return made ? this.open(made, from) : { kind: 'taken' };
  }

  /** For somebody whom a key, a password or the identity provider has proved. */
  async open(person: Person | undefined, from: SignedInFrom): Promise<SignInResult> {
    const session = await this.#parts.sessions.open(person, from);
    if (person) await this.#parts.people.saw(person.id);
    return { kind: 'open', session, ...(person && { person }) };
  }

  async #isRight(person: Person | undefined, password: string): Promise<boolean> {
    const isOpen = person?.disabledAtMs === undefined;
    const isGood = isOpen && isUsable(person?.password, this.#basics.now());
    return isPassword(password, isGood ? person?.password?.hash : undefined);
  }

  async #replace(
    person: Person,
    { password, newPassword }: { readonly password: string; readonly newPassword: string },
    from: SignedInFrom,
  ): Promise<SignInResult> {
    const why =
      newPassword === password
        ? 'must be another one'
        : faultIn(newPassword, [person.login ?? '', person.name]);
    if (why !== undefined) return { kind: 'unfit', why };
    const hash = await hashPassword(newPassword);
    const after = await this.#parts.people.setPassword(person.id, { hash });
    if (!after) return { kind: 'wrong' };
    await this.#parts.sessions.sweep(person.id);
    return this.open(after, from);
  }
}

const SET_UP = 'set-up';
