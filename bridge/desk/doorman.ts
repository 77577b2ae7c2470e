import type { Admissions, CodeResult, RoomRules } from '../../protocol/call/admission.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { NumberPolicy } from '../../protocol/call/masked.ts';
import type { Log } from '../../protocol/log.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { backIn, boundFor, isBack, lastWord, whoOf } from '../arrivals.ts';
import type { Input } from '../dialogue/talk.ts';
import type { Ledger } from '../ledger.ts';
import { askRules } from '../room-rules.ts';
import { effective } from '../standing.ts';

export interface DoormanOptions {
  readonly ledger: Ledger;
  readonly admissions: Admissions;
  /** False where the room belongs to another node. */
  readonly mayHost: (room: RoomId) => Promise<boolean>;
  readonly numbers: NumberPolicy;
  readonly log: Log;
}

/** What the rules say, in the words of a dialogue; their failures are told and logged. */
export class Doorman {
  readonly #options: DoormanOptions;

  constructor(options: DoormanOptions) {
    this.#options = options;
  }

  rules(room: RoomId): Promise<RoomRules> {
    return askRules(this.#options, room);
  }

  /** What a code opens; `undefined` where the rules failed. */
  async lookUp(leg: ParticipantId, code: string, source: string): Promise<CodeResult | undefined> {
    return this.#ask(leg, () => this.#options.admissions.byCode(code, source));
  }

  /**
   * Asks the rules and takes the place in one breath, where the caller is still at the door:
   * `atDoor` says so.
   */
  async admit(
    leg: ParticipantId,
    who: CallIdentity,
    { admitted, atDoor }: { readonly admitted: boolean; readonly atDoor: () => boolean },
  ): Promise<Input> {
    const bound = boundFor(who);
    if (bound === undefined) return { kind: 'impossible' };
    const { room, role } = bound;
    const { ledger } = this.#options;
    const said = await this.#ask(leg, () =>
      this.#options.admissions.admit({
        room,
        role: ledger.standing(leg).role ?? role,
        who,
        people: this.#others(leg, room, who),
        moderatorInside: who.replaces !== undefined || this.#hasModerator(room),
        admitted,
      }),
    );
    const rules = await this.rules(room);
    const mayHost = said?.kind === 'refuse' || (await this.#options.mayHost(room));
    if (said === undefined || !atDoor()) return { kind: 'impossible' };
    if (!mayHost) return { kind: 'elsewhere' };
    const people = this.#others(leg, room, who);
    const standing = ledger.standing(leg);
    const admission = isBack(who, standing)
      ? backIn(said, {
          room,
          role: standing.role ?? role,
          muted: effective(standing)?.muted ?? false,
        })
      : lastWord(said, { people, locked: this.#isLocked(room) });
    if (admission.kind === 'join') ledger.reserve(leg, admission.room);
    else ledger.release(leg);
    const movesSound = this.#movesSound(leg, room, who);
    return { kind: 'admission', admission, rules, people, movesSound };
  }

  /** Everybody else: who takes up the phone beside the browser takes no place of another's. */
  #others(leg: ParticipantId, room: RoomId, who: CallIdentity): number {
    const { ledger } = this.#options;
    const own =
      (ledger.places.get(leg) === room ? 1 : 0) + (this.#movesSound(leg, room, who) ? 1 : 0);
    return ledger.people(room) - own;
  }

  #movesSound(leg: ParticipantId, room: RoomId, who: CallIdentity): boolean {
    const { ledger, numbers } = this.#options;
    return ledger.audioMoves(leg, room, whoOf(who, 'participant', numbers));
  }

  #hasModerator(room: RoomId): boolean {
    const members = this.#options.ledger.rooms.get(room)?.members.values() ?? [];
    return [...members].some(({ row }) => row.role === 'moderator');
  }

  #isLocked(room: RoomId): boolean {
    return this.#options.ledger.rooms.get(room)?.locked ?? false;
  }

  async #ask<T>(leg: ParticipantId, question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.log('error', 'the meeting rules failed; the caller was turned away', {
        leg,
        why,
      });
      return undefined;
    }
  }
}
