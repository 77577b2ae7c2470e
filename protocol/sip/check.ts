import { parseAddress } from './address.ts';
import { SipProtocolError } from './errors.ts';
import { TOKEN } from './header-name.ts';
import { LIMITS } from './limits.ts';
import type { SipMessage } from './message.ts';
import { parseVia } from './via.ts';

const CSEQ = /^(\d{1,16})\s+([A-Za-z0-9\-.!%*_+`'~]+)$/;
const MAX_CSEQ = 2 ** 32 - 1;

/**
 * More than RFC 3261's `word`, as phones write more, but none of what separates fields: dialogs are
 * named by Call-ID and tags together, and no peer may write itself another's name.
 */
const CALL_ID = /^[^\s|;,]+$/;

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

/**
 * Throws where a header that SIP cannot do without is missing, double or unreadable (RFC 3261
 * section 8.1.1; the faults are those of RFC 4475). What only some users read is left to them.
 */
export function checkMessage(message: SipMessage): void {
  const seen = new Set<string>();
  let vias = 0;
  let cseq = '';
  for (const { name, value } of message.headers) {
    switch (name) {
      case 'Via':
        // Further Vias belong to others: opaque here.
        if (vias === 0) parseVia(value);
        vias += 1;
        break;
      case 'CSeq':
        cseq = value;
        once(name, seen);
        break;
      case 'To':
      case 'From':
        checkTag(value);
        once(name, seen);
        break;
      default:
        checkOther(name, value, seen);
    }
  }
  checkPresent(vias, seen);
  const { method } = parseCSeq(cseq);
  if (message.kind === 'request' && method !== message.method) {
    throw new SipProtocolError(400, 'CSeq names another method');
  }
}

/** A tag is a token; as a quoted string it could hold anything. */
function checkTag(value: string): void {
  const tag = parseAddress(value).parameters.get('tag');
  if (tag !== undefined && tag !== '' && !TOKEN.test(tag)) {
    throw new SipProtocolError(400, 'Bad tag');
  }
}

function checkPresent(vias: number, seen: ReadonlySet<string>): void {
  if (vias > LIMITS.vias) throw new SipProtocolError(513, 'Too many Vias');
  if (vias === 0) throw new SipProtocolError(400, 'Missing Via');
  for (const name of REQUIRED) {
    if (!seen.has(name)) throw new SipProtocolError(400, `Missing ${name}`);
  }
}

const REQUIRED = ['To', 'From', 'Call-ID', 'CSeq'] as const;

function checkOther(name: string, value: string, seen: Set<string>): void {
  switch (name) {
    case 'Call-ID':
      if (!CALL_ID.test(value)) throw new SipProtocolError(400, 'Bad Call-ID');
      once(name, seen);
      break;
    case 'Contact':
      if (value !== '*' && value !== '') parseAddress(value);
      break;
    case 'Max-Forwards':
    case 'Content-Length':
    case 'Content-Type':
      once(name, seen);
      break;
    default:
  }
}

function once(name: string, seen: Set<string>): void {
  if (seen.has(name)) throw new SipProtocolError(400, `${name} stands twice`);
  seen.add(name);
}
