import { SipProtocolError } from './errors.ts';
import type { Head } from './head.ts';
import { parseHead } from './head.ts';
import { LIMITS } from './limits.ts';
import type { SipMessage } from './message.ts';
import { contentLength, toMessage } from './parse.ts';

export type StreamItem =
  | { readonly kind: 'message'; readonly message: SipMessage }
  /** A CRLF CRLF between messages: to be answered with one CRLF (RFC 5626 section 3.5.1). */
  | { readonly kind: 'ping' }
  /** One message is bad, but where it ends is known: the next can be read. */
  | { readonly kind: 'malformed'; readonly error: SipProtocolError }
  /** Where the next message starts is not known: the connection must be closed. */
  | { readonly kind: 'broken'; readonly error: SipProtocolError };

const CR = 0x0d;
const LF = 0x0a;
const END_OF_HEAD = '\r\n\r\n';

/**
 * Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3). Chunks may split
 * anywhere. After `broken` it takes nothing more.
 */
export class SipStreamDecoder {
  #buffer = Buffer.alloc(0);
  #length = 0;
  /** The head's end was looked for up to here. */
  #searched = 0;
  #head: { readonly head: Head; readonly bodyFrom: number; readonly end: number } | undefined;
  #loneCrlf = false;
  #broken = false;

  push(chunk: Uint8Array): StreamItem[] {
    if (this.#broken) return [];
    this.#append(chunk);
    const items: StreamItem[] = [];
    for (let item = this.#next(); item; item = this.#next()) items.push(item);
    return items;
  }

  /** Whether a message has begun and not ended. */
  get isMidMessage(): boolean {
    return this.#length > 0;
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#length));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  #next(): StreamItem | undefined {
    if (this.#broken) return undefined;
    if (!this.#head) {
      if (this.#skipCrlf()) return { kind: 'ping' };
      const fault = this.#readHead();
      if (fault) return fault;
    }
    return this.#readBody();
  }

  /** Drops empty lines before a message; true for each pair of them. */
  #skipCrlf(): boolean {
    while (this.#length >= 2 && this.#buffer[0] === CR && this.#buffer[1] === LF) {
      this.#drop(2);
      this.#loneCrlf = !this.#loneCrlf;
      if (!this.#loneCrlf) return true;
    }
    return false;
  }

  #readHead(): StreamItem | undefined {
    const end = this.#pending().indexOf(END_OF_HEAD, Math.max(0, this.#searched - 3), 'latin1');
    if (end < 0) {
      this.#searched = this.#length;
      if (this.#length <= LIMITS.messageBytes) return undefined;
      return this.#break(new SipProtocolError(513, 'Message Too Large'));
    }
    const head = parseHead(this.#buffer.toString('utf8', 0, end));
    const bodyFrom = end + END_OF_HEAD.length;
    try {
      // A line that no two readers need read alike could hide where the body ends.
      if (head.fault) throw head.fault;
      const length = contentLength(head.headers);
      if (length === undefined) throw new SipProtocolError(400, 'Missing Content-Length');
      if (bodyFrom + length > LIMITS.messageBytes) {
        throw new SipProtocolError(513, 'Message Too Large');
      }
      this.#head = { head, bodyFrom, end: bodyFrom + length };
      return undefined;
    } catch (error) {
      if (error instanceof SipProtocolError) return this.#break(answerableFault(head, error));
      throw error;
    }
  }

  #readBody(): StreamItem | undefined {
    if (!this.#head || this.#length < this.#head.end) return undefined;
    const { head, bodyFrom, end } = this.#head;
    const body = this.#buffer.toString('utf8', bodyFrom, end);
    this.#drop(end);
    this.#head = undefined;
    this.#searched = 0;
    this.#loneCrlf = false;
    try {
      return { kind: 'message', message: toMessage(head, body) };
    } catch (error) {
      if (error instanceof SipProtocolError) return { kind: 'malformed', error };
      throw error;
    }
  }

  #pending(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #drop(bytes: number): void {
    this.#buffer = this.#buffer.subarray(bytes);
    this.#length -= bytes;
  }

  #break(error: SipProtocolError): StreamItem {
    this.#broken = true;
    this.#buffer = Buffer.alloc(0);
    this.#length = 0;
    return { kind: 'broken', error };
  }
}

/** The same fault, with the request that it spoilt where one can be made out. */
function answerableFault(head: Head, error: SipProtocolError): SipProtocolError {
  try {
    toMessage({ ...head, fault: error }, '');
  } catch (faulty) {
    if (faulty instanceof SipProtocolError) return faulty;
    throw faulty;
  }
  return error;
}
