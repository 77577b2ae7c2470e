import type { Quality } from '../protocol/room/quality.ts';
import { mosOf } from '../protocol/rtp/mos.ts';

/** What FreeSWITCH reports of a leg's packets (RFC 3550 section 6.4.1), as it sends it to the phone. */
export interface ReceptionReport {
  /** Another one is another stream, whose counts begin anew. */
  readonly ssrc: string;
  readonly lost: number;
  readonly highestSequence: number;
  /** In ticks of the codec's clock. */
  readonly jitterTicks: number;
}

/** What the phone's own reports let FreeSWITCH know. */
export interface RoundTrip {
  readonly roundTripMs?: number;
  readonly clockHz?: number;
}

interface Counts {
  readonly expected: number;
  readonly lost: number;
}

/** How one leg was received so far. */
export interface Heard {
  readonly last?: ReceptionReport;
  /** Since the leg came. */
  readonly all: Counts;
  /** Since the last look. */
  readonly recent: Counts;
  readonly jitterMs: number;
  /** Weighed by packets, for the whole call. */
  readonly jitterSum: number;
  readonly clockHz: number;
  readonly roundTripMs?: number;
}

const NONE: Counts = { expected: 0, lost: 0 };
/** mod_sofia's jitter of G.722 and of streams that began anew can be far from anything. */
const BELIEVABLE_JITTER_MS = 2_000;

export const UNHEARD: Heard = {
  all: NONE,
  recent: NONE,
  jitterMs: 0,
  jitterSum: 0,
  clockHz: 8_000,
};

export function reported(before: Heard, report: ReceptionReport): Heard {
  const { last } = before;
  if (last?.ssrc !== report.ssrc) return { ...before, last: report };
  const expected = Math.max(0, report.highestSequence - last.highestSequence);
  const lost = Math.min(expected, Math.max(0, report.lost - last.lost));
  const jitterMs = (report.jitterTicks * 1_000) / before.clockHz;
  const isBelievable = jitterMs <= BELIEVABLE_JITTER_MS;
  return {
    ...before,
    last: report,
    all: plus(before.all, { expected, lost }),
    recent: plus(before.recent, { expected, lost }),
    jitterMs: isBelievable ? jitterMs : before.jitterMs,
    jitterSum: before.jitterSum + expected * (isBelievable ? jitterMs : before.jitterMs),
  };
}

export function measured(before: Heard, { roundTripMs, clockHz }: RoundTrip): Heard {
  return {
    ...before,
    // RTP counts G.722 at 8 kHz, though it has 16 (RFC 3551 section 4.5.2).
    ...(clockHz === undefined ? {} : { clockHz: clockHz === 16_000 ? 8_000 : clockHz }),
    ...(roundTripMs === undefined ? {} : { roundTripMs }),
  };
}

/** Since the last look, and what is looked at from now on; undefined: too few packets to tell. */
export function lookedAt(heard: Heard): readonly [Quality | undefined, Heard] {
  const { recent, jitterMs } = heard;
  if (recent.expected < FEWEST) return [undefined, heard];
  return [qualityOf(heard, recent, jitterMs), { ...heard, recent: NONE }];
}

/** Over the whole call. */
export function overall(heard: Heard): Quality | undefined {
  const { all, jitterSum } = heard;
  return all.expected < FEWEST ? undefined : qualityOf(heard, all, jitterSum / all.expected);
}

/** One second of packets of 20 ms: of fewer one lost says nothing. */
const FEWEST = 50;

function qualityOf({ roundTripMs }: Heard, { expected, lost }: Counts, jitterMs: number): Quality {
  const lossPercent = (100 * lost) / expected;
  return {
    mos: rounded(mosOf({ lossPercent, jitterMs, roundTripMs }), 2),
    lossPercent: rounded(lossPercent, 1),
    jitterMs: rounded(jitterMs, 1),
    ...(roundTripMs === undefined ? {} : { roundTripMs: Math.round(roundTripMs) }),
  };
}

function plus(a: Counts, b: Counts): Counts {
  return { expected: a.expected + b.expected, lost: a.lost + b.lost };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
