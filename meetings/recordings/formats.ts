import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { InTurn } from '../in-turn.ts';

export const FORMATS = ['wav', 'mp3', 'opus'] as const;
export type RecordingFormat = (typeof FORMATS)[number];

/** Speech: mono at 48 and 32 kbit/s, a tenth of the WAV and less. */
const CODECS: Readonly<Record<Exclude<RecordingFormat, 'wav'>, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '48k', '-f', 'mp3'],
  opus: ['-c:a', 'libopus', '-b:a', '32k', '-f', 'ogg'],
};

/** Makes smaller files of WAV ones, beside them and once. */
export class Formats {
  readonly #ffmpeg: string | undefined;
  readonly #turns = new InTurn();

  /** `ffmpeg`: the program; absent: WAV is all there is. */
  constructor(ffmpeg: string | undefined) {
    this.#ffmpeg = ffmpeg;
  }

  get offered(): readonly RecordingFormat[] {
    return this.#ffmpeg === undefined ? ['wav'] : FORMATS;
  }

  /** The file in that format; rejects where ffmpeg fails. `wav` is whole. */
  file(wav: string, format: RecordingFormat): Promise<string> {
    if (format === 'wav') return Promise.resolve(wav);
    const made = pathOf(wav, format);
    // One after the other, however many are asked for: sound that is mixed now comes first.
    return this.#turns.run('ffmpeg', async () => {
      if (existsSync(made)) return made;
      await this.#make(wav, made, format);
      return made;
    });
  }

  async delete(wav: string): Promise<void> {
    for (const format of FORMATS) await rm(pathOf(wav, format), { force: true });
  }

  async #make(wav: string, made: string, format: keyof typeof CODECS): Promise<void> {
    if (this.#ffmpeg === undefined) throw new Error('there is no ffmpeg');
    const half = `${made}.part`;
    const quiet = ['-nostdin', '-v', 'error', '-y'];
    await run(this.#ffmpeg, [...quiet, '-i', wav, '-ac', '1', ...CODECS[format], half]);
    await rename(half, made);
  }
}

function pathOf(wav: string, format: RecordingFormat): string {
  return wav.replace(/\.wav$/, `.${format}`);
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code ?? 'a signal'}`));
    });
  });
}
