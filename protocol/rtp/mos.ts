/** ITU-T G.107, default values of table 2: no noise, no echo, nothing lost. */
const BEST_R = 93.2;
/** ITU-T G.113 appendix I: G.711 and its loss concealment, losses at random. Opus bears more. */
const LOSS_ROBUSTNESS = 25.1;
/** What a packet of 20 ms and the mixing cost, beside the network. */
const OWN_DELAY_MS = 40;

/**
 * The mean opinion score, 1 to 4.5, by the E-model (ITU-T G.107) in its usual short form:
 *
 *     R   = 93.2 - Id - Ie,eff
 *     Id  = 0.024 d + 0.11 (d - 177.3) where d > 177.3       d: one way, in ms
 *     Ie  = 95 Ppl / (Ppl + 25.1)                            Ppl: lost packets in percent
 *     MOS = 1 + 0.035 R + R (R - 60) (100 - R) 7e-6
 *
 * d is half of the round trip, twice the jitter for its buffer, and 40 ms of our own.
 */
export function mosOf(heard: {
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly roundTripMs?: number | undefined;
}): number {
  const delayMs = (heard.roundTripMs ?? 0) / 2 + 2 * heard.jitterMs + OWN_DELAY_MS;
  const late = Math.max(0, delayMs - 177.3);
  const loss = Math.min(100, Math.max(0, heard.lossPercent));
  const r = BEST_R - 0.024 * delayMs - 0.11 * late - (95 * loss) / (loss + LOSS_ROBUSTNESS);
  return Math.min(4.5, Math.max(1, ofRating(Math.min(100, r))));
}

/** Annex B. */
function ofRating(r: number): number {
  return r <= 0 ? 1 : 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
}
