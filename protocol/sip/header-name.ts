import { SipProtocolError } from './errors.ts';

/** Header names of RFC 3261. A blank before their colon is legal (HCOLON). */
const CORE = [
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Alert-Info', 'Allow'],
  ...['Authentication-Info', 'Authorization', 'Call-ID', 'Call-Info', 'Contact'],
  ...['Content-Disposition', 'Content-Encoding', 'Content-Language', 'Content-Length'],
  ...['Content-Type', 'CSeq', 'Date', 'Error-Info', 'Expires', 'From', 'In-Reply-To'],
  ...['Max-Forwards', 'MIME-Version', 'Min-Expires', 'Organization', 'Priority'],
  ...['Proxy-Authenticate', 'Proxy-Authorization', 'Proxy-Require', 'Record-Route', 'Reply-To'],
  ...['Require', 'Retry-After', 'Route', 'Server', 'Subject', 'Supported', 'Timestamp', 'To'],
  ...['Unsupported', 'User-Agent', 'Via', 'Warning', 'WWW-Authenticate'],
];

/** Names of later RFCs: those met most, and those whose case is not each word's first letter raised. */
const EXTENSIONS = [
  ...['RAck', 'RSeq', 'SIP-ETag', 'SIP-If-Match', 'Min-SE', 'Remote-Party-ID', 'Session-ID'],
  ...['P-Called-Party-ID', 'Session-Expires', 'Event', 'Subscription-State', 'Refer-To'],
  ...['Referred-By', 'Replaces', 'Reason', 'Privacy', 'Info-Package', 'Recv-Info', 'Feature-Caps'],
];

const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

/** Lists of plain words: written on one line, empty members dropped. */
const WORD_LISTS = [
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Allow', 'Allow-Events', 'Content-Encoding'],
  ...['Content-Language', 'In-Reply-To', 'Proxy-Require', 'Require', 'Supported', 'Unsupported'],
];

/** Lists whose members each get a line, and must not be empty. */
const ADDRESS_LISTS = [
  ...['Via', 'Route', 'Record-Route', 'Contact', 'Path', 'Service-Route', 'P-Asserted-Identity'],
  ...['P-Preferred-Identity', 'Diversion', 'History-Info', 'Alert-Info', 'Call-Info', 'Error-Info'],
  ...['Warning'],
];

/** What is known of a header by its name. */
export interface HeaderName {
  /** The one spelling: long form, RFC 3261's case. */
  readonly name: string;
  /** Whether commas separate its values, and of what sort those are. */
  readonly list: 'words' | 'addresses' | undefined;
}

const CORE_NAMES: ReadonlySet<string> = new Set(CORE);

/** Spellings met most, looked up as they stand; all others pass through the lower-case table. */
const AS_WRITTEN: ReadonlyMap<string, HeaderName> = new Map<string, HeaderName>([
  ...[...CORE, ...EXTENSIONS].map((name) => [name, { name, list: undefined }] as const),
  ...WORD_LISTS.map((name) => [name, { name, list: 'words' }] as const),
  ...ADDRESS_LISTS.map((name) => [name, { name, list: 'addresses' }] as const),
]);

const LOWER_CASE: ReadonlyMap<string, HeaderName> = new Map([
  ...[...AS_WRITTEN.values()].map((known) => [known.name.toLowerCase(), known] as const),
  ...Object.entries(COMPACT).map(
    ([short, name]) => [short, AS_WRITTEN.get(name) ?? { name, list: undefined }] as const,
  ),
]);

export const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/**
 * The one spelling of a header name: long form, RFC 3261's case; names it does not know get each
 * word's first letter raised (`x-partyline` → `X-Partyline`), so that equal names are equal strings.
 */
export function canonicalName(name: string): string {
  return known(name).name;
}

/** Whether commas separate values of this header, by canonical name, and of what sort they are. */
export function listKind(name: string): HeaderName['list'] {
  return AS_WRITTEN.get(name)?.list;
}

/**
 * The header that is named by what stands before a colon. A blank there is let pass only where
 * RFC 3261 names the header: in extension headers it serves to slip an identity past a filter
 * (CVE-2020-28361) and nothing writes it in good faith.
 */
export function parseName(text: string): HeaderName {
  const written = AS_WRITTEN.get(text);
  if (written !== undefined) return written;
  const name = text.trimEnd();
  if (!TOKEN.test(name)) throw new SipProtocolError(400, 'Bad header name');
  const found = known(name);
  if (name.length !== text.length && !CORE_NAMES.has(found.name)) {
    throw new SipProtocolError(400, 'Blank before the colon of a header');
  }
  return found;
}

function known(name: string): HeaderName {
  const found = AS_WRITTEN.get(name) ?? LOWER_CASE.get(name.toLowerCase());
  return found ?? { name: titleCase(name), list: undefined };
}

function titleCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
}
