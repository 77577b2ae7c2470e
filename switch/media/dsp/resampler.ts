import type { SpeexModule } from '@echogarden/speex-resampler-wasm/simd';

/** A stream from one rate to another. */
export interface Resampler {
  /**
   * Writes what the input gives: of a 20 ms frame exactly `toHz` / 50 samples, from the first on.
   * `output` must have room. Speech is late by the filter: about 2 ms.
   */
  process(input: Int16Array, output: Int16Array): number;
  close(): void;
}

/** SpeexDSP's scale of 0 to 10: at 5 aliases are 60 dB down or more. */
const QUALITY = 5;
/** Of each scratch buffer: 120 ms at 192 kHz. */
const SCRATCH_SAMPLES = 23_040;

interface Speex {
  readonly module: SpeexModule;
  readonly inputAt: number;
  readonly outputAt: number;
  /** Two counts, in and out. */
  readonly countsAt: number;
}

let speex: Speex | undefined;

/** Compiles the resampler once in this thread. */
export async function loadResampler(): Promise<void> {
  if (speex !== undefined) return;
  const { default: load } = await import('@echogarden/speex-resampler-wasm/simd');
  const module = await load();
  speex ??= {
    module,
    inputAt: module._malloc(SCRATCH_SAMPLES * 2),
    outputAt: module._malloc(SCRATCH_SAMPLES * 2),
    countsAt: module._malloc(8),
  };
}

/** A stream of its own from `fromHz` to `toHz`; equal rates pass unchanged. */
export function createResampler(fromHz: number, toHz: number): Resampler {
  if (fromHz === toHz) return IDENTITY;
  if (speex === undefined) throw new Error('loadResampler() was not awaited');
  return new SpeexResampler(speex, fromHz, toHz);
}

const IDENTITY: Resampler = {
  process(input, output) {
    output.set(input);
    return input.length;
  },
  close() {},
};

class SpeexResampler implements Resampler {
  readonly #speex: Speex;
  #state: number;

  constructor(library: Speex, fromHz: number, toHz: number) {
    const { module, countsAt } = library;
    this.#speex = library;
    this.#state = module._speex_resampler_init(1, fromHz, toHz, QUALITY, countsAt);
    if (this.#state === 0) throw new Error(`cannot resample ${fromHz} Hz to ${toHz} Hz`);
  }

  process(input: Int16Array, output: Int16Array): number {
    const { module, inputAt, outputAt, countsAt } = this.#speex;
    if (input.length > SCRATCH_SAMPLES) throw new RangeError('input is longer than 120 ms');
    module.HEAP16.set(input, inputAt >> 1);
    module.HEAPU32[countsAt >> 2] = input.length;
    module.HEAPU32[(countsAt >> 2) + 1] = Math.min(SCRATCH_SAMPLES, output.length);
    const error = module._speex_resampler_process_int(
      this.#state,
      0,
      inputAt,
      countsAt,
      outputAt,
      countsAt + 4,
    );
    if (error !== 0) throw new Error(`resampler: error ${error}`);
    const count = module.HEAPU32[(countsAt >> 2) + 1]!;
    const heap = module.HEAP16;
    const from = outputAt >> 1;
    for (let i = 0; i < count; i++) output[i] = heap[from + i]!;
    return count;
  }

  close(): void {
    if (this.#state !== 0) this.#speex.module._speex_resampler_destroy(this.#state);
    this.#state = 0;
  }
}
