import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/**
 * Seals a text by words that only the caller knows (AES-256-GCM, RFC 5116): what is kept holds
 * passwords, and whoever reads the store must not.
 */
export function seal(text: string, words: string, nonce: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', keyOf(words), nonce.subarray(0, NONCE));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce.subarray(0, NONCE), cipher.getAuthTag(), hidden]).toString('base64');
}

/** Throws where the words are others, or the text was changed. */
export function unseal(sealed: string, words: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const opener = createDecipheriv('aes-256-gcm', keyOf(words), bytes.subarray(0, NONCE));
  opener.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return opener.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + opener.final('utf8');
}

function keyOf(words: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', words, '', 'kept answer', 32));
}
