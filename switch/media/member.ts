import type { MemberMix } from './contract.ts';
import { applyVolume } from './dsp/gain.ts';
import { createResampler } from './dsp/resampler.ts';
import type { Resampler } from './dsp/resampler.ts';
import { TalkDetector } from './dsp/talk-detector.ts';
import type { Leg } from './leg.ts';
import type { Attention } from './voice-in.ts';

/** After something half as loud as the gate, every frame is listened to for a second. */
const HEED_FRAMES = 50;

/** One leg in one room: its gate, its volume, and the way between its rate and the room's. */
export class Member {
  readonly leg: Leg;
  /** At the leg's rate, for what only this member hears. */
  readonly out: Int16Array;
  readonly fromRoom: Resampler;
  readonly #toRoom: Resampler;
  readonly #detector: TalkDetector;
  readonly #quiet: Int16Array;
  readonly #atRoomRate: Int16Array;
  #mix: MemberMix;
  #frame: Int16Array | undefined;
  #heedFrames = 0;

  constructor(leg: Leg, mix: MemberMix, roomRateHz: number) {
    this.leg = leg;
    this.#mix = mix;
    this.#detector = new TalkDetector(mix.energyLevel);
    this.#toRoom = createResampler(leg.sampleRateHz, roomRateHz);
    this.fromRoom = createResampler(roomRateHz, leg.sampleRateHz);
    this.out = new Int16Array(leg.sampleRateHz / 50);
    this.#quiet = new Int16Array(leg.sampleRateHz / 50);
    this.#atRoomRate = new Int16Array(roomRateHz / 50);
  }

  get mix(): MemberMix {
    return this.#mix;
  }

  get talking(): boolean {
    return this.#detector.talking;
  }

  get energy(): number {
    return this.#detector.smoothScore;
  }

  /** This tick's part in the mix, at the room's rate; undefined: none. */
  get frame(): Int16Array | undefined {
    return this.#frame;
  }

  /** Neither muted nor held. */
  get isHeard(): boolean {
    return this.#mix.canSpeak && !this.#mix.held;
  }

  setMix(mix: MemberMix): void {
    const wasHeard = this.isHeard;
    this.#mix = mix;
    this.#detector.setEnergyLevel(mix.energyLevel);
    if (wasHeard !== this.isHeard || !this.#isJudged) this.#detector.reset();
  }

  /** Takes the leg's next 20 ms through the gate. Says whether talking began or ended. */
  listen(nowMs: number): 'started' | 'stopped' | undefined {
    this.#frame = undefined;
    const attention = this.#attention;
    const voice = this.leg.read(nowMs, attention);
    if (attention === 'none' || (attention === 'glance' && !voice)) return undefined;
    // The gate is judged at the leg's own rate, so that silence is never resampled.
    if (voice) applyVolume(voice, this.#mix.volumeIn);
    else this.#quiet.fill(0);
    const { change, mix, talking } = this.#detector.push(voice ?? this.#quiet);
    this.leg.noteQuiet(!talking);
    this.#heed(this.#detector.score > this.#mix.energyLevel / 2);
    if (voice && mix && this.isHeard) {
      this.#toRoom.process(voice, this.#atRoomRate);
      this.#frame = this.#atRoomRate;
    }
    return change;
  }

  close(): void {
    this.#toRoom.close();
    this.fromRoom.close();
  }

  /** Of who is quiet, only what may be the beginning of talk is decoded. */
  get #attention(): Attention {
    if (!this.#isJudged) return 'none';
    const isOpen = this.#detector.talking || this.#mix.energyLevel === 0;
    return isOpen || this.#heedFrames > 0 ? 'full' : 'glance';
  }

  #heed(isLoud: boolean): void {
    if (isLoud) this.#heedFrames = HEED_FRAMES;
    else if (this.#heedFrames > 0) this.#heedFrames -= 1;
  }

  /** The muted are judged where that is asked for: conference_loop.c, MFLAG_MUTE_DETECT. */
  get #isJudged(): boolean {
    return this.isHeard || (this.#mix.muteDetect === true && !this.#mix.canSpeak);
  }
}
