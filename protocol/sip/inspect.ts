import type { SipHeader, SipRequest } from './message.ts';
import { headerValues } from './message.ts';
import { schemeOf } from './uri.ts';

/** What a user agent server understands; a part left out is not asked about. */
export interface Abilities {
  readonly methods?: readonly string[];
  /** Option tags of Require (RFC 3261 section 19.2). */
  readonly extensions?: readonly string[];
}

/** Why a well-formed request cannot be taken, as the response would say it. */
export interface Refusal {
  readonly status: 416 | 420 | 501;
  readonly headers: readonly SipHeader[];
}

const SCHEMES: ReadonlySet<string> = new Set(['sip', 'sips', 'tel']);

/** The inspections of RFC 3261 section 8.2 that need no knowledge of users or calls, in its order. */
export function inspectRequest(request: SipRequest, abilities: Abilities): Refusal | undefined {
  const { methods, extensions } = abilities;
  if (methods && !methods.includes(request.method)) {
    return { status: 501, headers: [{ name: 'Allow', value: methods.join(', ') }] };
  }
  if (!SCHEMES.has(schemeOf(request.uri) ?? '')) return { status: 416, headers: [] };
  // Proxy-Require is for proxies; a CANCEL or ACK carries its INVITE's Require (section 8.2.2.3).
  const unknown = headerValues(request, 'Require').filter((tag) => !extensions?.includes(tag));
  if (!extensions || unknown.length === 0) return undefined;
  return { status: 420, headers: unknown.map((value) => ({ name: 'Unsupported', value })) };
}
