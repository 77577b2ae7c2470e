import type { Language } from '../../protocol/call/language.ts';
import { PromptEar } from './prompt-ear.ts';
import type { RtpPeer } from './rtp-peer.ts';

/** A switch with nothing to say may send nothing. */
const LOOK_MS = 100;
/** After so many looks that saw nothing it is silence: before that it may be a machine that is busy. */
const PATIENT_LOOKS = 4;

export interface LiveEar {
  readonly ear: PromptEar;
  close(): void;
}

/** Sound as it comes. */
export interface Line {
  readonly rateHz: number;
  /** Tells of all that comes from now on; returns how to stop. */
  follow(take: (pcm: Int16Array) => void): () => void;
}

/** An ear on what a phone hears from now on. */
export function earOf(peer: RtpPeer, language: Language): Promise<LiveEar> {
  const follow: Line['follow'] = (take) => {
    peer.onSound = take;
    return () => {
      peer.onSound = undefined;
    };
  };
  return earOn({ rateHz: peer.sampleRateHz, follow }, language);
}

/** An ear on a line. */
export async function earOn(line: Line, language: Language): Promise<LiveEar> {
  const { rateHz } = line;
  const ear = await PromptEar.open({ language, rateHz });
  const pause = new Int16Array((rateHz * LOOK_MS) / 1000);
  let [silentLooks, isOpen] = [0, true];
  const stop = line.follow((pcm) => {
    silentLooks = 0;
    ear.push(pcm);
  });
  const look = (): void => {
    silentLooks += 1;
    if (silentLooks > PATIENT_LOOKS && isOpen) ear.push(pause);
  };
  // On a busy machine sound may be waiting to be read: the look comes after it.
  const timer = setInterval(() => setImmediate(look), LOOK_MS);
  return {
    ear,
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(timer);
      stop();
      ear.end();
    },
  };
}
