import { EslProtocolError, headerOf, parseHeaders } from './headers.ts';

/** A block of header lines and the body that its Content-Length announced. */
export interface Frame {
  /** The lines before the blank one, without it. */
  readonly head: string;
  readonly body: string;
}

/** FreeSWITCH refuses longer bodies (mod_event_socket.c). */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_HEAD_BYTES = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts an event socket byte stream into frames; chunks may split anywhere. Serves both ends: blank
 * lines before a frame and CR before LF are forgiven, as FreeSWITCH forgives them.
 * Throws EslProtocolError on a length that is no plain number or over 16 MiB.
 */
export class EslDecoder {
  #chunks: Buffer[] = [];
  #length = 0;
  #scanned = 0;
  #needed = 0;

  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(Buffer.from(chunk));
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    const frames: Frame[] = [];
    let rest = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    for (let cut = this.#next(rest); cut; cut = this.#next(rest)) {
      frames.push(cut.frame);
      rest = cut.rest;
      this.#scanned = 0;
    }
    rest = this.#skipBlank(rest);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return frames;
  }

  #next(bytes: Buffer): { frame: Frame; rest: Buffer } | undefined {
    this.#needed = 0;
    const start = blankLines(bytes);
    const end = headEnd(bytes, Math.max(start, this.#scanned - 2));
    if (end === undefined) {
      if (bytes.length - start > MAX_HEAD_BYTES) throw new EslProtocolError('headers without end');
      this.#scanned = bytes.length;
      return undefined;
    }
    const head = bytes.toString('utf8', start, end.at);
    const bodyEnd = end.after + contentLength(head);
    if (bytes.length < bodyEnd) {
      this.#needed = bodyEnd;
      return undefined;
    }
    const body = bytes.toString('utf8', end.after, bodyEnd);
    return { frame: { head, body }, rest: bytes.subarray(bodyEnd) };
  }

  #skipBlank(bytes: Buffer): Buffer {
    const start = this.#needed === 0 ? blankLines(bytes) : 0;
    this.#scanned = Math.max(0, this.#scanned - start);
    return bytes.subarray(start);
  }
}

function blankLines(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === LF || bytes[at] === CR) at++;
  return at;
}

function headEnd(bytes: Buffer, from: number): { at: number; after: number } | undefined {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return { at, after: at + 2 };
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return { at, after: at + 3 };
  }
  return undefined;
}

function contentLength(head: string): number {
  if (!/content-length/i.test(head)) return 0;
  const lengths = parseHeaders(head).filter((each) => each.name.toLowerCase() === 'content-length');
  const text = headerOf(lengths, 'Content-Length');
  if (text === undefined) return 0;
  if (lengths.some((each) => each.value !== text)) {
    throw new EslProtocolError('two different Content-Lengths');
  }
  const length = /^\d{1,8}$/.test(text) ? Number(text) : Infinity;
  if (length > MAX_BODY_BYTES)
    throw new EslProtocolError(`bad Content-Length: ${text.slice(0, 40)}`);
  return length;
}
