import { createHash } from 'node:crypto';

/** RFC 7616 section 3.4.2, `H(username:realm:password)`, one each algorithm phones speak. */
export interface Ha1 {
  readonly md5: string;
  readonly sha256: string;
}

export function ha1(username: string, realm: string, password: string): Ha1 {
  const text = `${username}:${realm}:${password}`;
  return {
    md5: createHash('md5').update(text).digest('hex'),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}
