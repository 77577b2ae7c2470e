import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from './rules/ids.ts';
import type { Random } from './rules/ids.ts';
import type { Store } from './store/store.ts';

/** One key a purpose, so that nothing made for one passes for the other. */
export interface SigningKeys {
  readonly tokens: string;
  readonly codes: string;
}

export interface AdminKey {
  readonly key: string;
  /** Whether this run made it: then it is shown once. */
  readonly made: boolean;
}

/** The shortest administrator's key we take: 16 characters. */
const ADMIN_KEY_LENGTH = 16;

/** The keys of this installation, made at the first start and the same ever after. */
export async function signingKeys(store: Store, random: Random): Promise<SigningKeys> {
  const made: SigningKeys = { tokens: secret(32, random), codes: secret(32, random) };
  if (await store.create('keys', { value: made })) return made;
  return (await store.get<SigningKeys>('keys')) ?? made;
}

/** The administrator's key: from the settings, or made and kept in a file only we may read. */
export function adminKey(setting: string | undefined, directory: string, random: Random): AdminKey {
  if (setting !== undefined) return { key: sound(setting, 'ADMIN_KEY'), made: false };
  const file = join(directory, 'admin-key');
  const key = secret(24, random);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 });
    return { key, made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { key: sound(readFileSync(file, 'utf8').trim(), file), made: false };
  }
}

function sound(key: string, where: string): string {
  if (key.length >= ADMIN_KEY_LENGTH && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new Error(
    `${where} must have ${ADMIN_KEY_LENGTH} characters or more, all printable ASCII without blanks`,
  );
}
