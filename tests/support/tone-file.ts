import { writeFileSync } from 'node:fs';

const HEADER_BYTES = 44;

/** Writes a 16-bit mono WAV of one steady tone: what a test phone has for a microphone. */
export function writeTone(
  path: string,
  tone: { hz: number; rateHz: number; seconds: number },
): void {
  const samples = new Int16Array(tone.rateHz * tone.seconds);
  const step = (2 * Math.PI * tone.hz) / tone.rateHz;
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(8000 * Math.sin(step * i));
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
