import { canChooseSpeaker, useSpeaker } from '../phone/speaker.ts';

/** A tone by its cadence: seconds of sound and of silence, repeated. */
interface Cadence {
  readonly hz: readonly number[];
  readonly on: number;
  readonly off: number;
  readonly gain: number;
}

/** ITU-T E.180: one second in five, as the German and most European networks. */
const RINGBACK: Cadence = { hz: [425], on: 1, off: 4, gain: 0.12 };
/** Two strikes of a bell that warbles. */
const RING: Cadence = { hz: [523.25, 659.25], on: 1.4, off: 2.2, gain: 0.3 };
/** Somebody calls while one talks: soft. */
const WAITING: Cadence = { hz: [425], on: 0.2, off: 3, gain: 0.06 };
const CADENCES = { ringback: RINGBACK, ring: RING, waiting: WAITING };

export type Tone = keyof typeof CADENCES;

const WARBLE_S = 0.07;
const AHEAD_S = 0.06;

/** Plays one tone at a time, made here: no file to wait for. */
export class Tones {
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #playing: Tone | undefined;
  #speaker = '';
  #ear: HTMLAudioElement | undefined;

  /** `undefined`: silence. `speaker`: an output's id, '' for the usual one. */
  play(tone: Tone | undefined, speaker = ''): void {
    if (tone === this.#playing && speaker === this.#speaker) return;
    this.stop();
    if (tone === undefined) return;
    this.#playing = tone;
    this.#speaker = speaker;
    const context = new AudioContext();
    this.#context = context;
    const out = context.createMediaStreamDestination();
    this.#ear = new Audio();
    this.#ear.srcObject = out.stream;
    void sound(this.#ear, speaker);
    const { on, off } = CADENCES[tone];
    const strike = () => ring(context, out, CADENCES[tone]);
    strike();
    this.#timer = setInterval(strike, (on + off) * 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#playing = undefined;
    if (this.#ear) this.#ear.srcObject = null;
    void this.#context?.close();
    this.#context = undefined;
  }
}

/** An output that is gone gives way to the usual one: a call that nobody hears is missed. */
async function sound(ear: HTMLAudioElement, speaker: string): Promise<void> {
  if (speaker !== '' && canChooseSpeaker()) await useSpeaker(ear, speaker);
  try {
    await ear.play();
  } catch {
    // Nobody has touched the page yet, or the tone is over: the page and the title still say who calls.
  }
}

function ring(context: AudioContext, out: AudioNode, { hz, on, gain }: Cadence): void {
  const at = context.currentTime + AHEAD_S;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hz[0] ?? 425 });
  const volume = new GainNode(context, { gain: 0 });
  if (hz.length > 1)
    for (let step = 0; step * WARBLE_S < on; step++)
      tone.frequency.setValueAtTime(hz[step % hz.length] ?? 425, at + step * WARBLE_S);
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(gain, at + 0.02);
  volume.gain.setValueAtTime(gain, at + on - 0.05);
  volume.gain.linearRampToValueAtTime(0, at + on);
  tone.connect(volume).connect(out);
  tone.start(at);
  tone.stop(at + on);
}
