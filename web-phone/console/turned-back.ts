/** What to say to somebody whom the identity provider's page sent back without a session. */
export function turnedBack(query: string): string | undefined {
  switch (new URLSearchParams(query).get('sign-in')) {
    case 'cancelled':
      return 'You were not signed in: it was cancelled there.';
    case 'not-let-in':
      return 'You are known there, but not let in here. Ask who runs this server.';
    case 'failed':
      return 'Signing in there did not work. Try again; the server’s log says why.';
    default:
      return undefined;
  }
}
