/**
 * Frames of drachtio's wire, both ways: `<length in bytes>#<text>`, UTF-8, no terminator
 * (drachtio-server src/client.cpp, `readMessageLength` and `send`).
 */

const HASH = 0x23;
/** The server takes no more, so no frame may be longer than 99,999 bytes. */
const MAX_DIGITS = 5;

/** The peer broke the framing or the grammar; the connection must be closed. */
export class DrachtioProtocolError extends Error {
  override readonly name = 'DrachtioProtocolError';
}

/** Cuts a drachtio byte stream into frame texts. Chunks may split anywhere, within a character too. */
export class FrameDecoder {
  #pending: Buffer = Buffer.alloc(0);

  /** Every frame completed by `chunk`. Throws DrachtioProtocolError on a length that is none. */
  push(chunk: Uint8Array): string[] {
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : joined(this.#pending, chunk);
    const frames: string[] = [];
    for (let text = this.#next(); text !== undefined; text = this.#next()) frames.push(text);
    return frames;
  }

  #next(): string | undefined {
    const hash = this.#pending.subarray(0, MAX_DIGITS + 1).indexOf(HASH);
    if (hash < 0 && this.#pending.length <= MAX_DIGITS) return checkDigits(this.#pending);
    const start = hash + 1;
    const end = start + parseLength(this.#pending.toString('latin1', 0, Math.max(hash, 0)));
    if (this.#pending.length < end) return undefined;
    const text = this.#pending.toString('utf8', start, end);
    this.#pending = this.#pending.subarray(end);
    return text;
  }
}

export function formatFrame(text: string): string {
  const bytes = Buffer.byteLength(text, 'utf8');
  return `${bytes}#${text}`;
}

function joined(first: Buffer, second: Uint8Array): Buffer {
  return Buffer.concat([first, second]);
}

/** An unfinished length must already look like one, or a peer that talks HTTP would hang for ever. */
function checkDigits(pending: Buffer): undefined {
  if (pending.length > 0) parseLength(pending.toString('latin1'));
  return undefined;
}

function parseLength(digits: string): number {
  if (!/^[0-9]{1,5}$/.test(digits) || Number(digits) === 0) {
    throw new DrachtioProtocolError('bad frame length');
  }
  return Number(digits);
}
