import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { RTP_CLOCK_HZ, SAMPLE_RATE_HZ } from '../../../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder, loadCodecs } from '../../../../switch/media/dsp/codecs.ts';
import { createResampler, loadResampler } from '../../../../switch/media/dsp/resampler.ts';
import {
  dominantHz,
  sine,
  sineSlope,
  snrDb,
  steepestStep,
  toneLevelDb,
} from '../../../support/tones.ts';

const CODECS = Object.keys(RTP_CLOCK_HZ) as CodecName[];
/** A minute at the usual rate of a room. */
const ROOMS = [
  { roomHz: 8000, seconds: 10 },
  { roomHz: 16_000, seconds: 60 },
  { roomHz: 48_000, seconds: 10 },
];
const HZ = 1000;
const LEVEL = 0.3;

beforeAll(async () => {
  await loadCodecs();
  await loadResampler();
});

/** A tone from a room at `roomHz` out to a phone by `codec` and back into the room. */
function throughPhone(codec: CodecName, roomHz: number, seconds: number): Int16Array {
  const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
  const out = createResampler(roomHz, encoder.sampleRateHz);
  const back = createResampler(decoder.sampleRateHz, roomHz);
  const size = roomHz / 50;
  const [line, heard, frame] = [new Int16Array(960), new Int16Array(5760), new Int16Array(960)];
  const pcm = new Int16Array(roomHz * seconds);
  for (let n = 0; n < seconds * 50; n++) {
    const sent = out.process(sine(HZ, roomHz, size, { level: LEVEL, from: n * size }), line);
    const samples = decoder.decode(encoder.encode(line.subarray(0, sent)), heard);
    const count = back.process(heard.subarray(0, samples), frame);
    if (count !== size) throw new Error(`a frame of ${count} samples`);
    pcm.set(frame.subarray(0, count), n * size);
  }
  for (const part of [encoder, decoder, out, back]) part.close();
  return pcm;
}

for (const codec of CODECS) {
  for (const { roomHz, seconds } of ROOMS) {
    test(
      `${seconds} s of a 1 kHz tone by ${codec} and a room at ${roomHz} Hz: right pitch, clean, no click`,
      { timeout: 60_000 },
      () => {
        const pcm = throughPhone(codec, roomHz, seconds).subarray(roomHz);
        const noise = [0, seconds / 2, seconds - 2].map((second) =>
          snrDb(
            pcm.subarray(Math.floor(second) * roomHz, Math.floor(second + 1) * roomHz),
            roomHz,
            HZ,
          ),
        );
        expect(dominantHz(pcm, roomHz)).toBeCloseTo(HZ, 0);
        expect(Math.min(...noise)).toBeGreaterThan(25);
        expect(toneLevelDb(pcm.subarray(0, roomHz), roomHz, HZ)).toBeCloseTo(
          20 * Math.log10(LEVEL),
          0,
        );
        expect(steepestStep(pcm)).toBeLessThan(1.1 * sineSlope(HZ, roomHz, LEVEL));
        console.log(`${codec} at ${roomHz} Hz: SNR ${Math.min(...noise).toFixed(1)} dB`);
      },
    );
  }
}

for (const codec of CODECS) {
  describe(codec, () => {
    const rate = SAMPLE_RATE_HZ[codec];
    const size = rate / 50;

    test('tells its rates', () => {
      expect(RTP_CLOCK_HZ[codec]).toBe(codec === 'opus' ? 48_000 : 8000);
      expect(createDecoder(codec).sampleRateHz).toBe(rate);
      expect(createEncoder(codec).sampleRateHz).toBe(rate);
    });

    test('makes up 20 ms for a lost packet, with or without the next', () => {
      const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
      const out = new Int16Array(rate * 0.12);
      for (let n = 0; n < 20; n++) {
        decoder.decode(encoder.encode(sine(HZ, rate, size, { from: n * size })), out);
      }
      const lost = encoder.encode(sine(HZ, rate, size, { from: 20 * size })).slice();
      const next = encoder.encode(sine(HZ, rate, size, { from: 21 * size })).slice();
      expect(lost.length).toBeGreaterThan(0);
      expect(decoder.recover(next, out)).toBe(size);
      expect(dominantHz(out.subarray(0, size), rate)).toBeCloseTo(HZ, -2);
      expect(decoder.decode(next, out)).toBe(size);
      expect(decoder.conceal(out)).toBe(size);
      expect(toneLevelDb(out.subarray(0, size), rate, HZ)).toBeGreaterThan(-20);
    });

    test('any bytes are decoded to something within 120 ms, and speech after them to speech', () => {
      const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
      const out = new Int16Array(rate * 0.12);
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), (bytes, asFec) => {
          const count = asFec ? decoder.recover(bytes, out) : decoder.decode(bytes, out);
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(out.length);
        }),
        { seed: 6716, numRuns: 300 },
      );
      const heard = new Int16Array(rate);
      for (let n = 0; n < 50; n++) {
        decoder.decode(encoder.encode(sine(HZ, rate, size, { from: n * size })), out);
        heard.set(out.subarray(0, size), n * size);
      }
      expect(snrDb(heard.subarray(rate / 2), rate, HZ)).toBeGreaterThan(25);
      encoder.close();
      decoder.close();
    });

    test('two calls do not mix', () => {
      const [one, other] = [createEncoder(codec), createEncoder(codec)];
      const kept = one.encode(sine(HZ, rate, size));
      const copy = kept.slice();
      other.encode(sine(3000, rate, size));
      expect(kept).toEqual(copy);
    });
  });
}

