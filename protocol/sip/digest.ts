import { createHash, timingSafeEqual } from 'node:crypto';
import { SipProtocolError } from './errors.ts';
import { endOfQuoted, quote, unquote } from './parameters.ts';

/** RFC 7616 and RFC 8760; SHA-256 is to be offered first, MD5 last and only where a phone needs it. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

/** The value of WWW-Authenticate or Proxy-Authenticate. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly opaque?: string;
  /** The credentials were right but their nonce too old: try again without asking the user. */
  readonly stale: boolean;
  /** Whether `qop=auth` is offered. */
  readonly qop: boolean;
}

/** The value of Authorization or Proxy-Authorization. */
export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  /** The digest-uri as the client hashed it. */
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly opaque?: string;
  /** Absent where the client used RFC 2069's form, without qop. */
  readonly auth?: { readonly cnonce: string; readonly nc: number };
}

const HASH = { MD5: 'md5', 'SHA-256': 'sha256' } as const;
const DIGEST_LENGTH = { MD5: 32, 'SHA-256': 64 } as const;
const MAX_FIELD_CHARS = 1_024;

/** `H(username:realm:password)`, lower-case hexadecimal: what may be kept in place of a password. */
export function ha1(
  algorithm: DigestAlgorithm,
  who: { readonly username: string; readonly realm: string; readonly password: string },
): string {
  return hash(algorithm, `${who.username}:${who.realm}:${who.password}`);
}

/** The response that these credentials must carry (RFC 7616 section 3.4.1), qop `auth` or none. */
export function digestResponse(
  credentials: Omit<DigestCredentials, 'response' | 'username' | 'realm'>,
  method: string,
  secret: string,
): string {
  const { algorithm, nonce, uri, auth } = credentials;
  const ha2 = hash(algorithm, `${method}:${uri}`);
  const middle = auth ? `${nonce}:${ncText(auth.nc)}:${auth.cnonce}:auth` : nonce;
  return hash(algorithm, `${secret}:${middle}:${ha2}`);
}

/**
 * Whether credentials prove the secret behind this HA1 for this method. Takes the same time whatever
 * differs. Freshness of nonce and nc, the realm and the uri are the caller's to check.
 */
