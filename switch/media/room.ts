import type { LegId, MemberMix, RoomName } from './contract.ts';
import { ComfortNoise } from './dsp/comfort-noise.ts';
import { applyVolume } from './dsp/gain.ts';
import { MixBus } from './dsp/mixer.ts';
import type { Leg } from './leg.ts';
import { Member } from './member.ts';
import type { PlayQueue } from './play.ts';
import type { Recording } from './recording.ts';
import { SharedLines } from './shared-lines.ts';

/** What a room asks for each leg: its plays, mixed onto what it hears. */
export type PlaysOf = (leg: LegId) => PlayQueue | undefined;

export interface RoomListener {
  onTalking(leg: LegId, talking: boolean, energy: number): void;
  onMuteDetected(leg: LegId, talking: boolean): void;
}

const SILENCE: readonly Int16Array[] = [];

interface Talk {
  readonly isHeard: boolean;
  readonly talking: boolean;
  readonly energy: number;
}

/** One room: each tick everybody's voice in, everybody's mix out. */
export class Room {
  readonly name: RoomName;
  readonly sampleRateHz: number;
  readonly plays: PlayQueue;
  readonly recordings = new Map<string, Recording>();
  readonly #listener: RoomListener;
  readonly #playsOf: PlaysOf;
  readonly #members = new Map<LegId, Member>();
  readonly #bus: MixBus;
  readonly #noise = new ComfortNoise(1);
  readonly #common: Int16Array;
  readonly #personal: Int16Array;
  readonly #played: Int16Array;
  readonly #lines: SharedLines;

  constructor(name: RoomName, plays: PlayQueue, playsOf: PlaysOf, listener: RoomListener) {
    this.name = name;
    this.sampleRateHz = plays.sampleRateHz;
    this.plays = plays;
    this.#playsOf = playsOf;
    this.#listener = listener;
    const samples = this.sampleRateHz / 50;
    this.#bus = new MixBus(samples);
    this.#common = new Int16Array(samples);
    this.#personal = new Int16Array(samples);
    this.#played = new Int16Array(samples);
    this.#lines = new SharedLines(this.sampleRateHz);
  }

  join(leg: Leg, mix: MemberMix): void {
    this.leave(leg.id);
    this.#members.set(leg.id, new Member(leg, mix, this.sampleRateHz));
  }

  leave(leg: LegId): void {
    this.#members.get(leg)?.close();
    this.#members.delete(leg);
  }

  /** A muted or held member stops talking at once. */
  setMix(leg: LegId, mix: MemberMix): void {
    const member = this.#members.get(leg);
    if (!member) return;
    const { talking, isHeard } = member;
    member.setMix(mix);
    if (talking && !member.talking) this.#tell(leg, { isHeard, talking: false, energy: 0 });
  }

  /** The leg's sample rate has changed. */
  refresh(leg: Leg): void {
    const member = this.#members.get(leg.id);
    if (member) this.join(leg, member.mix);
  }

  tick(nowMs: number): void {
    this.#bus.clear();
    for (const member of this.#members.values()) this.#listen(member, nowMs);
    this.#addPlays();
    this.#makeCommon();
    for (const recording of this.recordings.values()) recording.add(this.#common);
    this.#lines.clear();
    for (const member of this.#members.values()) this.#speak(member);
  }

  /** The members leave; recordings are the caller's to end. */
  close(): void {
    for (const leg of [...this.#members.keys()]) this.leave(leg);
    this.#lines.close();
    this.plays.endAll('stopped');
  }

  #listen(member: Member, nowMs: number): void {
    const change = member.listen(nowMs);
    if (member.frame) this.#bus.add(member.frame);
    const { isHeard, energy } = member;
    if (change) this.#tell(member.leg.id, { isHeard, talking: change === 'started', energy });
  }

  #tell(leg: LegId, { isHeard, talking, energy }: Talk): void {
    if (isHeard) this.#listener.onTalking(leg, talking, energy);
    else this.#listener.onMuteDetected(leg, talking);
  }

  #addPlays(): void {
    if (!this.plays.active) return;
    this.#played.fill(0);
    this.plays.mixInto(this.#played);
    this.#bus.add(this.#played);
  }

  #makeCommon(): void {
    if (this.#bus.talkers === 0) this.#noise.fill(this.#common);
    else this.#bus.listenerMix(undefined, this.#common);
  }

  #speak(member: Member): void {
    const { leg, mix } = member;
    const plays = leg.runsPlays ? this.#playsOf(leg.id) : undefined;
    if (!leg.canSend) {
      plays?.mixInto(member.out);
      leg.sayNothing();
      return;
    }
    const hears = mix.canHear && !mix.held;
    const unheard = this.#framesOf(mix.unheard);
    const ordinary = member.frame === undefined && unheard.length === 0 && mix.volumeOut === 0;
    const same = hears && ordinary && !plays?.active;
    const { name } = leg.agreement.codec;
    if (same) leg.sayEncoded(this.#lines.encoded(this.#common, name, leg.way));
    else leg.say(this.#personalFor(member, plays, unheard));
  }

  /** What these say in this tick; mostly nothing. */
  #framesOf(legs: readonly LegId[] = []): readonly Int16Array[] {
    if (legs.length === 0) return SILENCE;
    return legs.flatMap((leg) => this.#members.get(leg)?.frame ?? []);
  }

  #personalFor(
    member: Member,
    plays: PlayQueue | undefined,
    unheard: readonly Int16Array[],
  ): Int16Array {
    const { mix, frame } = member;
    const out = member.out;
    if (mix.canHear && !mix.held && !plays?.replacesMix) {
      if (frame || unheard.length > 0) this.#bus.listenerMix(frame, this.#personal, unheard);
      else this.#personal.set(this.#common);
      applyVolume(this.#personal, mix.volumeOut);
      member.fromRoom.process(this.#personal, out);
    } else {
      out.fill(0);
    }
    plays?.mixInto(out);
    return out;
  }
}
