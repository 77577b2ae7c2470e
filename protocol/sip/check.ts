import { parseAddress } from './address.ts';
import { SipProtocolError } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { SipHeader, SipMessage } from './message.ts';
import { parseVia } from './via.ts';

const CSEQ = /^(\d{1,16})\s+([A-Za-z0-9\-.!%*_+`'~]+)$/;
const MAX_CSEQ = 2 ** 32 - 1;

/** The number and method of CSeq. */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

export function parseCSeq(value: string): CSeq {
  const found = CSEQ.exec(value);
  const number = Number(found?.[1]);
  if (found?.[2] === undefined || number > MAX_CSEQ) throw new SipProtocolError(400, 'Bad CSeq');
  return { number, method: found[2] };
}

const REQUIRED = ['To', 'From', 'Call-ID', 'CSeq'] as const;

/**
 * Throws where a header that SIP cannot do without is missing, double or unreadable (RFC 3261
 * section 8.1.1; the faults are those of RFC 4475). What only some users read is left to them.
 */
export function checkMessage(message: SipMessage): void {
  const seen = new Map<string, string>();
  let vias = 0;
  for (const each of message.headers) {
    if (each.name === 'Via') {
      // Further Vias belong to others: opaque here.
      if (vias === 0) parseVia(each.value);
      vias += 1;
    } else checkHeader(each, seen);
  }
  if (vias === 0) throw new SipProtocolError(400, 'Missing Via');
  if (vias > LIMITS.vias) throw new SipProtocolError(513, 'Too many Vias');
  for (const name of REQUIRED) {
    if (!seen.has(name)) throw new SipProtocolError(400, `Missing ${name}`);
  }
  const { method } = parseCSeq(seen.get('CSeq') ?? '');
  if (message.kind === 'request' && method !== message.method) {
    throw new SipProtocolError(400, 'CSeq names another method');
  }
}

const ONCE: ReadonlySet<string> = new Set([
  ...REQUIRED,
  'Max-Forwards',
  'Content-Length',
  'Content-Type',
]);

function checkHeader({ name, value }: SipHeader, seen: Map<string, string>): void {
  if (ONCE.has(name)) {
    if (seen.has(name)) throw new SipProtocolError(400, `${name} stands twice`);
    seen.set(name, value);
  }
  if (name === 'To' || name === 'From') parseAddress(value);
  else if (name === 'Contact' && value !== '*' && value !== '') parseAddress(value);
  else if (name === 'Call-ID' && !/^\S+$/.test(value)) {
    throw new SipProtocolError(400, 'Bad Call-ID');
  }
}
