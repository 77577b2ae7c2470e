import type { signIn } from '../words/en/sign-in.ts';

type Reason = keyof (typeof signIn)['back'];
const REASONS: readonly Reason[] = ['cancelled', 'not-let-in', 'failed'];

/** Why the identity provider's page sent somebody back without a session, where it did. */
export function turnedBack(query: string): Reason | undefined {
  const reason = new URLSearchParams(query).get('sign-in');
  return REASONS.find((each) => each === reason);
}
