import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser says that the request comes from one of our own pages (Fetch Metadata, and
 * `Origin` of RFC 6454). Silence is no.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const { origin } = headers;
  if (origin !== undefined) return isOurs(origin, headers.host, publicUrl);
  return headers['sec-fetch-site'] === 'same-origin';
}

/** Whether an `Origin`, where there is one, is ours. */
export function isNotForeign(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  return headers.origin === undefined || isOurs(headers.origin, headers.host, publicUrl);
}

/** TLS may end before us, so our own host counts with either scheme. */
function isOurs(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const shown = new URL(origin);
  if (shown.protocol !== 'http:' && shown.protocol !== 'https:') return false;
  return shown.host === host?.toLowerCase() || shown.origin === new URL(publicUrl).origin;
}

/** The address a request came from, one way of writing each. */
export function sourceOf(socket: { readonly remoteAddress?: string | undefined }): string {
  return (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
}
