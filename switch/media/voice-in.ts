import { DtmfReceiver } from '../../protocol/rtp/dtmf.ts';
import type { DtmfDigit } from '../../protocol/rtp/dtmf.ts';
import { parseRtp } from '../../protocol/rtp/packet.ts';
import type { RtpPacket } from '../../protocol/rtp/packet.ts';
import { ReceptionStats } from '../../protocol/rtp/reception-stats.ts';
import type { ReportBlock } from '../../protocol/rtp/rtcp.ts';
import type { Agreement } from '../../protocol/sdp/agreement.ts';
import type { Decoder } from './dsp/codec.ts';
import { createDecoder } from './dsp/codecs.ts';
import { JitterBuffer } from './dsp/jitter-buffer.ts';
import type { Pulled } from './dsp/jitter-buffer.ts';

/** Beyond the fastest packets, where the path is clean: what a clock and a timer may stray. */
const MIN_DELAY_MS = 3;
const MAX_DELAY_MS = 200;
/** The longest packet that decoders take. */
const LONGEST_PACKET_MS = 120;

/**
 * How closely somebody listens. `glance`: packets that say of themselves that nobody speaks are taken at
 * their word, but for each fifth, which is decoded: what is loud may be no voice.
 */
export type Attention = 'full' | 'glance' | 'none';
const GLANCE_AT_EACH = 5;
/** Opus without voice takes 20 to 100 bytes. */
const LONGEST_KEPT = 320;

/** The peer's RTP, from packets to frames of 20 ms, with its digits taken out. */
export class VoiceIn {
  readonly sampleRateHz: number;
  readonly #agreement: Agreement;
  readonly #decoder: Decoder;
  readonly #digits: DtmfReceiver | undefined;
  #jitter: JitterBuffer;
  #stats: ReceptionStats;
  #ssrc: number | undefined;
  /** Decoded and not yet read: packets need not be of 20 ms. */
  readonly #samples: Int16Array;
  readonly #frameSamples: number;
  #filled = 0;
  #consumed = 0;
  #concealed = 0;
  #before = { received: 0, lost: 0 };
  /** The last packet that was passed over, and how many were. */
  readonly #kept = new Uint8Array(LONGEST_KEPT);
  #keptBytes = 0;
  #passedOver = 0;

  constructor(agreement: Agreement) {
    const { codec, telephoneEvent } = agreement;
    this.#agreement = agreement;
    this.#decoder = createDecoder(codec.name);
    this.sampleRateHz = this.#decoder.sampleRateHz;
    this.#digits = telephoneEvent && new DtmfReceiver(telephoneEvent.clockHz);
    this.#jitter = newJitterBuffer(codec.clockHz);
    this.#stats = new ReceptionStats(codec.clockHz);
    this.#frameSamples = this.sampleRateHz / 50;
    this.#samples = new Int16Array((this.sampleRateHz / 1000) * (LONGEST_PACKET_MS + 20));
  }

  get concealed(): number {
    return this.#concealed;
  }

  get received(): number {
    return this.#before.received + this.#stats.received;
  }

  get lost(): number {
    return this.#before.lost + Math.max(0, this.#stats.lost);
  }

  get jitterMs(): number {
    return this.#stats.jitterMs;
  }

  /** One datagram of the peer. Returns a digit where it completes one; junk is passed over. */
  receive(datagram: Uint8Array, nowMs: number): DtmfDigit | undefined {
    const packet = parseRtp(datagram);
    if (!packet) return undefined;
    const { payloadType } = packet;
    const { codec, telephoneEvent, comfortNoise } = this.#agreement;
    const isVoice = payloadType === codec.payloadType;
    const isDigit = payloadType === telephoneEvent?.payloadType;
    if (!isVoice && !isDigit && payloadType !== (comfortNoise ?? 13)) return undefined;
    this.#follow(packet.ssrc);
    this.#stats.receive(packet, nowMs);
    if (isDigit) return this.#digits?.push(packet.timestamp, packet.payload, packet.marker);
    if (!isVoice) return undefined;
    this.#jitter.push(packet, nowMs);
    return this.#lateDigit(packet);
  }

