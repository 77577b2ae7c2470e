/** One sample of G.711 µ-law (ITU-T G.711), for callers that speak it without the switch's codec. */
function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 0xff;
}

/** Twenty-millisecond frames of a tone at 8 kHz that repeat without a seam (hz a multiple of 50). */
export function muLawTone(hz: number, amplitude: number): Uint8Array {
  const step = (2 * Math.PI * hz) / 8000;
  return Uint8Array.from({ length: 160 }, (_, i) =>
    muLaw(Math.round(amplitude * Math.sin(step * i))),
  );
}

export const MU_LAW_SILENCE = new Uint8Array(160).fill(0xff);
