import { createEncoder, loadCodecs } from '../../switch/media/dsp/codecs.ts';
import { chance } from '../support/lossy-network.ts';
import { MU_LAW_SILENCE, muLawTone } from '../support/mu-law.ts';

/** Encoded 20 ms frames, said over and over. */
export type Voice = readonly Uint8Array[];

export interface Voices {
  /** A microphone in which nobody speaks. */
  readonly quiet: Voice;
  readonly tone: (hz: number) => Voice;
}

const TONE_PEAK = 6000;

export const PHONE_VOICES: Voices = {
  quiet: [MU_LAW_SILENCE],
  tone: (hz) => [muLawTone(hz, TONE_PEAK)],
};

/** Opus, coded once before the load begins. A browser's microphone is never quite silent: 50 dB below a voice. */
export async function browserVoices(): Promise<Voices> {
  await loadCodecs();
  const random = chance(1);
  return {
    quiet: opus(() => 30 * (random() - 0.5)),
    tone: (hz) => opus((at) => TONE_PEAK * Math.sin((2 * Math.PI * hz * at) / 48_000)),
  };
}

/** One second. */
function opus(sampleAt: (at: number) => number): Voice {
  const encoder = createEncoder('opus');
  const frames = Array.from({ length: 50 }, (_, n) =>
    encoder.encode(Int16Array.from({ length: 960 }, (_, i) => sampleAt(n * 960 + i))).slice(),
  );
  encoder.close();
  return frames;
}
