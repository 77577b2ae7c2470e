/** What the browser has counted of a call so far, and when. */
export interface LineSample {
  readonly nowMs: number;
  /** RTP packets that came. */
  readonly packets: number;
  /** Answers to our connectivity checks (RFC 8445), which go on all through a call. */
  readonly responses: number;
}

/**
 * `flows`: sound comes. `still`: none comes at the moment, for the other side may have nothing to send.
 * `silent`: it came all the time and does not any more. `dead`: nor does anything else.
 * `blocked`: nothing ever came.
 */
export type LineVerdict = 'new' | 'flows' | 'still' | 'silent' | 'dead' | 'blocked';

export interface LineWatch {
  readonly verdict: LineVerdict;
  readonly sample: LineSample;
  readonly beganAtMs: number;
  readonly packetAtMs: number;
  readonly responseAtMs: number;
  /** Looks in a row that saw packets come. */
  readonly streak: number;
  /** Sound came steadily before it stopped. */
  readonly steady: boolean;
  /** When the machine last told of another network, or slept. */
  readonly shakenAtMs: number;
}

/** Where packets come every 20 ms, so long is no jitter. */
const SILENT_MS = 1_000;
/** Shorter than the 2.5 s at which browsers check a path that works: a call made anew in vain costs half a second. */
const DEAD_MS = 1_800;
/** Right after another network, or sleep, less will do. */
const SHAKEN_DEAD_MS = 1_000;
const SHAKEN_FOR_MS = 10_000;
const BLOCKED_MS = 5_000;
/** Two checks missed: dead, whether or not sound had come all the time. */
const LOST_MS = 6_000;
const STEADY_LOOKS = 2;
/** Nobody looked for so long: the machine slept. */
const SLEPT_MS = 3_000;

/** A call is answered. */
export function watching(nowMs: number): LineWatch {
  return {
    verdict: 'new',
    sample: { nowMs, packets: 0, responses: 0 },
    beganAtMs: nowMs,
    ...{ packetAtMs: nowMs, responseAtMs: nowMs, streak: 0, steady: false },
    shakenAtMs: -Infinity,
  };
}

/** The machine is in another network, or says so. */
export function shaken(watch: LineWatch, nowMs: number): LineWatch {
  return { ...watch, shakenAtMs: nowMs };
}

/** A look, some three times a second. */
export function look(watch: LineWatch, sample: LineSample): LineWatch {
  const awake = sample.nowMs - watch.sample.nowMs > SLEPT_MS ? woken(watch, sample.nowMs) : watch;
  const next = counted(awake, sample);
  return { ...next, verdict: verdictOf(next) };
}

/** Nothing could come while it slept. */
function woken(watch: LineWatch, nowMs: number): LineWatch {
  return { ...watch, packetAtMs: nowMs, responseAtMs: nowMs, shakenAtMs: nowMs };
}

function counted(watch: LineWatch, sample: LineSample): LineWatch {
  const { nowMs, packets, responses } = sample;
  const responded = responses > watch.sample.responses;
  const came = packets > watch.sample.packets;
  const streak = came ? watch.streak + 1 : 0;
  return {
    ...watch,
    sample,
    streak,
    // Who answers the checks and sends no sound has none to send.
    steady: streak >= STEADY_LOOKS || (watch.steady && !(responded && !came)),
    packetAtMs: came ? nowMs : watch.packetAtMs,
    responseAtMs: responded ? nowMs : watch.responseAtMs,
  };
}

function verdictOf(watch: LineWatch): LineVerdict {
  const { sample, packetAtMs, responseAtMs, beganAtMs, shakenAtMs, steady } = watch;
  const { nowMs, packets, responses } = sample;
  if (packets === 0 && responses === 0) return nowMs - beganAtMs >= BLOCKED_MS ? 'blocked' : 'new';
  const silentMs = nowMs - packetAtMs;
  if (silentMs < SILENT_MS) return 'flows';
  const nothingMs = Math.min(silentMs, nowMs - responseAtMs);
  if (!steady) return nothingMs >= LOST_MS ? 'dead' : 'still';
  const patienceMs = nowMs - shakenAtMs < SHAKEN_FOR_MS ? SHAKEN_DEAD_MS : DEAD_MS;
  return nothingMs >= patienceMs ? 'dead' : 'silent';
}
