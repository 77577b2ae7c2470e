/** What the server refuses. Where it says why in English, that says more than we could. */
export const problems = {
  unreachable: 'The server did not answer. Check your network connection, then try again.',
  /** By the problem's type, or its type and field; what is not here is told in the server's words. */
  known: {} as Readonly<Record<string, string>>,
  /** What our own mistake is found by in the server's log. */
  internal: (number: string) =>
    `That was a mistake of ours. Tell whoever runs this server this number: ${number}.`,
  /** Said in the server's words, which are English. */
  other: (detail: string) => detail,
  again: 'Try again',
};
