import { SipProtocolError } from './errors.ts';
import type { Parameters } from './parameters.ts';
import { NO_PARAMETERS } from './parameters.ts';

/** A sip: or sips: URI (RFC 3261 section 19.1). */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Unescaped, once; escapes that are no UTF-8 stay as written. */
  readonly user?: string;
  readonly password?: string;
  /** Lower case; IPv6 addresses in their brackets. */
  readonly host: string;
  readonly port?: number;
  /** URI parameters, names in lower case, unescaped. */
  readonly parameters: Parameters;
  /** What follows `?`, as written, without the mark; '' for none. */
  readonly headers: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const HOST_PORT = /^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const USER = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+$/;
const PASSWORD = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*$/;
const PARAMETER = /^(?:[A-Za-z0-9\-_.!~*'()[\]/:&+$]|%[0-9A-Fa-f]{2})+$/;
const HEADERS = /^(?:[A-Za-z0-9\-_.!~*'()[\]/?:+$&=]|%[0-9A-Fa-f]{2})*$/;
const LONE_SURROGATE = /\p{Cs}/u;

/** The scheme of any URI in lower case, or undefined where there is none. */
export function schemeOf(uri: string): string | undefined {
  return SCHEME.exec(uri)?.[1]?.toLowerCase();
}

/** Reads a sip: or sips: URI. Any other scheme throws with 416, any fault with 400. */
export function parseUri(text: string): SipUri {
  const scheme = schemeOf(text);
  if (scheme === undefined) throw new SipProtocolError(400, 'Bad URI');
  if (scheme !== 'sip' && scheme !== 'sips') {
    throw new SipProtocolError(416, 'Unsupported URI Scheme');
  }
  const rest = text.slice(scheme.length + 1);
  const at = rest.indexOf('@');
  const userinfo = at < 0 ? undefined : rest.slice(0, at);
  const [beforeHeaders, headers] = cut(at < 0 ? rest : rest.slice(at + 1), '?');
  const [hostport, parameters] = cut(beforeHeaders, ';');
  if (!HEADERS.test(headers)) throw new SipProtocolError(400, 'Bad headers in a URI');
  return {
    scheme,
    ...(userinfo === undefined ? {} : parseUserinfo(userinfo)),
    ...parseHostPort(hostport),
    parameters: parseUriParameters(parameters),
    headers,
  };
}

/** Whether the text is a sip: or sips: URI that reads. */
export function isSipUri(text: string): boolean {
  try {
    parseUri(text);
    return true;
  } catch (error) {
    if (error instanceof SipProtocolError) return false;
    throw error;
  }
}

export function formatUri(uri: SipUri): string {
  const password = uri.password === undefined ? '' : `:${escape(uri.password, /[&=+$,]/)}`;
  const userinfo = uri.user === undefined ? '' : `${escape(uri.user, /[&=+$,;?/]/)}${password}@`;
  const port = uri.port === undefined ? '' : `:${uri.port}`;
  let parameters = '';
  for (const [name, value] of uri.parameters) {
    parameters += `;${escape(name, /[[\]/:&+$]/)}`;
    if (value !== '') parameters += `=${escape(value, /[[\]/:&+$]/)}`;
  }
  const headers = uri.headers === '' ? '' : `?${uri.headers}`;
  return `${uri.scheme}:${userinfo}${uri.host}${port}${parameters}${headers}`;
}

/** Reads `host`, `host:port`, `[v6]:port`. */
export function parseHostPort(text: string): { readonly host: string; readonly port?: number } {
  const found = HOST_PORT.exec(text);
  const port = found?.[2] === undefined ? undefined : Number(found[2]);
  if (found?.[1] === undefined || (port !== undefined && port > 65_535)) {
    throw new SipProtocolError(400, 'Bad host or port');
  }
  const host = found[1].toLowerCase();
  return port === undefined ? { host } : { host, port };
}

/** Puts an address where a host stands in a URI or Via: IPv6 gets brackets. */
export function hostText(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}

/** An address out of a URI's host: IPv6 without its brackets. */
export function hostAddress(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function parseUserinfo(text: string): { readonly user: string; readonly password?: string } {
  const colon = text.indexOf(':');
  const user = colon < 0 ? text : text.slice(0, colon);
  if (!USER.test(user)) throw new SipProtocolError(400, 'Bad user in a URI');
  if (colon < 0) return { user: unescape(user) };
  const password = text.slice(colon + 1);
  if (!PASSWORD.test(password)) throw new SipProtocolError(400, 'Bad password in a URI');
  return { user: unescape(user), password: unescape(password) };
}

function parseUriParameters(text: string): Parameters {
  if (text === '') return NO_PARAMETERS;
  const found = new Map<string, string>();
  for (const each of text.split(';')) {
    const [rawName, rawValue] = cut(each, '=');
    if (!PARAMETER.test(rawName) || (rawValue !== '' && !PARAMETER.test(rawValue))) {
      throw new SipProtocolError(400, 'Bad parameter in a URI');
    }
    const name = unescape(rawName).toLowerCase();
    if (found.has(name)) throw new SipProtocolError(400, 'A URI parameter stands twice');
    found.set(name, unescape(rawValue));
  }
  return found;
}

/** The text before and after the first mark; the second '' where there is none. */
function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function unescape(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      // Not UTF-8: two different escapes must not become one replacement character.
      return run;
    }
  });
}

/** Percent-escapes what is neither unreserved nor one of `also`. */
function escape(text: string, also: RegExp): string {
  return text.replace(/[^A-Za-z0-9\-_.!~*'()]/gu, (each) =>
    also.test(each) ? each : encodeURIComponent(LONE_SURROGATE.test(each) ? '\ufffd' : each),
  );
}
