import { formatIdentity } from '../../protocol/call/identity.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { Language } from '../../protocol/call/language.ts';
import type { ParticipantId, Role, RoomId, Via } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { boundFor, isBack, isNameless, recognised, whoOf } from '../arrivals.ts';
import { begin, converse } from '../dialogue/dialogue.ts';
import type { Beginning } from '../dialogue/dialogue.ts';
import { stageOf } from '../dialogue/resume.ts';
import type { Stage } from '../dialogue/resume.ts';
import type { Effect, Input, Patience, Setting, Step, Talk, Timer } from '../dialogue/talk.ts';
import type { FreeSwitchNode } from '../node.ts';
import { killLine, rememberLine } from '../to-esl.ts';
import type { Cause } from '../to-esl.ts';
import type { Doorman, DoormanOptions } from './doorman.ts';
import type { Performer } from './performer.ts';
import type { RecordedNames } from './recorded-names.ts';
import { Timers } from './timers.ts';

export interface WalksOptions extends DoormanOptions {
  readonly node: FreeSwitchNode;
  readonly identityKey: Uint8Array;
  readonly patience: Patience;
  readonly names: RecordedNames;
  readonly doorman: Doorman;
  readonly performer: Performer;
  /** The reception found out who it is: signed. */
  readonly recognised: (leg: ParticipantId, header: string) => void;
  /** Its room is at another node; `header` says where it belongs. */
  readonly sendOn: (leg: ParticipantId, header: string) => void;
  /** FreeSWITCH did not answer about this leg a while ago. */
  readonly again: (leg: ParticipantId) => void;
}

/** One caller, for as long as the call lives. */
export interface Walker {
  /** Absent for one who was in a room before we started. */
  readonly identity?: CallIdentity;
  readonly via: Via;
  readonly talk: Talk;
  readonly language: Language;
  readonly stage?: Stage;
  /** To be said when they are in the room. */
  readonly then?: Saying | undefined;
}

/** Each caller's way to a room or to an end: keeps the dialogues and runs what they decide. */
export class Walks {
  readonly #options: WalksOptions;
  readonly #walkers = new Map<ParticipantId, Walker>();
  readonly #timers: Timers<Timer | 'again'>;

