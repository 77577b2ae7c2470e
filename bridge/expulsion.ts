import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { toMember } from './addressed.ts';
import type { Dialer } from './dialer.ts';
import type { Reply } from './esl.ts';
import type { Desk } from './desk/desk.ts';
import { hallOf } from './halls.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { DONE, outcomeOf, together } from './outcomes.ts';
import { kickLine } from './to-esl-rooms.ts';
import { killLine } from './to-esl.ts';

export interface ExpulsionOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly desk: Desk;
  readonly dialer: Dialer;
  readonly kickMs: number;
}

type Why = Parameters<Desk['dismissed']>[1];

/**
 * Puts people out. FreeSWITCH parks a kicked leg again, where the desk says goodbye and hangs up;
 * this sees to it that the leg comes out of the room at all.
 */
export class Expulsion {
  readonly #options: ExpulsionOptions;
  readonly #going = new Map<ParticipantId, NodeJS.Timeout>();

  constructor(options: ExpulsionOptions) {
    this.#options = options;
  }

  /** All legs of a person, be they inside or before the door. */
  async remove({ room, id, banned }: Extract<RoomCommand, { kind: 'remove' }>): Promise<Outcome> {
    const legs = this.#legsOf(room, id);
    const waiting = legs.filter((leg) => this.#options.ledger.member(room, leg) === undefined);
    for (const leg of waiting) this.#turnAway(leg, banned === true);
    const inside = legs.filter((leg) => !waiting.includes(leg));
    const outcomes = await Promise.all(
      inside.map((leg) => this.#kick(room, leg, { why: banned ? 'banned' : 'removed' })),
    );
    return together(outcomes);
  }

  /** Everybody inside, before the door or on the way in hears that it is over, and is hung up. */
  async closeRoom(room: RoomId): Promise<Outcome> {
    const { ledger, desk, dialer } = this.#options;
    const inside = [...(ledger.rooms.get(room)?.members.keys() ?? [])];
    const coming = [...ledger.places].filter(([, to]) => to === room).map(([leg]) => leg);
    const outside = new Set([...ledger.lobby(room), ...coming]);
    for (const leg of outside) {
      ledger.willLeave(leg, 'meeting-ended');
      if (ledger.member(room, leg) === undefined) desk.dismissed(leg, 'meeting-ended');
    }
    const [outcomes] = await Promise.all([
      Promise.all(inside.map((leg) => this.#kick(room, leg, { why: 'meeting-ended' }))),
      dialer.cancelAll(room),
    ]);
    return together(outcomes);
  }

  /** Their time is over. */
  async endOf(room: RoomId, leg: ParticipantId): Promise<void> {
    if (this.#options.ledger.member(room, leg) !== undefined)
      await this.#kick(room, leg, { why: 'meeting-ended' });
  }

  /** A leg is gone for certain. */
  hungUp(leg: ParticipantId): void {
    clearTimeout(this.#going.get(leg));
    this.#going.delete(leg);
  }

  stop(): void {
    for (const leg of [...this.#going.keys()]) this.hungUp(leg);
  }

  #legsOf(room: RoomId, id: ParticipantId): readonly ParticipantId[] {
    const { ledger } = this.#options;
    const personId = ledger.find(id)?.row.personId;
    if (personId === undefined) return [id];
    const inside = [...(ledger.rooms.get(room)?.members.values() ?? [])].map(({ row }) => row);
    const waiting = [...hallOf(ledger.halls, room).lobby.values()];
    return [...inside, ...waiting].filter((row) => row.personId === personId).map((row) => row.id);
  }

  #turnAway(leg: ParticipantId, banned: boolean): void {
    const { ledger, desk } = this.#options;
    ledger.willLeave(leg, 'refused');
    if (banned) desk.dismissed(leg, 'banned');
    else desk.refused(leg);
  }

  async #kick(room: RoomId, leg: ParticipantId, { why }: { readonly why: Why }): Promise<Outcome> {
    const { node, ledger, desk } = this.#options;
    desk.dismissed(leg, why);
    ledger.willLeave(leg, why === 'meeting-ended' ? why : 'removed');
    const reply = await toMember({ node, ledger }, { room, leg }, (id) => kickLine(room, id));
    const outcome = outcomeOf(reply);
    if (outcome.ok) this.#seeOut(leg);
    if (outcome.ok || ledger.member(room, leg) === undefined) return DONE;
    if (outcome.reason !== 'switch-unavailable') return outcomeOf(await this.#hangUp(leg));
    ledger.mayStay(leg);
    return outcome;
  }

  /** Only once FreeSWITCH took the kick: whoever was told that it failed must not see it happen later. */
  #seeOut(leg: ParticipantId): void {
    const { ledger, kickMs } = this.#options;
    clearTimeout(this.#going.get(leg));
    const timer = setTimeout(() => {
      this.#going.delete(leg);
      if (ledger.roomWith(leg) !== undefined) void this.#hangUp(leg);
    }, kickMs);
    this.#going.set(leg, timer);
  }

  #hangUp(leg: ParticipantId): Promise<Reply> {
    return this.#options.node.api(killLine(leg, 'NORMAL_CLEARING'));
  }
}
