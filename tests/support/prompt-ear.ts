import type { Language } from '../../protocol/call/language.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import { filesOf } from '../../protocol/speech/files.ts';
import { phrasesOf } from '../../protocol/speech/saying.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { createResampler, loadResampler } from '../../switch/media/dsp/resampler.ts';
import type { Resampler } from '../../switch/media/dsp/resampler.ts';
import { allPrints } from './prompt-print.ts';
import { Recognition, SETTLING } from './prompt-recognition.ts';
import type { Heard } from './prompt-recognition.ts';
import { EAR_RATE_HZ, HOP, Spectrum } from './spectrum.ts';

export interface EarOptions {
  readonly language: Language;
  /** 8000, 16000 or 48000. */
  readonly rateHz: number;
  /** Told of each recording as it is heard. */
  readonly onHeard?: (heard: Heard) => void;
}

/** Hears a stream of audio and knows our recordings in it, some 300 ms after each ends. */
export class PromptEar {
  /** In the order in which they ended. */
  readonly heard: Heard[] = [];
  readonly #options: EarOptions;
  readonly #resampler: Resampler;
  readonly #spectrum = new Spectrum();
  readonly #recognition: Recognition;
  readonly #waiters = new Set<() => void>();
  readonly #telephone = new Int16Array(EAR_RATE_HZ / 50);
  #rest = new Int16Array(0);
  /** How many of `heard` were waited for. */
  #passed = 0;

  private constructor(options: EarOptions) {
    this.#options = options;
    this.#resampler = createResampler(options.rateHz, EAR_RATE_HZ);
    this.#recognition = new Recognition(allPrints(), options.language);
  }

  static async open(options: EarOptions): Promise<PromptEar> {
    await loadResampler();
    return new PromptEar(options);
  }

  /** Takes the next samples, any number of them. */
  push(pcm: Int16Array): void {
    const step = this.#options.rateHz / 50;
    const samples = joined(this.#rest, pcm);
    let at = 0;
    for (; at + step <= samples.length; at += step) {
      const count = this.#resampler.process(samples.subarray(at, at + step), this.#telephone);
      const frame = this.#telephone.subarray(0, count);
      this.#spectrum.push(frame, (bands) => this.#onFrame(bands));
    }
    this.#rest = samples.slice(at);
  }

  /** The stream is over: decides what is still open. */
  end(): readonly Heard[] {
    const frames = SETTLING + 2;
    this.push(new Int16Array((frames * HOP * this.#options.rateHz) / EAR_RATE_HZ));
    this.#resampler.close();
    return this.heard;
  }

  /**
   * Waits until these were heard in this order, whatever is between them, after all that an
   * earlier wait found. Throws with what was heard instead.
   */
  async hears(names: readonly (Clip | Sound)[], withinMs = 20_000): Promise<readonly Heard[]> {
    const found = await this.#until(() => this.#find(names), withinMs);
    if (found === undefined) throw new Error(this.#inVain(names));
    this.#passed = this.heard.indexOf(found.at(-1)!) + 1;
    return found;
  }

  /** As `hears`, for all recordings of a saying; a caller's own recorded name is passed over. */
  hearsSaying(saying: Saying, withinMs?: number): Promise<readonly Heard[]> {
    return this.hears(recordingsOf(saying, this.#options.language), withinMs);
  }

  #onFrame(bands: Float32Array): void {
    for (const heard of this.#recognition.push(bands)) {
      this.heard.push(heard);
      this.#options.onHeard?.(heard);
      for (const waiter of this.#waiters) waiter();
    }
  }

  #find(names: readonly (Clip | Sound)[]): readonly Heard[] | undefined {
    const found: Heard[] = [];
    for (const heard of this.heard.slice(this.#passed))
      if (heard.name === names[found.length]) found.push(heard);
    return found.length === names.length ? found : undefined;
  }

  async #until<T>(look: () => T | undefined, withinMs: number): Promise<T | undefined> {
    const already = look();
    if (already !== undefined) return already;
    return new Promise((resolve) => {
      const finish = (found: T | undefined): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(found);
      };
      const timer = setTimeout(() => finish(undefined), withinMs);
      const waiter = (): void => {
        const found = look();
        if (found !== undefined) finish(found);
      };
      this.#waiters.add(waiter);
    });
  }

  #inVain(names: readonly string[]): string {
    const since = this.heard.slice(this.#passed).map(({ name }) => name);
    return `waited for [${names.join(', ')}] and heard [${since.join(', ')}]`;
  }
}

/** The recordings in a piece of audio, in the order in which they ended. */
export async function promptsIn(pcm: Int16Array, options: EarOptions): Promise<readonly Heard[]> {
  const ear = await PromptEar.open(options);
  ear.push(pcm);
  return ear.end();
}

/** The names of the recordings that make up a saying. */
export function recordingsOf(saying: Saying, language: Language): readonly (Clip | Sound)[] {
  const ours = '/ours';
  const files = filesOf(phrasesOf(saying, language), {
    language,
    folders: [ours],
    exists: () => false,
  });
  return files
    .filter((file) => file.startsWith(`${ours}/`) && !file.endsWith('/silence.wav'))
    .map((file) => file.replace(/^.*\/(.*)\.wav$/, '$1') as Clip | Sound);
}

function joined(one: Int16Array, other: Int16Array): Int16Array {
  const both = new Int16Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
