import { hasShape, isNumber, isOptional } from './shape.ts';
import type { Check } from './shape.ts';

/** How well a person's sound reaches the meeting: over the last seconds, or over a whole call. */
export interface Quality {
  /** Mean opinion score, 1 to 4.5 (ITU-T G.107; protocol/rtp/mos.ts). */
  readonly mos: number;
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** Absent where the phone sends no RTCP. */
  readonly roundTripMs?: number;
}

/** So much better or worse people notice: half of the way from one of the words below to the next. */
const NOTICED_MOS = 0.3;

export const isQuality: Check = hasShape({
  mos: isNumber,
  lossPercent: isNumber,
  jitterMs: isNumber,
  roundTripMs: isOptional(isNumber),
} satisfies Record<keyof Quality, Check>);

/** Whether somebody who listens would notice the change. */
export function isNoticed(before: Quality | undefined, after: Quality): boolean {
  return before === undefined || Math.abs(before.mos - after.mos) >= NOTICED_MOS;
}

/** ITU-T G.107 annex B: what most users would say. */
export function qualityWord({ mos }: Quality): 'good' | 'fair' | 'poor' | 'bad' {
  if (mos >= 4) return 'good';
  if (mos >= 3.6) return 'fair';
  return mos >= 2.6 ? 'poor' : 'bad';
}