  /** The next 20 ms, valid until the next call; undefined: the peer is silent, or nobody listened. */
  read(nowMs: number, attention: Attention = 'full'): Int16Array | undefined {
    this.#discard();
    while (this.#filled < this.#frameSamples) {
      const more = this.#pull(nowMs, attention);
      if (!more) break;
    }
    if (this.#filled === 0) return undefined;
    if (this.#filled < this.#frameSamples) this.#samples.fill(0, this.#filled, this.#frameSamples);
    this.#consumed = Math.min(this.#filled, this.#frameSamples);
    return this.#samples.subarray(0, this.#frameSamples);
  }

  /** Tells whether the last frame was silence, where the delay can be put right unheard. */
  noteQuiet(quiet: boolean): void {
    this.#jitter.noteQuiet(quiet);
  }

  /** undefined: nothing was received yet. */
  report(nowMs: number): ReportBlock | undefined {
    return this.#ssrc === undefined ? undefined : this.#stats.report(this.#ssrc, nowMs);
  }

  noteSenderReport(middle: number, nowMs: number): void {
    this.#stats.noteSenderReport(middle, nowMs);
  }

  close(): void {
    this.#decoder.close();
  }

  /** A new SSRC is the same peer with another stream (a transfer behind it): all but totals begins anew. */
  #follow(ssrc: number): void {
    if (ssrc === this.#ssrc) return;
    if (this.#ssrc !== undefined) {
      this.#before = { received: this.received, lost: this.lost };
      this.#jitter = newJitterBuffer(this.#agreement.codec.clockHz);
      this.#stats = new ReceptionStats(this.#agreement.codec.clockHz);
    }
    this.#ssrc = ssrc;
  }

  /** A digit whose end packets were all lost shows by the voice that goes on. */
  #lateDigit({ timestamp }: RtpPacket): DtmfDigit | undefined {
    const sameClock = this.#agreement.telephoneEvent?.clockHz === this.#agreement.codec.clockHz;
    return sameClock ? this.#digits?.expire(timestamp) : undefined;
  }

  #discard(): void {
    if (this.#consumed === 0) return;
    this.#samples.copyWithin(0, this.#consumed, this.#filled);
    this.#filled -= this.#consumed;
    this.#consumed = 0;
  }

  /** False: nothing more for this tick. */
  #pull(nowMs: number, attention: Attention): boolean {
    const pulled = this.#jitter.pull(nowMs);
    if (pulled.kind !== 'empty' && !this.#isHeeded(pulled, attention)) return true;
    const out = this.#samples.subarray(this.#filled);
    switch (pulled.kind) {
      case 'frame':
        this.#filled += this.#decoder.decode(pulled.payload, out);
        return true;
      case 'lost':
        this.#concealed += 1;
        this.#filled += pulled.next
          ? this.#decoder.recover(pulled.next, out)
          : this.#decoder.conceal(out);
        return true;
      case 'empty':
        return false;
    }
  }

  #isHeeded(pulled: Exclude<Pulled, { readonly kind: 'empty' }>, attention: Attention): boolean {
    if (attention === 'none') return false;
    if (attention === 'glance') {
      if (pulled.kind === 'lost') return false;
      const isSilent = this.#decoder.isWithoutVoice(pulled.payload);
      if (isSilent && !this.#isGlancedAt(pulled.payload)) return false;
    }
    this.#catchUp();
    return true;
  }

  #isGlancedAt(payload: Uint8Array): boolean {
    this.#passedOver = (this.#passedOver + 1) % GLANCE_AT_EACH;
    if (this.#passedOver === 0) {
      this.#keptBytes = 0;
      return true;
    }
    if (payload.length <= this.#kept.length) {
      this.#kept.set(payload);
      this.#keptBytes = payload.length;
    }
    return false;
  }

  /** A decoder that passed packets over joins at the one before: its state is of the voice's beginning. */
  #catchUp(): void {
    if (this.#keptBytes === 0) return;
    const before = this.#kept.subarray(0, this.#keptBytes);
    this.#decoder.decode(before, this.#samples.subarray(this.#filled));
    this.#keptBytes = 0;
  }
}

function newJitterBuffer(clockHz: number): JitterBuffer {
  return new JitterBuffer({ clockHz, minMs: MIN_DELAY_MS, maxMs: MAX_DELAY_MS });
}