  constructor(options: WalksOptions) {
    this.#options = options;
    this.#timers = new Timers((leg, timer) => {
      if (timer === 'again') options.again(leg);
      else this.hear(leg, { kind: 'woke', timer });
    });
  }

  get legs(): readonly ParticipantId[] {
    return [...this.#walkers.keys()];
  }

  get(leg: ParticipantId): Walker | undefined {
    return this.#walkers.get(leg);
  }

  /** Those on the way to a room, or in it. */
  boundFor(room: RoomId): readonly ParticipantId[] {
    return this.legs.filter((leg) => {
      const identity = this.#walkers.get(leg)?.identity;
      return identity !== undefined && boundFor(identity)?.room === room;
    });
  }

  /** Keeps a place for a caller, who hears nothing yet. */
  add(leg: ParticipantId, walker: Walker): void {
    this.#walkers.set(leg, walker);
  }

  begin(leg: ParticipantId, beginning: Beginning): void {
    const walker = this.#walkers.get(leg);
    if (walker !== undefined) this.#go(leg, begin(beginning, this.#settingOf(walker)));
  }

  /** Late words about a leg that is gone change nothing. */
  hear(leg: ParticipantId, input: Input): void {
    const walker = this.#walkers.get(leg);
    if (walker !== undefined) this.#go(leg, converse(walker.talk, input, this.#settingOf(walker)));
  }

  change(leg: ParticipantId, change: Partial<Walker>): void {
    const walker = this.#walkers.get(leg);
    if (walker !== undefined) this.#walkers.set(leg, { ...walker, ...change });
  }

  againLater(leg: ParticipantId): void {
    this.#timers.set(leg, 'again', this.#options.patience.againMs);
  }

  forget(leg: ParticipantId): void {
    this.#walkers.delete(leg);
    this.#timers.forget(leg);
    void this.#options.names.forget(leg);
  }

  forgetAll(): void {
    this.#walkers.clear();
    this.#timers.forgetAll();
  }

  #settingOf({ identity, via }: Walker): Setting {
    const nameless = identity !== undefined && isNameless(identity);
    const guest = { via, nameless: nameless && this.#options.names.possible };
    return { guest, patience: this.#options.patience };
  }

  #go(leg: ParticipantId, [talk, effects]: Step): void {
    const before = this.#walkers.get(leg)?.stage;
    const stage = stageOf(talk) ?? before;
    this.change(leg, { talk, ...(stage !== undefined && { stage }) });
    if (stage !== before) void this.#options.ledger.note(leg, { stage });
    for (const effect of effects) this.#run(leg, effect);
  }

  #run(leg: ParticipantId, effect: Effect): void {
    const { performer, ledger } = this.#options;
    switch (effect.kind) {
      case 'say':
      case 'music':
      case 'record':
      case 'echo':
        performer.perform(leg, effect);
        return;
      case 'hush':
        performer.hush(leg);
        return;
      case 'wake-in':
        this.#timers.set(leg, effect.timer, effect.ms);
        return;
      case 'let-sleep':
        this.#timers.clear(leg, effect.timer);
        return;
      case 'leave-lobby':
        ledger.leaveLobby(leg, effect.reason);
        return;
      case 'hang-up':
        this.hangUp(leg, effect.cause);
        return;
      default:
        this.#runFor(leg, effect, this.#walkers.get(leg)?.identity);
    }
  }

  #runFor(
    leg: ParticipantId,
    effect: Exclude<
      Effect,
      {
        kind:
          | 'say'
          | 'music'
          | 'record'
          | 'echo'
          | 'hush'
          | 'wake-in'
          | 'let-sleep'
          | 'leave-lobby'
          | 'hang-up';
      }
    >,
    who: CallIdentity | undefined,
  ): void {
    if (who === undefined) return;
    switch (effect.kind) {
      case 'look-up':
        void this.#lookUp(leg, effect.code, who);
        return;
      case 'recognise':
        this.#recognise(leg, recognised(who, effect.found));
        return;
      case 'keep-name':
        void this.#options.ledger.note(leg, { nameFile: this.#options.names.keep(leg) });
        return;
      case 'admit':
        void this.#admit(leg, who, effect.admitted);
        return;
      case 'enter-lobby':
        this.enterLobby(leg, who, effect);
        return;
      case 'join':
        this.#join(leg, who, effect);
        return;
      case 'send-on':
        this.#options.sendOn(leg, formatIdentity(who, this.#options.identityKey));
        return;
      default:
        unreachable(effect);
    }
  }

  async #lookUp(leg: ParticipantId, code: string, who: CallIdentity): Promise<void> {
    const result = await this.#options.doorman.lookUp(leg, code, who.source);
    this.hear(leg, result === undefined ? { kind: 'impossible' } : { kind: 'code', result });
  }

  /** Signed as the gateway signs, and kept on the leg for a bridge that starts anew. */
  #recognise(leg: ParticipantId, identity: CallIdentity): void {
    this.change(leg, { identity });
    const { node, identityKey, recognised: tell } = this.#options;
    const header = formatIdentity(identity, identityKey);
    tell(leg, header);
    void node.api(rememberLine(leg, header));
  }

  async #admit(leg: ParticipantId, who: CallIdentity, admitted: boolean): Promise<void> {
    const atDoor = (): boolean => this.#walkers.get(leg)?.talk.at === 'admitting';
    const input = await this.#options.doorman.admit(leg, who, { admitted, atDoor });
    if (input.kind === 'admission') this.change(leg, { language: input.rules.language });
    this.hear(leg, input);
  }

  /** Shows them as waiting, and tells them their place. */
  enterLobby(
    leg: ParticipantId,
    who: CallIdentity,
    { room, role }: { readonly room: RoomId; readonly role: Role },
  ): void {
    const { ledger, numbers } = this.#options;
    ledger.enterLobby(leg, room, whoOf(who, role, numbers));
    const place = ledger.lobby(room).indexOf(leg) + 1;
    if (place > 0) this.hear(leg, { kind: 'place', place });
  }

  #join(
    leg: ParticipantId,
    who: CallIdentity,
    { entry, then }: Extract<Effect, { kind: 'join' }>,
  ): void {
    const { ledger, performer, numbers } = this.#options;
    const { room, role, muted } = entry;
    this.change(leg, { ...(then !== undefined && { then }) });
    ledger.identify(leg, whoOf(who, role, numbers));
    if (!isBack(who, ledger.standing(leg))) ledger.enters(leg, muted);
    performer.perform(leg, {
      kind: 'join',
      room,
      entry: { role, muted, detect: who.via === 'phone' },
    });
  }

  hangUp(leg: ParticipantId, cause: Cause): void {
    void this.#options.node.api(killLine(leg, cause));
  }
}
