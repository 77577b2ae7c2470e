/** What the server refuses. Where it says why in English, that says more than we could. */
export const problems = {
  unreachable: 'The server did not answer. Check your network connection, then try again.',
  /** By the problem's type, or its type and field; what is not here is told in the server's words. */
  known: {} as Readonly<Record<string, string>>,
  again: 'Try again',
};
