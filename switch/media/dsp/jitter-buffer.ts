import { DelayEstimator } from './delay-estimator.ts';
import { PacketOrder } from './packet-order.ts';
import { PacketStore, STORE_SLOTS } from './packet-store.ts';
import type { StoredPacket } from './packet-store.ts';

export interface JitterBufferOptions {
  /** Of the RTP timestamps. */
  readonly clockHz: number;
  /** Bounds of the delay that is aimed at. */
  readonly minMs: number;
  readonly maxMs: number;
}

export interface JitterPacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Uint8Array;
  readonly marker: boolean;
}

/** What to play next. Valid until the next call of `push` or `pull`. */
export type Pulled =
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  /** Make up 20 ms; `next` is the packet right after what is lost, where it is here. */
  | { readonly kind: 'lost'; readonly next: Uint8Array | undefined }
  /** Nothing is to be played: the sender is silent, or the buffer is filling. */
  | { readonly kind: 'empty' };

export interface JitterStats {
  readonly received: number;
  readonly duplicates: number;
  /** Came after their turn; not played. */
  readonly late: number;
  /** 20 ms stretches made up for packets that had not come by their turn. */
  readonly lost: number;
  /** Packets thrown away, and 20 ms stretches put in, to come nearer the delay aimed at. */
  readonly dropped: number;
  readonly inserted: number;
  /** Times that the sender began anew. */
  readonly restarts: number;
}

const TICK_MS = 20;
/** Aimed at until the delays are known. */
const FIRST_TARGET_MS = 40;
const FIRST_PACKETS = 50;
/** An empty buffer is bridged this long, then it is silence. */
const BRIDGE_TICKS = 5;
/** How far the delay may stray below the target, and beyond what the ticks' raster costs. */
const SHALLOW_MS = 3;
const DEEP_MS = 3;
const DEEP_QUIET_MS = 1;
/** How often it is put right. */
const FAR_MS = 60;
/** A late tick of the caller looks like delay: only what lasts this many turns is. */
const STRAYED_TURNS = 10;
const ADJUST_MS = 1000;
const ADJUST_FAR_MS = 200;
const ADJUST_QUIET_MS = 60;
/** One late packet is seldom the last: what it lengthened is not shortened in speech so soon. */
const KEEP_GROWN_MS = 5000;
/** How early the caller's tick may be by its own clock. */
const TICK_SLACK_MS = 10;
const MOST_BEHIND_MS = 1000;
const OVERDUE_MS = 2;

const EMPTY: Pulled = { kind: 'empty' };

/**
 * An adaptive jitter buffer. It holds packets back so that 99 % come in time for their turn, and
 * those that are late again and again, by `minMs` to `maxMs` and what the raster of the ticks adds.
 * The first second has 40 ms. It tells loss from silence by timestamps and sequence numbers, follows a
 * drifting clock, and puts its delay right in silence or, seldom, in speech: always around a
 * `lost`, which the decoder's concealment joins without a click.
 *
 * Call `pull` every 20 ms with the time, by the clock of the arrivals. For packets of another
 * length, call it whenever less than 20 ms is left of what was decoded, or once a tick
 * regardless: after a packet longer than a tick the next ticks are `empty`.
 */
