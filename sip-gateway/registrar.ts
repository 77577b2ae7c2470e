import type { Address } from '../protocol/sip/address.ts';
import { isSipUri, parseUri } from '../protocol/sip/uri.ts';
import type { Binding } from './directory.ts';

/** What one REGISTER asks, taken apart (RFC 3261 section 10.3). */
export interface RegisterRequest {
  /** `*`: forget every contact. Empty: only tell. */
  readonly contacts: readonly Address[] | '*';
  readonly expiresHeader: string | undefined;
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  readonly from: Pick<Binding, 'transport' | 'address' | 'port'>;
  /** The longest that this one may be registered for; absent: an hour. */
  readonly maxExpiresS?: number;
}

export type RegisterAnswer =
  | {
      readonly kind: 'registered';
      readonly bindings: readonly Binding[];
      /** Contact header values: all that is bound now. */
      readonly contacts: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 403 | 423;
      readonly reason: string;
      readonly minExpiresS?: number;
    };

const MIN_EXPIRES_S = 60;
const MAX_EXPIRES_S = 3600;
const MAX_CONTACTS = 10;
const MAX_CONTACT_LENGTH = 300;
const MAX_USER_AGENT_LENGTH = 100;

/** The bindings after one REGISTER, or why not; all of its contacts are taken or none. */
export function register(
  bindings: readonly Binding[],
  request: RegisterRequest,
  nowMs: number,
): RegisterAnswer {
  const living = bindings.filter((each) => each.expiresAtMs > nowMs);
  if (request.contacts === '*') return forgetAll(living, request);
  let next = living;
  for (const contact of request.contacts) {
    const wish = readContact(contact, request);
    if (wish.kind === 'refused') return wish;
    const old = next.find((each) => sameContact(each.contact, contact.uri));
    if (old && outOfOrder(old, request)) return refused(400, 'Register Out Of Order');
    next = next.filter((each) => each !== old);
    if (wish.expiresS > 0) next = [...next, bind(contact.uri, wish.expiresS, request, nowMs)];
  }
  if (next.length > MAX_CONTACTS) return refused(403, 'Too Many Contacts');
  return registered(next, nowMs);
}

function forgetAll(living: readonly Binding[], request: RegisterRequest): RegisterAnswer {
  if (request.expiresHeader?.trim() !== '0') return refused(400, 'Contact * Needs Expires 0');
  if (living.some((each) => outOfOrder(each, request))) {
    return refused(400, 'Register Out Of Order');
  }
  return { kind: 'registered', bindings: [], contacts: [] };
}

type Wish =
  | { readonly kind: 'wish'; readonly expiresS: number }
  | Extract<RegisterAnswer, { kind: 'refused' }>;

function readContact(
  contact: Address,
  { expiresHeader, maxExpiresS = MAX_EXPIRES_S }: RegisterRequest,
): Wish {
  if (!isSipUri(contact.uri) || contact.uri.length > MAX_CONTACT_LENGTH) {
    return refused(400, 'Bad Contact');
  }
  if (!isPriority(contact.parameters.get('q'))) return refused(400, 'Bad Contact');
  const expiresS = readExpires(contact.parameters.get('expires') ?? expiresHeader);
  if (expiresS > 0 && expiresS < MIN_EXPIRES_S) {
    return { ...refused(423, 'Interval Too Brief'), minExpiresS: MIN_EXPIRES_S };
  }
  return { kind: 'wish', expiresS: Math.min(expiresS, maxExpiresS) };
}

/** RFC 3261 section 20.10: a malformed one counts as 3600. */
function readExpires(text: string | undefined): number {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : MAX_EXPIRES_S;
}

function isPriority(q: string | undefined): boolean {
  return q === undefined || /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q);
}

/** RFC 3261 section 10.3 step 7: within one Call-ID only a higher CSeq counts. */
function outOfOrder(old: Binding, request: RegisterRequest): boolean {
  return old.callId === request.callId && request.cseq <= old.cseq;
}

/** Near enough to RFC 3261 section 19.1.4: scheme, user, host, port and transport. */
function sameContact(one: string, other: string): boolean {
  return contactKey(one) === contactKey(other);
}

function contactKey(text: string): string {
  const { scheme, user = '', host, port, parameters } = parseUri(text);
  const transport = (parameters.get('transport') ?? '').toLowerCase();
  return JSON.stringify([scheme, user, host, port ?? 0, transport]);
}

function bind(contact: string, expiresS: number, request: RegisterRequest, nowMs: number): Binding {
  const { callId, cseq, userAgent, from } = request;
  return {
    contact,
    ...from,
    callId,
    cseq,
    userAgent: userAgent.slice(0, MAX_USER_AGENT_LENGTH),
    expiresAtMs: nowMs + expiresS * 1000,
  };
}

function registered(bindings: readonly Binding[], nowMs: number): RegisterAnswer {
  const contacts = bindings.map(
    ({ contact, expiresAtMs }) =>
      `<${contact}>;expires=${Math.max(1, Math.round((expiresAtMs - nowMs) / 1000))}`,
  );
  return { kind: 'registered', bindings, contacts };
}

function refused(status: 400 | 403 | 423, reason: string) {
  return { kind: 'refused', status, reason } as const;
}
