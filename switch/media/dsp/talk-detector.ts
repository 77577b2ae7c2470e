import { energyScore } from './level.ts';

/** mod_conference's default energy-level. */
const DEFAULT_ENERGY_LEVEL = 100;

/** conference_loop.c: `diff_level`, `hangunder`, `hangover`. */
const OPENS_AT_ONCE = 400;
const OPENS_AFTER_FRAMES = 5;
const CLOSES_AFTER_FRAMES = 40;
const SCORE_DECAY = 0.8;
const SCORE_MOST = 25_000;

export interface TalkStep {
  /** What changed with this frame. */
  readonly change: 'started' | 'stopped' | undefined;
  readonly talking: boolean;
  /** Whether this frame goes into the mix. It has been faded where the gate opens or closes in it. */
  readonly mix: boolean;
}

const step = (change: TalkStep['change'], talking: boolean, mix: boolean): TalkStep =>
  Object.freeze({ change, talking, mix });
const STARTED = step('started', true, true);
const TALKING = step(undefined, true, true);
/** The frame in which the gate closes is still mixed, faded out. */
const STOPPED = step('stopped', false, true);
const QUIET = step(undefined, false, false);
/** At level 0 everything is mixed, talking or not. */
const STOPPED_OPEN = step('stopped', false, true);
const QUIET_OPEN = step(undefined, false, true);

/**
 * Who talks, as mod_conference judges it: the gate opens on a frame 400 above the level, or when
 * five frames more than not have been above it; it closes after 40 frames (800 ms) below.
 */
export class TalkDetector {
  #energyLevel: number;
  #talking = false;
  #above = 0;
  #below = 0;
  #score = 0;
  #smoothScore = 0;

  constructor(energyLevel = DEFAULT_ENERGY_LEVEL) {
    this.#energyLevel = energyLevel;
  }

  get energyLevel(): number {
    return this.#energyLevel;
  }

  /** FreeSWITCH's energy level; 0 lets everything into the mix. */
  setEnergyLevel(energyLevel: number): void {
    this.#energyLevel = energyLevel;
  }

  get talking(): boolean {
    return this.#talking;
  }

  /** The last frame's score. */
  get score(): number {
    return this.#score;
  }

  /** The score over the last frames. */
  get smoothScore(): number {
    return Math.trunc(this.#smoothScore);
  }

  /** Judges one 20 ms frame; fades it in place where the gate opens or closes in it. */
  push(frame: Int16Array): TalkStep {
    this.#score = energyScore(frame);
    const smooth = (1 - SCORE_DECAY) * this.#score + SCORE_DECAY * this.#smoothScore;
    this.#smoothScore = Math.min(SCORE_MOST, smooth);
    const change = this.#score > this.#energyLevel ? this.#hearVoice() : this.#hearQuiet();
    return this.#energyLevel === 0 ? ungated(change, this.#talking) : this.#gate(change, frame);
  }

  /** Forgets all, without a change: the member was muted, held or moved. Says whether it talked. */
  reset(): boolean {
    const talked = this.#talking;
    this.#talking = false;
    this.#above = 0;
    this.#below = 0;
    this.#score = 0;
    this.#smoothScore = 0;
    return talked;
  }

  #hearVoice(): TalkStep['change'] {
    if (this.#below > 0) this.#below--;
    this.#above++;
    const isLoud = this.#score - this.#energyLevel >= OPENS_AT_ONCE;
    if (!isLoud && this.#above < OPENS_AFTER_FRAMES) return undefined;
    this.#above = 0;
    this.#below = 0;
    if (this.#talking) return undefined;
    this.#talking = true;
    return 'started';
  }

  #hearQuiet(): TalkStep['change'] {
    if (this.#above > 0) this.#above--;
    if (!this.#talking || ++this.#below < CLOSES_AFTER_FRAMES) return undefined;
    this.#above = 0;
    this.#below = 0;
    this.#talking = false;
    this.#smoothScore = 0;
    return 'stopped';
  }

  #gate(change: TalkStep['change'], frame: Int16Array): TalkStep {
    if (change === 'started') {
      fadeIn(frame);
      return STARTED;
    }
    if (change === 'stopped') {
      fadeOut(frame);
      return STOPPED;
    }
    return this.#talking ? TALKING : QUIET;
  }
}

function ungated(change: TalkStep['change'], talking: boolean): TalkStep {
  if (change === 'started') return STARTED;
  if (change === 'stopped') return STOPPED_OPEN;
  return talking ? TALKING : QUIET_OPEN;
}

/** Over the first eighth (2.5 ms of 20): no click, and no consonant lost. */
function fadeIn(frame: Int16Array): void {
  const count = frame.length >> 3;
  for (let i = 0; i < count; i++) frame[i] = (frame[i]! * i) / count;
}

function fadeOut(frame: Int16Array): void {
  const count = frame.length;
  for (let i = 0; i < count; i++) frame[i] = (frame[i]! * (count - 1 - i)) / count;
}
