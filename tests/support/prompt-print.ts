import { LANGUAGES } from '../../protocol/call/language.ts';
import type { Language } from '../../protocol/call/language.ts';
import { CLIPS, ENGLISH_CLIPS, GERMAN_CLIPS } from '../../protocol/speech/clip.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import { framesOf } from './prompt-frames.ts';
import { BANDS, FRAMES_A_SECOND } from './spectrum.ts';

/** About so many frames are compared in one piece: a quarter of a second. */
const PIECE_FRAMES = 16;
/** Music is known by each piece of this length, wherever one begins to listen. */
const MUSIC_SECONDS = 2;
const TONES = ['join', 'leave', 'beep'] as const;

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
  known ??= made();
  return known;
}

/** The clips a language has. */
export function clipsIn(language: Language): readonly Clip[] {
  return LANGUAGE_CLIPS[language];
}

function made(): readonly Print[] {
  const spoken = LANGUAGES.flatMap((language) =>
    LANGUAGE_CLIPS[language].map((clip) => spokenPath(language, clip)),
  );
  const frames = framesOf([...spoken, ...TONES.map(soundPath), soundPath('hold-music')]);
  const framesAt = (path: string): Float32Array => {
    const found = frames.get(path);
    if (found === undefined) throw new Error(`${path} was not heard`);
    return found;
  };
  return [
    ...LANGUAGES.flatMap((language) => spokenPrints(language, framesAt)),
    ...TONES.map((sound) => printOf(sound, framesAt(soundPath(sound)))),
    ...musicPrints(framesAt(soundPath('hold-music'))),
  ];
}

function spokenPath(language: Language, clip: Clip): string {
  return `${language}/${clip}.wav`;
}

function soundPath(sound: Sound): string {
  return `sounds/${sound}.wav`;
}

function spokenPrints(
  language: Language,
  framesAt: (path: string) => Float32Array,
): readonly Print[] {
  return LANGUAGE_CLIPS[language].map((clip) => ({
    ...printOf(clip, framesAt(spokenPath(language, clip))),
    language,
  }));
}

function musicPrints(frames: Float32Array): readonly Print[] {
  const size = Math.round(MUSIC_SECONDS * FRAMES_A_SECOND) * BANDS;
  return Array.from({ length: Math.floor(frames.length / size) }, (_, i) =>
    printOf('hold-music', frames.subarray(i * size, (i + 1) * size)),
  );
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
