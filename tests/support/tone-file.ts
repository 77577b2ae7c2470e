import { writeFileSync } from 'node:fs';
import { Dice } from './dice.ts';

const HEADER_BYTES = 44;

interface Tone {
  /** A whole number. */
  readonly hz: number;
  readonly rateHz: number;
  readonly seconds: number;
}

/** Writes a 16-bit mono WAV of one steady tone: what a test phone has for a microphone. */
export function writeTone(path: string, tone: Tone): void {
  writeWav(path, tone);
}

/** The same in bursts of uneven lengths, so that each stretch of it is known again. */
export function writeBursts(path: string, tone: Tone): void {
  const dice = new Dice(tone.hz);
  const tenths: boolean[] = [];
  for (let on = true; tenths.length < tone.seconds * 10; on = !on)
    for (let left = 2 + dice.below(5); left > 0; left--) tenths.push(on);
  writeWav(path, tone, (sample) => tenths[Math.floor((sample * 10) / tone.rateHz)] ?? false);
}

function writeWav(path: string, tone: Tone, sounds?: (sample: number) => boolean): void {
  const samples = new Int16Array(tone.rateHz * tone.seconds);
  const step = (2 * Math.PI * tone.hz) / tone.rateHz;
  // Its frequency is whole: each second is the first once more.
  const second = Int16Array.from({ length: tone.rateHz }, (_, i) =>
    Math.round(8000 * Math.sin(step * i)),
  );
  for (let at = 0; at < samples.length; at += second.length)
    samples.set(second.subarray(0, samples.length - at), at);
  if (sounds !== undefined) samples.forEach((_, i) => sounds(i) || (samples[i] = 0));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(tone.rateHz, 24);
  header.writeUInt32LE(tone.rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
}

/** Samples from a WAV that is still being written; `fromSample` counts from its start. */
export function samplesOf(file: Buffer, fromSample: number): Int16Array {
  const bytes = file.subarray(HEADER_BYTES + 2 * fromSample);
  const whole = bytes.subarray(0, bytes.length & ~1);
  return new Int16Array(whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length));
}
