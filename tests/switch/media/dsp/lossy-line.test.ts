import { beforeAll, expect, test } from 'vitest';
import { RTP_CLOCK_HZ, rtpClockHz } from '../../../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../../../switch/media/dsp/codecs.ts';
import { JitterBuffer } from '../../../../switch/media/dsp/jitter-buffer.ts';
import { arrivals } from '../../../support/lossy-network.ts';
import type { Network } from '../../../support/lossy-network.ts';
import { dominantHz, sine, sineSlope, snrDb, steepestStep } from '../../../support/tones.ts';

const HZ = 1000;
const LEVEL = 0.3;
const PACKETS = 1500;

beforeAll(loadCodecs);

/** Half a minute of a tone by way of packets, a network, the jitter buffer and concealment. */
function heardOver(network: Network, codec: CodecName): { pcm: Int16Array; lost: number } {
  const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
  const size = encoder.sampleRateHz / 50;
  const buffer = new JitterBuffer({ clockHz: rtpClockHz(codec), minMs: 20, maxMs: 200 });
  const packets = arrivals(network, PACKETS)
    .map((arrivalMs, n) => ({
      sequence: (65_000 + n) & 0xffff,
      timestamp: (4_294_000_000 + (n * rtpClockHz(codec)) / 50) >>> 0,
      payload: encoder.encode(sine(HZ, size * 50, size, { level: LEVEL, from: n * size })).slice(),
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
/** Median SNR in dB at 5 % loss: half of the fifths hold no loss, or one. */
const MEDIAN_DB = { PCMU: 35, PCMA: 35, G722: 35, opus: 8 } as const;

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
