import { toneLevelDb } from './tones.ts';

/** Below this a tone is not heard; every phone sends at about -12 dB. */
const AUDIBLE_DB = -40;

/** Which of these tones are in what somebody hears, in the order given. */
export function heard(pcm: Int16Array, rateHz: number, tonesHz: readonly number[]): number[] {
  return tonesHz.filter((hz) => toneLevelDb(pcm, rateHz, hz) > AUDIBLE_DB);
}
