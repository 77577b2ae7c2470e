import type { PlaySource } from './contract.ts';
import { clip16 } from './dsp/mixer.ts';
import { createResampler } from './dsp/resampler.ts';
import type { Resampler } from './dsp/resampler.ts';
import { ToneGenerator } from './dsp/tones.ts';
import type { WavAudio } from './dsp/wav.ts';

/** Sound that comes to an end. Writes at the rate it was made for; less than asked for: it is over. */
export interface Sound {
  read(out: Int16Array): number;
  close(): void;
}

/** A tone's or a silence's sound, all its loops together (-1: for ever). */
export function madeSound(
  source: Exclude<PlaySource, { readonly kind: 'file' }>,
  sampleRateHz: number,
  loops: number,
): Sound {
  if (source.kind === 'silence') {
    return counted(Math.round((source.ms * sampleRateHz) / 1000), loops, (out) => out.fill(0));
  }
  const generator = new ToneGenerator(source, sampleRateHz);
  return counted(generator.cycleSamples, loops, (out) => generator.fill(out));
}

function counted(samples: number, loops: number, fill: (out: Int16Array) => void): Sound {
  let left = loops < 0 ? Infinity : samples * loops;
  return {
    read(out) {
      const count = Math.min(left, out.length);
      fill(out.subarray(0, count));
      left -= count;
      return count;
    },
    close() {},
  };
}

/** A file's sound at another rate, `loops` times (-1: for ever). */
export class FileSound implements Sound {
  readonly #audio: WavAudio;
  readonly #resampler: Resampler;
  readonly #chunk: number;
  readonly #converted: Int16Array;
  #ready: Int16Array;
  #at = 0;
  #loopsLeft: number;

  constructor(audio: WavAudio, sampleRateHz: number, loops: number) {
    this.#audio = audio;
    this.#resampler = createResampler(audio.sampleRateHz, sampleRateHz);
    this.#chunk = Math.floor(audio.sampleRateHz / 50);
    this.#converted = new Int16Array(Math.ceil(sampleRateHz / 50) + 64);
    this.#ready = this.#converted.subarray(0, 0);
    this.#loopsLeft = audio.samples.length === 0 ? 0 : loops < 0 ? Infinity : loops;
  }

  read(out: Int16Array): number {
    let written = 0;
    while (written < out.length && (this.#ready.length > 0 || this.#convert())) {
      const part = this.#ready.subarray(0, out.length - written);
      out.set(part, written);
      written += part.length;
      this.#ready = this.#ready.subarray(part.length);
    }
    return written;
  }

  close(): void {
    this.#resampler.close();
  }

  /** False: the last loop is over. */
  #convert(): boolean {
    if (this.#loopsLeft <= 0) return false;
    const { samples } = this.#audio;
    const chunk = samples.subarray(this.#at, this.#at + this.#chunk);
    const count = this.#resampler.process(chunk, this.#converted);
    this.#ready = this.#converted.subarray(0, count);
    this.#at += chunk.length;
    if (this.#at >= samples.length) {
      this.#at = 0;
      this.#loopsLeft -= 1;
    }
    return count > 0 || this.#loopsLeft > 0;
  }
}

export type PlayEnd = 'done' | 'stopped' | 'not-playable';

export interface Play {
  readonly id: string;
  readonly loops: number;
  readonly replacesMix: boolean;
  /** undefined while its file is being read. */
  sound: Sound | undefined;
  samples: number;
}

/**
 * What is played to one leg or one room: finite plays one after the other, those that loop for
 * ever beside them.
 */
export class PlayQueue {
  readonly sampleRateHz: number;
  readonly #onEnd: (play: Play, why: PlayEnd) => void;
  readonly #scratch: Int16Array;
  #plays: readonly Play[] = [];

  constructor(sampleRateHz: number, onEnd: (play: Play, why: PlayEnd) => void) {
    this.sampleRateHz = sampleRateHz;
    this.#onEnd = onEnd;
    this.#scratch = new Int16Array(sampleRateHz / 50);
  }

  /** Whether `mixInto` would be heard. */
  get active(): boolean {
    return this.#plays.length > 0;
  }

  /** Whether what sounds now is to be heard alone. */
  get replacesMix(): boolean {
    const first = this.#firstFinite();
    return this.#plays.some(
      (play) => play.replacesMix && play.sound && (play.loops < 0 || play === first),
    );
  }

  add(play: Play): void {
    this.#plays = [...this.#plays, play];
  }

  has(play: Play): boolean {
    return this.#plays.includes(play);
  }

  /** False: it is not here. */
  end(id: string, why: PlayEnd): boolean {
    const play = this.#plays.find((one) => one.id === id);
    if (!play) return false;
    this.#plays = this.#plays.filter((one) => one !== play);
    play.sound?.close();
    this.#onEnd(play, why);
    return true;
  }

  endAll(why: PlayEnd): void {
    for (const { id } of this.#plays) this.end(id, why);
  }

  /** Adds the next 20 ms of what plays to `frame`. */
  mixInto(frame: Int16Array): void {
    for (const play of this.#plays) if (play.loops < 0) this.#mix(play, frame);
    // Where one ends within the frame the next begins there.
    let left = frame;
    for (let play = this.#firstFinite(); play?.sound && left.length > 0;) {
      left = left.subarray(this.#mix(play, left));
      play = this.#firstFinite();
    }
  }

  #firstFinite(): Play | undefined {
    return this.#plays.find((play) => play.loops >= 0);
  }

  /** How many samples it gave; fewer than there was room for: it is over. */
  #mix(play: Play, frame: Int16Array): number {
    if (!play.sound) return 0;
    const scratch = this.#scratch.subarray(0, frame.length);
    const count = play.sound.read(scratch);
    for (let i = 0; i < count; i++) frame[i] = clip16((frame[i] ?? 0) + (scratch[i] ?? 0));
    play.samples += count;
    if (count < frame.length) this.end(play.id, 'done');
    return count;
  }
}
