import type { Outcome } from '../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { succeeded, toMember } from './addressed.ts';
import type { Reply } from './esl.ts';
import { Hearing } from './hearing.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { outcomeOf } from './outcomes.ts';
import { effective } from './standing.ts';
import type { StandingPatch } from './standing.ts';
import { memberLine } from './to-esl-rooms.ts';
import { differences, fixesOf } from './wishes.ts';
import type { Fix, Wish } from './wishes.ts';

/** Keeps what is wished of each leg, and brings FreeSWITCH to it. */
export class Wisher {
  readonly hearing: Hearing;
  readonly #options: { readonly node: FreeSwitchNode; readonly ledger: Ledger };
  /** Legs about which a command is under way, which an audit shall leave alone. */
  readonly #busy = new Set<ParticipantId>();

  constructor(options: { readonly node: FreeSwitchNode; readonly ledger: Ledger }) {
    this.#options = options;
    this.hearing = new Hearing(options);
  }

  /** Outlives a FreeSWITCH that is away, but not one that refuses. `more` is kept along with it. */
  async wish(
    { room, leg }: { readonly room: RoomId; readonly leg: ParticipantId },
    wish: Wish,
    more: StandingPatch = {},
  ): Promise<Outcome> {
    const { ledger } = this.#options;
    const before = ledger.standing(leg);
    ledger.wish(leg, wish, more);
    const asked = new Set(fixesOf(wish).map(({ kind }) => kind));
    const fixes = fixesOf(effective(ledger.standing(leg)) ?? {});
    const reply = await this.#fix(
      room,
      leg,
      fixes.filter(({ kind }) => asked.has(kind)),
    );
    const outcome = outcomeOf(reply, true);
    if (!outcome.ok && outcome.reason === 'refused' && ledger.member(room, leg) !== undefined)
      ledger.keep(leg, { wish: before.wish, mutedBy: before.mutedBy });
    return outcome;
  }

  /** Makes one member what was wished, as far as FreeSWITCH says otherwise. */
  async setRight(room: RoomId, leg: ParticipantId): Promise<void> {
    const { ledger } = this.#options;
    void this.hearing.look(room);
    const member = ledger.member(room, leg);
    if (member === undefined || this.#busy.has(leg)) return;
    const fixes = differences(effective(ledger.standing(leg)), member.row);
    if (fixes.length > 0) await this.#fix(room, leg, fixes);
  }

  async setAllRight(): Promise<void> {
    const rights = [...this.#options.ledger.rooms].flatMap(([room, { members }]) =>
      [...members.keys()].map((leg) => this.setRight(room, leg)),
    );
    await Promise.all(rights);
  }

  /** The reply to the first fix that fails, or to the last. */
  async #fix(room: RoomId, leg: ParticipantId, fixes: readonly Fix[]): Promise<Reply> {
    let reply: Reply = { kind: 'answered', text: '+OK' };
    this.#busy.add(leg);
    for (const fix of fixes) {
      reply = await toMember(this.#options, { room, leg }, (memberId) =>
        memberLine(room, memberId, fix),
      );
      if (!succeeded(reply)) break;
    }
    this.#busy.delete(leg);
    return reply;
  }
}
