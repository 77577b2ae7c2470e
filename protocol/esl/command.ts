import type { Frame } from './decoder.ts';
import type { EslHeaders } from './headers.ts';
import { headerOf, parseHeaders } from './headers.ts';

/** One command as a controller sends it: a line, perhaps headers, perhaps a body. */
export interface EslCommand {
  readonly line: string;
  readonly headers: EslHeaders;
  readonly body: string;
}

/**
 * The bytes of one command. Throws where a line, name or value holds CR, LF or NUL: that would be
 * a second command, so it is a bug of ours that must not reach the wire.
 */
export function formatCommand(
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): string {
  const lines = [line];
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[A-Za-z0-9_-]+$/.test(name))
      throw new TypeError('a header name of forbidden characters');
    lines.push(`${name}: ${value}`);
  }
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  if (lines.some((each) => hasLineEnd(each)))
    throw new TypeError('a command of more than one line');
  return `${lines.join('\n')}\n\n${body ?? ''}`;
}

/** Reads a frame that a controller sent. */
export function toCommand(frame: Frame): EslCommand {
  const lineEnd = frame.head.indexOf('\n');
  const line = (lineEnd < 0 ? frame.head : frame.head.slice(0, lineEnd)).replace(/\r$/, '');
  const headers = lineEnd < 0 ? [] : parseHeaders(frame.head.slice(lineEnd + 1));
  return { line, headers, body: frame.body };
}

/** A header of the command that switches something on: FreeSWITCH's `switch_true`. */
export function isTrue(headers: EslHeaders, name: string): boolean {
  const value = headerOf(headers, name)?.toLowerCase();
  return value !== undefined && /^(yes|on|true|t|enabled|active|allow|-?[1-9]\d*)$/.test(value);
}

function hasLineEnd(text: string): boolean {
  return text.includes('\n') || text.includes('\r') || text.includes('\0');
}
