import { parseIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { KeypadAct } from '../protocol/room/keypad-act.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { boundFor } from './arrivals.ts';
import type { Desk } from './desk/desk.ts';
import { Doorman } from './desk/doorman.ts';
import type { DoormanOptions } from './desk/doorman.ts';
import { Keypads } from './desk/keypads.ts';
import { Performer } from './desk/performer.ts';
import type { Task } from './desk/playing.ts';
import { RecordedNames } from './desk/recorded-names.ts';
import { Walks } from './desk/walks.ts';
import type { Walker } from './desk/walks.ts';
import type { Beginning } from './dialogue/dialogue.ts';
import { beginningOf } from './dialogue/resume.ts';
import { PATIENCE } from './dialogue/talk.ts';
import type { Dismissal, Patience } from './dialogue/talk.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Sighting } from './sighting.ts';
import type { Speaker } from './speaker.ts';
import type { Standing } from './standing.ts';

export interface FrontDeskOptions extends DoormanOptions {
  readonly node: FreeSwitchNode;
  readonly identityKey: Uint8Array;
  readonly speaker: Pick<Speaker, 'say' | 'files' | 'language'>;
  /** A folder that FreeSWITCH can write, absolute; absent where names are not recorded. */
  readonly callSoundsDir?: string;
  readonly now: () => number;
  readonly execute: (command: RoomCommand) => Promise<Outcome>;
  readonly patience?: Partial<Patience>;
  readonly onKeypadAct?: ((act: KeypadAct) => void) | undefined;
  /** See `WalksOptions`. */
  readonly recognised: (leg: ParticipantId, header: string) => void;
  readonly sendOn: (leg: ParticipantId, header: string) => void;
}

type Moving = Parameters<Desk['moves']>[1];

/**
 * Receives legs and leads each to its room or to an end; inside, hears its keys and tells it what
 * changed. The rules of it are in dialogue/, the running of them in desk/.
 */
export class FrontDesk implements Desk {
  readonly #options: FrontDeskOptions;
  readonly #doorman: Doorman;
  readonly #performer: Performer;
  readonly #walks: Walks;
  readonly #keypads: Keypads;
  /** Legs that an audit found parked though they were sent to a room. */
  readonly #doubted = new Set<ParticipantId>();
  /** Legs on the way from one room to another. */
  readonly #moving = new Map<ParticipantId, Moving>();

  constructor(options: FrontDeskOptions) {
    this.#options = options;
    const { speaker, execute, now, callSoundsDir, log } = options;
    const patience = { ...PATIENCE, ...options.patience };
    this.#doorman = new Doorman(options);
    const names = new RecordedNames(callSoundsDir, log);
    this.#performer = this.#newPerformer(patience, names);
    this.#walks = new Walks({
      ...options,
      patience,
      names,
      doorman: this.#doorman,
      performer: this.#performer,
      again: (leg) => {
        this.#again(leg);
      },
    });
    this.#keypads = new Keypads({
      rules: (room) => this.#doorman.rules(room),
      execute,
      now,
      onAct: (act) => options.onKeypadAct?.(act),
      say: (leg, saying) => {
        speaker.say(leg, saying);
      },
    });
  }

  has(leg: ParticipantId): boolean {
    return this.#walks.get(leg) !== undefined;
  }

  get callers(): readonly ParticipantId[] {
    return this.#walks.legs;
  }

  /**
   * A leg is parked. `header` is the identity as it came with the call, unproven; `memo` what is
   * kept on the leg, absent for a new one. One that we know is seen to where it should not be here.
   */
  async arrive(leg: ParticipantId, header: string, memo?: Standing): Promise<void> {
    const known = this.#walks.get(leg);
    if (known !== undefined) {
      this.#nudge(leg, known);
      return;
    }
    const identity = parseIdentity(header, this.#options.identityKey);
    const beginning = identity && beginningOf(identity, memo);
    if (identity === undefined || beginning === undefined) {
      this.#options.log('warn', 'a leg without a valid identity was rejected', { leg });
      this.#walks.hangUp(leg, 'CALL_REJECTED');
      return;
    }
    await this.#begin(leg, identity, beginning);
  }

  /** FreeSWITCH finished something on a leg. */
  did(sighting: Extract<Sighting, { kind: 'leg-did' }>): void {
    const { leg, application } = sighting;
    if (application !== 'conference') this.#performer.did(sighting);
    // Only the old room let go of it.
    else if (this.#moving.has(leg)) return;
    else if (!this.has(leg)) this.#walks.hangUp(leg, 'NORMAL_CLEARING');
    else {
      this.#performer.leftRoom(leg);
      this.#walks.hear(leg, { kind: 'left-room' });
    }
  }

  hungUp(leg: ParticipantId): void {
    this.#walks.forget(leg);
    this.#performer.forget(leg);
    this.#keypads.forget(leg);
    this.#doubted.delete(leg);
    this.#moving.delete(leg);
  }

  /** The calls there were are gone. */
  clear(): void {
    for (const leg of this.callers) this.hungUp(leg);
    this.#keypads.clear();
  }

  /** No timer is left; calls go on. */
  stop(): void {
    this.#walks.forgetAll();
    this.#performer.forgetAll();
  }

  /** FreeSWITCH is back, and what it told meanwhile is lost. */
  rejoined(): void {
    for (const leg of this.callers) this.#again(leg);
  }

  /** A key, wherever the leg is. */
  pressed(leg: ParticipantId, key: string): void {
    const at = this.#walks.get(leg)?.talk.at;
    if (at === undefined || at === 'inside') this.#keypads.pressed(leg, key);
    else this.#walks.hear(leg, { kind: 'key', key });
  }

  /** Somebody muted talks. */
  mutedTalk(leg: ParticipantId): void {
    void this.#keypads.mutedTalk(leg);
  }

  admitted(leg: ParticipantId): void {
    this.#walks.hear(leg, { kind: 'admitted' });
  }

  refused(leg: ParticipantId): void {
    this.#walks.hear(leg, { kind: 'refused' });
  }

  /** To be told before the leg is taken out of its room; it hears why and is hung up. */
  dismissed(leg: ParticipantId, why: Dismissal): void {
    const inside = this.#options.ledger.find(leg);
    if (!this.has(leg) && inside?.row.state === 'joined') {
      const { room, row } = inside;
      this.#walks.add(leg, { via: row.via, talk: { at: 'inside' }, language: 'en' });
      void this.#learnLanguage(leg, room);
    }
    this.#walks.hear(leg, { kind: 'dismissed', why });
  }

  moves(leg: ParticipantId, to: Moving): void {
    this.#moving.set(leg, to);
  }

  stays(leg: ParticipantId): void {
    this.#moving.delete(leg);
  }

  /** A meeting or its room changed, or a moderator came: who waits may be let in now. */
  reconsider(room: RoomId): void {
    for (const leg of this.#walks.boundFor(room)) this.#walks.hear(leg, { kind: 'reconsider' });
  }

  placesChanged(room: RoomId): void {
    for (const [index, leg] of this.#options.ledger.lobby(room).entries())
      this.#walks.hear(leg, { kind: 'place', place: index + 1 });
  }

  /** A command is about to be carried out. */
  wished(command: RoomCommand): void {
    this.#keypads.wished(command);
  }

  /** A fact, after it was published. */
  told(fact: RoomEvent): void {
    this.#keypads.told(fact);
    if (fact.kind !== 'participant-updated' || fact.participant.state !== 'joined') return;
    const { id } = fact.participant;
    const moving = this.#moving.get(id);
    if (moving?.to === fact.room) {
      this.#moving.delete(id);
      this.#options.speaker.say(id, moving.then);
    }
    const then = this.#walks.get(id)?.then;
    if (then === undefined) return;
    this.#walks.change(id, { then: undefined });
    this.#options.speaker.say(id, then);
  }

  async #begin(leg: ParticipantId, identity: CallIdentity, beginning: Beginning): Promise<void> {
    const language = identity.language ?? 'en';
    const { via } = identity;
    const ringing = isRinging(beginning);
    const talk = ringing ? ({ at: 'ringing' } as const) : ({ at: 'greeted' } as const);
    this.#walks.add(leg, { identity, via, talk, language });
    if (ringing || isNew(beginning)) {
      this.#walks.begin(leg, beginning);
      return;
    }
    // Found, or called by us: what it may be doing comes to its end, and is spoken to as the room is.
    if (identity.replaces === undefined) this.#performer.startAnew(leg);
    const bound = boundFor(identity);
    if (bound !== undefined) await this.#learnLanguage(leg, bound.room);
    if (this.#walks.get(leg)?.talk !== talk) return;
    const waits = beginning.kind === 'meeting' && beginning.before.at === 'lobby';
    this.#walks.begin(leg, beginning);
    if (waits && bound !== undefined) this.#walks.enterLobby(leg, identity, bound);
  }

  async #learnLanguage(leg: ParticipantId, room: RoomId): Promise<void> {
    this.#walks.change(leg, { language: await this.#options.speaker.language(room) });
  }

  /** What should be heard begins anew; who is inside, or was never answered, hears nothing of us. */
  #again(leg: ParticipantId): void {
    const talk = this.#walks.get(leg)?.talk;
    if (talk === undefined || talk.at === 'inside' || talk.at === 'dismissed') return;
    if (talk.at === 'admitting' && talk.before.at === 'ringing') return;
    this.#performer.startAnew(leg);
    this.#walks.hear(leg, { kind: 'again' });
  }

  #nudge(leg: ParticipantId, { talk, identity }: Walker): void {
    if (talk.at === 'gone') this.#walks.hangUp(leg, 'NORMAL_CLEARING');
    if (talk.at !== 'inside' || this.#options.ledger.roomWith(leg) !== undefined) return;
    // It may be on its way at this moment, so it must be found twice.
    if (!this.#doubted.delete(leg)) this.#doubted.add(leg);
    else if (identity !== undefined) {
      this.#performer.forget(leg);
      this.#walks.begin(leg, GREETED);
    }
  }

  #newPerformer(patience: Patience, names: RecordedNames): Performer {
    const { node, log, speaker } = this.#options;
    return new Performer({
      node,
      log,
      patience,
      files: (leg, saying) => speaker.files(saying, this.#walks.get(leg)?.language ?? 'en'),
      names,
      ended: (leg, task, ms) => {
        this.#ended(leg, task, ms);
      },
      unheard: (leg) => {
        this.#walks.againLater(leg);
      },
      gone: (leg) => {
        this.#gone(leg);
      },
    });
  }

  #ended(leg: ParticipantId, task: Task, ms: number): void {
    if (task.kind === 'record') this.#walks.hear(leg, { kind: 'recorded', ms });
    else this.#walks.hear(leg, { kind: 'said' });
  }

  #gone(leg: ParticipantId): void {
    const { ledger } = this.#options;
    this.hungUp(leg);
    ledger.leaveLobby(leg, 'hung-up');
    if (ledger.roomWith(leg) === undefined) ledger.forget(leg);
  }
}

/** Nobody answered it, so that it hears nothing of us but the room. */
function isRinging(beginning: Beginning): boolean {
  if (beginning.kind === 'back') return true;
  return beginning.kind === 'meeting' && beginning.before.at === 'ringing';
}

/** Comes to be talked with, not to a room. */
function isNew(beginning: Beginning): boolean {
  return beginning.kind === 'reception' || (beginning.kind === 'echo' && !beginning.found);
}

const GREETED: Beginning = {
  kind: 'meeting',
  before: { at: 'greeted' },
  named: true,
  admitted: true,
};
