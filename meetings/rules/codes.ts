import { createHmac } from 'node:crypto';
import type { Random } from './ids.ts';

export interface MeetingCodes {
  readonly join: string;
  readonly moderator: string;
}

/** Ten digits, every code as likely. The first is not 0: many phone systems keep 0 for themselves. */
export function newCode(random: Random): string {
  const digits = Array.from({ length: 9 }, () => below(10, random));
  return [below(9, random) + 1, ...digits].join('');
}

export function isCode(text: string): boolean {
  return /^[0-9]{10}$/.test(text);
}

/** A meeting's short number, for registered phones. */
export function isExtension(text: string): boolean {
  return /^[0-9]{2,6}$/.test(text);
}

/** What a code is looked up by: who reads the store's keys learns no code without our key. */
export function codeDigest(code: string, key: string): string {
  return createHmac('sha256', key).update(`code:${code}`).digest('hex').slice(0, 40);
}

/** A number below `limit`. Bytes from the incomplete last round are thrown away: no bias. */
function below(limit: number, random: Random): number {
  const fair = 256 - (256 % limit);
  for (;;) {
    const byte = random(1)[0];
    if (byte !== undefined && byte < fair) return byte % limit;
  }
}
