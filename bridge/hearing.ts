import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { Participant, ParticipantId, RoomId } from '../protocol/room/room.ts';
import { MOST_INSIDE } from '../protocol/room/unheard.ts';
import { succeeded, toMember } from './addressed.ts';
import type { Found, Ledger } from './ledger.ts';
import type { Member } from './members.ts';
import type { FreeSwitchNode } from './node.ts';
import { DONE, NO_PARTICIPANT, UNAVAILABLE, refused } from './outcomes.ts';
import { hearLine } from './to-esl-rooms.ts';
import { MOST_UNHEARD, keyOf, unheardIn, withKey } from './unheard.ts';

export interface HearingOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
}

type SetUnheard = Extract<RoomCommand, { kind: 'set-unheard' }>;

const NOBODY_INSIDE: ReadonlyMap<ParticipantId, Member> = new Map();

/** Sees to it that people do not hear whom they do not want to hear, and after a rejoin neither. */
export class Hearing {
  readonly #options: HearingOptions;
  /** For each listener whom FreeSWITCH keeps from it, by the numbers of members. */
  readonly #kept = new Map<ParticipantId, Map<ParticipantId, number>>();
  /** What persons wished, for their next leg in the room. */
  readonly #wished = new Map<RoomId, Map<string, readonly string[]>>();
  readonly #under = new Map<RoomId, Promise<void>>();
  readonly #due = new Set<RoomId>();

  constructor(options: HearingOptions) {
    this.#options = options;
  }

  /** `found` is who listens. */
  async wish({ room, row }: Found, { other: id, on }: SetUnheard): Promise<Outcome> {
    const { ledger } = this.#options;
    const other = ledger.member(room, id);
    if (other === undefined) return NO_PARTICIPANT;
    if (keyOf(other.row) === keyOf(row)) return refused('Nobody hears themself here anyhow.');
    if (on && this.#inside(room).size > MOST_INSIDE) return TOO_MANY_INSIDE;
    const unheard = withKey(ledger.standing(row.id).unheard, keyOf(other.row), on);
    if (unheard.length > MOST_UNHEARD) return TOO_MANY;
    this.#noteOf(room, row, unheard);
    const patch = { unheard: unheard.length === 0 ? undefined : unheard };
    if (!(await ledger.note(row.id, patch))) return UNAVAILABLE;
    await this.look(room);
    return (this.#kept.get(row.id)?.has(id) ?? false) === on ? DONE : UNAVAILABLE;
  }

  told(fact: RoomEvent): void {
    if (fact.kind === 'room-closed') this.#wished.delete(fact.room);
    if (fact.kind !== 'participant-left') return;
    // FreeSWITCH forgets with a member what it was to others, and not what others are to it.
    if (this.#kept.delete(fact.id)) this.#options.ledger.learns(fact.id, { unheard: undefined });
    if (this.#isMeant(fact.id)) void this.look(fact.room);
  }

  /** Brings a room to what is wished there; asked for many times it is looked at once. */
  look(room: RoomId): Promise<void> {
    const before = this.#under.get(room) ?? Promise.resolve();
    if (this.#due.has(room)) return before;
    this.#due.add(room);
    const next = before.then(async () => {
      this.#due.delete(room);
      await this.#bringAbout(room);
      if (this.#under.get(room) === next) this.#under.delete(room);
    });
    this.#under.set(room, next);
    return next;
  }

  async #bringAbout(room: RoomId): Promise<void> {
    const { ledger } = this.#options;
    for (const { row } of this.#inside(room).values()) this.#remind(room, row);
    const wanted = unheardIn(this.#inside(room), (leg) => ledger.standing(leg));
    const listeners = new Set([...wanted.keys(), ...this.#kept.keys()]);
    for (const leg of listeners)
      if (ledger.member(room, leg) !== undefined)
        await this.#setRight({ room, leg }, wanted.get(leg) ?? []);
  }

  async #setRight(
    at: { readonly room: RoomId; readonly leg: ParticipantId },
    wanted: readonly ParticipantId[],
  ): Promise<void> {
    const { ledger } = this.#options;
    const kept = this.#kept.get(at.leg) ?? new Map<ParticipantId, number>();
    const missing = wanted.filter((other) => !kept.has(other));
    const surplus = [...kept].filter(([other]) => !wanted.includes(other));
    if (missing.length === 0 && surplus.length === 0) return;
    for (const [other, memberId] of surplus)
      if (await this.#say(at, memberId, true)) kept.delete(other);
    for (const other of missing) {
      const memberId = ledger.member(at.room, other)?.memberId;
      if (memberId !== undefined && (await this.#say(at, memberId, false)))
        kept.set(other, memberId);
    }
    if (ledger.member(at.room, at.leg) === undefined) return;
    this.#kept.set(at.leg, kept);
    ledger.learns(at.leg, { unheard: kept.size === 0 ? undefined : [...kept.keys()] });
  }

  async #say(
    at: { readonly room: RoomId; readonly leg: ParticipantId },
    other: number,
    hears: boolean,
  ): Promise<boolean> {
    const line = (own: number) => hearLine(at.room, [own, other], hears);
    return succeeded(await toMember(this.#options, at, line));
  }

  /** Somebody comes in anew who wished it before. */
  #remind(room: RoomId, { id, personId }: Participant): void {
    const { ledger } = this.#options;
    const wished = personId === undefined ? undefined : this.#wished.get(room)?.get(personId);
    if (wished !== undefined && wished.length > 0 && ledger.standing(id).unheard === undefined)
      ledger.keep(id, { unheard: wished });
  }

  #noteOf(room: RoomId, { personId }: Participant, unheard: readonly string[]): void {
    if (personId === undefined) return;
    const wished = this.#wished.get(room) ?? new Map<string, readonly string[]>();
    this.#wished.set(room, wished.set(personId, unheard));
  }

  #isMeant(leg: ParticipantId): boolean {
    return [...this.#kept.values()].some((others) => others.has(leg));
  }

  #inside(room: RoomId): ReadonlyMap<ParticipantId, Member> {
    return this.#options.ledger.rooms.get(room)?.members ?? NOBODY_INSIDE;
  }
}

const TOO_MANY_INSIDE = refused(
  `In a meeting of more than ${MOST_INSIDE} people everybody hears everybody: ask a moderator to mute them.`,
);
const TOO_MANY = refused(
  `You can choose up to ${MOST_UNHEARD} people not to hear. Hear one of them again first.`,
);
