export interface WavAudio {
  readonly sampleRateHz: number;
  /** One channel; several are averaged. */
  readonly samples: Int16Array;
}

/** Bytes of the header that `wavHeader` writes. */
export const WAV_HEADER_BYTES = 44;

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/** Reads a RIFF WAVE file of 16-bit PCM at any rate; `undefined` for any other. A cut file plays to its cut. */
export function parseWav(bytes: Uint8Array): WavAudio | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WAVE') return undefined;
  let format: { channels: number; sampleRateHz: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(bytes, at) === 'fmt ') {
      format = readFormat(view, body, size);
      if (format === undefined) return undefined;
    }
    if (tag(bytes, at) === 'data') {
      if (format === undefined) return undefined;
      const end = Math.min(bytes.length, body + size);
      return {
        sampleRateHz: format.sampleRateHz,
        samples: readSamples(view, { from: body, end, channels: format.channels }),
      };
    }
    at = body + size + (size & 1);
  }
  return undefined;
}

/** The header of a mono 16-bit file; give 0 samples while it grows, then lay `wavSizes` over it. */
export function wavHeader(sampleRateHz: number, samples = 0): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  putTag(bytes, 0, 'RIFF');
  putTag(bytes, 8, 'WAVE');
  putTag(bytes, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  putTag(bytes, 36, 'data');
  for (const { offset, bytes: size } of wavSizes(samples)) bytes.set(size, offset);
  return bytes;
}

export interface WavPatch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** What to write where, once the number of samples is known. Sizes stop at the format's 4 GiB. */
export function wavSizes(samples: number): readonly [WavPatch, WavPatch] {
  const dataBytes = Math.min(samples * 2, 0xffff_fffe - WAV_HEADER_BYTES);
  return [
    { offset: 4, bytes: littleEndian(dataBytes + WAV_HEADER_BYTES - 8) },
    { offset: 40, bytes: littleEndian(dataBytes) },
  ];
}

/** Samples as the file's bytes, little-endian whatever the machine. */
export function wavBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    bytes[2 * i] = samples[i]!;
    bytes[2 * i + 1] = samples[i]! >> 8;
  }
  return bytes;
}

function readFormat(
  view: DataView,
  at: number,
  size: number,
): { channels: number; sampleRateHz: number } | undefined {
  if (size < 16 || at + 16 > view.byteLength) return undefined;
  const encoding = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const sampleRateHz = view.getUint32(at + 4, true);
  const isPcm16 =
    (encoding === PCM || encoding === EXTENSIBLE) && view.getUint16(at + 14, true) === 16;
  const isSane = channels > 0 && channels <= 8 && sampleRateHz >= 4000 && sampleRateHz <= 192_000;
  return isPcm16 && isSane ? { channels, sampleRateHz } : undefined;
}

function readSamples(
  view: DataView,
  data: { from: number; end: number; channels: number },
): Int16Array {
  const { from, end, channels } = data;
  const samples = new Int16Array(Math.max(0, Math.floor((end - from) / (2 * channels))));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += view.getInt16(from + 2 * (i * channels + c), true);
    samples[i] = sum / channels;
  }
  return samples;
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function putTag(bytes: Uint8Array, at: number, name: string): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = name.charCodeAt(i);
}

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}
