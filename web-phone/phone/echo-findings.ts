/** What an echo test has found so far. Levels are 0 to 1, as `levelOf` counts them. */
export interface EchoFindings {
  /** Since the call was answered. */
  readonly forMs: number;
  /** The loudest that the microphone heard. */
  readonly said: number;
  /** The loudest that came back. */
  readonly heard: number;
  /** Until one's voice came back; absent until it did recognisably. */
  readonly delayMs?: number | undefined;
  /** Of the packets either way, the worse of both, in percent; absent where nobody counts. */
  readonly lostPercent?: number | undefined;
  /** Whether a packet came at all. */
  readonly receives: boolean;
}

export type EchoVerdict =
  'heard' | 'heard-badly' | 'faint' | 'silent' | 'nothing-back' | 'nothing-received';

/** So long we wait before we say that something is wrong: a delay of a second, and time to begin. */
const PATIENCE_MS = 6_000;
/** A voice is louder; the noise of a room is softer. */
const VOICE = 0.35;
const SOFT_VOICE = 0.2;
/** What comes back when nothing does. */
const NOISE = 0.08;
const MUCH_LOSS_PERCENT = 5;

/** What that means; `undefined` while it is too early to say. */
export function verdictOf(found: EchoFindings): EchoVerdict | undefined {
  if (found.delayMs !== undefined) return heardHow(found);
  if (found.forMs < PATIENCE_MS) return undefined;
  if (!found.receives) return 'nothing-received';
  if (found.said < SOFT_VOICE) return 'silent';
  return found.heard > NOISE ? heardHow(found) : 'nothing-back';
}

function heardHow({ said, lostPercent = 0 }: EchoFindings): EchoVerdict {
  if (lostPercent >= MUCH_LOSS_PERCENT) return 'heard-badly';
  return said < VOICE ? 'faint' : 'heard';
}

/** Between these a voice may come back: the server waits for one second. */
const LEAST_DELAY_MS = 500;
const MOST_DELAY_MS = 2_500;
/** Two envelopes that are as alike as this are of one voice. */
const ALIKE = 0.7;
const LEAST_OVERLAP_MS = 1_200;

/** Of delays that are as likely, as with a beat, the one nearest to this is meant. */
const USUAL_DELAY_MS = 1_100;
const AS_LIKELY = 0.05;
/** By so much delays differ. */
const SPREAD_MS = 300;

/**
 * How much later `heard` is what `said` was: by the likeness of the two envelopes, looks `stepMs` apart
 * (normalised cross-correlation). `undefined` where nothing alike was said, as in silence or a steady tone.
 */
export function delayOf(
  said: readonly number[],
  heard: readonly number[],
  stepMs: number,
): number | undefined {
  const first = Math.round(LEAST_DELAY_MS / stepMs);
  const most = Math.min(MOST_DELAY_MS, heard.length * stepMs - LEAST_OVERLAP_MS);
  // Before the usual one could be among them, a shorter one would be a guess.
  if (most < USUAL_DELAY_MS + SPREAD_MS) return undefined;
  const likeness: number[] = [];
  for (let lag = first; lag * stepMs <= most; lag++) likeness.push(likenessOf(said, heard, lag));
  const best = Math.max(ALIKE, ...likeness);
  const far = (at: number) => Math.abs((first + at) * stepMs - USUAL_DELAY_MS);
  const [nearest] = likeness
    .map((_, at) => at)
    .filter((at) => likeness[at]! >= best - AS_LIKELY && likeness[at]! >= ALIKE)
    .filter((at) => isPeak(likeness, at))
    .sort((a, b) => far(a) - far(b));
  return nearest === undefined ? undefined : (first + nearest) * stepMs;
}

function isPeak(values: readonly number[], at: number): boolean {
  const value = values[at] ?? 0;
  return value >= (values[at - 1] ?? 0) && value >= (values[at + 1] ?? 0);
}

/** A change of level below this is no voice. */
const LEAST_VARIANCE = 0.003;

/** Pearson's coefficient of what was said and what was heard `lag` looks later; 0 where either is flat. */
function likenessOf(said: readonly number[], heard: readonly number[], lag: number): number {
  const count = Math.min(said.length, heard.length - lag);
  const sum = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  for (let i = 0; i < count; i++) {
    const [x, y] = [said[i] ?? 0, heard[i + lag] ?? 0];
    sum.x += x;
    sum.y += y;
    sum.xx += x * x;
    sum.yy += y * y;
    sum.xy += x * y;
  }
  const varX = sum.xx / count - (sum.x / count) ** 2;
  const varY = sum.yy / count - (sum.y / count) ** 2;
  if (count <= 0 || varX < LEAST_VARIANCE || varY < LEAST_VARIANCE) return 0;
  return (sum.xy / count - (sum.x / count) * (sum.y / count)) / Math.sqrt(varX * varY);
}

/** The counters that matter, as webrtc-stats names them. */
interface Counter {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly fractionLost?: number;
}

/** What arrived, and the worse of what was lost either way. */
export function lossOf(
  counters: Iterable<Counter>,
): Pick<EchoFindings, 'receives' | 'lostPercent'> {
  let receives = false;
  const losses: number[] = [];
  for (const { type, packetsReceived = 0, packetsLost = 0, fractionLost } of counters) {
    if (type === 'inbound-rtp' && packetsReceived > 0) {
      receives = true;
      losses.push((100 * Math.max(0, packetsLost)) / (packetsReceived + Math.max(0, packetsLost)));
    }
    // Of the last report alone.
    if (type === 'remote-inbound-rtp' && fractionLost !== undefined)
      losses.push(100 * fractionLost);
  }
  return { receives, ...(losses.length > 0 && { lostPercent: Math.max(...losses) }) };
}
