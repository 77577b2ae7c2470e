/** RTCP as RFC 3550 section 6 lays it out: what is in a compound packet, in its order. */
export type RtcpPacket =
  | SenderReport
  | { readonly kind: 'receiver-report'; readonly ssrc: number; readonly reports: ReportBlocks }
  | { readonly kind: 'source-description'; readonly sources: readonly SourceDescription[] }
  | { readonly kind: 'bye'; readonly sources: readonly number[]; readonly reason: string }
  /** A type that is not read here (feedback, application): its number and its body. */
  | { readonly kind: 'other'; readonly type: number; readonly body: Uint8Array };

export interface SenderReport {
  readonly kind: 'sender-report';
  readonly ssrc: number;
  readonly ntp: NtpTime;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly reports: ReportBlocks;
}

export interface NtpTime {
  /** Since 1900. */
  readonly seconds: number;
  /** In 2^-32 s. */
  readonly fraction: number;
}

export interface SourceDescription {
  readonly ssrc: number;
  readonly cname: string;
}

export type ReportBlocks = readonly ReportBlock[];

/** Section 6.4.1: how one source is received. */
export interface ReportBlock {
  readonly ssrc: number;
  /** Of 256, since the report before. */
  readonly fractionLost: number;
  /** Since the beginning; negative where duplicates outweigh losses. */
  readonly lost: number;
  readonly highestSequence: number;
  /** In timestamp ticks. */
  readonly jitter: number;
  /** Middle 32 bits of the NTP time in the last sender report; 0 where there was none. */
  readonly lastSenderReport: number;
  /** Since that report came, in 1/65536 s. */
  readonly delaySinceLast: number;
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const BYE = 203;
const CNAME = 1;
const BLOCK_BYTES = 24;
const NTP_EPOCH_SECONDS = 2_208_988_800;

/** Whether a datagram on a shared port is RTCP and not RTP: RFC 5761 section 4. */
export function isRtcp(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && bytes[0]! >> 6 === 2 && bytes[1]! >= 192 && bytes[1]! <= 223;
}

/** Reads a compound packet; `undefined` for what is none. Reduced-size RTCP (RFC 5506) passes too. */
export function parseRtcp(bytes: Uint8Array): readonly RtcpPacket[] | undefined {
  if (!isRtcp(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: RtcpPacket[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length || bytes[at]! >> 6 !== 2) return undefined;
    const next = at + 4 + 4 * view.getUint16(at + 2);
    if (next > bytes.length) return undefined;
    const padding = (bytes[at]! & 0x20) === 0 ? 0 : bytes[next - 1]!;
    const packet = readPacket(view, at, next - padding);
    if (packet === undefined) return undefined;
    packets.push(packet);
    at = next;
  }
  return packets;
}

/** Writes a compound packet: begin with a report, and give a CNAME (section 6.1). */
export function formatRtcp(packets: readonly RtcpPacket[]): Uint8Array {
  const parts = packets.map(formatPacket);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A Unix time as NTP writes it. */
export function toNtp(epochMs: number): NtpTime {
  const whole = Math.floor(epochMs / 1000);
  const fraction = Math.floor(((epochMs - whole * 1000) / 1000) * 0x1_0000_0000);
  return { seconds: (whole + NTP_EPOCH_SECONDS) % 0x1_0000_0000, fraction };
}

/** The middle 32 bits: 16 of seconds, 16 of fraction. */
export function ntpMiddle(ntp: NtpTime): number {
  return (((ntp.seconds & 0xffff) << 16) | (ntp.fraction >>> 16)) >>> 0;
}

/** Section 6.4.1's round trip from a block about us; `undefined` where the peer heard no report yet. */
export function roundTripMs(block: ReportBlock, now: NtpTime): number | undefined {
  if (block.lastSenderReport === 0) return undefined;
  const units = (ntpMiddle(now) - block.lastSenderReport - block.delaySinceLast) | 0;
  return units < 0 ? undefined : (units * 1000) / 65536;
}

function readPacket(view: DataView, at: number, end: number): RtcpPacket | undefined {
  const count = view.getUint8(at) & 0x1f;
  const type = view.getUint8(at + 1);
  const body = at + 4;
  if (end < body) return undefined;
  switch (type) {
    case SENDER_REPORT:
      return readSenderReport(view, at, end);
    case RECEIVER_REPORT: {
      if (end < body + 4 + count * BLOCK_BYTES) return undefined;
      const reports = readBlocks(view, body + 4, count);
      return { kind: 'receiver-report', ssrc: view.getUint32(body), reports };
    }
    case SOURCE_DESCRIPTION:
      return readDescriptions(view, body, end, count);
    case BYE:
      return readBye(view, body, end, count);
    default:
      return { kind: 'other', type, body: bytesOf(view, body, end) };
  }
}

function readSenderReport(view: DataView, at: number, end: number): SenderReport | undefined {
  const count = view.getUint8(at) & 0x1f;
  if (end < at + 28 + count * BLOCK_BYTES) return undefined;
  return {
    kind: 'sender-report',
    ssrc: view.getUint32(at + 4),
    ntp: { seconds: view.getUint32(at + 8), fraction: view.getUint32(at + 12) },
    rtpTimestamp: view.getUint32(at + 16),
    packets: view.getUint32(at + 20),
    octets: view.getUint32(at + 24),
    reports: readBlocks(view, at + 28, count),
  };
}

function readBlocks(view: DataView, from: number, count: number): ReportBlock[] {
  return Array.from({ length: count }, (_, n) => {
    const at = from + n * BLOCK_BYTES;
    return {
      ssrc: view.getUint32(at),
      fractionLost: view.getUint8(at + 4),
      lost: (view.getUint32(at + 4) << 8) >> 8,
      highestSequence: view.getUint32(at + 8),
      jitter: view.getUint32(at + 12),
      lastSenderReport: view.getUint32(at + 16),
      delaySinceLast: view.getUint32(at + 20),
    };
  });
}

function readDescriptions(
  view: DataView,
  from: number,
  end: number,
  count: number,
): RtcpPacket | undefined {
  const sources: SourceDescription[] = [];
  let at = from;
  for (let n = 0; n < count; n++) {
    if (at + 4 > end) return undefined;
    const ssrc = view.getUint32(at);
    let cname = '';
    at += 4;
    while (at < end && view.getUint8(at) !== 0) {
      if (at + 2 > end || at + 2 + view.getUint8(at + 1) > end) return undefined;
      const next = at + 2 + view.getUint8(at + 1);
      if (view.getUint8(at) === CNAME) cname = text(view, at + 2, next);
      at = next;
    }
    at = from + 4 * (Math.floor((at - from) / 4) + 1);
    sources.push({ ssrc, cname });
  }
  return { kind: 'source-description', sources };
}

function readBye(view: DataView, from: number, end: number, count: number): RtcpPacket | undefined {
  const at = from + 4 * count;
  if (at > end) return undefined;
  const sources = Array.from({ length: count }, (_, n) => view.getUint32(from + 4 * n));
  if (at === end) return { kind: 'bye', sources, reason: '' };
  const reasonEnd = at + 1 + view.getUint8(at);
  return reasonEnd > end
    ? undefined
    : { kind: 'bye', sources, reason: text(view, at + 1, reasonEnd) };
}

function formatPacket(packet: RtcpPacket): Uint8Array {
  switch (packet.kind) {
    case 'sender-report':
      return formatReport(SENDER_REPORT, packet);
    case 'receiver-report':
      return formatReport(RECEIVER_REPORT, packet);
    case 'source-description':
      return framed(SOURCE_DESCRIPTION, packet.sources.length, packet.sources.flatMap(description));
    case 'bye':
      return framed(BYE, packet.sources.length, byeBody(packet.sources, packet.reason));
    case 'other':
      return framed(packet.type, 0, packet.body);
  }
}

function formatReport(
  type: number,
  packet: Extract<RtcpPacket, { reports: ReportBlocks }>,
): Uint8Array {
  const words = [packet.ssrc];
  if (packet.kind === 'sender-report') {
    const { ntp, rtpTimestamp, packets, octets } = packet;
    words.push(ntp.seconds, ntp.fraction, rtpTimestamp, packets, octets);
  }
  const blocks = packet.reports.slice(0, 31);
  for (const block of blocks) {
    const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, block.lost));
    words.push(block.ssrc, ((block.fractionLost & 0xff) << 24) | (lost & 0xff_ffff));
    words.push(block.highestSequence, block.jitter, block.lastSenderReport, block.delaySinceLast);
  }
  return framed(type, blocks.length, words.flatMap(uint32));
}

/** Header, body, and zeros to the next word. */
function framed(type: number, count: number, body: ArrayLike<number>): Uint8Array {
  const words = Math.ceil(body.length / 4);
  const bytes = new Uint8Array(4 + 4 * words);
  bytes.set([0x80 | (count & 0x1f), type, words >> 8, words & 0xff]);
  bytes.set(body, 4);
  return bytes;
}

function description({ ssrc, cname }: SourceDescription): number[] {
  const name = new TextEncoder().encode(cname).subarray(0, 255);
  const chunk = [...uint32(ssrc), CNAME, name.length, ...name, 0];
  while (chunk.length % 4 !== 0) chunk.push(0);
  return chunk;
}

function byeBody(sources: readonly number[], reason: string): number[] {
  const words = sources.flatMap(uint32);
  if (reason === '') return words;
  const why = new TextEncoder().encode(reason).subarray(0, 255);
  return [...words, why.length, ...why];
}

function uint32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function bytesOf(view: DataView, from: number, end: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + from, end - from);
}

function text(view: DataView, from: number, end: number): string {
  return new TextDecoder().decode(bytesOf(view, from, end));
}
