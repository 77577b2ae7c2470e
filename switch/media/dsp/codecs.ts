import type { CodecName, Decoder, Encoder, Way } from './codec.ts';
import { A_LAW, compress, expand, MU_LAW } from './g711.ts';
import type { Law } from './g711.ts';
import { G722Decoding, G722Encoding } from './g722.ts';
import { createOpusDecoder, createOpusEncoder, loadOpus } from './opus.ts';
import { Concealer } from './plc.ts';

/** 20 ms of 64 kbit/s. */
const FRAME_BYTES = 160;

/** Readies every codec in this thread; await it once before the first is made. */
export async function loadCodecs(): Promise<void> {
  await loadOpus();
}

export function createDecoder(codec: CodecName): Decoder {
  switch (codec) {
    case 'PCMU':
      return lawDecoder(MU_LAW);
    case 'PCMA':
      return lawDecoder(A_LAW);
    case 'G722':
      return g722Decoder();
    case 'opus':
      return createOpusDecoder();
  }
}

export function createEncoder(codec: CodecName, way: Way = 'lossy'): Encoder {
  switch (codec) {
    case 'PCMU':
      return lawEncoder(MU_LAW);
    case 'PCMA':
      return lawEncoder(A_LAW);
    case 'G722':
      return g722Encoder();
    case 'opus':
      return createOpusEncoder(way);
  }
}

function lawDecoder(law: Law): Decoder {
  return concealing(8000, (payload, out) => expand(law, payload, out));
}

function g722Decoder(): Decoder {
  const g722 = new G722Decoding();
  return concealing(16_000, (payload, out) => g722.decode(payload, out));
}

/** A decoder whose codec has no concealment of its own. */
function concealing(
  sampleRateHz: number,
  decode: (payload: Uint8Array, out: Int16Array) => number,
): Decoder {
  const concealer = new Concealer(sampleRateHz);
  return {
    sampleRateHz,
    decode(payload, out) {
      const samples = decode(payload, out);
      concealer.received(out, samples);
      return samples;
    },
    conceal: (out) => concealer.conceal(out),
    recover: (_next, out) => concealer.conceal(out),
    isWithoutVoice: () => false,
    close() {},
  };
}

function lawEncoder(law: Law): Encoder {
  const bytes = new Uint8Array(FRAME_BYTES);
  return {
    sampleRateHz: 8000,
    encode(pcm) {
      compress(law, pcm, bytes);
      return bytes;
    },
    close() {},
  };
}

function g722Encoder(): Encoder {
  const g722 = new G722Encoding();
  const bytes = new Uint8Array(FRAME_BYTES);
  return {
    sampleRateHz: 16_000,
    encode(pcm) {
      g722.encode(pcm, bytes);
      return bytes;
    },
    close() {},
  };
}
