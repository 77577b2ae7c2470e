/** A digit as SIP INFO tells it. */
export interface InfoDigit {
  readonly digit: string;
  readonly durationMs: number;
}

const DEFAULT_MS = 250;
const DIGIT = /^[0-9*#A-D]$/;

/**
 * Reads `application/dtmf-relay` (`Signal=5`, `Duration=160`) and `application/dtmf` (`5`).
 * Undefined for other bodies.
 */
export function parseDigit(
  contentType: string,
  body: string,
): InfoDigit | 'unreadable' | undefined {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  if (type === 'application/dtmf') return toDigit(body.trim(), undefined);
  if (type !== 'application/dtmf-relay') return undefined;
  const signal = /^\s*Signal\s*=\s*(\S+)\s*$/im.exec(body)?.[1];
  const duration = /^\s*Duration\s*=\s*(\d{1,6})\s*$/im.exec(body)?.[1];
  return toDigit(signal, duration);
}

function toDigit(text: string | undefined, duration: string | undefined): InfoDigit | 'unreadable' {
  const digit = { '10': '*', '11': '#' }[text ?? ''] ?? text?.toUpperCase();
  if (digit === undefined || !DIGIT.test(digit)) return 'unreadable';
  return { digit, durationMs: duration === undefined ? DEFAULT_MS : Number(duration) };
}
