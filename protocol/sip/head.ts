import { SipProtocolError } from './errors.ts';
import type { HeaderName } from './header-name.ts';
import { parseName } from './header-name.ts';
import { LIMITS } from './limits.ts';
import type { SipHeader } from './message.ts';
import { endOfQuoted } from './parameters.ts';
import { splitList } from './split-list.ts';

/** Start line and headers, taken apart and named, their meaning not yet looked at. */
export interface Head {
  readonly startLine: string;
  readonly headers: readonly SipHeader[];
  /** What is wrong with a header line, where reading could go on past it. */
  readonly fault: SipProtocolError | undefined;
}

const SPACE = 32;
const TAB = 9;

const CONTROL = /[\0-\x08\n-\x1f\x7f]/;

/** Control characters that no line end brings. */
const STRAY = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

const FOLD = /\r\n[ \t]/;

/**
 * Takes the text before the empty line apart. Only CRLF ends a line: a bare CR or LF would be read
 * in two ways by two readers. Folded lines are joined by one blank (RFC 3261 section 7.3.1).
 */
export function parseHead(text: string): Head {
  const startEnd = text.indexOf('\r\n');
  const startLine = startEnd < 0 ? text : text.slice(0, startEnd);
  const headers: SipHeader[] = [];
  const suspect = STRAY.test(text) || hasLoneLineEnd(text);
  const folded = FOLD.test(text);
  let fault = suspect ? controlFault(startLine) : undefined;
  let lines = 0;
  let at = startEnd < 0 ? text.length : startEnd + 2;
  while (at < text.length) {
    const end = folded ? endOfFolded(text, at) : endOfLine(text, at);
    lines += 1;
    if (lines > LIMITS.headerLines || headers.length > LIMITS.headerValues) {
      return { startLine, headers, fault: new SipProtocolError(513, 'Too many headers') };
    }
    const line = text.slice(at, end);
    fault = addHeader(headers, folded ? unfold(line) : line, suspect) ?? fault;
    at = end + 2;
  }
  return { startLine, headers, fault };
}

/** Whether a CR or an LF stands without the other. */
function hasLoneLineEnd(text: string): boolean {
  let at = 0;
  for (;;) {
    const cr = text.indexOf('\r', at);
    const lf = text.indexOf('\n', at);
    if (cr < 0 || lf < 0) return cr !== lf;
    if (lf !== cr + 1) return true;
    at = lf + 1;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

/** Where the header that starts at `from` ends, its folded lines included. */
function endOfFolded(text: string, from: number): number {
  let end = endOfLine(text, from);
  while (isBlank(text.charCodeAt(end + 2))) end = endOfLine(text, end + 2);
  return end;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function unfold(line: string): string {
  return line.replace(/[ \t]*\r\n[ \t]+/g, ' ');
}

function addHeader(
  headers: SipHeader[],
  line: string,
  suspect: boolean,
): SipProtocolError | undefined {
  try {
    if (line.length > LIMITS.lineChars) throw new SipProtocolError(513, 'A header is too long');
    const colon = line.indexOf(':');
    if (colon < 0) throw new SipProtocolError(400, 'A header without a colon');
    const known = parseName(line.slice(0, colon));
    const value = line.slice(colon + 1).trim();
    const fault = suspect ? controlFault(value) : undefined;
    addValues(headers, known, fault ? replaceControls(value) : value);
    return fault;
  } catch (error) {
    if (error instanceof SipProtocolError) return error;
    throw error;
  }
}

function addValues(headers: SipHeader[], { name, list }: HeaderName, value: string): void {
  if (list === undefined || !value.includes(',')) {
    headers.push({ name, value });
    return;
  }
  let empty = 0;
  for (const each of splitList(value)) {
    if (each === '') empty += 1;
    else headers.push({ name, value: each });
  }
  if (list === 'words' || empty === 0) return;
  throw new SipProtocolError(400, `Empty value in ${name}`);
}

/** Control characters are legal only as quoted pairs within quotes (RFC 3261 section 25.1). */
function controlFault(value: string): SipProtocolError | undefined {
  if (!CONTROL.test(value)) return undefined;
  let bare = '';
  for (let at = 0; at < value.length;) {
    const open = value.indexOf('"', at);
    if (open < 0) {
      bare += value.slice(at);
      break;
    }
    const end = endOfQuoted(value, open);
    bare += value.slice(at, open) + value.slice(open, end).replace(/\\[^\r\n]/g, '');
    at = end;
  }
  return CONTROL.test(bare)
    ? new SipProtocolError(400, 'Control character in a header')
    : undefined;
}

/** So that a refusal can copy the value back without carrying the control characters out. */
function replaceControls(value: string): string {
  return value.replace(new RegExp(CONTROL, 'g'), '?');
}
