import type { Admissions, RoomRules } from '../protocol/call/admission.ts';
import type { Log } from '../protocol/log.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import type { Deadlines } from './deadlines.ts';
import type { Ledger } from './ledger.ts';
import { isForMuteAll, isForUnmuteAll, muteOrder } from './orders.ts';
import type { MuteWish, Target } from './orders.ts';
import { DONE, NO_ROOM, UNAVAILABLE, refused, together } from './outcomes.ts';
import { askRules } from './room-rules.ts';
import { ASKED_MS } from './standing.ts';
import type { Wisher } from './wisher.ts';

export interface MutingOptions {
  readonly ledger: Ledger;
  readonly wisher: Wisher;
  readonly deadlines: Deadlines;
  readonly admissions: Admissions;
  readonly now: () => number;
  readonly log: Log;
}

/** Mutes, unmutes, and asks people to unmute, by the rules of orders.ts. The desk says it to phones. */
export class Muting {
  readonly #options: MutingOptions;

  constructor(options: MutingOptions) {
    this.#options = options;
  }

  /** `target` is the leg that speaks for the person. */
  async set(room: RoomId, target: Target['row'], wish: MuteWish): Promise<Outcome> {
    return this.#order(room, target, { wish, rules: await askRules(this.#options, room) });
  }

  async all(command: Extract<RoomCommand, { kind: 'mute-all' }>): Promise<Outcome> {
    const { room } = command;
    const chosen = this.#targets(room)?.filter((each) => isForMuteAll(each, command));
    return this.#each(room, chosen, { on: true, by: 'moderator' });
  }

  async unmuteAll(room: RoomId): Promise<Outcome> {
    const chosen = this.#targets(room)?.filter((each) => isForUnmuteAll(each));
    return this.#each(room, chosen, { on: false, by: 'moderator' });
  }

  /** Lets a request to unmute end when its time is over. */
  watch(leg: ParticipantId): void {
    const { deadlines, ledger } = this.#options;
    const { askedAtMs } = ledger.standing(leg);
    if (askedAtMs === undefined) return;
    deadlines.at(leg, { name: 'asked', ms: askedAtMs + ASKED_MS }, () => {
      if (ledger.standing(leg).askedAtMs === askedAtMs)
        void ledger.note(leg, { askedAtMs: undefined });
    });
  }

  /** One by one: FreeSWITCH's own `all` holds the whole room's lock meanwhile. */
  async #each(
    room: RoomId,
    targets: readonly Pick<Target, 'row'>[] | undefined,
    wish: MuteWish,
  ): Promise<Outcome> {
    if (targets === undefined) return NO_ROOM;
    const rules = await askRules(this.#options, room);
    const orders = targets.map(({ row }) => this.#order(room, row, { wish, rules }));
    return together(await Promise.all(orders));
  }

  /** Everybody inside whose sound no other leg carries; `undefined` where nobody is. */
  #targets(room: RoomId) {
    const { ledger } = this.#options;
    const members = ledger.rooms.get(room)?.members;
    if (members === undefined) return undefined;
    return [...members.values()]
      .filter(({ row }) => row.audioBy === undefined)
      .map(({ row }) => ({ row, standing: ledger.standing(row.id) }));
  }

  #order(
    room: RoomId,
    row: Target['row'],
    { wish, rules }: { readonly wish: MuteWish; readonly rules: RoomRules },
  ): Promise<Outcome> {
    const { ledger, now } = this.#options;
    const leg = row.id;
    const order = muteOrder(wish, { row, standing: ledger.standing(leg), nowMs: now() }, rules);
    switch (order.kind) {
      case 'refuse':
        return Promise.resolve(refused(order.detail));
      case 'ask':
        return this.#ask(leg);
      case 'set': {
        const { on, mutedBy } = order;
        const more = { mutedBy, ...(on ? {} : { askedAtMs: undefined }) };
        return this.#options.wisher.wish({ room, leg }, { muted: on }, more);
      }
      default:
        return unreachable(order);
    }
  }

  async #ask(leg: ParticipantId): Promise<Outcome> {
    const { ledger, now } = this.#options;
    if (!(await ledger.note(leg, { askedAtMs: now() }))) return UNAVAILABLE;
    this.watch(leg);
    return DONE;
  }
}
