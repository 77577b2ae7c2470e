import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { createResampler } from '../../switch/media/dsp/resampler.ts';
import { parseWav } from '../../switch/media/dsp/wav.ts';
import { EAR_RATE_HZ, Spectrum } from './spectrum.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROMPTS = join(ROOT, 'prompts');
const CACHE = join(ROOT, 'node_modules/.cache/partyline');
/** What makes frames of recordings. */
const SOURCES = [
  import.meta.filename,
  join(import.meta.dirname, 'spectrum.ts'),
  join(ROOT, 'switch/media/dsp/resampler.ts'),
];

/** By the recording's path: `BANDS` values a frame. */
export type Frames = ReadonlyMap<string, Float32Array>;

/**
 * The frames of these recordings. To make them takes a second in which a test hears nothing else, so
 * they are kept from one run to the next, for as long as no recording changes.
 */
export function framesOf(paths: readonly string[]): Frames {
  // Another Node.js may write otherwise.
  const kept = join(CACHE, `prompt-frames-${process.versions.v8}`);
  const key = keyOf(paths);
  const before = keptIn(kept);
  if (before?.key === key) return before.frames;
  const frames = new Map(paths.map((path) => [path, heard(path)]));
  mkdirSync(CACHE, { recursive: true });
  // Whoever reads at this moment reads the old ones whole.
  const fresh = `${kept}-${process.pid}`;
  writeFileSync(fresh, serialize({ key, frames } satisfies Kept));
  renameSync(fresh, kept);
  return frames;
}

interface Kept {
  readonly key: string;
  readonly frames: Frames;
}

function keptIn(file: string): Kept | undefined {
  try {
    return deserialize(readFileSync(file)) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function keyOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...SOURCES, ...paths.map((path) => join(PROMPTS, path))]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('base64url');
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

function heard(path: string): Float32Array {
  const { samples, sampleRateHz } = recording(path);
  const pcm = resampled(samples, sampleRateHz, EAR_RATE_HZ);
  const bands: number[] = [];
  new Spectrum().push(pcm, (frame) => bands.push(...frame));
  return Float32Array.from(bands);
}
