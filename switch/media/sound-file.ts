import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { parseWav } from './dsp/wav.ts';
import type { WavAudio } from './dsp/wav.ts';

/** Of decoded sound: two hours at 16 kHz. More is cut. */
const MOST_BYTES = 240 * 1024 * 1024;
const FFMPEG_RATE_HZ = 16_000;
const FFMPEG_TIMEOUT_MS = 60_000;

/** A file's sound; undefined: it is not there, or cannot be read as sound. */
export async function readSound(
  path: string,
  ffmpeg: string | undefined,
): Promise<WavAudio | undefined> {
  if (!isAbsolute(path)) return undefined;
  const bytes = await contentsOf(path);
  if (bytes === undefined) return undefined;
  const wav = parseWav(bytes);
  if (wav || ffmpeg === undefined) return wav;
  return decode(path, ffmpeg);
}

async function contentsOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined; // Whoever asked is told that it is not playable.
  }
}

/** No shell, no input, and no protocol but a local file: a path is never more than a path. */
function decode(path: string, ffmpeg: string): Promise<WavAudio | undefined> {
  return new Promise((resolve) => {
    const input = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i', `file:${path}`];
    const output = ['-vn', '-ac', '1', '-ar', String(FFMPEG_RATE_HZ), '-f', 's16le', 'pipe:1'];
    const child = spawn(ffmpeg, [...input, ...output], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: FFMPEG_TIMEOUT_MS,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
      else child.kill();
    });
    child.on('error', () => resolve(undefined));
    child.on('close', () => resolve(size === 0 ? undefined : toAudio(Buffer.concat(chunks))));
  });
}

function toAudio(bytes: Buffer): WavAudio {
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(2 * i);
  return { sampleRateHz: FFMPEG_RATE_HZ, samples };
}
