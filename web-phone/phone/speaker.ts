import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Chrome and Firefox can choose an output; Safari cannot. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays through another output; an output that is gone leaves the sound where it is. */
export async function useSpeaker(ear: HTMLAudioElement, id: string): Promise<boolean> {
  try {
    await ear.setSinkId(id);
    return true;
  } catch {
    return false;
  }
}

/** Goes back to the output that the person chose when it is plugged in again; browsers leave it otherwise. */
export function followSpeaker(ear: HTMLAudioElement, chosen: () => string): void {
  if (!canChooseSpeaker() || !('mediaDevices' in navigator)) return;
  const again = () => {
    const id = chosen();
    if (id !== '') void useSpeaker(ear, id);
  };
  again();
  navigator.mediaDevices.addEventListener('devicechange', again);
}

/** True while the browser plays nothing because nobody clicked yet. Any click or key makes it play. */
export function silenced(ear: HTMLAudioElement): ReadonlySignal<boolean> {
  const silent = signal(false);
  const play = ear.play.bind(ear);
  // Whoever plays it asks in vain until there was a click: only the asking tells.
  ear.play = async () => {
    try {
      await play();
      silent.value = false;
    } catch (error) {
      silent.value = error instanceof DOMException && error.name === 'NotAllowedError';
      throw error;
    }
  };
  ear.addEventListener('emptied', () => (silent.value = false));
  const tryAgain = () => {
    if (silent.peek()) void ear.play().catch(ignoreRefusal);
  };
  for (const name of ['pointerdown', 'keydown']) document.addEventListener(name, tryAgain);
  return silent;
}

/** It is shown, and the next click tries again. */
function ignoreRefusal(): void {
  return undefined;
}

const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.16;

/** Three soft notes through the chosen output, so that a person can hear where sound will come. */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  NOTES_HZ.forEach((frequency, index) => {
    playNote(context, out, frequency, context.currentTime + 0.05 + index * NOTE_S);
  });
  const ear = new Audio();
  ear.srcObject = out.stream;
  if (speakerId !== '' && canChooseSpeaker()) await useSpeaker(ear, speakerId);
  await ear.play();
  setTimeout(() => void context.close(), 1_500);
}

function playNote(context: AudioContext, out: AudioNode, frequency: number, at: number): void {
  const tone = new OscillatorNode(context, { type: 'sine', frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 2);
  tone.connect(gain).connect(out);
  tone.start(at);
  tone.stop(at + NOTE_S * 2);
}
