import { checkMessage } from './check.ts';
import { SipProtocolError } from './errors.ts';
import type { Head } from './head.ts';
import { parseHead } from './head.ts';
import { TOKEN } from './header-name.ts';
import { LIMITS } from './limits.ts';
import type { SipHeader, SipMessage, SipRequest } from './message.ts';
import { parseUri, schemeOf } from './uri.ts';

export interface ParseOptions {
  /** Bytes after the body: a datagram's are ignored (RFC 3261 section 18.3), a WebSocket frame has none. */
  readonly trailing: 'ignore' | 'refuse';
}

const END_OF_HEAD = '\r\n\r\n';
const STATUS_LINE = /^SIP\/2\.0 (\d{3})(?: (.*))?$/i;
const REQUEST_LINE = /^([^ ]+) ([^ ]+) SIP\/(\d+)\.(\d+)$/i;

/**
 * Reads one whole message: a datagram, or a WebSocket frame. Lenient where RFC 4475 allows; throws
 * SipProtocolError with what to answer, and the request as far as it was read.
 */
export function parseMessage(
  data: Uint8Array,
  options: ParseOptions = { trailing: 'ignore' },
): SipMessage {
  const bytes = asBuffer(data);
  if (bytes.length > LIMITS.messageBytes) throw new SipProtocolError(513, 'Message Too Large');
  const from = startOfMessage(bytes);
  const headEnd = bytes.indexOf(END_OF_HEAD, from, 'latin1');
  const head = parseHead(bytes.toString('utf8', from, headEnd < 0 ? bytes.length : headEnd));
  const bodyFrom = headEnd + END_OF_HEAD.length;
  const message = answerable(head, () => {
    if (headEnd < 0) throw new SipProtocolError(400, 'No empty line after the headers');
    return toMessage(head, bodyOf(bytes, bodyFrom, head));
  });
  const rest = bytes.length - bodyFrom;
  if (options.trailing === 'refuse' && rest > (contentLength(head.headers) ?? rest)) {
    throw new SipProtocolError(400, 'More than one message in a frame');
  }
  return message;
}

/** Reads a message whose head is taken apart and whose body is known: the stream's way in. */
export function toMessage(head: Head, body: string): SipMessage {
  return answerable(head, () => {
    if (head.fault) throw head.fault;
    const message = parseStartLine(head.startLine, head.headers, body);
    checkMessage(message);
    if (message.kind === 'request') checkRequestUri(message.uri);
    return message;
  });
}

/**
 * Reads start line, headers and body and asks for no particular header: drafts that a trusted
 * program hands over for completion. The body is all that follows the empty line.
 */
export function parseDraft(text: string): SipMessage {
  const headEnd = text.indexOf(END_OF_HEAD);
  const head = parseHead(headEnd < 0 ? text.replace(/(?:\r\n)+$/, '') : text.slice(0, headEnd));
  if (head.fault) throw head.fault;
  const body = headEnd < 0 ? '' : text.slice(headEnd + END_OF_HEAD.length);
  return parseStartLine(head.startLine, head.headers, body);
}

/** The bytes of body that the headers promise, or undefined. Throws where there is no one reading. */
export function contentLength(headers: readonly SipHeader[]): number | undefined {
  let value: string | undefined;
  for (const each of headers) {
    if (each.name !== 'Content-Length') continue;
    if (value !== undefined) throw new SipProtocolError(400, 'Two Content-Lengths');
    value = each.value;
  }
  if (value === undefined) return undefined;
  if (!/^\d{1,12}$/.test(value)) throw new SipProtocolError(400, 'Bad Content-Length');
  if (Number(value) > LIMITS.messageBytes) throw new SipProtocolError(513, 'Message Too Large');
  return Number(value);
}

function asBuffer(data: Uint8Array): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** Empty lines before a message are ignored (RFC 3261 section 7.5). */
function startOfMessage(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 2;
  return at;
}

function bodyOf(bytes: Buffer, from: number, head: Head): string {
  const end = from + (contentLength(head.headers) ?? bytes.length - from);
  if (end > bytes.length) throw new SipProtocolError(400, 'Content-Length beyond the end');
  return bytes.toString('utf8', from, end);
}

function parseStartLine(line: string, headers: readonly SipHeader[], body: string): SipMessage {
  const status = STATUS_LINE.exec(line);
  if (status) return toResponse(Number(status[1]), status[2] ?? '', headers, body);
  const request = REQUEST_LINE.exec(line);
  if (!request) throw new SipProtocolError(400, 'Bad start line');
  const [, method = '', uri = '', major, minor] = request;
  if (!TOKEN.test(method)) throw new SipProtocolError(400, 'Bad method');
  if (Number(major) !== 2 || Number(minor) !== 0) {
    throw new SipProtocolError(505, 'Version Not Supported');
  }
  return { kind: 'request', method, uri, headers, body };
}

function toResponse(
  status: number,
  reason: string,
  headers: readonly SipHeader[],
  body: string,
): SipMessage {
  if (status < 100 || status > 699) throw new SipProtocolError(400, 'Bad status');
  return { kind: 'response', status, reason, headers, body };
}

function checkRequestUri(uri: string): void {
  const scheme = schemeOf(uri);
  if (scheme === undefined || /[<>"]/.test(uri)) throw new SipProtocolError(400, 'Bad Request-URI');
  if (scheme !== 'sip' && scheme !== 'sips') return;
  if (parseUri(uri).headers !== '') throw new SipProtocolError(400, 'Headers in the Request-URI');
}

/** Runs a reader; what it throws gets the request to answer, where the start line is a request's. */
function answerable(head: Head, read: () => SipMessage): SipMessage {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SipProtocolError) || error.request) throw error;
    throw new SipProtocolError(error.status, error.message, draftRequest(head));
  }
}

function draftRequest({ startLine, headers }: Head): SipRequest | undefined {
  const found = /^([^ ]+) +(\S.*?) +SIP\/\d+\.\d+ *$/i.exec(startLine);
  const [, method, uri] = found ?? [];
  if (method === undefined || uri === undefined || !TOKEN.test(method)) return undefined;
  return { kind: 'request', method, uri, headers, body: '' };
}
