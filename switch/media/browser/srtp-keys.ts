import { createCipheriv } from 'node:crypto';

/** One direction's master key (16 bytes) and salt (14 bytes), as the DTLS exporter gives them. */
export interface SrtpMaster {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

/** Session keys of one direction for RTP or for RTCP. */
export interface SrtpSessionKeys {
  readonly stream: CounterStream;
  readonly authentication: Uint8Array;
}

const LABELS = { rtp: [0, 1, 2], rtcp: [3, 4, 5] } as const;

/** RFC 3711 section 4.3, key derivation rate 0. */
export function sessionKeys(master: SrtpMaster, use: keyof typeof LABELS): SrtpSessionKeys {
  const [encryption, authentication, salting] = LABELS[use];
  return {
    stream: new CounterStream(derived(master, encryption, 16), derived(master, salting, 14)),
    authentication: derived(master, authentication, 20),
  };
}

/** `length` bytes of the pseudo-random function under one label (RFC 3711 section 4.3.3). */
export function derived(master: SrtpMaster, label: number, length: number): Buffer {
  const salt = Buffer.from(master.salt);
  salt.writeUInt8(salt.readUInt8(7) ^ label, 7);
  const zeros = Buffer.alloc(length);
  new CounterStream(master.key, salt).apply(zeros, { ssrc: 0, index: 0 });
  return zeros;
}

/**
 * AES in counter mode over one lasting ECB cipher (RFC 3711 section 4.1.1): making a cipher for
 * each packet costs more than the packet.
 */
export class CounterStream {
  readonly #cipher: ReturnType<typeof createCipheriv>;
  readonly #salt: Buffer;
  #blocks = Buffer.alloc(16 * 12);

  constructor(key: Uint8Array, salt: Uint8Array) {
    this.#cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.#salt = Buffer.alloc(16);
    this.#salt.set(salt);
  }

  /** Encrypts or decrypts in place. */
  apply(bytes: Uint8Array, packet: { readonly ssrc: number; readonly index: number }): void {
    const count = Math.ceil(bytes.length / 16);
    if (count === 0) return;
    if (this.#blocks.length < count * 16) this.#blocks = Buffer.alloc(count * 16);
    const blocks = this.#blocks.subarray(0, count * 16);
    this.#count(blocks, packet);
    const key = this.#cipher.update(blocks);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) ^ (key[i] ?? 0);
  }

  #count(blocks: Buffer, { ssrc, index }: { readonly ssrc: number; readonly index: number }): void {
    const salt = this.#salt;
    blocks.set(salt, 0);
    blocks.writeUInt32BE((salt.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    const high = Math.floor(index / 0x1_0000_0000);
    blocks.writeUInt16BE(salt.readUInt16BE(8) ^ high, 8);
    blocks.writeUInt32BE((salt.readUInt32BE(10) ^ (index >>> 0)) >>> 0, 10);
    for (let at = 16, n = 1; at < blocks.length; at += 16, n++) {
      blocks.copy(blocks, at, 0, 14);
      blocks.writeUInt16BE(n, at + 14);
    }
  }
}
