import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { devicesOf, microphoneToOpen, NO_DEVICES, replugged } from './devices.ts';
import type { AudioDevice, Devices } from './devices.ts';
import { smooth } from './level.ts';
import { recall, remember } from './memory.ts';
import type { Processing } from './memory.ts';
import { gaugeOf } from './track-level.ts';
import type { LevelGauge } from './track-level.ts';
import { microphoneTrouble, trouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

export type MicrophoneState =
  | { readonly kind: 'off' }
  /** The browser is asked whether we may, or it asks the person. */
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'on';
      readonly deviceId: string;
      /** The one that the person chose is unplugged; this one is used until it is back. */
      readonly insteadOf?: AudioDevice;
    }
  /** Joined without one: silence is sent. */
  | { readonly kind: 'listen-only' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** A meter is looked at so often; faster costs battery and shows nothing more. */
const LOOK_MS = 50;

/** The microphone: asks for it, measures it, and follows what is plugged in and out. */
export class Microphone {
  readonly #state = signal<MicrophoneState>({ kind: 'asking' });
  readonly #devices = signal<Devices>(NO_DEVICES);
  readonly #level = signal(0);
  readonly #looks = signal(0);
  readonly #processing = signal(recall().processing);
  readonly #onVoice: (voice: MediaStreamTrack) => void;
  /** What the person chose, '' for no choice; by its name too, once that is known. */
  #wanted: AudioDevice;
  #voice: MediaStreamTrack | undefined;
  #context: AudioContext | undefined;
  #gauge: LevelGauge | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #opening: Promise<boolean> | undefined;

  /** `onVoice` hears of each new track, for the call under way; `wanted` is the device's id, or ''. */
  constructor(onVoice: (voice: MediaStreamTrack) => void, wanted: string) {
    this.#onVoice = onVoice;
    this.#wanted = { id: wanted, label: '' };
    const lacks = whatLacks();
    if (lacks) {
      this.#state.value = { kind: 'trouble', trouble: lacks };
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
  get processing(): ReadonlySignal<Processing> {
    return this.#processing;
  }
  /** 0 to 1, twenty times a second while the microphone is on. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }
  /** How often it was looked at: a voice as loud as the meter goes leaves `level` as it is. */
  get looks(): ReadonlySignal<number> {
    return this.#looks;
  }
  /** What to send to the others; absent until `open` or `listenOnly`. */
  get voice(): MediaStreamTrack | undefined {
    return this.#voice;
  }

  /** Asks the browser, which may ask the person. True when there is a voice to send. */
  open(): Promise<boolean> {
    // Two clicks are one question.
    this.#opening ??= this.#open(this.#wanted.id).finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  /** The person chose this one, and means it for the next visit too. */
  async choose(deviceId: string): Promise<boolean> {
    this.#wanted = this.#named(deviceId);
    remember({ microphone: deviceId });
    await this.#opening;
    return this.open();
  }

  /** How the browser treats the voice; opens the microphone anew, and the call goes on with that. */
  async process(part: Partial<Processing>): Promise<void> {
    this.#processing.value = { ...this.#processing.peek(), ...part };
    remember({ processing: this.#processing.peek() });
    if (this.#state.peek().kind !== 'on') return;
    await this.#opening;
    await this.open();
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
    const allowed = (await permission()) === 'granted';
    if (this.#opening || this.#state.peek().kind !== 'asking') return;
    if (allowed) await this.open();
    else this.#state.value = { kind: 'off' };
  }

  async #open(wanted: string): Promise<boolean> {
    const lacks = whatLacks();
    if (lacks) return false;
    const before = this.#state.peek();
    // The meter does not give way while a microphone that is on is opened anew.
    if (before.kind !== 'on') this.#state.value = { kind: 'asking' };
    try {
      const stream = await capture(wanted, this.#processing.peek());
      // Known before the microphone is on: what there is to choose from comes with it.
      this.#devices.value = await listDevices();
      this.#take(stream);
    } catch (error) {
      this.#drop();
      this.#state.value = { kind: 'trouble', trouble: await explained(error) };
      return false;
    }
    return true;
  }

  #take(stream: MediaStream): void {
    const [voice] = stream.getAudioTracks();
    if (!voice) throw new DOMException('no audio track', 'NotFoundError');
    const before = this.#voice;
    this.#stopMeter();
    this.#voice = voice;
    voice.onended = () => void this.#onEnded(voice);
    this.#measure(stream);
    this.#noteDevice();
    this.#onVoice(voice);
    before?.stop();
  }

  #noteDevice(): void {
    const deviceId = this.#voice?.getSettings().deviceId ?? '';
    const wanted = this.#named(this.#wanted.id);
    this.#wanted = wanted;
    // Browsers that tell no ids open whatever there is, and that is the one wanted.
    const instead = wanted.id !== '' && deviceId !== '' && wanted.id !== deviceId;
    this.#state.value = { kind: 'on', deviceId, ...(instead && { insteadOf: wanted }) };
  }

  #named(id: string): AudioDevice {
    const known = this.#devices.peek().microphones.find((each) => each.id === id);
    return known ?? (this.#wanted.id === id ? this.#wanted : { id, label: '' });
  }

  #measure(stream: MediaStream): void {
    this.#context ??= new AudioContext();
    const gauge = gaugeOf(stream, this.#context);
    this.#gauge = gauge;
    this.#timer = setInterval(() => {
      this.#level.value = smooth(this.#level.peek(), gauge.look());
      this.#looks.value += 1;
    }, LOOK_MS);
  }

  #stopMeter(): void {
    clearInterval(this.#timer);
    this.#gauge?.close();
    this.#gauge = undefined;
  }

  #drop(): void {
    this.#stopMeter();
    this.#level.value = 0;
    this.#looks.value += 1;
    this.#voice?.stop();
    this.#voice = undefined;
  }

  async #onEnded(voice: MediaStreamTrack): Promise<void> {
    if (this.#voice !== voice) return;
    this.#devices.value = await listDevices();
    await this.#fallBack();
  }

  async #onDeviceChange(): Promise<void> {
    this.#devices.value = await listDevices();
    const state = this.#state.peek();
    if (state.kind === 'trouble' && state.trouble.kind === 'microphone-unplugged') {
      if (this.#devices.peek().microphones.length > 0) await this.open();
      return;
    }
    if (state.kind !== 'on') return;
    const ended = this.#voice?.readyState === 'ended';
    const wanted = this.#wanted.id;
    const { kind } = replugged(state.deviceId, { wanted, ended }, this.#devices.peek());
    if (kind === 'return') await this.open();
    if (kind === 'fall-back') await this.#fallBack();
  }

  /** Whatever the machine has now; what the person chose is not forgotten. */
  async #fallBack(): Promise<void> {
    await this.#opening;
    const opened = await this.#open(microphoneToOpen(this.#wanted.id, this.#devices.peek()));
    const state = this.#state.peek();
    if (!opened && state.kind === 'trouble' && state.trouble.kind === 'microphone-missing')
      this.#state.value = { kind: 'trouble', trouble: trouble('microphone-unplugged') };
  }
}

/** Browsers hide `mediaDevices` on pages that are not secure. */
function whatLacks(): Trouble | undefined {
  if (!window.isSecureContext) return trouble('insecure-page');
  const calls = 'RTCPeerConnection' in window && 'mediaDevices' in navigator;
  return calls ? undefined : trouble('browser-too-old');
}

/** Firefox and old Safari know no such permission. */
async function permission(): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    // Not told is not known.
    return undefined;
  }
}

async function explained(error: unknown): Promise<Trouble> {
  const { name, message } = error instanceof Error ? error : new Error('unknown');
  return microphoneTrouble({ name, message, permission: await permission() });
}

/** `ideal`, not `exact`: a device that is gone gives way to the one there is. */
function capture(deviceId: string, processing: Processing): Promise<MediaStream> {
  const device = deviceId === '' ? {} : { deviceId: { ideal: deviceId } };
  return navigator.mediaDevices.getUserMedia({ audio: { ...device, ...processing } });
}

async function listDevices(): Promise<Devices> {
  return devicesOf(await navigator.mediaDevices.enumerateDevices());
}
