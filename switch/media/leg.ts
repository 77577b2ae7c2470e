import { ntpMiddle, formatRtcp, parseRtcp, roundTripMs, toNtp } from '../../protocol/rtp/rtcp.ts';
import type { ReportBlock, RtcpPacket } from '../../protocol/rtp/rtcp.ts';
import type { DtmfDigit } from '../../protocol/rtp/dtmf.ts';
import type { Agreement } from '../../protocol/sdp/agreement.ts';
import type { LegId, LegStats } from './contract.ts';
import type { Encoder, Way } from './dsp/codec.ts';
import { createEncoder } from './dsp/codecs.ts';
import { LossReports } from './loss-reports.ts';
import type { MediaTransport } from './transport.ts';
import { VoiceIn } from './voice-in.ts';
import type { Attention } from './voice-in.ts';
import { VoiceOut } from './voice-out.ts';
import type { StreamStart } from './voice-out.ts';

/** RFC 3550's minimum between reports. */
const REPORT_EVERY_MS = 5000;
/** A peer on hold may say nothing for long: FreeSWITCH's rtp-hold-timeout-sec. */
const HOLD_TIMEOUT_MS = 1_800_000;

export interface LegClocks {
  /** Steady, ms. */
  readonly now: () => number;
  /** Of the calendar, ms, for sender reports. */
  readonly epoch: () => number;
}

export interface LegListener {
  onDigit(digit: DtmfDigit): void;
  /** The peer is gone, told once. */
  onTimeout(): void;
  onStats(stats: LegStats): void;
}

/** Hears what the peer says, frame by frame; undefined: 20 ms of silence. */
export type Tap = (frame: Int16Array | undefined, sampleRateHz: number) => void;

export interface LegOptions {
  readonly id: LegId;
  readonly start: StreamStart;
  readonly cname: string;
  readonly rtpTimeoutMs: number;
  readonly clocks: LegClocks;
}

/** One call's voice once its SDP is agreed: frames of 20 ms in, frames out. */
export class Leg {
  readonly id: LegId;
  readonly transport: MediaTransport;
  readonly #options: LegOptions;
  readonly #listener: LegListener;
  readonly #out: VoiceOut;
  readonly #loss = new LossReports();
  #agreement: Agreement;
  #in: VoiceIn;
  #encoder: Encoder;
  #silence: Int16Array;
  #started = false;
  #lastHeardMs = 0;
  #lastReportMs: number;
  #timedOut = false;
  #roundTripMs: number | undefined;
  #taps: readonly Tap[] = [];
  /** Totals of codecs that were negotiated away. */
  #before = { received: 0, lost: 0, concealed: 0 };

  constructor(
    options: LegOptions,
    transport: MediaTransport,
    agreement: Agreement,
    listener: LegListener,
  ) {
    this.id = options.id;
    this.transport = transport;
    this.#options = options;
    this.#listener = listener;
    this.#agreement = agreement;
    this.#in = new VoiceIn(agreement);
    this.#encoder = createEncoder(agreement.codec.name, this.way);
    this.#silence = new Int16Array(this.sampleRateHz / 50);
    this.#out = new VoiceOut(agreement, options.start, (packet) => transport.sendRtp(packet));
    this.#lastReportMs = options.clocks.now();
  }

  get agreement(): Agreement {
    return this.#agreement;
  }

  /** Of the codec's samples, in and out. */
  get sampleRateHz(): number {
    return this.#encoder.sampleRateHz;
  }

  /** Whether a frame would reach the peer. */
  get canSend(): boolean {
    const { direction } = this.#agreement;
    const wanted = direction === 'sendrecv' || direction === 'sendonly';
    return this.#started && wanted && this.transport.ready;
  }

  /** Whether plays go on: they wait for a peer that cannot hear yet, not for one that put us on hold. */
  get runsPlays(): boolean {
    return this.#started && (this.transport.ready || this.#agreement.heldByPeer);
  }

