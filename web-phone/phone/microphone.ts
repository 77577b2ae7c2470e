import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { levelOf, smooth } from './level.ts';
import { microphoneTrouble, trouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

export interface AudioDevice {
  readonly id: string;
  readonly label: string;
}

export type MicrophoneState =
  | { readonly kind: 'off' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'on'; readonly deviceId: string }
  /** Joined without one: silence is sent. */
  | { readonly kind: 'listen-only' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Devices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

/** A meter is looked at so often; faster costs battery and shows nothing more. */
const LOOK_MS = 50;

/** The microphone: asks for it, measures it, and follows what is plugged in and out. */
export class Microphone {
  readonly #state = signal<MicrophoneState>({ kind: 'off' });
  readonly #devices = signal<Devices>({ microphones: [], speakers: [] });
  readonly #level = signal(0);
  readonly #onVoice: (voice: MediaStreamTrack) => void;
  #wanted: string;
  #voice: MediaStreamTrack | undefined;
  #context: AudioContext | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `onVoice` hears of each new track, for the call under way; `wanted` is the device's id, or ''. */
  constructor(onVoice: (voice: MediaStreamTrack) => void, wanted: string) {
    this.#onVoice = onVoice;
    this.#wanted = wanted;
    if (!canCapture()) {
      this.#state.value = { kind: 'trouble', trouble: trouble('insecure-page') };
      return;
    }
    navigator.mediaDevices.addEventListener('devicechange', () => void this.#onDeviceChange());
    void this.#openIfAllowed();
  }

  get state(): ReadonlySignal<MicrophoneState> {
    return this.#state;
  }
  get devices(): ReadonlySignal<Devices> {
    return this.#devices;
  }
  /** 0 to 1, twenty times a second while the microphone is on. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }
  /** What to send to the others; absent until `open` or `listenOnly`. */
  get voice(): MediaStreamTrack | undefined {
    return this.#voice;
  }

  /** Asks the browser, which may ask the person. True when there is a voice to send. */
  async open(deviceId = this.#wanted): Promise<boolean> {
    if (!canCapture()) return false;
    this.#wanted = deviceId;
    this.#state.value = { kind: 'asking' };
    try {
      this.#take(await capture(deviceId));
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      this.#state.value = { kind: 'trouble', trouble: microphoneTrouble(name) };
      return false;
    }
    this.#devices.value = await listDevices();
    return true;
  }

  /** Silence in place of a voice, for those who have no microphone or want to share none. */
  listenOnly(): void {
    this.#drop();
    this.#context ??= new AudioContext();
    this.#voice = this.#context.createMediaStreamDestination().stream.getAudioTracks()[0];
    this.#state.value = { kind: 'listen-only' };
  }

  /** Lets the microphone go, so that the browser no longer shows it in use. */
  close(): void {
    if (this.#state.peek().kind !== 'on') return;
    this.#drop();
    this.#state.value = { kind: 'off' };
  }

  async #openIfAllowed(): Promise<void> {
    const allowed = await navigator.permissions
      .query({ name: 'microphone' })
      .then(({ state }) => state === 'granted')
      .catch(() => false);
    if (allowed && this.#state.peek().kind === 'off') await this.open();
  }

  #take(stream: MediaStream): void {
    this.#drop();
    const [voice] = stream.getAudioTracks();
    if (!voice) throw new DOMException('no audio track', 'NotFoundError');
    this.#voice = voice;
    voice.onended = () => {
      if (this.#voice === voice)
        this.#state.value = { kind: 'trouble', trouble: trouble('microphone-missing') };
    };
    this.#measure(stream);
    this.#state.value = { kind: 'on', deviceId: voice.getSettings().deviceId ?? '' };
    this.#onVoice(voice);
  }

  #measure(stream: MediaStream): void {
    this.#context ??= new AudioContext();
    const analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      // A context made before the first click sleeps until there was one.
      if (this.#context?.state === 'suspended') void this.#context.resume();
      analyser.getFloatTimeDomainData(samples);
      this.#level.value = smooth(this.#level.peek(), levelOf(samples));
    }, LOOK_MS);
  }

  #drop(): void {
    clearInterval(this.#timer);
    this.#source?.disconnect();
    this.#level.value = 0;
    this.#voice?.stop();
    this.#voice = undefined;
  }

  async #onDeviceChange(): Promise<void> {
    this.#devices.value = await listDevices();
    // What was unplugged has ended its track; fall back to whatever the machine has now.
    if (this.#voice?.readyState === 'ended') await this.open();
  }
}

/** Browsers hide `mediaDevices` on pages that are not secure. */
function canCapture(): boolean {
  return window.isSecureContext && 'mediaDevices' in navigator;
}

/** `ideal`, not `exact`: a device that is gone gives way to the one there is. */
function capture(deviceId: string): Promise<MediaStream> {
  const device = deviceId === '' ? {} : { deviceId: { ideal: deviceId } };
  return navigator.mediaDevices.getUserMedia({
    audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
}

async function listDevices(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return { microphones: ofKind(all, 'audioinput'), speakers: ofKind(all, 'audiooutput') };
}

function ofKind(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] {
  return all
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map((device, index) => ({
      id: device.deviceId,
      label: device.label || `${kind === 'audioinput' ? 'Microphone' : 'Speaker'} ${index + 1}`,
    }));
}