for (const codec of ['PCMU', 'PCMA', 'G722'] as const) {
  for (const packetMs of [10, 30, 40, 60, 120]) {
    test(`${codec} packets of ${packetMs} ms are decoded whole`, () => {
      const rate = SAMPLE_RATE_HZ[codec];
      const out = new Int16Array(rate * 0.12);
      const bytes = new Uint8Array(8 * packetMs).fill(0xff);
      expect(createDecoder(codec).decode(bytes, out)).toBe((rate * packetMs) / 1000);
    });
  }

  test(`a ${codec} packet longer than 120 ms is cut`, () => {
    const out = new Int16Array(SAMPLE_RATE_HZ[codec] * 0.12);
    expect(createDecoder(codec).decode(new Uint8Array(1400), out)).toBe(out.length);
  });
}

test('Opus packets of several frames (RFC 6716 code 3) are decoded whole', () => {
  const decoder = createDecoder('opus');
  const encoder = createEncoder('opus');
  const out = new Int16Array(5760);
  const packet = encoder.encode(sine(HZ, 48_000, 960)).slice();
  const frame = packet.subarray(1);
  // Three equal frames behind one table of contents: 60 ms.
  const joined = Uint8Array.of((packet[0]! & 0xfc) | 3, 3, ...frame, ...frame, ...frame);
  expect(packet[0]! & 3).toBe(0);
  expect(decoder.decode(joined, out)).toBe(2880);
});

test("Opus's in-band copy is nearer to what was lost than a guess", () => {
  // A voice: a pitch that wanders, with formants and syllables.
  const size = 960;
  const voice = new Int16Array(48_000 * 4);
  let phase = 0;
  for (let i = 0; i < voice.length; i++) {
    const t = i / 48_000;
    phase += (2 * Math.PI * (120 + 40 * Math.sin(4.4 * t))) / 48_000;
    let sum = 0;
    for (let h = 1; h < 16; h++) sum += Math.sin(h * phase) * Math.exp(-(((h - 5) / 3) ** 2));
    voice[i] = 5000 * sum * (0.3 + 0.7 * Math.max(0, Math.sin(25 * t)));
  }
  const encoder = createEncoder('opus');
  const packets = Array.from({ length: 200 }, (_, n) =>
    encoder.encode(voice.subarray(n * size, (n + 1) * size)).slice(),
  );
  const whole = createDecoder('opus');
  const clean = packets.map((packet) => {
    const out = new Int16Array(5760);
    return out.slice(0, whole.decode(packet, out));
  });
  const errorOf = (recovers: boolean): number => {
    const decoder = createDecoder('opus');
    const out = new Int16Array(5760);
    let error = 0;
    packets.forEach((packet, n) => {
      if (n % 10 !== 5) {
        decoder.decode(packet, out);
        return;
      }
      if (recovers) decoder.recover(packets[n + 1]!, out);
      else decoder.conceal(out);
      clean[n]!.forEach((sample, i) => (error += (sample - out[i]!) ** 2));
    });
    return error;
  };
  expect(errorOf(true)).toBeLessThan(0.6 * errorOf(false));
});

test('a thousand Opus calls opened and closed leave room for the next', () => {
  for (let n = 0; n < 1000; n++) {
    createEncoder('opus').close();
    const decoder = createDecoder('opus');
    decoder.close();
    decoder.close();
  }
  expect(createEncoder('opus').encode(new Int16Array(960)).length).toBeGreaterThan(0);
});

test('a hundred Opus calls at once grow the memory and keep their voices', () => {
  const calls = Array.from(
    { length: 100 },
    () => [createEncoder('opus'), createDecoder('opus')] as const,
  );
  const out = new Int16Array(5760);
  const heard = calls.map(() => new Int16Array(9600));
  for (let n = 0; n < 10; n++) {
    calls.forEach(([encoder, decoder], call) => {
      const hz = 400 + 20 * call;
      decoder.decode(encoder.encode(sine(hz, 48_000, 960, { from: n * 960 })), out);
      heard[call]!.set(out.subarray(0, 960), n * 960);
    });
  }
  heard.forEach((pcm, call) => {
    const [own, other] = [call, (call + 50) % 100].map((n) =>
      toneLevelDb(pcm.subarray(4800), 48_000, 400 + 20 * n),
    );
    expect(own! - other!).toBeGreaterThan(20);
  });
  for (const [encoder, decoder] of calls) {
    encoder.close();
    decoder.close();
  }
}, 30_000);
