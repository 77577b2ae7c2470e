import { G722Band, sat16 } from './g722-band.ts';

/** Table 14: the 24-tap quadrature mirror filter, every second tap; the others are the same backwards. */
const QMF = new Int32Array([3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11]);
const TAPS = 24;

/** Table 16: decision levels of the lower band's 60-level quantizer, of the step size, in 1/4096. */
const Q6 = new Int32Array([
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
  1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
]);
/** Table 17: the codes of those levels, below zero and from zero up. */
const ILN = new Int32Array([
  0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10,
  9, 8, 7, 6, 5, 4,
]);
const ILP = new Int32Array([
  0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38,
  37, 36, 35, 34, 33, 32,
]);
/** Table 18: what a 6-bit, a 4-bit (both lower band) and a 2-bit code (higher band) stand for. */
const QM6 = new Int32Array([
  -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
  -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400,
  -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232,
  9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688,
  1360, 1040, 728, 432, 136, -432, -136,
]);
const QM4 = new Int32Array([
  0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200,
  0,
]);
const QM2 = new Int32Array([-7408, -1616, 7408, 1616]);
/** Tables 19 and 21: how a code moves the step size. */
const W_LOWER = new Int32Array([
  -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60,
]);
const W_HIGHER = new Int32Array([798, -214, 798, -214]);
/** Decision level of the higher band's four-level quantizer, in 1/4096 of the step size. */
const Q2 = 564;

/** Room for 120 ms at 16 kHz and the filter's memory. */
const LONGEST_SAMPLES = 1920;

/** G.722 at 64 kbit/s to 16 kHz samples: section 4, decoder in mode 1. */
export class G722Decoding {
  readonly #lower = new G722Band('lower');
  readonly #higher = new G722Band('higher');
  /** Sum and difference of the bands, in pairs; begins with the last 11 pairs. */
  readonly #x = new Int32Array(LONGEST_SAMPLES + TAPS);

  /** Writes two samples a byte, as many as `out` holds; says how many. */
  decode(payload: Uint8Array, out: Int16Array): number {
    const pairs = Math.min(payload.length, out.length >> 1, LONGEST_SAMPLES >> 1);
    const x = this.#x;
    for (let n = 0; n < pairs; n++) {
      const low = this.#lowBand(payload[n]! & 0x3f);
      const high = this.#highBand(payload[n]! >> 6);
      x[TAPS - 2 + 2 * n] = low + high;
      x[TAPS - 1 + 2 * n] = low - high;
      this.#synthesize(2 * n, out);
    }
    x.copyWithin(0, 2 * pairs, 2 * pairs + TAPS - 2);
    return 2 * pairs;
  }

  #lowBand(code: number): number {
    const band = this.#lower;
    const low = sat15(band.s + ((band.det * QM6[code]!) >> 15));
    const coarse = code >> 2;
    const difference = (band.det * QM4[coarse]!) >> 15;
    band.scale(W_LOWER[coarse]!);
    band.predict(difference);
    return low;
  }

  #highBand(code: number): number {
    const band = this.#higher;
    const difference = (band.det * QM2[code]!) >> 15;
    const high = sat15(band.s + difference);
    band.scale(W_HIGHER[code]!);
    band.predict(difference);
    return high;
  }

  /** Receive QMF (section 4.4): 12 pairs from `at` to two samples. */
  #synthesize(at: number, out: Int16Array): void {
    const x = this.#x;
    let even = 0;
    let odd = 0;
    for (let i = 0; i < 12; i++) {
      even += x[at + 2 * i]! * QMF[i]!;
      odd += x[at + 2 * i + 1]! * QMF[11 - i]!;
    }
    out[at] = sat16(odd >> 11);
    out[at + 1] = sat16(even >> 11);
  }
}

/** 16 kHz samples to G.722 at 64 kbit/s: section 3. */
export class G722Encoding {
  readonly #lower = new G722Band('lower');
  readonly #higher = new G722Band('higher');
  /** Samples to filter; begins with the last 22. */
  readonly #x = new Int32Array(LONGEST_SAMPLES + TAPS);

  /** Writes one byte for every two samples; says how many. */
  encode(pcm: Int16Array, out: Uint8Array): number {
    const pairs = Math.min(pcm.length >> 1, out.length, LONGEST_SAMPLES >> 1);
    const x = this.#x;
    for (let i = 0; i < 2 * pairs; i++) x[TAPS - 2 + i] = pcm[i]!;
    for (let n = 0; n < pairs; n++) out[n] = this.#pair(2 * n);
    x.copyWithin(0, 2 * pairs, 2 * pairs + TAPS - 2);
    return pairs;
  }

  /** Transmit QMF (section 3.1) of 24 samples from `at`, then both quantizers. */
  #pair(at: number): number {
    const x = this.#x;
    let even = 0;
    let odd = 0;
    for (let i = 0; i < 12; i++) {
      even += x[at + 2 * i]! * QMF[i]!;
      odd += x[at + 2 * i + 1]! * QMF[11 - i]!;
    }
    const low = this.#lowBand((even + odd) >> 14);
    const high = this.#highBand((odd - even) >> 14);
    return (high << 6) | low;
  }

  #lowBand(sample: number): number {
    const band = this.#lower;
    const error = sat16(sample - band.s);
    const level = levelOf(error < 0 ? ~error : error, band.det);
    const code = error < 0 ? ILN[level]! : ILP[level]!;
    const coarse = code >> 2;
    const difference = (band.det * QM4[coarse]!) >> 15;
    band.scale(W_LOWER[coarse]!);
    band.predict(difference);
    return code;
  }

  #highBand(sample: number): number {
    const band = this.#higher;
    const error = sat16(sample - band.s);
    const isFar = (error < 0 ? ~error : error) >= (Q2 * band.det) >> 12;
    const code = error < 0 ? (isFar ? 0 : 1) : isFar ? 2 : 3;
    const difference = (band.det * QM2[code]!) >> 15;
    band.scale(W_HIGHER[code]!);
    band.predict(difference);
    return code;
  }
}

/** QUANTL: the first level, 1 to 30, whose upper decision value lies above the magnitude. */
function levelOf(magnitude: number, det: number): number {
  let below = 1;
  let above = 30;
  while (below < above) {
    const middle = (below + above) >> 1;
    if (magnitude < (Q6[middle]! * det) >> 12) above = middle;
    else below = middle + 1;
  }
  return below;
}

/** LIMIT (section 4.3): 15 bits, signed. */
function sat15(value: number): number {
  return value > 16383 ? 16383 : value < -16384 ? -16384 : value;
}
