import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Saying } from '../protocol/speech/saying.ts';
import { toMember } from './addressed.ts';
import type { Desk } from './desk/desk.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { DONE, outcomeOf, together } from './outcomes.ts';
import { roomWithFlags } from './to-esl-legs.ts';
import { transferLine } from './to-esl-rooms.ts';

export interface MoverOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly desk: Desk;
}

type Move = Extract<RoomCommand, { kind: 'move' }>;

/** Takes people from one room to another while their calls go on. */
export class Mover {
  readonly #options: MoverOptions;

  constructor(options: MoverOptions) {
    this.#options = options;
  }

  /** All legs of the person; what is kept of them and wished for them goes along. */
  async move(command: Move): Promise<Outcome> {
    if (command.room === command.to) return DONE;
    const legs = this.#legsOf(command);
    return together(await Promise.all(legs.map((leg) => this.#transfer(command, leg))));
  }

  #legsOf({ room, id }: Move): readonly ParticipantId[] {
    const rows = [...(this.#options.ledger.rooms.get(room)?.members.values() ?? [])].map(
      (member) => member.row,
    );
    const personId = rows.find((row) => row.id === id)?.personId;
    if (personId === undefined) return [id];
    return rows.filter((row) => row.personId === personId).map((row) => row.id);
  }

  async #transfer({ room, to, group }: Move, leg: ParticipantId): Promise<Outcome> {
    const { node, ledger, desk } = this.#options;
    const row = ledger.member(room, leg)?.row;
    if (row === undefined) return DONE;
    const entry = { role: row.role, muted: row.muted, detect: row.via === 'phone' };
    ledger.willLeave(leg, 'moved');
    ledger.reserve(leg, to);
    desk.moves(leg, { to, then: wordsFor(group) });
    const reply = await toMember({ node, ledger }, { room, leg }, (id) =>
      transferLine(room, id, roomWithFlags(to, entry)),
    );
    const outcome = outcomeOf(reply);
    // Told of the leaving already, or gone by themselves.
    if (outcome.ok || ledger.member(room, leg) === undefined) return DONE;
    ledger.mayStay(leg);
    ledger.release(leg);
    desk.stays(leg);
    return outcome;
  }
}

function wordsFor(group: number | undefined): Saying {
  return group === undefined ? { kind: 'back-together' } : { kind: 'go-to-group', group };
}
