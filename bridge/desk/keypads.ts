import type { RoomRules } from '../../protocol/call/admission.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { Outcome, RoomCommand } from '../../protocol/room/command.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { KeypadAct } from '../../protocol/room/keypad-act.ts';
import type { Participant, ParticipantId, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { handQueue, lobbyQueue, rowWith } from '../../protocol/room/rows.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { COMING_MS, confirmation, confirmWithin } from '../dialogue/awaited.ts';
import type { Awaited } from '../dialogue/awaited.ts';
import { wordsFor } from '../dialogue/changed.ts';
import type { WishedBy } from '../dialogue/changed.ts';
import { IDLE, press } from '../dialogue/keypad.ts';
import type { Keypad } from '../dialogue/keypad.ts';
import { isForModerators, pressed, reminderFor } from '../dialogue/menu.ts';
import type { Caller } from '../dialogue/menu.ts';
import { mayRemind } from '../dialogue/reminder.ts';

export interface KeypadsOptions {
  readonly rules: (room: RoomId) => Promise<RoomRules>;
  readonly execute: (command: RoomCommand) => Promise<Outcome>;
  readonly say: (leg: ParticipantId, saying: Saying) => void;
  readonly now: () => number;
  /** A moderator pressed a key that is about others. */
  readonly onAct: (act: KeypadAct) => void;
}

interface Pending {
  readonly room: RoomId;
  readonly awaited: Awaited;
  readonly untilMs: number;
}

/** What callers in rooms press, and what each of them alone is told of what changed. */
export class Keypads {
  readonly #options: KeypadsOptions;
  readonly #keypads = new Map<ParticipantId, Keypad>();
  readonly #wished = new Map<ParticipantId, WishedBy>();
  readonly #pending = new Map<ParticipantId, Pending>();
  readonly #mutedMs = new Map<ParticipantId, number>();
  readonly #remindedMs = new Map<ParticipantId, number>();
  /** Who was let in, and until when that explains why they still wait. */
  readonly #coming = new Map<ParticipantId, number>();
  #rooms: Rooms = new Map();

  constructor(options: KeypadsOptions) {
    this.#options = options;
  }

  pressed(leg: ParticipantId, key: string): void {
    const now = this.#options.now();
    const [keypad, chosen] = press(this.#keypads.get(leg) ?? IDLE, key, now);
    this.#keypads.set(leg, keypad);
    if (chosen !== undefined) void this.#choose(leg, chosen);
  }

  async mutedTalk(leg: ParticipantId): Promise<void> {
    const now = this.#options.now();
    const [mutedMs, toldMs] = [this.#mutedMs.get(leg), this.#remindedMs.get(leg)];
    if (!mayRemind({ mutedMs, toldMs }, now)) return;
    this.#remindedMs.set(leg, now);
    const caller = await this.#caller(leg);
    if (caller?.row.muted && caller.row.id === leg && !caller.row.onHold)
      this.#options.say(leg, reminderFor(caller));
  }

  /** A command is about to be carried out: whose wish it is decides what the caller is told. */
  wished(command: RoomCommand): void {
    const room = this.#rooms.get(command.room);
    if (room === undefined) return;
    switch (command.kind) {
      case 'set-muted':
        this.#note(room, command.id, { muted: command.by });
        break;
      case 'set-hand':
        this.#note(room, command.id, { hand: command.by });
        break;
      case 'unmute-all':
        for (const id of room.people.keys()) this.#note(room, id, { muted: 'moderator' });
        break;
      case 'admit':
        this.#letIn(command.id);
        break;
      case 'admit-all':
        for (const { id } of lobbyQueue(room)) this.#letIn(id);
        break;
      default:
    }
  }

  /** A fact of this node, after it became true. */
  told(fact: RoomEvent): void {
    const before = this.#rooms.get(fact.room);
    this.#rooms = apply(this.#rooms, fact);
    const room = this.#rooms.get(fact.room);
    if (fact.kind === 'participant-left') this.forget(fact.id);
    if (room === undefined || before === undefined) return;
    if (fact.kind === 'participant-updated' && fact.participant.state === 'joined')
      this.#coming.delete(fact.participant.id);
    if (fact.kind === 'participant-updated')
      this.#tell(before.people.get(fact.participant.id), fact.participant, room);
    this.#confirm(room);
  }

  forget(leg: ParticipantId): void {
    this.#keypads.delete(leg);
    this.#wished.delete(leg);
    this.#pending.delete(leg);
    this.#mutedMs.delete(leg);
    this.#remindedMs.delete(leg);
    this.#coming.delete(leg);
  }

  clear(): void {
    this.#rooms = new Map();
    this.#mutedMs.clear();
    for (const map of [this.#keypads, this.#wished, this.#pending, this.#remindedMs, this.#coming])
      map.clear();
  }

  async #choose(leg: ParticipantId, key: string): Promise<void> {
    const caller = await this.#caller(leg);
    if (caller?.row.state !== 'joined') return;
    const { say, execute, now } = this.#options;
    const { command, saying, refused, awaited } = pressed(key, caller);
    if (saying !== undefined) say(leg, saying);
    if (command === undefined) return;
    const room = command.room;
    if (awaited !== undefined)
      this.#pending.set(leg, { room, awaited, untilMs: now() + confirmWithin(awaited) });
    const outcome = await execute(command);
    this.#acted(key, { room, command, by: caller.row, ok: outcome.ok });
    if (!outcome.ok && outcome.reason === 'refused' && refused !== undefined) say(leg, refused);
    // It may have been so already: then no fact comes.
    const after = this.#rooms.get(room);
    if (outcome.ok && after !== undefined) this.#confirm(after);
    else if (!outcome.ok) this.#pending.delete(leg);
  }

  #acted(key: string, act: KeypadAct): void {
    if (isForModerators(key)) this.#options.onAct(act);
  }

  async #caller(leg: ParticipantId): Promise<Caller | undefined> {
    const room = this.#roomWith(leg);
    if (room === undefined) return undefined;
    const rules = await this.#options.rules(room.id);
    // What is decided is decided on how things stand after the rules were read.
    const now = this.#rooms.get(room.id);
    const row = now && rowWith(now, leg);
    return now === undefined || row?.via !== 'phone'
      ? undefined
      : { row, room: now, rules, coming: this.#onTheirWay() };
  }

  #letIn(leg: ParticipantId): void {
    this.#coming.set(leg, this.#options.now() + COMING_MS);
  }

  #onTheirWay(): ReadonlySet<ParticipantId> {
    const now = this.#options.now();
    return new Set([...this.#coming].filter(([, untilMs]) => now <= untilMs).map(([leg]) => leg));
  }

  #roomWith(leg: ParticipantId): Room | undefined {
    return [...this.#rooms.values()].find(({ people }) => people.has(leg));
  }

  #note(room: Room, id: ParticipantId, wished: WishedBy): void {
    const leg = rowWith(room, id)?.id;
    if (leg !== undefined) this.#wished.set(leg, { ...this.#wished.get(leg), ...wished });
  }

  #tell(before: Participant | undefined, after: Participant, room: Room): void {
    if (before?.state !== 'joined' || after.via !== 'phone') return;
    if (after.muted && !before.muted) this.#mutedMs.set(after.id, this.#options.now());
    const place = handQueue(room).findIndex(({ id }) => id === after.id) + 1;
    const words = wordsFor(before, after, { by: this.#wished.get(after.id) ?? {}, place });
    if (words !== undefined) this.#options.say(after.id, words);
  }

  #confirm(room: Room): void {
    for (const [leg, pending] of this.#pending) {
      if (pending.room !== room.id) continue;
      const late = this.#options.now() > pending.untilMs;
      const saying = late ? undefined : confirmation(pending.awaited, room, this.#onTheirWay());
      if (late || saying !== undefined) this.#pending.delete(leg);
      if (saying !== undefined) this.#options.say(leg, saying);
    }
  }
}
