import { SipProtocolError } from './errors.ts';
import type { SipMessage } from './message.ts';
import { header, headerValues } from './message.ts';
import { parseParameters } from './parameters.ts';

/** The value of Session-Expires (RFC 4028 section 4). */
export interface SessionExpires {
  readonly seconds: number;
  /** Who sends the refreshes; undefined leaves it to the answerer. */
  readonly refresher: 'uac' | 'uas' | undefined;
}

/** The smallest Min-SE that may be asked for (RFC 4028 section 5). */
export const LEAST_SESSION_SECONDS = 90;

/** 23 days: longer ones overflow the timers of JavaScript, which then end at once. */
const LONGEST_SESSION_SECONDS = 2_000_000;

/** Session-Expires of a message, or undefined where it has none that reads: a call need not fail over it. */
export function sessionExpires(message: SipMessage): SessionExpires | undefined {
  const value = header(message, 'Session-Expires');
  return value === undefined ? undefined : readable(() => parseSessionExpires(value));
}

export function parseSessionExpires(value: string): SessionExpires {
  const semicolon = value.indexOf(';');
  const seconds = parseSeconds(semicolon < 0 ? value : value.slice(0, semicolon));
  const parameters = parseParameters(semicolon < 0 ? '' : value.slice(semicolon));
  const refresher = parameters.get('refresher')?.toLowerCase();
  if (refresher !== undefined && refresher !== 'uac' && refresher !== 'uas') {
    throw new SipProtocolError(400, 'Bad refresher in Session-Expires');
  }
  return { seconds, refresher };
}

export function formatSessionExpires({ seconds, refresher }: SessionExpires): string {
  return refresher === undefined ? String(seconds) : `${seconds};refresher=${refresher}`;
}

/** Min-SE of a message in seconds; 90 where it has none that reads. */
export function minSe(message: SipMessage): number {
  const [seconds = ''] = (header(message, 'Min-SE') ?? '').split(';');
  return readable(() => parseSeconds(seconds)) ?? LEAST_SESSION_SECONDS;
}

/** Whether the sender can refresh a session: `timer` in Supported or Require. */
export function supportsTimer(message: SipMessage): boolean {
  return [...headerValues(message, 'Supported'), ...headerValues(message, 'Require')].some(
    (tag) => tag.toLowerCase() === 'timer',
  );
}

/**
 * When the refresher must have refreshed, and when the other gives the session up, in seconds after
 * the last refresh (RFC 4028 section 10).
 */
export function sessionDeadlines(seconds: number): { refresh: number; giveUp: number } {
  return { refresh: seconds / 2, giveUp: seconds - Math.min(32, seconds / 3) };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}

function parseSeconds(text: string): number {
  const found = /^\s*(\d{1,10})\s*$/.exec(text);
  const seconds = Number(found?.[1]);
  if (!found || seconds > 2 ** 32 - 1) throw new SipProtocolError(400, 'Bad session interval');
  return Math.min(seconds, LONGEST_SESSION_SECONDS);
}
