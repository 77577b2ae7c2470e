import { parseRtp, writeRtp } from '../../protocol/rtp/packet.ts';
import { RTP_CLOCK_HZ } from '../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../switch/media/dsp/codecs.ts';
import { applyVolume } from '../../switch/media/dsp/gain.ts';
import { JitterBuffer } from '../../switch/media/dsp/jitter-buffer.ts';
import { MixBus } from '../../switch/media/dsp/mixer.ts';
import { createResampler, loadResampler } from '../../switch/media/dsp/resampler.ts';
import { TalkDetector } from '../../switch/media/dsp/talk-detector.ts';
import { voice } from '../support/voice.ts';

/** V8 compiles WebAssembly twice, the second time well. */
const WARM_UP_MS = 700;
const ROUNDS = 7;
const ROUND_MS = 60;
const FRAMES = 100;

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

type Note = (name: string, work: (n: number) => void) => void;

/** Two seconds of a voice, in frames. */
function frames(rate: number): Int16Array[] {
  const pcm = voice(rate);
  return Array.from({ length: FRAMES }, (_, n) =>
    pcm.slice((n * rate) / 50, ((n + 1) * rate) / 50),
  );
}

/** Microseconds that each part of the media path takes for 20 ms; of the embedded switch alone. */
export async function dsp(): Promise<{ embedded: Readonly<Record<string, number>> }> {
  await loadCodecs();
  await loadResampler();
  const embedded: Record<string, number> = {};
  const note: Note = (name, work) => {
    let n = 0;
    embedded[name] = Math.round(microseconds(() => work(n++)) * 100) / 100;
  };
  for (const part of [noteCodecs, noteResamplers, noteMixing, noteGate, notePackets]) part(note);
  return { embedded };
}

function noteCodecs(note: Note): void {
  const out = new Int16Array(5760);
  for (const codec of Object.keys(RTP_CLOCK_HZ) as CodecName[]) {
    const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
    const said = frames(encoder.sampleRateHz);
    const packets = said.map((frame) => encoder.encode(frame).slice());
    note(`${codec} encode`, (n) => encoder.encode(said[n % FRAMES]!));
    note(`${codec} decode`, (n) => decoder.decode(packets[n % FRAMES]!, out));
    note(`${codec} decode, each tenth lost`, (n) =>
      n % 10 === 0 ? decoder.recover(packets[1]!, out) : decoder.decode(packets[n % FRAMES]!, out),
    );
  }
}

function noteResamplers(note: Note): void {
  const out = new Int16Array(960);
  for (const [from, to] of [
    [8000, 16_000],
    [16_000, 8000],
    [8000, 48_000],
    [48_000, 8000],
    [16_000, 48_000],
    [48_000, 16_000],
  ] as const) {
    const resampler = createResampler(from, to);
    const said = frames(from);
    note(`resample ${from} to ${to}`, (n) => resampler.process(said[n % FRAMES]!, out));
  }
}

function noteMixing(note: Note): void {
  for (const [rate, people, talkers] of [
    [8000, 100, 100],
    [16_000, 100, 3],
    [16_000, 100, 100],
    [48_000, 100, 100],
  ] as const) {
    const bus = new MixBus(rate / 50);
    const said = frames(rate);
    const out = new Int16Array(rate / 50);
    note(`mix ${people} at ${rate}, ${talkers} talking`, () => {
      bus.clear();
      for (let n = 0; n < talkers; n++) bus.add(said[n % FRAMES]!);
      for (let n = 0; n < talkers; n++) bus.listenerMix(said[n % FRAMES], out);
      if (talkers < people) bus.listenerMix(undefined, out);
    });
  }
}

function noteGate(note: Note): void {
  const detector = new TalkDetector();
  const said = frames(16_000);
  note('gate at 16000', (n) => detector.push(said[n % FRAMES]!));
  note('volume at 16000', (n) => applyVolume(said[n % FRAMES]!, n % 2 === 0 ? 1 : -1));
}

function notePackets(note: Note): void {
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
