import { describe, expect, test } from 'vitest';
import { A_LAW, compress, expand, MU_LAW } from '../../../../switch/media/dsp/g711.ts';

/** Pairs from ITU-T G.711's tables 1 and 2, as 16-bit samples. */
const known = [
  {
    law: MU_LAW,
    name: 'µ-law',
    bias: 132,
    pairs: [
      [0xff, 0],
      [0xfe, 8],
      [0x7e, -8],
      [0x80, 32_124],
      [0x00, -32_124],
    ],
  },
  {
    law: A_LAW,
    name: 'A-law',
    bias: 256,
    pairs: [
      [0xd5, 8],
      [0x55, -8],
      [0xaa, 32_256],
      [0x2a, -32_256],
    ],
  },
] as const;

for (const { law, name, bias, pairs } of known) {
  describe(name, () => {
    test('stands for the samples of the recommendation', () => {
      for (const [code, sample] of pairs) {
        expect(law.samples[code]).toBe(sample);
        expect(law.codes[sample & 0xffff]).toBe(code);
      }
    });

    test('gives every code back, but for the second zero of µ-law', () => {
      for (let code = 0; code < 256; code++) {
        const sample = law.samples[code]!;
        const isNegativeZero = sample === 0 && code === 0x7f;
        expect(law.codes[sample & 0xffff]).toBe(isNegativeZero ? 0xff : code);
      }
    });

    test('errs by half a step at most: a 32nd of the sample', () => {
      for (let sample = -32_768; sample < 32_768; sample++) {
        const coded = law.samples[law.codes[sample & 0xffff]!]!;
        const error = Math.abs(coded - Math.max(-32_635, Math.min(32_635, sample)));
        expect(error <= (Math.abs(sample) + bias) / 32 + 1).toBe(true);
      }
    });
  });
}

test('a packet longer than the room is cut, a shorter one leaves the rest', () => {
  const out = new Int16Array(4).fill(99);
  expect(expand(MU_LAW, Uint8Array.of(0xff, 0x80), out)).toBe(2);
  expect([...out]).toEqual([0, 32_124, 99, 99]);
  expect(expand(MU_LAW, new Uint8Array(10).fill(0xff), out)).toBe(4);
});

test('silence is sent as the codes that phones send', () => {
  const out = new Uint8Array(2);
  compress(MU_LAW, new Int16Array(2), out);
  expect([...out]).toEqual([0xff, 0xff]);
  compress(A_LAW, new Int16Array(2), out);
  expect([...out]).toEqual([0xd5, 0xd5]);
});
