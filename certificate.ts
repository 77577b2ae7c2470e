import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError } from './config.ts';
import type { Log } from './protocol/log.ts';

/** PEM texts that belong together. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The files of a certificate and of its key. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** Reads both files; throws a ConfigError where one cannot be read, or is not the other's. */
export function readCertificate(files: CertificateFiles): Certificate {
  const pair = { cert: readPem('TLS_CERT', files.cert), key: readPem('TLS_KEY', files.key) };
  try {
    createSecureContext(pair);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`TLS_CERT and TLS_KEY must be a certificate and its key: ${why}.`]);
  }
  return pair;
}

/** Takes up a renewed certificate; one that is no good is told, and the old one stays. */
export function renewCertificate(
  files: CertificateFiles,
  use: (certificate: Certificate) => void,
  log: Log,
): void {
  try {
    use(readCertificate(files));
    log('info', 'the certificate was read anew');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    log('error', 'the certificate stays the old one', { why: error.faults.join(' ') });
  }
}

function readPem(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${setting} must be a file that can be read; ${file}: ${code}.`]);
  }
}
