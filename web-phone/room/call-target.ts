/** Whom `POST /calls` calls: a number as people type it, or a desk phone by its user name. */
export type CallTarget = { readonly number: string } | { readonly account: string };

/** User names begin with a letter, and numbers do not. */
export function callTarget(typed: string): CallTarget {
  const whom = typed.trim();
  return /^\p{L}/u.test(whom) ? { account: whom } : { number: whom };
}
