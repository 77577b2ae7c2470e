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

/** Names of later RFCs whose case is not each word's first letter raised. */
const EXTENSIONS = [
  ...['RAck', 'RSeq', 'SIP-ETag', 'SIP-If-Match', 'Min-SE', 'Remote-Party-ID', 'Identity-Info'],
  ...['Session-ID', 'P-Charging-Function-Addresses', 'P-Called-Party-ID', 'Call-Info-URI'],
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

const LIST_KIND: ReadonlyMap<string, 'words' | 'addresses'> = new Map([
  ...WORD_LISTS.map((name) => [name, 'words'] as const),
  ...ADDRESS_LISTS.map((name) => [name, 'addresses'] as const),
]);

const CORE_NAMES: ReadonlySet<string> = new Set(CORE);

/** Spellings met most, looked up as they stand; all others pass through the lower-case table. */
const AS_WRITTEN: ReadonlyMap<string, string> = new Map(
  [...CORE, ...EXTENSIONS, ...WORD_LISTS, ...ADDRESS_LISTS].map((name) => [name, name]),
);

const LOWER_CASE: ReadonlyMap<string, string> = new Map([
  ...[...AS_WRITTEN.keys()].map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(COMPACT),
]);

export const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/**
 * The one spelling of a header name: long form, RFC 3261's case; names it does not know get each
 * word's first letter raised (`x-partyline` → `X-Partyline`), so that equal names are equal strings.
 */
export function canonicalName(name: string): string {
  return AS_WRITTEN.get(name) ?? LOWER_CASE.get(name.toLowerCase()) ?? titleCase(name);
}

/**
 * The canonical name of what stands before a header's colon. A blank there is let pass only where
 * RFC 3261 names the header: in extension headers it serves to slip an identity past a filter
 * (CVE-2020-28361) and nothing writes it in good faith.
 */
export function parseName(text: string): string {
  const known = AS_WRITTEN.get(text);
  if (known !== undefined) return known;
  const name = text.trimEnd();
  if (!TOKEN.test(name)) throw new SipProtocolError(400, 'Bad header name');
  const canonical = canonicalName(name);
  if (name.length !== text.length && !CORE_NAMES.has(canonical)) {
    throw new SipProtocolError(400, 'Blank before the colon of a header');
  }
  return canonical;
}

/** Whether commas separate values of this header, by canonical name, and of what sort they are. */
export function listKind(name: string): 'words' | 'addresses' | undefined {
  return LIST_KIND.get(name);
}

function titleCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
}
