import type { MediaCommand } from './contract.ts';
import { energyScore } from './dsp/level.ts';
import { createResampler } from './dsp/resampler.ts';
import type { Resampler } from './dsp/resampler.ts';
import type { Recording } from './recording.ts';
import { FRAME_MS } from './ticker.ts';

type Bounds = Pick<
  Extract<MediaCommand, { readonly kind: 'record-leg' }>,
  'limitMs' | 'silence' | 'sampleRateHz'
>;

/** One peer's voice at the file's rate, watched for the limit and for silence. */
export class LegRecording {
  readonly #file: Recording;
  readonly #bounds: Bounds;
  readonly #onOver: (why: 'limit' | 'silence') => void;
  readonly #frame: Int16Array;
  #resampler: { readonly fromHz: number; readonly stream: Resampler } | undefined;
  #recordedMs = 0;
  #silentMs = 0;

  /** `onOver` is told once: end it then. */
  constructor(file: Recording, bounds: Bounds, onOver: (why: 'limit' | 'silence') => void) {
    this.#file = file;
    this.#bounds = bounds;
    this.#onOver = onOver;
    this.#frame = new Int16Array(bounds.sampleRateHz / (1000 / FRAME_MS));
  }

  /** Takes 20 ms; undefined: silence. */
  add(voice: Int16Array | undefined, rateHz: number): void {
    if (voice) this.#streamFrom(rateHz).process(voice, this.#frame);
    else this.#frame.fill(0);
    this.#file.add(this.#frame);
    this.#recordedMs += FRAME_MS;
    const { limitMs = Infinity, silence } = this.#bounds;
    const isSilent = silence !== undefined && energyScore(this.#frame) < silence.below;
    this.#silentMs = isSilent ? this.#silentMs + FRAME_MS : 0;
    if (this.#recordedMs >= limitMs) this.#onOver('limit');
    else if (isSilent && this.#silentMs >= silence.forMs) this.#onOver('silence');
  }

  /** Writes the rest and closes; resolves with what the file holds. */
  async end(): Promise<{ readonly samples: number; readonly sampleRateHz: number }> {
    this.#resampler?.stream.close();
    await this.#file.end();
    return { samples: this.#file.samples, sampleRateHz: this.#file.sampleRateHz };
  }

  /** The peer's rate changes with its codec. */
  #streamFrom(rateHz: number): Resampler {
    if (this.#resampler?.fromHz !== rateHz) {
      this.#resampler?.stream.close();
      const stream = createResampler(rateHz, this.#bounds.sampleRateHz);
      this.#resampler = { fromHz: rateHz, stream };
    }
    return this.#resampler.stream;
  }
}
