/** What the trunk's server answered (RFC 3261 section 7.2), in its own words. */
interface Said {
  readonly status: number;
  /** Empty where it gave none. */
  readonly reason: string;
}

/** Why a trunk does not stand as it should. */
export type TrunkTrouble =
  /** It is to register, and has nothing to register with. */
  | { readonly kind: 'no-login' }
  /** Nothing answers our REGISTER. */
  | { readonly kind: 'no-answer' }
  /** It does not register, and nothing answers our OPTIONS. */
  | { readonly kind: 'no-answer-to-options' }
  /** The user name or the password is wrong. */
  | ({ readonly kind: 'login-refused' } & Said)
  /** REGISTER is refused for another reason. */
  | ({ readonly kind: 'registration-refused' } & Said)
  /** REGISTER fails, and is tried again soon. */
  | ({ readonly kind: 'registration-failed' } & Said);

const MOST_REASON = 100;

/** What was answered, as it may be shown to people. */
export function saidIn({ status, reason }: Said): Said {
  return { status, reason: reason.slice(0, MOST_REASON) };
}

/** One English sentence; the provider's own words, which may hold anything, are not in it. */
export function troubleSentence(trouble: TrunkTrouble): string {
  switch (trouble.kind) {
    case 'no-login':
      return 'It is to register and has no user name and password.';
    case 'no-answer':
      return 'The provider does not answer.';
    case 'no-answer-to-options':
      return 'The server does not answer OPTIONS.';
    case 'login-refused':
      return 'The provider does not take the user name and password.';
    case 'registration-refused':
      return `The provider refuses the registration (${trouble.status}).`;
    case 'registration-failed':
      return `The provider answers ${trouble.status}.`;
  }
}
