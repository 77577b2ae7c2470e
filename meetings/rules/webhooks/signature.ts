import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret in the form of Standard Webhooks: 24 bytes or more. */
export function webhookSecret(bytes: Uint8Array): string {
  return PREFIX + Buffer.from(bytes).toString('base64');
}

export interface Message {
  /** The same at every try. */
  readonly id: string;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks (standardwebhooks.com): HMAC-SHA-256 over id, time and body, one
 * signature for each secret.
 */
export function signedHeaders(
  { id, body }: Message,
  secrets: readonly string[],
  nowMs: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${mac}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
