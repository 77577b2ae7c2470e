import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../protocol/call/language.ts';
import {
  CLIPS,
  ENGLISH_CLIPS,
  GERMAN_CLIPS,
  SILENCE_MS,
  SOUNDS,
} from '../../../protocol/speech/clip.ts';
import { parseWav } from '../../../switch/media/dsp/wav.ts';
import { loudness } from '../../support/loudness.ts';
import { catalogue, PROMPTS } from '../../support/spoken.ts';

/** FreeSWITCH and the embedded switch read these without ffmpeg. */
const FORMAT = { encoding: 1, channels: 1, rateHz: 16_000, bits: 16 };
const SPOKEN_LUFS = -20;
/** Nobody listens to one sentence for longer. */
const LONGEST_SECONDS = 9;
const QUIET = 0.002 * 32_768;

const BY_LANGUAGE = { en: [...CLIPS, ...ENGLISH_CLIPS], de: [...CLIPS, ...GERMAN_CLIPS] };

function files(folder: string): readonly string[] {
  return readdirSync(join(PROMPTS, folder)).sort();
}

function formatOf(path: string): typeof FORMAT {
  const header = readFileSync(join(PROMPTS, path)).subarray(0, 44);
  return {
    encoding: header.readUInt16LE(20),
    channels: header.readUInt16LE(22),
    rateHz: header.readUInt32LE(24),
    bits: header.readUInt16LE(34),
  };
}

function samplesOf(path: string): Int16Array {
  return parseWav(readFileSync(join(PROMPTS, path)))!.samples;
}

function peak(pcm: Int16Array): number {
  return pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** Paths of all that is spoken. */
const SPOKEN = LANGUAGES.flatMap((language) =>
  files(language).map((file) => `${language}/${file}`),
);
const ALL = [...SPOKEN, ...files('sounds').map((file) => `sounds/${file}`)];

describe('the catalogue', () => {
  test.each(LANGUAGES)('has words in %s for just the clips that exist', (language) => {
    const lines = catalogue().filter((line) => line.texts[language] !== undefined);
    expect(lines.map((line) => line.clip).sort()).toEqual([...BY_LANGUAGE[language]].sort());
  });

  test.each(LANGUAGES)('is spoken in %s: a file each, and no other', (language) => {
    expect(files(language)).toEqual(BY_LANGUAGE[language].map((clip) => `${clip}.wav`).sort());
  });

  test('has no clip twice, and no two clips of the same words', () => {
    for (const language of LANGUAGES) {
      const texts = catalogue().flatMap((line) => line.texts[language] ?? []);
      expect(new Set(texts).size).toBe(texts.length);
    }
    const names = catalogue().map((line) => line.clip);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has all sounds beside it', () => {
    expect(files('sounds')).toEqual(SOUNDS.map((sound) => `${sound}.wav`).sort());
  });
});

describe('the recordings', () => {
  test('are WAV that both switches read as they are', () => {
    for (const path of ALL) expect({ path, ...formatOf(path) }).toEqual({ path, ...FORMAT });
  });

  test('are equally loud, within 2 dB of one another', () => {
    const off = SPOKEN.map((path) => ({ path, lufs: loudness(samplesOf(path), FORMAT.rateHz) }));
    expect(off.filter(({ lufs }) => !(Math.abs(lufs - SPOKEN_LUFS) < 1))).toEqual([]);
  });

  test('never clip', () => {
    expect(ALL.filter((path) => peak(samplesOf(path)) > 29_000)).toEqual([]);
  });

  test('are short', () => {
    const seconds = (path: string): number => samplesOf(path).length / FORMAT.rateHz;
    expect(SPOKEN.filter((path) => seconds(path) > LONGEST_SECONDS)).toEqual([]);
    expect(SPOKEN.filter((path) => seconds(path) < 0.25)).toEqual([]);
  });

  test('begin and end with a short silence, so that two in a row do not run together', () => {
    const edges = SPOKEN.map((path) => {
      const isLoud = (sample: number): boolean => Math.abs(sample) > QUIET;
      const pcm = samplesOf(path);
      const after = pcm.length - 1 - pcm.findLastIndex(isLoud);
      return { path, beforeMs: pcm.findIndex(isLoud) / 16, afterMs: after / 16 };
    });
    const isShort = (ms: number): boolean => ms >= 25 && ms <= 200;
    expect(
      edges.filter(({ beforeMs, afterMs }) => !isShort(beforeMs) || !isShort(afterMs)),
    ).toEqual([]);
  });

  test('take little room', () => {
    const bytes = ALL.reduce((sum, path) => sum + statSync(join(PROMPTS, path)).size, 0);
    expect(bytes).toBeLessThan(13_500_000);
  });
});

describe('sounds', () => {
  test('silence lasts as long as is said of it', () => {
    const silence = samplesOf('sounds/silence.wav');
    expect(silence.length).toBe((SILENCE_MS * FORMAT.rateHz) / 1000);
    expect(peak(silence)).toBeLessThanOrEqual(1);
  });

  test('tones are softer than speech', () => {
    for (const name of ['join', 'leave', 'beep']) {
      const lufs = loudness(samplesOf(`sounds/${name}.wav`), FORMAT.rateHz);
      expect(lufs).toBeGreaterThan(-28);
      expect(lufs).toBeLessThan(SPOKEN_LUFS - 3);
    }
  });

  test('music on hold is soft and never far from silent nor loud', () => {
    const music = samplesOf('sounds/hold-music.wav');
    const second = FORMAT.rateHz;
    expect(music.length).toBe(32 * second);
    const levels = Array.from({ length: 32 }, (_, i) =>
      loudness(music.subarray(i * second, (i + 1) * second), second),
    );
    expect(Math.abs(loudness(music, second) + 26)).toBeLessThan(0.5);
    expect(Math.max(...levels)).toBeLessThan(-22);
    expect(Math.min(...levels)).toBeGreaterThan(-32);
  });

  test('music on hold goes round without a seam', () => {
    const music = samplesOf('sounds/hold-music.wav');
    const steps = music.map((sample, i) => Math.abs(sample - music.at(i - 1)!));
    const usual = steps.toSorted().at(Math.floor(steps.length * 0.99))!;
    expect(steps[0]).toBeLessThanOrEqual(usual);
    // What rang at the end rings on at the beginning, under the first bell's soft onset.
    expect(peak(music.subarray(0, 16))).toBeGreaterThan(100);
  });
});
