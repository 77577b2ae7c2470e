import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { WAV_HEADER_BYTES, wavBytes, wavHeader, wavSizes } from './dsp/wav.ts';

/** How much may be lost to a power cut. */
const FLUSH_MS = 1000;

/**
 * A room's sound into a mono WAV file. Its header says after each second how much is there, so the
 * file plays even when this process is killed.
 */
export class Recording {
  readonly path: string;
  readonly sampleRateHz: number;
  readonly #file: FileHandle;
  readonly #block: Int16Array;
  readonly #onFailure: (error: Error) => void;
  #filled = 0;
  #samples = 0;
  #written = 0;
  #writes: Promise<void> = Promise.resolve();
  #failed = false;

  private constructor(
    file: FileHandle,
    target: { readonly path: string; readonly sampleRateHz: number },
    onFailure: (error: Error) => void,
  ) {
    this.#file = file;
    this.path = target.path;
    this.sampleRateHz = target.sampleRateHz;
    this.#block = new Int16Array((target.sampleRateHz * FLUSH_MS) / 1000);
    this.#onFailure = onFailure;
  }

  /** Makes the file, over whatever was there. Rejects where it cannot; `onFailure`: the disk failed later. */
  static async begin(
    target: { readonly path: string; readonly sampleRateHz: number },
    onFailure: (error: Error) => void,
  ): Promise<Recording> {
    const file = await open(target.path, 'w');
    await file.write(wavHeader(target.sampleRateHz), 0, WAV_HEADER_BYTES, 0);
    return new Recording(file, target, onFailure);
  }

  /** What was given to `add`. */
  get samples(): number {
    return this.#samples;
  }

  /** Takes one frame; writes when a second is full. */
  add(frame: Int16Array): void {
    if (this.#failed) return;
    this.#samples += frame.length;
    this.#block.set(frame, this.#filled);
    this.#filled += frame.length;
    if (this.#filled + frame.length > this.#block.length) this.#flush();
  }

  /** Writes the rest and closes. */
  async end(): Promise<void> {
    this.#flush();
    await this.#writes;
    await this.#file.close();
  }

  #flush(): void {
    if (this.#filled === 0 || this.#failed) return;
    const bytes = wavBytes(this.#block.subarray(0, this.#filled));
    this.#filled = 0;
    this.#writes = this.#writes
      .then(() => this.#write(bytes))
      .catch((error: unknown) => this.#fail(error));
  }

  /** Samples first, sizes after: the header never promises what is not there. */
  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#failed) return;
    await this.#file.write(bytes, 0, bytes.length, WAV_HEADER_BYTES + this.#written);
    this.#written += bytes.length;
    for (const { offset, bytes: size } of wavSizes(this.#written / 2)) {
      await this.#file.write(size, 0, size.length, offset);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}
