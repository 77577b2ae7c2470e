import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A caller's media end, as `SipCaller` holds it: it offers, it is answered, it sends and counts. */
export interface CallerMedia {
  /** RTP packets heard so far. */
  readonly packetsIn: number;
  /** Told of each RTP packet: its payload and when it came (process.hrtime, in ns). */
  onPacket: ((payload: Uint8Array, atNs: bigint) => void) | undefined;
  /** Its SDP. */
  offer(): string;
  /** What the far end's SDP says. */
  answered(sdp: string): void;
  /** Settles when the far end can hear it. */
  connected(): Promise<void>;
  /** Sends one encoded 20 ms frame. */
  sendFrame(payload: Uint8Array): void;
  close(): void;
}

const FRAME_TICKS = 160;

/** A phone's: G.711 µ-law as plain RTP. */
export class PhoneMedia implements CallerMedia {
  readonly #socket: Socket;
  readonly #port: number;
  #target = 0;
  #frame = 0;
  packetsIn = 0;
  onPacket: CallerMedia['onPacket'];

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#port = socket.address().port;
    socket.on('message', (bytes) => {
      if (isReport(bytes)) return;
      this.packetsIn += 1;
      this.onPacket?.(bytes.subarray(12), process.hrtime.bigint());
    });
  }

  static async open(): Promise<PhoneMedia> {
    return new PhoneMedia(await boundUdp());
  }

  offer(): string {
    return [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.#port} RTP/AVP 0 101`,
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      // Reports come to where voice comes: the next port up may be another caller's.
      `a=rtcp:${this.#port}`,
      'a=sendrecv',
      '',
    ].join('\r\n');
  }

  answered(sdp: string): void {
    this.#target = Number(/m=audio (\d+)/.exec(sdp)?.[1] ?? 0);
  }

  connected(): Promise<void> {
    return Promise.resolve();
  }

  sendFrame(payload: Uint8Array): void {
    const packet = rtpPacket(payload, {
      payloadType: 0,
      sequence: this.#frame,
      timestamp: this.#frame * FRAME_TICKS,
      ssrc: this.#port,
    });
    this.#frame += 1;
    this.#socket.send(packet, this.#target, '127.0.0.1');
  }

  close(): void {
    this.#socket.close();
  }
}

/** RTCP on RTP's port, told apart as RFC 5761 section 4 has it. */
export function isReport(bytes: Uint8Array): boolean {
  const type = bytes[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** One RTP packet; numbers wrap as they must. */
export function rtpPacket(
  payload: Uint8Array,
  fields: { payloadType: number; sequence: number; timestamp: number; ssrc: number },
): Buffer {
  const packet = Buffer.alloc(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = fields.payloadType;
  packet.writeUInt16BE(fields.sequence & 0xffff, 2);
  packet.writeUInt32BE(fields.timestamp >>> 0, 4);
  packet.writeUInt32BE(fields.ssrc, 8);
  packet.set(payload, 12);
  return packet;
}

export async function boundUdp(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
