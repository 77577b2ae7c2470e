import { SipProtocolError } from './errors.ts';

/** Parameters in order; names in lower case; a parameter without a value has ''. Quotes are kept off values. */
export type Parameters = ReadonlyMap<string, string>;

export const NO_PARAMETERS: Parameters = new Map();

const PLAIN = /^[A-Za-z0-9\-.!%*_+`'~:[\]/&$()@?]*$/;

/**
 * Reads `;a=b;c="d e"`, which must be all of the text. A name twice, an empty one or an open quote
 * is refused, so that no two readers can take two values.
 */
export function parseParameters(text: string): Parameters {
  if (text === '') return NO_PARAMETERS;
  const found = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    if (text[at] !== ';') throw new SipProtocolError(400, 'Bad parameters');
    const end = endOfParameter(text, at + 1);
    addParameter(found, text.slice(at + 1, end));
    at = end;
  }
  return found;
}

/** Writes parameters with their semicolons; values that are no token are quoted. */
export function formatParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) {
    text += value === '' ? `;${name}` : `;${name}=${PLAIN.test(value) ? value : quote(value)}`;
  }
  return text;
}

/** A quoted-string of RFC 3261 section 25.1. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The text within a quoted-string; other text as it is. */
export function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const inner = text.slice(1, -1);
  return inner.includes('\\') ? inner.replace(/\\([^])/g, '$1') : inner;
}

/** Where the quoted-string that opens at `open` ends: just past its closing quote. */
export function endOfQuoted(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  throw new SipProtocolError(400, 'Unbalanced quote');
}

function endOfParameter(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === ';') return at;
    if (text[at] === '"') at = endOfQuoted(text, at) - 1;
  }
  return text.length;
}

function addParameter(found: Map<string, string>, text: string): void {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim().toLowerCase();
  const value = equals < 0 ? '' : text.slice(equals + 1).trim();
  if (name === '' || /[\s"<>]/.test(name)) throw new SipProtocolError(400, 'Bad parameter name');
  if (found.has(name)) throw new SipProtocolError(400, 'A parameter stands twice');
  if (value.startsWith('"') && endOfQuoted(value, 0) !== value.length) {
    throw new SipProtocolError(400, 'Bad quoted parameter');
  }
  found.set(name, unquote(value));
}
