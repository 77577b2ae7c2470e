import { canonicalName, listKind, TOKEN } from './header-name.ts';
import type { SipHeader, SipMessage } from './message.ts';

/**
 * Writes a message, strictly. Content-Length is counted anew, in bytes, at its place or last. Throws
 * where a value holds CR or LF or a name is no token: such a message would be read as another one.
 */
export function formatMessage(message: SipMessage): string {
  const length = String(Buffer.byteLength(message.body));
  let text = `${startLine(message)}\r\n`;
  let counted = false;
  let open = '';
  for (const { name, value } of message.headers) {
    if (name === open && value !== '') {
      text += `, ${safe(value)}`;
      continue;
    }
    if (open !== '') text += '\r\n';
    open = '';
    if (name === 'Content-Length') {
      text += counted ? '' : `Content-Length: ${length}\r\n`;
      counted = true;
    } else if (listKind(name) === 'words' && value !== '') {
      text += `${name}: ${safe(value)}`;
      open = name;
    } else text += `${safeName(name)}: ${safe(value)}\r\n`;
  }
  if (open !== '') text += '\r\n';
  if (!counted) text += `Content-Length: ${length}\r\n`;
  return `${text}\r\n${message.body}`;
}

/** A header by any spelling of its name. */
export function toHeader(name: string, value: string): SipHeader {
  return { name: canonicalName(name), value };
}

function startLine(message: SipMessage): string {
  if (message.kind === 'response') {
    if (!Number.isInteger(message.status) || message.status < 100 || message.status > 699) {
      throw new Error(`status out of range: ${message.status}`);
    }
    return `SIP/2.0 ${message.status} ${safe(message.reason)}`;
  }
  if (/[\s<>"]/.test(message.uri) || message.uri === '') throw new Error('unsafe Request-URI');
  return `${safeName(message.method)} ${message.uri} SIP/2.0`;
}

function safe(value: string): string {
  if (/[\r\n]/.test(value)) throw new Error('line break in a SIP header value');
  return value;
}

function safeName(name: string): string {
  if (!TOKEN.test(name)) throw new Error('SIP header name or method is no token');
  return name;
}
