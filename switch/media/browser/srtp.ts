import { createHmac, timingSafeEqual } from 'node:crypto';
import { ReplayWindow } from './replay-window.ts';
import { sessionKeys } from './srtp-keys.ts';
import type { SrtpMaster, SrtpSessionKeys } from './srtp-keys.ts';

/*
 * SRTP_AES128_CM_HMAC_SHA1_80 (RFC 3711, RFC 5764 section 4.1.2).
 * RTP:  | header | encrypted payload | tag (10) |
 * RTCP: | first 8 bytes | encrypted rest | E + index (4) | tag (10) |
 */

const TAG = 10;
const ROLLOVER = 4;
const RTCP_CLEAR = 8;
const ENCRYPTED = 0x8000_0000;
/** One browser sends one stream; more sources than this are not remembered. */
const MAX_SOURCES = 16;

/** Turns our packets into what the peer can open. One for each direction's master key. */
export class SrtpSender {
  readonly #rtp: SrtpSessionKeys;
  readonly #rtcp: SrtpSessionKeys;
  #rollover = 0;
  #lastSequence = -1;
  #rtcpIndex = 0;

  constructor(master: SrtpMaster) {
    this.#rtp = sessionKeys(master, 'rtp');
    this.#rtcp = sessionKeys(master, 'rtcp');
  }

  /** One RTP packet of our one source, in the order of its sequence numbers. */
  protectRtp(packet: Uint8Array): Buffer {
    const out = Buffer.allocUnsafe(packet.length + TAG);
    out.set(packet);
    const sequence = out.readUInt16BE(2);
    if (this.#lastSequence > 0xf000 && sequence < 0x1000) this.#rollover += 1;
    this.#lastSequence = sequence;
    const body = out.subarray(headerLength(packet) ?? packet.length, packet.length);
    const index = this.#rollover * 0x1_0000 + sequence;
    this.#rtp.stream.apply(body, { ssrc: out.readUInt32BE(8), index });
    // The rollover counter is signed where the tag will stand.
    out.writeUInt32BE(this.#rollover >>> 0, packet.length);
    out.set(tag(this.#rtp, out.subarray(0, packet.length + ROLLOVER)), packet.length);
    return out;
  }

  /** One compound RTCP packet. */
  protectRtcp(packet: Uint8Array): Buffer {
    const out = Buffer.allocUnsafe(packet.length + 4 + TAG);
    out.set(packet);
    this.#rtcpIndex = (this.#rtcpIndex + 1) % ENCRYPTED;
    const index = this.#rtcpIndex;
    this.#rtcp.stream.apply(out.subarray(RTCP_CLEAR, packet.length), {
      ssrc: out.readUInt32BE(4),
      index,
    });
    out.writeUInt32BE((ENCRYPTED | index) >>> 0, packet.length);
    out.set(tag(this.#rtcp, out.subarray(0, packet.length + 4)), packet.length + 4);
    return out;
  }
}

interface Source {
  readonly window: ReplayWindow;
  highest: number;
}

/** Opens the peer's packets. What is forged, replayed or damaged comes back undefined. */
export class SrtpReceiver {
  readonly #rtp: SrtpSessionKeys;
  readonly #rtcp: SrtpSessionKeys;
  readonly #sources = new Map<number, Source>();
  readonly #rtcpWindow = new ReplayWindow();

  constructor(master: SrtpMaster) {
    this.#rtp = sessionKeys(master, 'rtp');
    this.#rtcp = sessionKeys(master, 'rtcp');
  }

  unprotectRtp(packet: Uint8Array): Buffer | undefined {
    const length = packet.length - TAG;
    const header = headerLength(packet);
    if (header === undefined || header > length) return undefined;
    const signed = Buffer.allocUnsafe(length + ROLLOVER);
    signed.set(packet.subarray(0, length));
    const out = signed.subarray(0, length);
    const sequence = out.readUInt16BE(2);
    const ssrc = out.readUInt32BE(8);
    const known = this.#sources.get(ssrc);
    const index = known ? estimatedIndex(known.highest, sequence) : sequence;
    if (index < 0 || known?.window.hasSeen(index)) return undefined;
    signed.writeUInt32BE(Math.floor(index / 0x1_0000) >>> 0, length);
    if (!timingSafeEqual(tag(this.#rtp, signed), packet.subarray(length))) return undefined;
    this.#remember(ssrc, index);
    this.#rtp.stream.apply(out.subarray(header), { ssrc, index });
    return out;
  }

  unprotectRtcp(packet: Uint8Array): Buffer | undefined {
    const length = packet.length - TAG - 4;
    if (length < RTCP_CLEAR) return undefined;
    const signed = Buffer.from(packet.subarray(0, length + 4));
    const word = signed.readUInt32BE(length);
    const index = word % ENCRYPTED;
    if (this.#rtcpWindow.hasSeen(index)) return undefined;
    if (!timingSafeEqual(tag(this.#rtcp, signed), packet.subarray(length + 4))) return undefined;
    this.#rtcpWindow.add(index);
    const out = signed.subarray(0, length);
    if (word >= ENCRYPTED) {
      this.#rtcp.stream.apply(out.subarray(RTCP_CLEAR), { ssrc: out.readUInt32BE(4), index });
    }
    return out;
  }

  /** Only packets whose tag was right come here, so nobody else can fill the table. */
  #remember(ssrc: number, index: number): void {
    const source = this.#sources.get(ssrc);
    if (source) {
      source.window.add(index);
      source.highest = Math.max(source.highest, index);
      return;
    }
    if (this.#sources.size >= MAX_SOURCES) this.#sources.clear();
    const window = new ReplayWindow();
    window.add(index);
    this.#sources.set(ssrc, { window, highest: index });
  }
}

/** The 48-bit index nearest to what was seen (RFC 3711 section 3.3.1). Below 0: before the start. */
function estimatedIndex(highest: number, sequence: number): number {
  const rollover = Math.floor(highest / 0x1_0000);
  const last = highest % 0x1_0000;
  if (last < 0x8000 && sequence - last > 0x8000) return (rollover - 1) * 0x1_0000 + sequence;
  if (last >= 0x8000 && last - 0x8000 > sequence) return (rollover + 1) * 0x1_0000 + sequence;
  return rollover * 0x1_0000 + sequence;
}

/** HMAC-SHA1 cut to 80 bits; RTP's covers the rollover counter after the packet (RFC 3711 section 4.2). */
function tag(keys: SrtpSessionKeys, signed: Uint8Array): Buffer {
  return createHmac('sha1', keys.authentication).update(signed).digest().subarray(0, TAG);
}

/** Header, contributing sources and extension of an RTP packet; undefined: it is too short. */
function headerLength(packet: Uint8Array): number | undefined {
  const first = packet[0];
  if (first === undefined || packet.length < 12) return undefined;
  const fixed = 12 + 4 * (first & 0x0f);
  if ((first & 0x10) === 0) return fixed <= packet.length ? fixed : undefined;
  if (packet.length < fixed + 4) return undefined;
  const words = ((packet[fixed + 2] ?? 0) << 8) | (packet[fixed + 3] ?? 0);
  const length = fixed + 4 + 4 * words;
  return length <= packet.length ? length : undefined;
}
