import { SipProtocolError } from './errors.ts';
import type { Parameters } from './parameters.ts';
import { endOfQuoted, formatParameters, parseParameters, quote, unquote } from './parameters.ts';

/** The value of From, To, Contact, Route, Refer-To: a name, a URI and header parameters (RFC 3261 section 20.10). */
export interface Address {
  /** Without quotes and escapes; '' where there is none. */
  readonly displayName: string;
  /** As written, without angle brackets. */
  readonly uri: string;
  readonly parameters: Parameters;
}

const DISPLAY_TOKENS = /^[A-Za-z0-9\-.!%*_+`'~ \t\u0080-\uffff]*$/;
const BARE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"?,]+$/;
const BRACKETED_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/;

/**
 * Reads a name-addr or addr-spec. Without angle brackets what follows the first `;` belongs to the
 * header, and a `?` or `,` is refused (RFC 3261 section 20).
 */
export function parseAddress(text: string): Address {
  const open = openBracket(text);
  return open < 0 ? parseBare(text) : parseBracketed(text, open);
}

export function formatAddress(address: Address): string {
  const name = address.displayName === '' ? '' : `${quote(address.displayName)} `;
  return `${name}<${address.uri}>${formatParameters(address.parameters)}`;
}

/** The tag of a From or To value, or undefined. */
export function tagOf(value: string): string | undefined {
  if (!/tag/i.test(value)) return undefined;
  return parseAddress(value).parameters.get('tag');
}

/** The same From or To value with this tag, in place of any other. */
export function withTag(value: string, tag: string): string {
  const address = parseAddress(value);
  if (!address.parameters.has('tag')) return `${value};tag=${tag}`;
  const parameters = new Map(address.parameters).set('tag', tag);
  return formatAddress({ ...address, parameters });
}

function openBracket(text: string): number {
  if (!text.startsWith('"')) return text.indexOf('<');
  const after = endOfQuoted(text, 0);
  const open = text.indexOf('<', after);
  if (open < 0 || text.slice(after, open).trim() !== '') {
    throw new SipProtocolError(400, 'Bad address after a quoted name');
  }
  return open;
}

function parseBracketed(text: string, open: number): Address {
  const close = text.indexOf('>', open);
  if (close < 0) throw new SipProtocolError(400, 'Unclosed angle bracket');
  const uri = text.slice(open + 1, close);
  if (!BRACKETED_URI.test(uri)) throw new SipProtocolError(400, 'Bad URI in an address');
  const parameters = parseParameters(text.slice(close + 1).trim());
  return { displayName: displayName(text.slice(0, open).trim()), uri, parameters };
}

function displayName(text: string): string {
  if (text.startsWith('"')) return unquote(text);
  if (!DISPLAY_TOKENS.test(text)) throw new SipProtocolError(400, 'Bad display name');
  return text;
}

function parseBare(text: string): Address {
  const semicolon = text.indexOf(';');
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (text.includes('?') || !BARE_URI.test(uri)) throw new SipProtocolError(400, 'Bad address');
  const parameters = semicolon < 0 ? '' : text.slice(semicolon);
  return { displayName: '', uri, parameters: parseParameters(parameters) };
}
