/**
 * One sub-band's adaptive predictor and step size: ITU-T G.722 sections 3.5, 3.6 and 4, fixed
 * point, with the recommendation's own names (upper case: its functional blocks).
 */
export class G722Band {
  readonly #isLower: boolean;
  /** Predicted signal, and the zero predictor's part of it. */
  s = 0;
  #sz = 0;
  /** Step size, linear and logarithmic. */
  det: number;
  #nb = 0;
  /** Pole coefficients, and the signals that they weigh: reconstructed, partially reconstructed. */
  #a1 = 0;
  #a2 = 0;
  #r1 = 0;
  #p1 = 0;
  #p2 = 0;
  /** Zero coefficients, and the differences that they weigh, newest first. */
  readonly #b = new Int32Array(6);
  readonly #d = new Int32Array(6);

  constructor(band: 'lower' | 'higher') {
    this.#isLower = band === 'lower';
    this.det = this.#isLower ? 32 : 8;
  }

  /** LOGSCL and SCALEL (LOGSCH, SCALEH): moves the step size by `w`, the quantizer's multiplier. */
  scale(w: number): void {
    const most = this.#isLower ? 18432 : 22528;
    const nb = ((this.#nb * 127) >> 7) + w;
    this.#nb = nb < 0 ? 0 : nb > most ? most : nb;
    const mantissa = ILB[(this.#nb >> 6) & 31]!;
    const shift = (this.#isLower ? 8 : 10) - (this.#nb >> 11);
    this.det = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
  }

  /** RECONS to PREDIC: takes the quantized difference `d`, readies the next prediction in `s`. */
  predict(d: number): void {
    const r = sat16(this.s + d);
    const p = sat16(this.#sz + d);
    this.#adaptPoles(p);
    this.#adaptZeros(d);
    this.#p2 = this.#p1;
    this.#p1 = p;
    // FILTEP
    const sp = sat16(((this.#a1 * sat16(r + r)) >> 15) + ((this.#a2 * sat16(2 * this.#r1)) >> 15));
    this.#r1 = r;
    this.#sz = this.#filterZeros();
    this.s = sat16(sp + this.#sz);
  }

  /** UPPOL2, UPPOL1. */
  #adaptPoles(p: number): void {
    const likeP1 = (p ^ this.#p1) >= 0;
    const likeP2 = (p ^ this.#p2) >= 0;
    const lean = sat16(this.#a1 << 2);
    const turned = likeP1 ? Math.min(32767, -lean) : lean;
    const a2 = ((this.#a2 * 32512) >> 15) + (likeP2 ? 128 : -128) + (turned >> 7);
    this.#a2 = a2 > 12288 ? 12288 : a2 < -12288 ? -12288 : a2;
    const a1 = sat16((likeP1 ? 192 : -192) + ((this.#a1 * 32640) >> 15));
    const most = sat16(15360 - this.#a2);
    this.#a1 = a1 > most ? most : a1 < -most ? -most : a1;
  }

  /** UPZERO, DELAYA of the differences. */
  #adaptZeros(d: number): void {
    const step = d === 0 ? 0 : 128;
    const b = this.#b;
    const past = this.#d;
    for (let i = 5; i >= 0; i--) {
      const towards = (d ^ past[i]!) >= 0 ? step : -step;
      b[i] = sat16(towards + ((b[i]! * 32640) >> 15));
      past[i] = i === 0 ? d : past[i - 1]!;
    }
  }

  /** FILTEZ. */
  #filterZeros(): number {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += (this.#b[i]! * sat16(2 * this.#d[i]!)) >> 15;
    return sat16(sum);
  }
}

/** Table 11: mantissas of the step size, 2048 * 2^(n/32). */
const ILB = new Int32Array([
  2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
  2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
]);

/** A value held within 16 bits. */
export function sat16(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value;
}
