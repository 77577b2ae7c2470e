/** The loudness at which a meter begins to move, and at which it is full, in dB below full scale. */
const FLOOR_DB = -60;
const CEILING_DB = -12;
/** How loud a voice is at least, as `levelOf` counts; keyboards and fans stay below. */
const VOICE_LEVEL = 0.42;

/** Loudness of some samples (-1 to 1) as a meter shows it: 0 is silence, 1 is as loud as wanted. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const db = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

/** Up at once, down slowly, so that a meter can be read. */
export function smooth(shown: number, level: number): number {
  return level > shown ? level : shown * 0.85 + level * 0.15;
}

/** How long somebody must speak before we are sure that it is speech, in looks. */
const LOOKS_OF_SPEECH = 12;

/** Counts looks at a meter; true once somebody has been speaking for a while. Falls twice as fast. */
export function countSpeech(count: number, level: number): number {
  return level >= VOICE_LEVEL ? Math.min(count + 1, LOOKS_OF_SPEECH) : Math.max(0, count - 2);
}

export function isSpeech(count: number): boolean {
  return count >= LOOKS_OF_SPEECH;
}
