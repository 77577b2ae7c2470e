/** What FreeSWITCH and drachtio-server take where nobody sets a secret, and their examples do. */
const EVERYBODYS = new Set(['ClueCon', 'cymru', 'admin']);
const SHORTEST = 24;
const LONGEST = 128;
const FEWEST_CHARACTERS = 8;

/** What to do about a weak secret, one sentence. */
export const SECRET_ADVICE = 'Make one with: openssl rand -hex 24.';

/**
 * Why a secret between two programs must not be used, as the end of a sentence; undefined where it
 * may. It never repeats the secret. Only what passes through the event socket, drachtio's wire, XML
 * and a URL as it is may be in one.
 */
export function weakness(secret: string): string | undefined {
  if (secret === '') return 'is missing';
  if (EVERYBODYS.has(secret)) return 'is one that everybody knows';
  if (secret.length < SHORTEST) return `is shorter than ${SHORTEST} characters`;
  if (secret.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (!/^[A-Za-z0-9_.~-]+$/.test(secret))
    return 'holds other characters than letters, digits and _.~-';
  if (new Set(secret).size < FEWEST_CHARACTERS) return 'repeats itself';
  return undefined;
}