export function isDigestRight(
  credentials: DigestCredentials,
  method: string,
  secret: string,
): boolean {
  const wanted = Buffer.from(digestResponse(credentials, method, secret));
  const given = Buffer.from(credentials.response.toLowerCase());
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** Credentials that answer a challenge: the client's side. `cnonce` is chance, `nc` counts uses of the nonce from 1. */
export function answerChallenge(
  challenge: DigestChallenge,
  who: { readonly username: string; readonly ha1: string },
  request: {
    readonly method: string;
    readonly uri: string;
    readonly cnonce: string;
    readonly nc: number;
  },
): DigestCredentials {
  const { realm, nonce, algorithm, opaque } = challenge;
  const { method, uri, cnonce, nc } = request;
  const unsigned = {
    realm,
    nonce,
    algorithm,
    uri,
    ...(opaque === undefined ? {} : { opaque }),
    ...(challenge.qop ? { auth: { cnonce, nc } } : {}),
  };
  const response = digestResponse(unsigned, method, who.ha1);
  return { ...unsigned, username: who.username, response };
}

/** Reads a challenge; undefined for a scheme, algorithm or qop that we cannot answer. */
export function parseChallenge(value: string): DigestChallenge | undefined {
  const fields = parseFields(value);
  const algorithm = fields && algorithmOf(fields);
  if (!fields || !algorithm) return undefined;
  const qop = fields.get('qop');
  const offered = qop?.split(',').map((each) => each.trim().toLowerCase());
  if (offered && !offered.includes('auth')) return undefined;
  return {
    realm: required(fields, 'realm'),
    nonce: required(fields, 'nonce'),
    algorithm,
    ...opaqueOf(fields),
    stale: fields.get('stale')?.toLowerCase() === 'true',
    qop: qop !== undefined,
  };
}

export function formatChallenge(challenge: DigestChallenge): string {
  const { realm, nonce, algorithm, opaque, stale, qop } = challenge;
  return [
    `Digest realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
    ...(stale ? ['stale=true'] : []),
    `algorithm=${algorithm}`,
    ...(qop ? ['qop="auth"'] : []),
  ].join(', ');
}

/**
 * Reads credentials; undefined for a scheme or algorithm that is not ours, which deserves a new
 * challenge. Faulty fields, qop other than `auth` and oversized values throw with 400.
 */
export function parseAuthorization(value: string): DigestCredentials | undefined {
  const fields = parseFields(value);
  const algorithm = fields && algorithmOf(fields);
  if (!fields || !algorithm) return undefined;
  const response = required(fields, 'response');
  if (!/^[0-9A-Fa-f]+$/.test(response) || response.length !== DIGEST_LENGTH[algorithm]) {
    throw new SipProtocolError(400, 'Bad digest response');
  }
  return {
    username: required(fields, 'username'),
    realm: required(fields, 'realm'),
    nonce: required(fields, 'nonce'),
    uri: required(fields, 'uri'),
    response,
    algorithm,
    ...opaqueOf(fields),
    ...authOf(fields),
  };
}

export function formatAuthorization(credentials: DigestCredentials): string {
  const { username, realm, nonce, uri, response, algorithm, opaque, auth } = credentials;
  return [
    `Digest username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
    ...(auth ? ['qop=auth', `nc=${ncText(auth.nc)}`, `cnonce=${quote(auth.cnonce)}`] : []),
  ].join(', ');
}

type Fields = ReadonlyMap<string, string>;

/** The fields behind `Digest`, or undefined for another scheme. A field twice is refused. */
function parseFields(value: string): Fields | undefined {
  const scheme = /^Digest(?:\s+|$)/i.exec(value);
  if (!scheme) return undefined;
  const fields = new Map<string, string>();
  let at = scheme[0].length;
  while (at < value.length) {
    const end = endOfField(value, at);
    const [name, text] = parseField(value.slice(at, end));
    if (fields.has(name)) throw new SipProtocolError(400, 'A digest field stands twice');
    fields.set(name, text);
    at = end + 1;
  }
  return fields;
}

function endOfField(value: string, from: number): number {
  for (let at = from; at < value.length; at += 1) {
    if (value[at] === ',') return at;
    if (value[at] === '"') at = endOfQuoted(value, at) - 1;
  }
  return value.length;
}

function parseField(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals).trim().toLowerCase();
  const value = text.slice(equals + 1).trim();
  const quoted = value.startsWith('"') && endOfQuoted(value, 0) === value.length;
  if (equals < 0 || !/^[a-z0-9-]+$/.test(name) || (!quoted && /[\s"]/.test(value))) {
    throw new SipProtocolError(400, 'Bad digest field');
  }
  if (value.length > MAX_FIELD_CHARS) throw new SipProtocolError(400, 'A digest field is too long');
  return [name, unquote(value)];
}

/** MD5 where none is named (RFC 7616 section 3.3). */
function algorithmOf(fields: Fields): DigestAlgorithm | undefined {
  const name = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  return name === 'MD5' || name === 'SHA-256' ? name : undefined;
}

function authOf(fields: Fields): { auth?: { cnonce: string; nc: number } } {
  const qop = fields.get('qop');
  if (qop === undefined) return {};
  const nc = required(fields, 'nc');
  if (qop.toLowerCase() !== 'auth' || !/^[0-9A-Fa-f]{8}$/.test(nc)) {
    throw new SipProtocolError(400, 'Bad qop or nc');
  }
  return { auth: { cnonce: required(fields, 'cnonce'), nc: parseInt(nc, 16) } };
}

function opaqueOf(fields: Fields): { opaque?: string } {
  const opaque = fields.get('opaque');
  return opaque === undefined ? {} : { opaque };
}

function required(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new SipProtocolError(400, `Digest without ${name}`);
  return value;
}

function ncText(nc: number): string {
  return nc.toString(16).padStart(8, '0');
}

function hash(algorithm: DigestAlgorithm, text: string): string {
  return createHash(HASH[algorithm]).update(text, 'utf8').digest('hex');
}
