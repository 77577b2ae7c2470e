import type { PersonView } from '../../protocol/http/people.ts';
import type { Product } from './product.ts';

/** What somebody signs in with for the first time. */
export interface FirstSignIn {
  readonly login: string;
  readonly password: string;
  readonly newPassword: string;
}

/** Makes somebody who is named as they sign in, with a capital. */
export async function newcomer(product: Product, login: string): Promise<FirstSignIn> {
  const name = login[0]?.toUpperCase() + login.slice(1);
  const { oneTimePassword = '' } = await product.api<PersonView>('POST', '/people', {
    ...{ login, name, role: 'participant' },
  });
  return { login, password: oneTimePassword, newPassword: 'a long enough password for tests' };
}

/** Runs in a page of ours. */
export async function signIn(body: FirstSignIn): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const sent = { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch('/api/v1/session', sent);
  if (!answer.ok) throw new Error(await answer.text());
}
