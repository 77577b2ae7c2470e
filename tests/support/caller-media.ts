import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { dtmfPackets } from '../../protocol/rtp/dtmf.ts';

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
const KEYPAD = 101;
const KEY = { clockHz: 8000, durationMs: 100 };
/** Frames of voice between two keys. */
const PAUSE_FRAMES = 5;

/** A packet in place of a frame of voice; `undefined` lets the voice through. */
type KeyPacket = { readonly payload: Uint8Array; readonly marker: boolean } | undefined;

/** A phone's: G.711 µ-law as plain RTP. */
export class PhoneMedia implements CallerMedia {
  readonly #socket: Socket;
  readonly #port: number;
  #target = 0;
  #frame = 0;
  /** When the key of now went down: all of its packets bear that time (RFC 4733 section 2.3). */
  #keyFrame = 0;
  #keys: KeyPacket[] = [];
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

  /** Sends one frame of voice, or the next packet of a key that is being pressed. */
  sendFrame(payload: Uint8Array): void {
    const key = this.#keys.shift();
    if (key?.marker) this.#keyFrame = this.#frame;
    const packet = rtpPacket(key?.payload ?? payload, {
      payloadType: key === undefined ? 0 : KEYPAD,
      sequence: this.#frame,
      timestamp: (key === undefined ? this.#frame : this.#keyFrame) * FRAME_TICKS,
      ssrc: this.#port,
      ...(key === undefined ? {} : { marker: key.marker }),
    });
    this.#frame += 1;
    this.#socket.send(packet, this.#target, '127.0.0.1');
  }

  /** Presses keys one after the other, as events (RFC 4733); they go out with the frames to come. */
  press(keys: string): void {
    for (const key of keys) {
      this.#keys.push(...dtmfPackets(key, KEY));
      this.#keys.push(...Array.from({ length: PAUSE_FRAMES }, () => undefined));
    }
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
  fields: {
    payloadType: number;
    sequence: number;
    timestamp: number;
    ssrc: number;
    marker?: boolean;
  },
): Buffer {
  const packet = Buffer.alloc(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = fields.payloadType | (fields.marker ? 0x80 : 0);
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
