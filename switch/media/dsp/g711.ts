const MU_BIAS = 0x84;
/** The loudest sample that the bias leaves within 15 bits. */
const MU_CLIP = 32635;

/** ITU-T G.711: eight bits a sample, by table both ways. */
export interface Law {
  /** Sample of each code. */
  readonly samples: Int16Array;
  /** Code of each 16-bit sample, by its unsigned value. */
  readonly codes: Uint8Array;
}

/** North America and Japan. */
export const MU_LAW: Law = law(muLawSample, muLawCode);
/** Elsewhere. */
export const A_LAW: Law = law(aLawSample, aLawCode);

/** Writes the samples of `payload`, as many as `out` holds; says how many. */
export function expand({ samples }: Law, payload: Uint8Array, out: Int16Array): number {
  const count = Math.min(payload.length, out.length);
  for (let i = 0; i < count; i++) out[i] = samples[payload[i]!]!;
  return count;
}

/** Writes one code a sample; `out` is as long as `pcm`. */
export function compress({ codes }: Law, pcm: Int16Array, out: Uint8Array): void {
  for (let i = 0; i < pcm.length; i++) out[i] = codes[pcm[i]! & 0xffff]!;
}

function law(toSample: (code: number) => number, toCode: (sample: number) => number): Law {
  const samples = Int16Array.from({ length: 256 }, (_, code) => toSample(code));
  const codes = Uint8Array.from({ length: 65536 }, (_, bits) => toCode((bits << 16) >> 16));
  return { samples, codes };
}

function muLawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << ((bits >> 4) & 7)) - MU_BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function muLawCode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const biased = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  const segment = 31 - Math.clz32(biased) - 7;
  return ~(sign | (segment << 4) | ((biased >> (segment + 3)) & 0x0f)) & 0xff;
}

function aLawSample(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function aLawCode(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  // The negative half is ones' complement in G.711: -1 falls in the step next to zero.
  const magnitude = sample < 0 ? ~sample : sample;
  const segment = Math.max(0, 31 - Math.clz32(magnitude | 1) - 7);
  const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
  return (sign | (segment << 4) | step) ^ 0x55;
}
