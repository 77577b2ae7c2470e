import type { EslHeader, EslHeaders } from './headers.ts';
import { EslProtocolError, headerOf, parseHeaders } from './headers.ts';
import { urlDecode, urlEncode } from './url-encode.ts';

/** One event as FreeSWITCH fires it, values decoded. */
export interface EslEvent {
  readonly headers: EslHeaders;
  readonly body?: string;
}

/** The event as the body of a `text/event-plain` frame: values URL-encoded (switch_event.c). */
export function formatPlainEvent(event: EslEvent): string {
  const lines = event.headers.map(({ name, value }) => `${name}: ${encodeValue(value)}\n`).join('');
  if (event.body === undefined || event.body === '') return `${lines}\n`;
  return `${lines}Content-Length: ${Buffer.byteLength(event.body)}\n\n${event.body}`;
}

/** The event as the body of a `text/event-json` frame; a name that stands twice is written twice. */
export function formatJsonEvent(event: EslEvent): string {
  const pairs = event.headers.map(({ name, value }) => pair(name, value));
  if (event.body !== undefined) {
    pairs.push(pair('Content-Length', String(Buffer.byteLength(event.body))));
    pairs.push(pair('_body', event.body));
  }
  return `{${pairs.join(',')}}`;
}

export function parsePlainEvent(text: string): EslEvent {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = parseHeaders(head).map(({ name, value }) => ({
    name,
    value: decodeValue(value),
  }));
  const length = Number(headerOf(headers, 'Content-Length') ?? 0);
  if (end < 0 || length === 0) return { headers };
  const body = Buffer.from(text.slice(end + 2))
    .subarray(0, length)
    .toString('utf8');
  return { headers: headers.filter(isNotLength), body };
}

export function parseJsonEvent(text: string): EslEvent {
  const values = parseObject(text);
  const headers: EslHeader[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (name !== '_body') headers.push({ name, value: oneValue(value) });
  }
  const body = values._body;
  if (body === undefined) return { headers };
  return { headers: headers.filter(isNotLength), body: oneValue(body) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new EslProtocolError('an event that is no JSON', { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EslProtocolError('an event that is no JSON object');
  }
  return value as Record<string, unknown>;
}

/** Several values of one header come as a JSON array; FreeSWITCH's text form of that is `ARRAY::`. */
function oneValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `ARRAY::${value.map(oneValue).join('|:')}`;
  return JSON.stringify(value);
}

function isNotLength(header: EslHeader): boolean {
  return header.name.toLowerCase() !== 'content-length';
}

function pair(name: string, value: string): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function encodeValue(value: string): string {
  return value === '' ? '_undef_' : urlEncode(value);
}

function decodeValue(value: string): string {
  return value === '_undef_' ? '' : urlDecode(value);
}
