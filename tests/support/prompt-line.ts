import type { Language } from '../../protocol/call/language.ts';
import { SOUNDS } from '../../protocol/speech/clip.ts';
import type { Clip, Sound } from '../../protocol/speech/clip.ts';
import { LONGEST_PACKET_MS } from '../../switch/media/dsp/codec.ts';
import type { CodecName } from '../../switch/media/dsp/codec.ts';
import { createDecoder, createEncoder } from '../../switch/media/dsp/codecs.ts';
import type { Dice } from './dice.ts';
import { recording, resampled } from './prompt-frames.ts';

/** Of the recordings. */
export const PROMPT_RATE_HZ = 16_000;

export interface Playlist {
  readonly pcm: Int16Array;
  /** When each begins. */
  readonly beginsMs: readonly number[];
}

/** Recordings one after the other with so much silence between, before and after them. */
export function playlist(
  names: readonly (Clip | Sound)[],
  language: Language,
  gapMs: number,
): Playlist {
  const gap = (gapMs * PROMPT_RATE_HZ) / 1000;
  const parts = names.map((name) => recording(pathOf(name, language)).samples);
  const pcm = new Int16Array(parts.reduce((sum, part) => sum + part.length + gap, gap));
  let at = gap;
  const beginsMs = parts.map((part) => {
    const begins = at;
    pcm.set(part, begins);
    at += part.length + gap;
    return (begins * 1000) / PROMPT_RATE_HZ;
  });
  return { pcm, beginsMs };
}

/** What a phone hears of it that speaks this codec. */
export function overLine(
  pcm: Int16Array,
  codec: CodecName,
): { readonly pcm: Int16Array; readonly rateHz: number } {
  const [encoder, decoder] = [createEncoder(codec), createDecoder(codec)];
  const rateHz = decoder.sampleRateHz;
  const sent = resampled(pcm, PROMPT_RATE_HZ, encoder.sampleRateHz);
  const frame = encoder.sampleRateHz / 50;
  const heard = new Int16Array((sent.length / encoder.sampleRateHz) * rateHz);
  const packet = new Int16Array((rateHz * LONGEST_PACKET_MS) / 1000);
  let count = 0;
  for (let at = 0; at + frame <= sent.length; at += frame) {
    const samples = decoder.decode(encoder.encode(sent.subarray(at, at + frame)), packet);
    heard.set(packet.subarray(0, samples), count);
    count += samples;
  }
  encoder.close();
  decoder.close();
  return { pcm: heard.subarray(0, count), rateHz };
}

/** Louder by so many dB, with steady tones beside it, each so many dB under speech of -20 dB. */
export function mixed(
  pcm: Int16Array,
  { gainDb, tonesHz, tonesDb }: { gainDb: number; tonesHz: readonly number[]; tonesDb: number },
): Int16Array {
  const gain = 10 ** (gainDb / 20);
  const peak = gain * Math.SQRT2 * 32_768 * 10 ** ((tonesDb - 20) / 20);
  return pcm.map((sample, i) => {
    const tones = tonesHz.map((hz) => Math.sin((2 * Math.PI * hz * i) / PROMPT_RATE_HZ));
    return Math.round(sample * gain + peak * tones.reduce((sum, value) => sum + value, 0));
  });
}

/** As a jitter buffer gives it: now and then 5 ms are cut out, or come twice. */
export function warped(pcm: Int16Array, dice: Dice): Int16Array {
  const slip = (5 * PROMPT_RATE_HZ) / 1000;
  const out: Int16Array[] = [];
  for (let at = 0; at < pcm.length;) {
    const end = at + PROMPT_RATE_HZ / 2 + dice.below(PROMPT_RATE_HZ);
    out.push(pcm.subarray(at, end));
    at = dice.below(2) === 0 ? end - slip : end + slip;
  }
  const all = new Int16Array(out.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of out) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** In another order. */
export function shuffled<T>(values: readonly T[], dice: Dice): readonly T[] {
  const left = [...values];
  return values.map(() => left.splice(dice.below(left.length), 1)[0]!);
}

function pathOf(name: Clip | Sound, language: Language): string {
  const isSound = SOUNDS.some((sound) => sound === name);
  return `${isSound ? 'sounds' : language}/${name}.wav`;
}
