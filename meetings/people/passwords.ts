import { hash, verify } from '@node-rs/argon2';
import { composed } from '../rules/people.ts';

/**
 * argon2id with 19 MiB, two passes and one lane: what OWASP's Password Storage Cheat Sheet asks for at
 * the least. Some 20 ms of one core. Salts are 16 random bytes of the library's own.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** Nobody's password: compared with where there is none, so that the time tells nothing. */
const NOBODY = hash('nobody has this password', COST);

/** In PHC string format (RFC 9106), salt and cost included. */
export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), COST);
}

/** Takes the same time whether there is a hash to compare with or none; without one it is wrong. */
export async function isPassword(typed: string, kept: string | undefined): Promise<boolean> {
  const isRight = await verify(kept ?? (await NOBODY), composed(typed));
  return isRight && kept !== undefined;
}
