import { parseAddress } from '../protocol/sip/address.ts';
import type { DigestAlgorithm, DigestCredentials } from '../protocol/sip/digest.ts';
import { formatChallenge, isDigestRight, parseAuthorization } from '../protocol/sip/digest.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipHeader, SipRequest } from '../protocol/sip/message.ts';
import { header, headerValues } from '../protocol/sip/message.ts';
import { parseUri } from '../protocol/sip/uri.ts';
import type { Attempts } from './attempts.ts';
import type { Account, Directory } from './directory.ts';
import type { Source } from './leg.ts';
import type { NonceUses } from './nonces.ts';
import { checkNonce, makeNonce } from './nonces.ts';
import type { Caller } from './route.ts';

/** Who is asking, or how to go on finding out. */
export type Who =
  | Caller
  /** Nothing, or nothing good, was proved. `stale`: the proof was right, only too old. */
  | { readonly kind: 'challenge'; readonly stale: boolean }
  /** Guessing, or posing as somebody else. */
  | { readonly kind: 'refuse'; readonly status: 400 | 403 };

/** What proofs are measured by. */
export interface Guard {
  readonly realm: string;
  /** What a challenge offers, in this order. */
  readonly digests: readonly DigestAlgorithm[];
  readonly nonceKey: Uint8Array;
  readonly directory: Directory;
  readonly uses: NonceUses;
  readonly attempts: Attempts;
  now(this: void): number;
}

const CHALLENGE: Who = { kind: 'challenge', stale: false };
const ANONYMOUS: Who = { kind: 'anonymous' };
const FORBIDDEN: Who = { kind: 'refuse', status: 403 };

/**
 * Stands in for the digest of a user that does not exist, so that an unknown name takes the same
 * steps, and the same time, as a wrong password.
 */
const NOBODY = { md5: '0'.repeat(32), sha256: '0'.repeat(64) };

/** Who an INVITE comes from. Without credentials only those are challenged who claim to be somebody. */
export async function whoCalls(request: SipRequest, source: Source, guard: Guard): Promise<Who> {
  const credentials = readCredentials(request, 'Proxy-Authorization', guard.realm);
  if (credentials !== undefined) return whoProves(credentials, { request, source }, guard);
  if (source.transport === 'ws') return CHALLENGE;
  const user = fromUser(request);
  const known = await lookUp(user, guard);
  return known.kind === 'nobody' ? ANONYMOUS : CHALLENGE;
}

/** Who a REGISTER comes from: always somebody, or challenged. */
export async function whoRegisters(
  request: SipRequest,
  source: Source,
  guard: Guard,
): Promise<Who> {
  const credentials = readCredentials(request, 'Authorization', guard.realm);
  if (credentials === undefined) return CHALLENGE;
  return whoProves(credentials, { request, source }, guard);
}

/** One challenge an algorithm: phones take the first they know, SIP.js the last it reads (RFC 8760). */
export function challengeHeaders(
  name: 'WWW-Authenticate' | 'Proxy-Authenticate',
  challenge: { readonly nonce: string; readonly stale: boolean },
  { realm, digests }: Pick<Guard, 'realm' | 'digests'>,
): SipHeader[] {
  return digests.map((algorithm) => ({
    name,
    value: formatChallenge({ ...challenge, realm, algorithm, qop: true }),
  }));
}

export function newNonce(guard: Guard, source: Source, salt: Uint8Array): string {
  return makeNonce(guard.nonceKey, source.address, guard.now(), salt);
}

type Credentials = DigestCredentials | 'malformed' | undefined;

/** Those for our realm; others belong to proxies on the way. */
function readCredentials(request: SipRequest, name: string, realm: string): Credentials {
  try {
    return headerValues(request, name)
      .map(parseAuthorization)
      .find((each) => each?.realm === realm);
  } catch (error) {
    if (error instanceof SipProtocolError) return 'malformed';
    throw error;
  }
}

async function whoProves(
  credentials: Exclude<Credentials, undefined>,
  { request, source }: { readonly request: SipRequest; readonly source: Source },
  guard: Guard,
): Promise<Who> {
  if (credentials === 'malformed') return { kind: 'refuse', status: 400 };
  const { username, nonce, auth, uri } = credentials;
  const now = guard.now();
  const verdict = checkNonce(guard.nonceKey, nonce, source.address, now);
  if (verdict === 'forged' || !auth) return CHALLENGE;
  if (!sameUri(uri, request.uri)) return { kind: 'refuse', status: 400 };
  if (guard.attempts.isBlocked(source.address, username, now)) return FORBIDDEN;
  const known = await lookUp(username, guard);
  if (!isProof(credentials, request.method, known) || known.kind === 'nobody') {
    // A stale nonce is no proof of the address, and a ban must not hit the innocent.
    if (verdict === 'good') guard.attempts.fail(source.address, username, now);
    return CHALLENGE;
  }
  if (verdict === 'stale' || !guard.uses.take(nonce, auth.nc, now)) {
    return { kind: 'challenge', stale: true };
  }
  return callerOf(known.caller, request);
}

function isProof(credentials: DigestCredentials, method: string, known: Known): boolean {
  const secrets = known.kind === 'nobody' ? NOBODY : known.ha1;
  const secret = credentials.algorithm === 'MD5' ? secrets.md5 : secrets.sha256;
  return isDigestRight(credentials, method, secret);
}

type Known =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'somebody';
      readonly caller: Caller;
      readonly ha1: { readonly md5: string; readonly sha256: string };
    };

async function lookUp(username: string, { directory, now }: Guard): Promise<Known> {
  const [account, credential, line] = await Promise.all([
    directory.account(username),
    directory.browserCredential(username),
    directory.lineCredential?.(username),
  ]);
  if (account) return known({ kind: 'account', account }, account);
  if (line && line.expiresAtMs > now()) {
    return known({ kind: 'account', account: line.account }, line);
  }
  if (credential && credential.expiresAtMs > now()) {
    return known({ kind: 'browser', credential }, credential);
  }
  return { kind: 'nobody' };
}

function known(caller: Caller, { ha1 }: Pick<Account, 'ha1'>): Known {
  return { kind: 'somebody', caller, ha1 };
}

/** An account speaks for itself only: its From must name it. */
function callerOf(caller: Caller, request: SipRequest): Who {
  if (caller.kind !== 'account') return caller;
  return fromUser(request) === caller.account.username ? caller : FORBIDDEN;
}

export function fromUser(request: SipRequest): string {
  return userOf(header(request, 'From') ?? '');
}

export function toUser(request: SipRequest): string {
  return userOf(header(request, 'To') ?? '');
}

/** The user part of an address, '' where there is none or the URI is no sip: one. */
function userOf(address: string): string {
  try {
    return parseUri(parseAddress(address).uri).user ?? '';
  } catch (error) {
    if (error instanceof SipProtocolError) return '';
    throw error;
  }
}

function sameUri(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
