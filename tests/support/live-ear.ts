import type { Language } from '../../protocol/call/language.ts';
import { PromptEar } from './prompt-ear.ts';
import type { RtpPeer } from './rtp-peer.ts';

/** A switch with nothing to say may send nothing: after so long that is silence. */
const PAUSE_MS = 100;

export interface LiveEar {
  readonly ear: PromptEar;
  close(): void;
}

/** An ear on what a phone hears from now on. */
export async function earOf(peer: RtpPeer, language: Language): Promise<LiveEar> {
  const rateHz = peer.sampleRateHz;
  const ear = await PromptEar.open({ language, rateHz });
  const pause = new Int16Array((rateHz * PAUSE_MS) / 1000);
  let isSilent = true;
  peer.onSound = (pcm) => {
    isSilent = false;
    ear.push(pcm);
  };
  const timer = setInterval(() => {
    if (isSilent) ear.push(pause);
    isSilent = true;
  }, PAUSE_MS);
  return {
    ear,
    close: () => {
      clearInterval(timer);
      peer.onSound = undefined;
      ear.end();
    },
  };
}
