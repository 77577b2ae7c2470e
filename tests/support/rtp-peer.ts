import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { DTMF_DIGITS, dtmfPackets } from '../../protocol/rtp/dtmf.ts';
import { parseRtp, writeRtp } from '../../protocol/rtp/packet.ts';
import type { RtpPacket } from '../../protocol/rtp/packet.ts';
import { isRtcp, parseRtcp } from '../../protocol/rtp/rtcp.ts';
import type { RtcpPacket } from '../../protocol/rtp/rtcp.ts';
import { VOICE_CODECS } from '../../protocol/sdp/agreement.ts';
import type { VoiceCodec } from '../../protocol/sdp/agreement.ts';
import { negotiate } from '../../protocol/sdp/negotiate.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../switch/media/dsp/codecs.ts';
import type { Decoder, Encoder } from '../../switch/media/dsp/codec.ts';
import { startTicker } from '../../switch/media/ticker.ts';
import { tonesIn, ToneSource } from './tone-meter.ts';

const PAYLOAD_TYPES: Readonly<Record<VoiceCodec, number>> = { PCMU: 0, PCMA: 8, G722: 9, opus: 96 };
const KEYPAD = 101;
/** How many frames a hearing takes: 300 ms. */
const HEARING_FRAMES = 15;

export interface RtpPeerOptions {
  readonly codec?: VoiceCodec;
  /** What it says all the time; undefined: it sends silence. */
  readonly toneHz?: number;
  /** Said over and over in place of a tone: whole frames at its codec's rate. */
  readonly speech?: Int16Array;
  /** What is between it and the switch; absent: nothing. */
  readonly line?: (deliver: () => void) => void;
  readonly host?: string;
  readonly rtcpMux?: boolean;
}

/** A phone's media end: sends its own tone as RTP each 20 ms and tells which tones it hears. */
export class RtpPeer {
  readonly codec: VoiceCodec;
  readonly port: number;
  readonly received: RtpPacket[] = [];
  readonly reports: RtcpPacket[] = [];
  toneHz: number | undefined;
  /** Told of each packet's sound as it comes, at `sampleRateHz`. */
  onSound: ((pcm: Int16Array) => void) | undefined;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #options: RtpPeerOptions;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #heard: Int16Array[] = [];
  readonly #waiters = new Set<() => void>();
  #tone: ToneSource | undefined;
  #said = 0;
  #open = true;
  #target: { address: string; port: number } | undefined;
  #stop: (() => void) | undefined;
  #sequence = 1000;
  #timestamp = 50_000;
  readonly ssrc: number;

