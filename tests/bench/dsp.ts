/** `node --import tsx tests/bench/dsp.ts`: microseconds that each part of the media path takes for 20 ms. */
import { parseRtp, writeRtp } from '../../protocol/rtp/packet.ts';
import { RTP_CLOCK_HZ } from '../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../switch/media/dsp/codecs.ts';
import { applyVolume } from '../../switch/media/dsp/gain.ts';
import { JitterBuffer } from '../../switch/media/dsp/jitter-buffer.ts';
import { MixBus } from '../../switch/media/dsp/mixer.ts';
import { createResampler, loadResampler } from '../../switch/media/dsp/resampler.ts';
import { TalkDetector } from '../../switch/media/dsp/talk-detector.ts';
import { chance } from '../support/lossy-network.ts';

/** V8 compiles WebAssembly twice, the second time well. */
const WARM_UP_MS = 700;
const ROUNDS = 7;
const ROUND_MS = 60;

/** The best of some rounds, in CPU time: what the code takes, whoever else wants the machine. */
function microseconds(work: () => void): number {
  for (const end = performance.now() + WARM_UP_MS; performance.now() < end;) work();
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    const end = performance.now() + ROUND_MS;
    let runs = 0;
    for (; performance.now() < end; runs += 20) for (let i = 0; i < 20; i++) work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / runs);
  }
  return best;
}

/** A second of something like a voice: a pitch, formants, syllables, breath. */
function voice(rate: number): Int16Array[] {
  const random = chance(1);
  const pcm = Int16Array.from({ length: rate }, (_, i) => {
    const t = i / rate;
    let sum = (random() - 0.5) * 0.1;
    for (let h = 1; h < 16; h++) sum += Math.sin(2 * Math.PI * 130 * h * t) / (1 + (h - 5) ** 2);
    return 5000 * sum * (0.3 + 0.7 * Math.abs(Math.sin(12 * t)));
  });
  return Array.from({ length: 50 }, (_, n) => pcm.slice((n * rate) / 50, ((n + 1) * rate) / 50));
}

const figures: Record<string, number> = {};
const note = (name: string, work: (n: number) => void): void => {
  let n = 0;
  figures[name] = Math.round(microseconds(() => work(n++)) * 100) / 100;
};

await loadCodecs();
await loadResampler();
const out = new Int16Array(5760);

for (const codec of Object.keys(RTP_CLOCK_HZ) as CodecName[]) {
  const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
  const frames = voice(encoder.sampleRateHz);
  const packets = frames.map((frame) => encoder.encode(frame).slice());
  note(`${codec} encode`, (n) => encoder.encode(frames[n % 50]!));
  note(`${codec} decode`, (n) => decoder.decode(packets[n % 50]!, out));
  note(`${codec} decode, each tenth lost`, (n) =>
    n % 10 === 0 ? decoder.recover(packets[1]!, out) : decoder.decode(packets[n % 50]!, out),
  );
}
for (const [from, to] of [
  [8000, 16_000],
  [16_000, 8000],
  [8000, 48_000],
  [48_000, 8000],
  [16_000, 48_000],
  [48_000, 16_000],
] as const) {
  const resampler = createResampler(from, to);
  const frames = voice(from);
  note(`resample ${from} to ${to}`, (n) => resampler.process(frames[n % 50]!, out));
}
for (const [rate, people, talkers] of [
  [8000, 100, 100],
  [16_000, 100, 3],
  [16_000, 100, 100],
  [48_000, 100, 100],
] as const) {
  const bus = new MixBus(rate / 50);
  const frames = voice(rate);
  note(`mix ${people} at ${rate}, ${talkers} talking`, () => {
    bus.clear();
    for (let n = 0; n < talkers; n++) bus.add(frames[n % 50]!);
    for (let n = 0; n < talkers; n++) bus.listenerMix(frames[n % 50], out);
    if (talkers < people) bus.listenerMix(undefined, out);
  });
}
{
  const detector = new TalkDetector();
  const frames = voice(16_000);
  note('gate at 16000', (n) => detector.push(frames[n % 50]!));
  note('volume at 16000', (n) => applyVolume(frames[n % 50]!, n % 2 === 0 ? 1 : -1));
}
{
  const buffer = new JitterBuffer({ clockHz: 8000, minMs: 20, maxMs: 200 });
  const payload = new Uint8Array(160);
  note('jitter buffer, push and pull', (n) => {
    const packet = { sequence: n & 0xffff, timestamp: (n * 160) >>> 0, payload, marker: false };
    buffer.push(packet, n * 20);
    buffer.pull(n * 20 + 7);
  });
  const datagram = new Uint8Array(172);
  const fields = { payloadType: 0, marker: false, sequence: 1, timestamp: 160, ssrc: 7 };
  note('RTP write', () => writeRtp(fields, payload, datagram));
  note('RTP parse', () => parseRtp(datagram));
}
for (const [name, us] of Object.entries(figures)) {
  console.log(`${name.padEnd(36)} ${us.toFixed(2).padStart(9)} µs`);
}
