import { createHash } from 'node:crypto';
import { same } from '../../meetings/rules/tickets.ts';

/** The algorithms of BigBlueButton, known by how many hexadecimal digits they give. */
const BY_LENGTH: ReadonlyMap<number, string> = new Map([
  [40, 'sha1'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

export interface SignedQuery {
  /** As it came, without the parameter `checksum`. */
  readonly query: string;
  readonly checksum: string;
}

/**
 * A query string as it came, and the checksum that was in it, wherever it stood. `undefined` where
 * there is none, or more than one: then nobody can say what was signed.
 */
export function withoutChecksum(raw: string): SignedQuery | undefined {
  const pieces = raw.split('&');
  const rest = pieces.filter((piece) => !piece.startsWith(PARAMETER));
  const [found, another] = pieces.filter((piece) => piece.startsWith(PARAMETER));
  if (found === undefined || another !== undefined) return undefined;
  return { query: rest.join('&'), checksum: found.slice(PARAMETER.length) };
}

/**
 * Whether `checksum` is hash(call + query + secret) by any of the four algorithms. The query counts
 * byte for byte, for clients encode differently; but five marks that browsers and libraries escape
 * after a client signed them may have been signed as themselves.
 */
export function isChecksumRight(call: string, signed: SignedQuery, secret: string): boolean {
  const checksum = signed.checksum.toLowerCase();
  const algorithm = BY_LENGTH.get(checksum.length);
  if (algorithm === undefined) return false;
  return [signed.query, withPlainMarks(signed.query)].some((query) =>
    same(digest(algorithm, call + query + secret), checksum),
  );
}

/** `!'()*` as themselves: RFC 3986 lets them stand, and JavaScript's own encoders do. */
function withPlainMarks(query: string): string {
  return query.replace(/%(?:21|2[789a])/gi, decodeURIComponent);
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}

const PARAMETER = 'checksum=';
