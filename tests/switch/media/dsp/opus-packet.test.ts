import { beforeAll, expect, test } from 'vitest';
import { createEncoder, loadCodecs } from '../../../../switch/media/dsp/codecs.ts';
import { isWithoutVoice } from '../../../../switch/media/dsp/opus-packet.ts';
import { chance } from '../../../support/lossy-network.ts';
import { voice } from '../../../support/voice.ts';

beforeAll(loadCodecs);

/** RFC 6716 table 2: a configuration, one frame, mono; then the first byte of the frame. */
const packet = (config: number, ...rest: number[]): Uint8Array =>
  Uint8Array.of(config << 3, ...rest);

test.each([
  ['SILK of 20 ms with its flag down', packet(9, 0x7f), true],
  ['SILK of 20 ms with its flag up', packet(9, 0x80), false],
  ['hybrid with its flag down', packet(15, 0x00), true],
  ['hybrid with its flag up', packet(15, 0xff), false],
  ['SILK of 60 ms, which has a flag for each 20', packet(11, 0x00), false],
  ['CELT, which has none', packet(31, 0x00), false],
  ['stereo', Uint8Array.of((9 << 3) | 4, 0x00), false],
  ['two frames in one packet', Uint8Array.of((9 << 3) | 1, 0x00), false],
  ['a header alone, which is silence not sent', packet(9), true],
  ['nothing', new Uint8Array(0), true],
])('%s', (_name, payload, expected) => {
  expect(isWithoutVoice(payload)).toBe(expected);
});

test('libopus says so of a quiet microphone and not of words', () => {
  const encoder = createEncoder('opus', 'lossy');
  const share = (sampleAt: (at: number) => number): number => {
    let silent = 0;
    for (let n = 0; n < 100; n++) {
      const frame = Int16Array.from({ length: 960 }, (_, i) => sampleAt(n * 960 + i));
      if (isWithoutVoice(encoder.encode(frame))) silent++;
    }
    return silent / 100;
  };
  const random = chance(1);
  expect(share(() => 30 * (random() - 0.5))).toBeGreaterThan(0.95);
  const words = voice(48_000);
  expect(share((at) => words[at % words.length]!)).toBeLessThan(0.3);
  encoder.close();
});
