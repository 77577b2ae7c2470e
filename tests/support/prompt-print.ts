import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../protocol/call/language.ts';
import type { Language } from '../../protocol/call/language.ts';
import { CLIPS, ENGLISH_CLIPS, GERMAN_CLIPS } from '../../protocol/speech/clip.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import { createResampler } from '../../switch/media/dsp/resampler.ts';
import { parseWav } from '../../switch/media/dsp/wav.ts';
import { BANDS, EAR_RATE_HZ, FRAMES_A_SECOND, Spectrum } from './spectrum.ts';

const PROMPTS = join(import.meta.dirname, '../../prompts');
/** About so many frames are compared in one piece: a quarter of a second. */
const PIECE_FRAMES = 16;
/** Music is known by each piece of this length, wherever one begins to listen. */
const MUSIC_SECONDS = 2;

/** What a recording looks like to the ear. */
export interface Print {
  readonly name: Clip | Sound;
  /** Absent: of no language. */
  readonly language?: Language;
  readonly frames: number;
  readonly pieces: readonly Piece[];
}

/** Some frames on end, compared as one; the line may shift it a little against the next. */
export interface Piece {
  /** From 0 on, another for each piece of all prints. */
  readonly id: number;
  readonly frames: number;
  /** Frames of the print after this piece. */
  readonly after: number;
  /** `BANDS` values a frame, each band's mean taken off. */
  readonly shape: Float32Array;
  /** The root of its squares' sum. */
  readonly strength: number;
  /** Of the pieces before it, together. */
  readonly strengthBefore: number;
}

const LANGUAGE_CLIPS = {
  en: [...CLIPS, ...ENGLISH_CLIPS],
  de: [...CLIPS, ...GERMAN_CLIPS],
} as const satisfies Record<Language, readonly Clip[]>;

let known: readonly Print[] | undefined;
let pieces = 0;

/** The prints of all that is spoken in any language, and of the tones and the music. */
export function allPrints(): readonly Print[] {
  known ??= [...LANGUAGES.flatMap(spokenPrints), ...tonePrints(), ...musicPrints()];
  return known;
}

/** The clips a language has. */
export function clipsIn(language: Language): readonly Clip[] {
  return LANGUAGE_CLIPS[language];
}

/** A recording of ours at its own rate. */
export function recording(path: string): { samples: Int16Array; sampleRateHz: number } {
  const wav = parseWav(readFileSync(join(PROMPTS, path)));
  if (wav === undefined) throw new Error(`${path} is no WAV file`);
  return wav;
}

/** The samples at another rate. */
export function resampled(pcm: Int16Array, fromHz: number, toHz: number): Int16Array {
  const resampler = createResampler(fromHz, toHz);
  const step = fromHz / 50;
  const out = new Int16Array(Math.ceil(pcm.length / step) * (toHz / 50));
  let count = 0;
  for (let at = 0; at < pcm.length; at += step)
    count += resampler.process(pcm.subarray(at, at + step), out.subarray(count));
  resampler.close();
  return out.subarray(0, count);
}

function spokenPrints(language: Language): readonly Print[] {
  return LANGUAGE_CLIPS[language].map((clip) => ({
    ...printOf(clip, framesOf(`${language}/${clip}.wav`)),
    language,
  }));
}

function tonePrints(): readonly Print[] {
  const tones = ['join', 'leave', 'beep'] as const;
  return tones.map((sound) => printOf(sound, framesOf(`sounds/${sound}.wav`)));
}

function musicPrints(): readonly Print[] {
  const frames = framesOf('sounds/hold-music.wav');
  const size = Math.round(MUSIC_SECONDS * FRAMES_A_SECOND) * BANDS;
  return Array.from({ length: Math.floor(frames.length / size) }, (_, i) =>
    printOf('hold-music', frames.subarray(i * size, (i + 1) * size)),
  );
}

function framesOf(path: string): Float32Array {
  const { samples, sampleRateHz } = recording(path);
  const pcm = resampled(samples, sampleRateHz, EAR_RATE_HZ);
  const bands: number[] = [];
  new Spectrum().push(pcm, (frame) => bands.push(...frame));
  return Float32Array.from(bands);
}

function printOf(name: Clip | Sound, bands: Float32Array): Print {
  const frames = bands.length / BANDS;
  const count = Math.max(1, Math.round(frames / PIECE_FRAMES));
  const edge = (i: number): number => Math.round((i * frames) / count);
  let strengthBefore = 0;
  const parts = Array.from({ length: count }, (_, i): Piece => {
    const shape = withoutMeans(bands.slice(edge(i) * BANDS, edge(i + 1) * BANDS));
    const strength = Math.sqrt(shape.reduce((sum, value) => sum + value * value, 0));
    const [length, after] = [edge(i + 1) - edge(i), frames - edge(i + 1)];
    strengthBefore += strength;
    const before = strengthBefore - strength;
    return { id: pieces++, frames: length, after, shape, strength, strengthBefore: before };
  });
  return { name, frames, pieces: parts };
}

/** A steady tone beside the voice, or the line's noise, is the same in every frame: it goes. */
function withoutMeans(shape: Float32Array): Float32Array {
  const frames = shape.length / BANDS;
  for (let band = 0; band < BANDS; band++) {
    let sum = 0;
    for (let at = band; at < shape.length; at += BANDS) sum += shape[at]!;
    for (let at = band; at < shape.length; at += BANDS) shape[at]! -= sum / frames;
  }
  return shape;
}