export class JitterBuffer {
  readonly #perMs: number;
  readonly #minMs: number;
  readonly #maxMs: number;
  readonly #order: PacketOrder;
  readonly #store = new PacketStore();
  readonly #delays = new DelayEstimator();
  readonly #frame = { kind: 'frame' as const, payload: new Uint8Array(0) };
  readonly #lost = { kind: 'lost' as const, next: undefined as Uint8Array | undefined };
  readonly #stats = {
    received: 0,
    duplicates: 0,
    late: 0,
    lost: 0,
    dropped: 0,
    inserted: 0,
    restarts: 0,
  };
  #packetsOfStream = 0;
  /** Extended: the last packet that had its turn, and the timestamp whose turn is next. */
  #last = 0;
  #position = 0;
  #hasPlayed = false;
  #playing = false;
  /** Made up while the buffer was empty, not knowing whether the packet was lost or late. */
  #bridgedTicks = 0;
  #nowMs = -Infinity;
  /** How much was handed out beyond the time that has passed. */
  #aheadMs = 0;
  #adjustedMs = -Infinity;
  /** When a late packet last lengthened the delay. */
  #grownMs = -Infinity;
  /** Turns in a row on which the delay was not as it should be. */
  #strayed = 0;
  #quiet = false;

  constructor({ clockHz, minMs, maxMs }: JitterBufferOptions) {
    this.#perMs = clockHz / 1000;
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#order = new PacketOrder(clockHz);
  }

  get stats(): JitterStats {
    return this.#stats;
  }

  /** Audio held, from the turn that is next to the end of the newest packet. */
  get depthMs(): number {
    const next = this.#next();
    if (next === undefined) return 0;
    const from = this.#playing ? Math.min(this.#position, next.timestamp) : next.timestamp;
    return (this.#order.newestTimestamp + this.#order.packetTicks - from) / this.#perMs;
  }

  /** The delay aimed at, beyond that of the fastest packets. */
  get targetMs(): number {
    const first = this.#packetsOfStream < FIRST_PACKETS ? FIRST_TARGET_MS : 0;
    const { quantileMs, peakMs } = this.#delays;
    return Math.min(this.#maxMs, Math.max(this.#minMs, first, quantileMs, peakMs));
  }

  /** Tells whether what was last decoded is silence: there the delay is put right unheard. */
  noteQuiet(quiet: boolean): void {
    this.#quiet = quiet;
  }

  /** Forgets the stream: its SSRC or codec has changed. */
  reset(): void {
    this.#order.reset();
    this.#store.clear();
    this.#delays.reset();
    this.#playing = false;
  }

  /** Takes a packet, copying its payload. */
  push(packet: JitterPacket, arrivalMs: number): void {
    const order = this.#order;
    const wasBegun = order.begun;
    this.#stats.received++;
    const judgement = order.judge(packet, arrivalMs);
    if (judgement === 'stray') return;
    if (judgement === 'begins') this.#begin(wasBegun);
    const sequence = order.extendSequence(packet.sequence);
    const timestamp = order.extendTimestamp(packet.timestamp);
    if (this.#store.get(sequence) !== undefined) {
      this.#stats.duplicates++;
      return;
    }
    this.#measure(sequence, arrivalMs - timestamp / this.#perMs, arrivalMs);
    // Until the first has been played, earlier ones may still come.
    if (!this.#hasPlayed) this.#last = Math.min(this.#last, sequence - 1);
    order.advance(sequence, timestamp, arrivalMs);
    this.#makeRoom();
    if (sequence <= this.#last) {
      this.#stats.late++;
      return;
    }
    this.#store.put({ sequence, timestamp, marker: packet.marker, payload: packet.payload });
  }

  pull(nowMs?: number): Pulled {
    if (nowMs === undefined) {
      this.#nowMs = Math.max(this.#nowMs + TICK_MS, this.#order.newestArrivalMs);
      return this.#turn();
    }
    if (this.#nowMs > -Infinity) this.#aheadMs -= nowMs - this.#nowMs;
    this.#aheadMs = Math.max(-MOST_BEHIND_MS, this.#aheadMs);
    this.#nowMs = nowMs;
    if (this.#aheadMs > TICK_SLACK_MS) return EMPTY;
    const pulled = this.#turn();
    this.#aheadMs += pulled.kind === 'frame' ? this.#packetMs : TICK_MS;
    return pulled;
  }

  get #packetMs(): number {
    return this.#order.packetTicks / this.#perMs;
  }

  #begin(isRestart: boolean): void {
    if (isRestart) this.#stats.restarts++;
    this.#store.clear();
    this.#delays.restart();
    this.#packetsOfStream = 0;
    this.#last = this.#order.highest - 1;
    this.#hasPlayed = false;
    this.#playing = false;
  }

  #measure(sequence: number, transitMs: number, arrivalMs: number): void {
    this.#packetsOfStream++;
    // A packet read when a turn is overdue lay waiting for us: its lateness is ours and costs nothing.
    const isOurs = arrivalMs - this.#nowMs > TICK_MS + OVERDUE_MS && this.#nowMs > -Infinity;
    if (isOurs && this.#delays.fastestTransitMs < Infinity) return;
    // After a pause, a packet this late is no jitter: the sender's clock stood still meanwhile.
    const isNewest = sequence > this.#order.highest;
    const isLater = transitMs - this.#delays.fastestTransitMs > this.#maxMs;
    if (isNewest && isLater && !this.#playing) this.#delays.restart();
    this.#delays.add(transitMs, arrivalMs);
  }

  /** Never more packets than the store has room for: the oldest go. */
  #makeRoom(): void {
    const least = this.#order.highest - STORE_SLOTS;
    if (this.#last >= least) return;
    this.#stats.dropped += least - this.#last;
    this.#last = least;
  }

  /** The first packet that is here of those that have not had their turn. */
  #next(after = this.#last): StoredPacket | undefined {
    if (!this.#order.begun) return undefined;
    for (let sequence = after + 1; sequence <= this.#order.highest; sequence++) {
      const packet = this.#store.get(sequence);
      if (packet !== undefined) return packet;
    }
    return undefined;
  }

  #turn(): Pulled {
    const next = this.#next();
    if (next === undefined) return this.#playing ? this.#bridge() : EMPTY;
    if (!this.#playing) return this.#start(next);
    this.#settleBridge(next);
    const gap = next.timestamp - this.#position;
    if (gap < this.#order.packetTicks / 2) return this.#adjust(next) ?? this.#play(next);
    if (!this.#isSilence(next, gap)) return this.#makeUp(next);
    this.#playing = false;
    return this.#start(next);
  }

  /** The buffer has run dry: what should be here is lost, late, or was never sent. */
  #bridge(): Pulled {
    const tick = TICK_MS * this.#perMs;
    if (this.#bridgedTicks >= BRIDGE_TICKS * tick) {
      this.#playing = false;
      return EMPTY;
    }
    this.#bridgedTicks += tick;
    return this.#loss(undefined);
  }

  /** Of packets that are lost, what was bridged has had its turn; of late ones it has not. */
  #settleBridge(next: StoredPacket): void {
    if (this.#bridgedTicks === 0) return;
    if (next.sequence !== this.#last + 1) {
      const gap = Math.max(0, next.timestamp - this.#position);
      this.#position += Math.min(gap, this.#bridgedTicks);
    } else {
      this.#grownMs = this.#nowMs;
    }
    this.#bridgedTicks = 0;
  }

  /** More time has passed than the missing packets can have filled. */
  #isSilence(next: StoredPacket, gap: number): boolean {
    const missing = next.sequence - this.#last - 1;
    return missing === 0 || next.marker || gap > (missing + 0.5) * this.#order.packetTicks;
  }

  /** Begins, or begins again after silence, once the packet has been held as long as is aimed at. */
  #start(first: StoredPacket): Pulled {
    if (this.#delayOf(first) < this.targetMs) return EMPTY;
    let next = first;
    for (let after = this.#next(next.sequence); after; after = this.#next(next.sequence)) {
      // What has piled up, while nothing was pulled, is not worth the delay.
      if (this.#delayOf(after) < this.targetMs) break;
      this.#stats.dropped++;
      next = after;
    }
    this.#playing = true;
    this.#strayed = 0;
    this.#adjustedMs = this.#nowMs;
    return this.#play(next);
  }

  #play(packet: StoredPacket): Pulled {
    this.#hasPlayed = true;
    this.#bridgedTicks = 0;
    this.#last = packet.sequence;
    this.#position = packet.timestamp + this.#order.packetTicks;
    this.#frame.payload = packet.payload as Uint8Array<ArrayBuffer>;
    return this.#frame;
  }

  #makeUp(next: StoredPacket): Pulled {
    this.#position += TICK_MS * this.#perMs;
    const isRightBefore = next.timestamp - this.#position < this.#order.packetTicks / 2;
    return this.#loss(isRightBefore ? next.payload : undefined);
  }

  #loss(next: Uint8Array | undefined): Pulled {
    this.#stats.lost++;
    return this.#stretch(next);
  }

  #stretch(next: Uint8Array | undefined): Pulled {
    this.#lost.next = next;
    return this.#lost;
  }

  /** How long a packet has been held, against the fastest of the last seconds. */
  #delayOf(packet: StoredPacket): number {
    return this.#nowMs - this.#delays.fastestTransitMs - packet.timestamp / this.#perMs;
  }

  /** Undefined: the delay is as it should be, or it is not the time to change it. */
  #adjust(next: StoredPacket): Pulled | undefined {
    const excessMs = this.#delayOf(next) - this.targetMs;
    const slackMs = this.#quiet ? DEEP_QUIET_MS : DEEP_MS;
    const isDeep = excessMs > slackMs + Math.max(TICK_MS, this.#packetMs);
    const isShallow = excessMs < -SHALLOW_MS;
    this.#strayed = isDeep || isShallow ? this.#strayed + 1 : 0;
    if (this.#strayed < STRAYED_TURNS || !this.#mayAdjust(excessMs)) return undefined;
    if (isDeep) return this.#skip(next, excessMs);
    this.#adjustedMs = this.#nowMs;
    this.#stats.inserted++;
    return this.#stretch(undefined);
  }

  #mayAdjust(excessMs: number): boolean {
    if (this.#delayOfTarget(excessMs) > this.#maxMs) return true;
    const isFar = Math.abs(excessMs) > FAR_MS;
    const isGrown = excessMs > 0 && this.#nowMs - this.#grownMs < KEEP_GROWN_MS;
    if (isGrown && !this.#quiet) return false;
    const patienceMs = this.#quiet ? ADJUST_QUIET_MS : isFar ? ADJUST_FAR_MS : ADJUST_MS;
    return this.#nowMs - this.#adjustedMs >= patienceMs;
  }

  #delayOfTarget(excessMs: number): number {
    return this.targetMs + excessMs - this.#packetMs;
  }

  /** One 20 ms stretch is made up for the packets that are skipped, so that nothing clicks. */
  #skip(first: StoredPacket, excessMs: number): Pulled | undefined {
    // All at once: each time that it is done is heard.
    const ticks = Math.max(1, Math.floor((excessMs - 1) / TICK_MS));
    const skipMs = TICK_MS + ticks * TICK_MS;
    const until = first.timestamp + skipMs * this.#perMs;
    let next: StoredPacket | undefined = first;
    let count = 0;
    for (; next !== undefined && next.timestamp < until; next = this.#next(next.sequence)) count++;
    // What comes after the skipped may still be on its way: its turn is the next.
    const end = this.#order.newestTimestamp + this.#order.packetTicks;
    if (count === 0 || (next === undefined && end < until)) return undefined;
    this.#stats.dropped += count - 1;
    this.#adjustedMs = this.#nowMs;
    this.#last = next === undefined ? this.#order.highest : next.sequence - 1;
    this.#position = next?.timestamp ?? end;
    return this.#stretch(next?.payload);
  }
}
