import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { G722Decoding, G722Encoding } from '../../../../switch/media/dsp/g722.ts';
import { chance } from '../../../support/lossy-network.ts';
import { sine, snrDb } from '../../../support/tones.ts';

const RATE = 16_000;
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

const random = chance(722);
const noise = (level: number): Int16Array =>
  Int16Array.from({ length: RATE }, () => (random() - 0.5) * 2 * level);

const signals: readonly { name: string; pcm: Int16Array }[] = [
  { name: 'a 1 kHz tone', pcm: sine(1000, RATE, RATE) },
  { name: 'a 6 kHz tone, in the higher band', pcm: sine(6000, RATE, RATE) },
  {
    name: 'a sweep at full scale',
    pcm: Int16Array.from(
      { length: RATE },
      (_, i) => 32_767 * Math.sin((i * i * 0.0001) % (2 * Math.PI)),
    ),
  },
  { name: 'loud noise', pcm: noise(32_000) },
  { name: 'faint noise', pcm: noise(10) },
  {
    name: 'a square wave from rail to rail',
    pcm: Int16Array.from({ length: RATE }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768)),
  },
  { name: 'silence', pcm: new Int16Array(RATE) },
];

function encoded(pcm: Int16Array): Uint8Array {
  const g722 = new G722Encoding();
  const bytes = new Uint8Array(pcm.length / 2);
  for (let at = 0; at < pcm.length; at += 320) {
    g722.encode(pcm.subarray(at, at + 320), bytes.subarray(at / 2, at / 2 + 160));
  }
  return bytes;
}

function decoded(bytes: Uint8Array, packetBytes = 160): Int16Array {
  const g722 = new G722Decoding();
  const pcm = new Int16Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += packetBytes) {
    g722.decode(bytes.subarray(at, at + packetBytes), pcm.subarray(at * 2));
  }
  return pcm;
}

/** Bytes through ffmpeg, by files: it is a program of its own and knows nothing of ours. */
function ffmpeg(input: Uint8Array, from: readonly string[], to: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'g722-'));
  try {
    const [source, target] = [join(folder, 'in'), join(folder, 'out')];
    writeFileSync(source, input);
    const run = spawnSync('ffmpeg', ['-v', 'error', ...from, '-i', source, ...to, target]);
    if (run.status !== 0) throw new Error(run.stderr.toString());
    return new Uint8Array(readFileSync(target));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const RAW = ['-f', 's16le', '-ar', '16000', '-ac', '1'];
const asBytes = (pcm: Int16Array): Uint8Array =>
  new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);

describe.skipIf(!hasFfmpeg)('against ffmpeg (skipped where it is not installed)', () => {
  for (const { name, pcm } of signals) {
    test(`${name} is coded to ffmpeg's very bits`, () => {
      const theirs = ffmpeg(asBytes(pcm), RAW, ['-f', 'g722']);
      expect(Buffer.compare(encoded(pcm), theirs)).toBe(0);
    });

    test(`${name} is decoded to ffmpeg's very samples`, () => {
      const bytes = encoded(pcm);
      const theirs = ffmpeg(bytes, ['-f', 'g722'], ['-f', 's16le']);
      expect(Buffer.compare(asBytes(decoded(bytes)), theirs)).toBe(0);
    });
  }

  test('any bytes at all are decoded to the very samples', () => {
    const bytes = Uint8Array.from({ length: 16_000 }, () => random() * 256);
    const theirs = ffmpeg(bytes, ['-f', 'g722'], ['-f', 's16le']);
    expect(Buffer.compare(asBytes(decoded(bytes)), theirs)).toBe(0);
  });
});

test('a tone comes out of the codec 25 dB and more above its noise', () => {
  const pcm = decoded(encoded(sine(1000, RATE, RATE)));
  expect(snrDb(pcm.subarray(3200), RATE, 1000)).toBeGreaterThan(40);
});

test('how long the packets are makes no difference to the samples', () => {
  const bytes = encoded(sine(700, RATE, RATE));
  const whole = decoded(bytes);
  for (const packetBytes of [80, 240, 320, 480, 960]) {
    expect(decoded(bytes, packetBytes)).toEqual(whole);
  }
});