  private constructor(rtp: Socket, rtcp: Socket, options: RtpPeerOptions) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#options = options;
    this.codec = options.codec ?? 'PCMU';
    this.toneHz = options.toneHz;
    this.port = rtp.address().port;
    this.ssrc = this.port * 7919;
    this.#encoder = createEncoder(this.codec);
    this.#decoder = createDecoder(this.codec);
    rtp.on('message', (bytes, from) => this.#onMessage(bytes, from));
    rtcp.on('message', (bytes) => this.#onReport(bytes));
  }

  static async open(options: RtpPeerOptions = {}): Promise<RtpPeer> {
    await loadCodecs();
    const host = options.host ?? '127.0.0.1';
    const [rtp, rtcp] = await Promise.all([bound(host), bound(host)]);
    return new RtpPeer(rtp, rtcp, options);
  }

  /** Its SDP, as offer or as answer. */
  sdp(...attributes: readonly string[]): string {
    const payloadType = PAYLOAD_TYPES[this.codec];
    const { clockHz, channels } = VOICE_CODECS[this.codec];
    const host = this.#options.host ?? '127.0.0.1';
    return [
      'v=0',
      `o=- 1 1 IN IP4 ${host}`,
      's=-',
      `c=IN IP4 ${host}`,
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${payloadType} ${KEYPAD}`,
      `a=rtpmap:${payloadType} ${this.codec}/${clockHz}${channels === 1 ? '' : `/${channels}`}`,
      `a=rtpmap:${KEYPAD} telephone-event/${clockHz}`,
      `a=rtcp:${this.#rtcp.address().port}`,
      ...(this.#options.rtcpMux ? ['a=rtcp-mux'] : []),
      ...attributes.map((attribute) => `a=${attribute}`),
      '',
    ].join('\r\n');
  }

  /** Where it sends from now on: what the other side's SDP says. */
  sendTo(sdp: string): void {
    const outcome = negotiate(sdp);
    if (outcome.kind !== 'agreed' || !outcome.agreement.remote) throw new Error('no address');
    this.#target = outcome.agreement.remote;
  }

  get target(): { address: string; port: number } {
    if (!this.#target) throw new Error('sendTo() was not called');
    return this.#target;
  }

  /** Begins to speak, a frame each 20 ms. */
  speak(): void {
    const frame = new Int16Array(this.#encoder.sampleRateHz / 50);
    const now = () => performance.now();
    this.#stop ??= startTicker(() => this.sendFrame(this.#nextFrame(frame)), now);
  }

  hush(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Sends one frame now. */
  sendFrame(pcm: Int16Array): void {
    this.sendPayload(this.#encoder.encode(pcm), PAYLOAD_TYPES[this.codec]);
  }

  /** Sends one packet of any payload, and moves on by 20 ms. */
  sendPayload(payload: Uint8Array, payloadType: number): void {
    this.#send(payload, { payloadType, timestamp: this.#timestamp, marker: false });
    this.#timestamp += VOICE_CODECS[this.codec].clockHz / 50;
  }

  /** Presses a key for 100 ms; `lostEnds`: of its three end packets, so many are lost. */
  press(digit: string, lostEnds = 0): void {
    const { clockHz } = VOICE_CODECS[this.codec];
    const packets = dtmfPackets(digit, { clockHz, durationMs: 100 });
    for (const packet of packets.slice(0, packets.length - lostEnds)) {
      const { marker, payload } = packet;
      this.#send(payload, { payloadType: KEYPAD, timestamp: this.#timestamp, marker });
    }
    this.#timestamp += clockHz / 5;
  }

  /** Sends any bytes from its RTP socket. */
  sendRaw(bytes: Uint8Array): void {
    this.#rtp.send(bytes, this.target.port, this.target.address);
  }

  sendReport(bytes: Uint8Array, port: number): void {
    this.#rtcp.send(bytes, port, this.target.address);
  }

  /** The tones in the next 300 ms that it receives. */
  async hears(): Promise<number[]> {
    const from = this.#heard.length;
    await this.until(() => this.#heard.length >= from + HEARING_FRAMES);
    return tonesIn(joined(this.#heard.slice(from)), this.#decoder.sampleRateHz);
  }

  /** Waits until it hears just these tones. */
  async hearsOnly(...tonesHz: readonly number[]): Promise<void> {
    const wanted = [...tonesHz].sort((a, b) => a - b).join();
    let heard = (await this.hears()).join();
    for (let n = 0; n < 20 && heard !== wanted; n++) heard = (await this.hears()).join();
    if (heard !== wanted) throw new Error(`hears [${heard}] and not [${wanted}]`);
  }

  /** Of what `listen` gives. */
  get sampleRateHz(): number {
    return this.#decoder.sampleRateHz;
  }

  /** What it hears from now on, for so long; packets of 20 ms. */
  async listen(ms: number): Promise<Int16Array> {
    const [from, frames] = [this.#heard.length, ms / 20];
    await this.until(() => this.#heard.length >= from + frames, ms + 8000);
    return joined(this.#heard.slice(from, from + frames));
  }

  /** Mean of |sample| of the newest frame that it heard. */
  get loudness(): number {
    const frame = this.#heard.at(-1) ?? new Int16Array(1);
    return frame.reduce((sum, sample) => sum + Math.abs(sample), 0) / frame.length;
  }

  /** The keys that it was sent so far. */
  get digits(): string {
    const events = this.received.filter((packet) => packet.payloadType === KEYPAD);
    const begun = new Map(events.map((packet) => [packet.timestamp, packet.payload[0] ?? 0]));
    return [...begun.values()].map((event) => DTMF_DIGITS[event]).join('');
  }

  /** Resolves when, at some packet, the condition holds. */
  async until(holds: () => boolean, withinMs = 8000): Promise<void> {
    if (holds()) return;
    let check: () => void = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        check = () => holds() && resolve();
        this.#waiters.add(check);
        timer = setTimeout(() => reject(new Error('waited in vain')), withinMs);
      });
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(check);
    }
  }

  close(): void {
    this.hush();
    this.#open = false;
    this.#rtp.close();
    this.#rtcp.close();
    this.#encoder.close();
    this.#decoder.close();
  }

  #nextFrame(frame: Int16Array): Int16Array {
    const { speech } = this.#options;
    if (speech) {
      frame.set(speech.subarray(this.#said, this.#said + frame.length));
      this.#said = (this.#said + frame.length) % speech.length;
      return frame;
    }
    const hz = this.toneHz;
    if (hz === undefined) return frame.fill(0);
    this.#tone ??= new ToneSource(hz, this.#encoder.sampleRateHz);
    this.#tone.fill(frame);
    return frame;
  }

  #send(
    payload: Uint8Array,
    header: { payloadType: number; timestamp: number; marker: boolean },
  ): void {
    const packet = Buffer.alloc(12 + payload.length);
    writeRtp({ ...header, sequence: this.#sequence, ssrc: this.ssrc }, payload, packet);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const { address, port } = this.target;
    const deliver = () => {
      if (this.#open) this.#rtp.send(packet, port, address);
    };
    if (this.#options.line) this.#options.line(deliver);
    else deliver();
  }

  #onMessage(bytes: Buffer, from: RemoteInfo): void {
    if (!this.#isFromTarget(from)) return;
    if (isRtcp(bytes)) {
      this.#onReport(bytes);
      return;
    }
    const packet = parseRtp(bytes);
    if (!packet) throw new Error(`no RTP from ${from.address}:${from.port}`);
    this.received.push(packet);
    if (packet.payloadType === PAYLOAD_TYPES[this.codec]) this.#decode(packet.payload);
    for (const waiter of this.#waiters) waiter();
  }

  /** The system gives ports again: late packets of another's call may come to ours. */
  #isFromTarget({ address, port }: RemoteInfo): boolean {
    const target = this.#target;
    return !target || (target.address === address && target.port === port);
  }

  #decode(payload: Uint8Array): void {
    const out = new Int16Array((this.#decoder.sampleRateHz / 1000) * 120);
    const pcm = out.slice(0, this.#decoder.decode(payload, out));
    this.#heard.push(pcm);
    this.onSound?.(pcm);
  }

  #onReport(bytes: Buffer): void {
    this.reports.push(...(parseRtcp(bytes) ?? []));
    for (const waiter of this.#waiters) waiter();
  }
}

async function bound(host: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  return socket;
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const out = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    out.set(frame, at);
    at += frame.length;
  }
  return out;
}
