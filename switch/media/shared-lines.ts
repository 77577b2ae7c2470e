import type { VoiceCodec } from '../../protocol/sdp/agreement.ts';
import type { Encoder, Way } from './dsp/codec.ts';
import { createEncoder } from './dsp/codecs.ts';
import { createResampler } from './dsp/resampler.ts';
import type { Resampler } from './dsp/resampler.ts';

interface Line {
  readonly encoder: Encoder;
  readonly resampler: Resampler;
  readonly pcm: Int16Array;
  payload: Uint8Array | undefined;
}

/** A room's common mix, encoded once a tick for all who hear it by one codec over ways of one kind. */
export class SharedLines {
  readonly #rateHz: number;
  readonly #lines = new Map<string, Line>();

  constructor(rateHz: number) {
    this.#rateHz = rateHz;
  }

  /** Begins a tick. */
  clear(): void {
    for (const line of this.#lines.values()) line.payload = undefined;
  }

  /** This tick's mix encoded; `mix` is the same for each call between two of `clear`. */
  encoded(mix: Int16Array, codec: VoiceCodec, way: Way): Uint8Array {
    const line = this.#lineFor(codec, way);
    if (!line.payload) {
      line.resampler.process(mix, line.pcm);
      line.payload = line.encoder.encode(line.pcm);
    }
    return line.payload;
  }

  close(): void {
    for (const { encoder, resampler } of this.#lines.values()) {
      encoder.close();
      resampler.close();
    }
  }

  #lineFor(codec: VoiceCodec, way: Way): Line {
    // Opus alone encodes otherwise for a lossy way.
    const key = codec === 'opus' ? `${codec} ${way}` : codec;
    const known = this.#lines.get(key);
    if (known) return known;
    const encoder = createEncoder(codec, way);
    const line: Line = {
      encoder,
      resampler: createResampler(this.#rateHz, encoder.sampleRateHz),
      pcm: new Int16Array(encoder.sampleRateHz / 50),
      payload: undefined,
    };
    this.#lines.set(key, line);
    return line;
  }
}
