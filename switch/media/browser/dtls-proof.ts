import {
  constants,
  createHash,
  createHmac,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Fingerprint } from '../../../protocol/sdp/agreement.ts';

/*
 * What a DTLS 1.2 handshake must prove (RFC 5246) and the DTLS library below leaves unchecked: that
 * the peer holds its certificate's key, and that both saw the same handshake.
 */

/** The certificate is the one that the SDP announced (RFC 8122 section 5). */
export function matchesFingerprint(
  certificate: Uint8Array,
  fingerprints: readonly Fingerprint[],
): boolean {
  return fingerprints.some(({ hash, value }) => {
    const name = hash.replace('-', '');
    const announced = Buffer.from(value.replaceAll(':', ''), 'hex');
    const actual = createHash(name).update(certificate).digest();
    return actual.length === announced.length && timingSafeEqual(actual, announced);
  });
}

/** `| scheme (2) | length (2) | signature |` over `signed`, by the certificate's key (RFC 5246 sections 4.7, 7.4.8). */
export function isSignedBy(
  certificate: Uint8Array,
  digitallySigned: Uint8Array,
  signed: Uint8Array,
): boolean {
  const bytes = Buffer.from(digitallySigned);
  if (bytes.length < 4 || bytes.length !== 4 + bytes.readUInt16BE(2)) return false;
  const signature = bytes.subarray(4);
  const key = publicKey(certificate);
  return key !== undefined && verifies(bytes.readUInt16BE(0), key, { signed, signature });
}

/** verify_data of a Finished message (RFC 5246 section 7.4.9). */
export function finishedData(
  masterSecret: Uint8Array,
  sender: 'client' | 'server',
  handshake: Uint8Array,
): Buffer {
  const seed = Buffer.concat([
    Buffer.from(`${sender} finished`),
    createHash('sha256').update(handshake).digest(),
  ]);
  const first = hmac(masterSecret, seed);
  return hmac(masterSecret, Buffer.concat([first, seed])).subarray(0, 12);
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function publicKey(certificate: Uint8Array): KeyObject | undefined {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return undefined; // The peer's bytes are no certificate: nothing can be proved with it.
  }
}

/** TLS 1.2 hash and signature pairs and the RSA-PSS schemes that browsers may choose. */
const HASHES: ReadonlyMap<number, string> = new Map([
  [0x0403, 'sha256'],
  [0x0503, 'sha384'],
  [0x0603, 'sha512'],
  [0x0401, 'sha256'],
  [0x0501, 'sha384'],
  [0x0601, 'sha512'],
  [0x0804, 'sha256'],
  [0x0805, 'sha384'],
  [0x0806, 'sha512'],
]);

function verifies(
  scheme: number,
  key: KeyObject,
  { signed, signature }: { readonly signed: Uint8Array; readonly signature: Uint8Array },
): boolean {
  const hash = HASHES.get(scheme);
  const kind = (scheme & 0xff) === 3 && scheme < 0x0700 ? 'ec' : 'rsa';
  if (hash === undefined || key.asymmetricKeyType !== kind) return false;
  const pss = scheme >= 0x0800;
  return verify(
    hash,
    signed,
    pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING } : key,
    signature,
  );
}
