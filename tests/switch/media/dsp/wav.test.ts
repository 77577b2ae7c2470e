import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseWav,
  WAV_HEADER_BYTES,
  wavBytes,
  wavHeader,
  wavSizes,
} from '../../../../switch/media/dsp/wav.ts';
import { dominantHz } from '../../../support/tones.ts';

function file(samples: Int16Array, rate = 8000): Uint8Array {
  return Uint8Array.from([...wavHeader(rate, samples.length), ...wavBytes(samples)]);
}

test('what is recorded is read back', () => {
  const samples = Int16Array.of(0, 1, -1, 32_767, -32_768);
  expect(parseWav(file(samples, 16_000))).toEqual({ sampleRateHz: 16_000, samples });
});

test('the header is the 44 bytes that every player knows', () => {
  expect(Buffer.from(wavHeader(8000, 2)).toString('hex')).toBe(
    '524946462800000057415645666d7420100000000100010040' + '1f0000803e0000020010006461746104000000',
  );
});

test('a recording that grew is right once its sizes are laid over the header', () => {
  const samples = Int16Array.of(5, 6, 7);
  const bytes = Uint8Array.from([...wavHeader(8000), ...wavBytes(samples)]);
  for (const patch of wavSizes(samples.length)) bytes.set(patch.bytes, patch.offset);
  expect(bytes).toEqual(file(samples));
});

test('a recording that was cut off plays to where it was cut', () => {
  const bytes = file(Int16Array.of(1, 2, 3, 4));
  expect(parseWav(bytes.subarray(0, bytes.length - 3))?.samples).toEqual(Int16Array.of(1, 2));
});

test('sizes stop where the format does', () => {
  const [riff, data] = wavSizes(2 ** 33);
  expect([...riff.bytes]).toEqual([0xf6, 0xff, 0xff, 0xff]);
  expect(new DataView(data.bytes.buffer).getUint32(0, true) % 2).toBe(0);
});

test('stereo is heard as the mean of both sides; other chunks are passed over', () => {
  const stereo = file(Int16Array.of(100, 300, -100, -300));
  new DataView(stereo.buffer).setUint16(22, 2, true);
  const note = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
  const bytes = Uint8Array.from([...stereo.subarray(0, 12), ...note, ...stereo.subarray(12)]);
  expect(parseWav(bytes)?.samples).toEqual(Int16Array.of(200, -200));
});

const strange: readonly { name: string; spoil: (view: DataView) => void }[] = [
  { name: '8 bits', spoil: (view) => view.setUint16(34, 8, true) },
  { name: 'floating point', spoil: (view) => view.setUint16(20, 3, true) },
  { name: 'no channels', spoil: (view) => view.setUint16(22, 0, true) },
  { name: 'no rate', spoil: (view) => view.setUint32(24, 0, true) },
  { name: 'an AIFF tag', spoil: (view) => view.setUint32(0, 0x464f524d) },
  { name: 'a format chunk too short', spoil: (view) => view.setUint32(16, 4, true) },
  { name: 'no data chunk', spoil: (view) => view.setUint32(36, 0) },
];
for (const { name, spoil } of strange) {
  test(`a file of ${name} is not played`, () => {
    const bytes = file(Int16Array.of(1, 2, 3));
    spoil(new DataView(bytes.buffer));
    expect(parseWav(bytes)).toBeUndefined();
  });
}

test('any bytes are a sound or none', () => {
  const good = file(Int16Array.from({ length: 50 }, (_, i) => i));
  const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(changes, fc.nat(good.length), (edits, length) => {
      const bytes = good.slice();
      for (const [at, value] of edits) bytes[at] = value;
      const audio = parseWav(bytes.subarray(0, length));
      expect(audio?.samples.length ?? 0).toBeLessThanOrEqual(length / 2);
    }),
    { seed: 44, numRuns: 5000 },
  );
});

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
test.skipIf(!hasFfmpeg)('a file that ffmpeg wrote, with its tags, is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wav-'));
  try {
    const path = join(folder, 'tone.wav');
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=500:sample_rate=44100:duration=1'];
    spawnSync('ffmpeg', ['-v', 'error', ...tone, '-ac', '2', '-metadata', 'title=x', path]);
    const audio = parseWav(readFileSync(path));
    expect(audio?.sampleRateHz).toBe(44_100);
    expect(audio?.samples.length).toBe(44_100);
    expect(dominantHz(audio!.samples, 44_100)).toBeCloseTo(500, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the header is as long as it says', () => {
  expect(wavHeader(8000).length).toBe(WAV_HEADER_BYTES);
});
