import { beforeAll, expect, test } from 'vitest';
import { RTP_CLOCK_HZ } from '../../../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../../../switch/media/dsp/codecs.ts';
import { JitterBuffer } from '../../../../switch/media/dsp/jitter-buffer.ts';
import { arrivals } from '../../../support/lossy-network.ts';
import type { Network } from '../../../support/lossy-network.ts';
import { dominantHz, sine, sineSlope, snrDb, steepestStep } from '../../../support/tones.ts';
import { likenessDb, voice } from '../../../support/voice.ts';

const HZ = 1000;
const LEVEL = 0.3;
const PACKETS = 1500;

beforeAll(loadCodecs);

/** Half a minute of a tone, or of what is said over and over, by way of packets, a network, the jitter buffer and concealment. */
function heardOver(
  network: Network,
  codec: CodecName,
  said?: Int16Array,
): { pcm: Int16Array; lost: number } {
  const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
  const size = encoder.sampleRateHz / 50;
  const frame = (n: number): Int16Array => {
    const from = n * size;
    if (said === undefined) return sine(HZ, size * 50, size, { level: LEVEL, from });
    return said.subarray(from % said.length, (from % said.length) + size);
  };
  const buffer = new JitterBuffer({ clockHz: RTP_CLOCK_HZ[codec], minMs: 20, maxMs: 200 });
  const packets = arrivals(network, PACKETS)
    .map((arrivalMs, n) => ({
      sequence: (65_000 + n) & 0xffff,
      timestamp: (4_294_000_000 + (n * RTP_CLOCK_HZ[codec]) / 50) >>> 0,
      payload: encoder.encode(frame(n)).slice(),
      marker: n === 0,
      arrivalMs,
    }))
    .filter((packet) => packet.arrivalMs !== undefined)
    .sort((a, b) => a.arrivalMs! - b.arrivalMs!);
  const out = new Int16Array(5760);
  const pcm = new Int16Array(PACKETS * size);
  let filled = 0;
  let next = 0;
  for (let nowMs = 7; nowMs < PACKETS * 20; nowMs += 20) {
    for (; next < packets.length && packets[next]!.arrivalMs! <= nowMs; next++) {
      buffer.push(packets[next]!, packets[next]!.arrivalMs!);
    }
    const count = decode(buffer, decoder, { nowMs, out });
    pcm.set(out.subarray(0, count), filled);
    filled += count;
  }
  return { pcm: pcm.subarray(size * 50, filled), lost: buffer.stats.lost };
}

function decode(
  buffer: JitterBuffer,
  decoder: ReturnType<typeof createDecoder>,
  { nowMs, out }: { nowMs: number; out: Int16Array },
): number {
  const pulled = buffer.pull(nowMs);
  if (pulled.kind === 'frame') return decoder.decode(pulled.payload, out);
  if (pulled.kind === 'empty') return 0;
  return pulled.next === undefined ? decoder.conceal(out) : decoder.recover(pulled.next, out);
}

/** SNR of each fifth of a second, worst first. */
function fifths(pcm: Int16Array, rate: number): number[] {
  const size = rate / 5;
  return Array.from({ length: Math.floor(pcm.length / size) }, (_, n) =>
    snrDb(pcm.subarray(n * size, (n + 1) * size), rate, HZ),
  ).sort((a, b) => a - b);
}

/** How steep a step may be, of the tone's own: libopus joins less smoothly than a repeated pitch. */
const STEEPEST = { PCMU: 1.05, PCMA: 1.05, G722: 1.3, opus: 2 } as const;
/**
 * Median SNR in dB at 5 % loss: half of the fifths hold no loss, or one. libopus takes up a tone in
 * another phase after a loss, which the ear does not mind and the SNR does.
 */
const MEDIAN_DB = { PCMU: 35, PCMA: 35, G722: 35, opus: 5 } as const;

for (const codec of Object.keys(RTP_CLOCK_HZ) as CodecName[]) {
  test(`${codec}: 30 ms of jitter alone cost nothing`, { timeout: 60_000 }, () => {
    const { pcm, lost } = heardOver({ seed: 30, loss: 0, jitterMs: 30 }, codec);
    const rate = createDecoder(codec).sampleRateHz;
    expect(lost).toBe(0);
    expect(fifths(pcm, rate)[0]).toBeGreaterThan(25);
  });

  test(
    `${codec}: at 5 % loss and 30 ms of jitter the tone goes on at its pitch, without clicks`,
    { timeout: 60_000 },
    () => {
      const { pcm, lost } = heardOver({ seed: 5, loss: 0.05, jitterMs: 30 }, codec);
      const rate = createDecoder(codec).sampleRateHz;
      const snr = fifths(pcm, rate);
      const steepness = steepestStep(pcm) / sineSlope(HZ, rate, LEVEL);
      const median = snr[snr.length >> 1]!;
      console.log(
        `${codec}: ${lost} of ${PACKETS} made up; SNR of 200 ms: median ${median.toFixed(1)}, ` +
          `worst ${snr[0]!.toFixed(1)} dB; steepest step ${steepness.toFixed(2)} of the tone's`,
      );
      expect(lost).toBeGreaterThan(0.03 * PACKETS);
      expect(lost).toBeLessThan(0.07 * PACKETS);
      expect(dominantHz(pcm, rate)).toBeCloseTo(HZ, -1);
      expect(median).toBeGreaterThan(MEDIAN_DB[codec]);
      expect(steepness).toBeLessThan(STEEPEST[codec]);
    },
  );
}

test('opus: 5 % loss and 30 ms of jitter cost a voice less than 3 dB of its likeness', () => {
  const said = voice(48_000);
  const likeness = (loss: number): number[] => {
    const { pcm } = heardOver({ seed: 5, loss, jitterMs: 30 }, 'opus', said);
    const tenSeconds = pcm.subarray(0, 480_000);
    return likenessDb(tenSeconds, said, 48_000).sort((a, b) => a - b);
  };
  const [clean, lossy] = [likeness(0), likeness(0.05)].map((db) => ({
    median: db[db.length >> 1]!,
    tenth: db[Math.floor(db.length / 10)]!,
  }));
  console.log(
    `a voice by opus: median ${clean!.median.toFixed(1)} dB, with loss ${lossy!.median.toFixed(1)}; ` +
      `worst tenth ${clean!.tenth.toFixed(1)} dB, with loss ${lossy!.tenth.toFixed(1)}`,
  );
  expect(lossy!.median).toBeGreaterThan(clean!.median - 3);
  expect(lossy!.tenth).toBeGreaterThan(clean!.tenth - 3);
}, 60_000);