  /** The call is answered. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#lastHeardMs = this.#options.clocks.now();
  }

  /** A new agreement that the transport has taken already. True: the sample rate has changed. */
  renegotiate(agreement: Agreement): boolean {
    const before = this.#agreement;
    this.#agreement = agreement;
    this.#lastHeardMs = this.#options.clocks.now();
    this.#out.renegotiate(agreement);
    const rate = this.sampleRateHz;
    this.#before = {
      received: this.#before.received + this.#in.received,
      lost: this.#before.lost + this.#in.lost,
      concealed: this.#before.concealed + this.#in.concealed,
    };
    this.#in.close();
    this.#in = new VoiceIn(agreement);
    if (before.codec.name === agreement.codec.name) return false;
    this.#encoder.close();
    this.#encoder = createEncoder(agreement.codec.name, this.way);
    this.#silence = new Int16Array(this.sampleRateHz / 50);
    return rate !== this.sampleRateHz;
  }

  receiveRtp(datagram: Uint8Array): void {
    const nowMs = this.#heard();
    const digit = this.#in.receive(datagram, nowMs);
    if (digit) this.#listener.onDigit(digit);
  }

  receiveRtcp(datagram: Uint8Array): void {
    const nowMs = this.#heard();
    for (const packet of parseRtcp(datagram) ?? []) {
      if (packet.kind === 'sender-report') this.#in.noteSenderReport(ntpMiddle(packet.ntp), nowMs);
      if ('reports' in packet) this.#heed(packet.reports);
    }
  }

  /** What the peer says of our packets. */
  get way(): Way {
    return this.#loss.way;
  }

  /** The peer's next 20 ms; undefined: silence. Valid until the next call. */
  read(nowMs: number, attention: Attention): Int16Array | undefined {
    const { direction } = this.#agreement;
    const listens = direction === 'sendrecv' || direction === 'recvonly';
    const most = this.#taps.length > 0 ? 'full' : attention;
    const voice = this.#in.read(nowMs, listens ? most : 'none');
    for (const tap of this.#taps) tap(voice, this.sampleRateHz);
    return attention === 'none' ? undefined : voice;
  }

  /** From now on `tap` hears every frame; returns what ends that. */
  tap(tap: Tap): () => void {
    this.#taps = [...this.#taps, tap];
    return () => (this.#taps = this.#taps.filter((one) => one !== tap));
  }

  /** Tells whether the last frame was silence. */
  noteQuiet(quiet: boolean): void {
    this.#in.noteQuiet(quiet);
  }

  /** Sends 20 ms at our sample rate. */
  say(pcm: Int16Array): void {
    this.#out.sendFrame(this.#encoder.encode(pcm));
  }

  /** Sends 20 ms that somebody else encoded with our codec. */
  sayEncoded(payload: Uint8Array): void {
    this.#out.sendFrame(payload);
  }

  /** Silence is sent too: a peer that hears nothing for long hangs up. */
  saySilence(): void {
    this.say(this.#silence);
  }

  sayNothing(): void {
    this.#out.skipFrame();
  }

  sendDigits(digits: string): void {
    this.#out.queueDigits(digits);
  }

  /** Reports and time-outs; called each tick. */
  tick(nowMs: number): void {
    this.transport.tick(nowMs);
    if (nowMs - this.#lastReportMs >= REPORT_EVERY_MS) {
      this.#lastReportMs = nowMs;
      this.#sendReport(nowMs);
      this.#listener.onStats(this.stats);
    }
    this.#checkTimeout(nowMs);
  }

  get stats(): LegStats {
    return {
      packetsIn: this.#before.received + this.#in.received,
      packetsOut: this.#out.packets,
      packetsLost: this.#before.lost + this.#in.lost,
      jitterMs: this.#in.jitterMs,
      concealed: this.#before.concealed + this.#in.concealed,
      ...(this.#roundTripMs === undefined ? {} : { roundTripMs: this.#roundTripMs }),
    };
  }

  /** Says goodbye by RTCP and frees all. */
  close(): void {
    if (this.#started) {
      this.#sendRtcp([{ kind: 'bye', sources: [this.#out.ssrc], reason: '' }]);
    }
    this.transport.close();
    this.#in.close();
    this.#encoder.close();
  }

  #heed(reports: readonly ReportBlock[]): void {
    const before = this.way;
    const now = toNtp(this.#options.clocks.epoch());
    for (const block of reports) {
      if (block.ssrc !== this.#out.ssrc) continue;
      this.#loss.add(block.fractionLost / 256);
      this.#roundTripMs = roundTripMs(block, now) ?? this.#roundTripMs;
    }
    if (this.way === before) return;
    this.#encoder.close();
    this.#encoder = createEncoder(this.#agreement.codec.name, this.way);
  }

  #heard(): number {
    this.#lastHeardMs = this.#options.clocks.now();
    this.#timedOut = false;
    return this.#lastHeardMs;
  }

  #checkTimeout(nowMs: number): void {
    const { rtpTimeoutMs } = this.#options;
    if (!this.#started || this.#timedOut || rtpTimeoutMs <= 0) return;
    const allowedMs = this.#agreement.heldByPeer
      ? Math.max(rtpTimeoutMs, HOLD_TIMEOUT_MS)
      : rtpTimeoutMs;
    if (nowMs - this.#lastHeardMs < allowedMs) return;
    this.#timedOut = true;
    this.#listener.onTimeout();
  }

  #sendReport(nowMs: number): void {
    if (this.#started) this.#sendRtcp([], nowMs);
  }

  /** A compound packet: report, CNAME, and what follows (RFC 3550 section 6.1). */
  #sendRtcp(rest: readonly RtcpPacket[], nowMs = this.#options.clocks.now()): void {
    if (!this.transport.ready) return;
    const { ssrc } = this.#out;
    const block = this.#in.report(nowMs);
    const reports = block ? [block] : [];
    const report: RtcpPacket = this.#out.report(this.#options.clocks.epoch(), reports) ?? {
      kind: 'receiver-report',
      ssrc,
      reports,
    };
    const sources = [{ ssrc, cname: this.#options.cname }];
    const named: RtcpPacket = { kind: 'source-description', sources };
    this.transport.sendRtcp(formatRtcp([report, named, ...rest]));
  }
}
