import { lookup as resolveName } from 'node:dns';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { faultIn, lookupWithin, OutOfReach } from './reach.ts';
import type { Reach, Resolve } from './reach.ts';

/** One request to somebody's server. With a body it is a POST, else a GET. */
export interface Outward {
  readonly url: string;
  readonly body?: { readonly type: string; readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** `Retry-After` in seconds (RFC 9110 section 10.2.3); absent where there is none, or a date. */
  readonly retryAfterS?: number;
}

/** Sends it. Rejects where no answer comes. Redirections are not followed. */
export type Send = (outward: Outward) => Promise<Answer>;

export interface SendSettings {
  readonly reach: Reach;
  readonly timeoutMs: number;
  /** Gives up whatever is under way, and all to come. */
  readonly stopped?: AbortSignal;
  /** Absent: the system's. */
  readonly resolve?: Resolve | undefined;
}

/** What they say beside the status is read so far and thrown away, then the line is cut. */
const MOST_READ = 64 * 1_024;

/** The deadline holds for all of it: the name, the connection, the answer. */
export function sender({ reach, timeoutMs, stopped, resolve = resolveName }: SendSettings): Send {
  const stops = stopped ? [stopped] : [];
  return ({ url: text, body, headers }) =>
    new Promise((settle, reject) => {
      if (faultIn(text, reach) !== undefined) {
        reject(new OutOfReach('The address is not allowed.'));
        return;
      }
      const url = new URL(text);
      const request = url.protocol === 'https:' ? requestHttps : requestHttp;
      const sent = request(url, {
        method: body === undefined ? 'GET' : 'POST',
        agent: false,
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...stops]),
        lookup: lookupWithin(url, reach, resolve),
        headers: { ...headers, ...(body && framing(body)) },
      });
      sent.on('error', reject);
      sent.once('response', (response) => {
        drain(response);
        settle(answerOf(response));
      });
      sent.end(body?.text);
    });
}

/** Why no answer came, in a word. Never the whole error: it may hold the address, and that a secret. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof OutOfReach) return 'not-allowed';
  if (error.name === 'AbortError') return 'timeout';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function framing({ type, text }: NonNullable<Outward['body']>) {
  return { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) };
}

function drain(response: IncomingMessage): void {
  let read = 0;
  response.on('error', () => undefined);
  response.on('data', (bytes: Buffer) => {
    read += bytes.length;
    if (read > MOST_READ) response.destroy();
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  const seconds = /^\d{1,9}$/.exec(headers['retry-after'] ?? '')?.[0];
  return { status: statusCode, ...(seconds !== undefined && { retryAfterS: Number(seconds) }) };
}
