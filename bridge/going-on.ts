import { parseIdentity } from '../protocol/call/identity.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Desk } from './desk/desk.ts';
import type { Ledger } from './ledger.ts';
import type { Memory } from './memory.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Elsewhere } from './several.ts';
import type { Sighting } from './sighting.ts';
import { killLine, sendOnLine } from './to-esl.ts';

export interface GoingOnOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly desk: () => Desk;
  readonly identityKey: Uint8Array;
  /** Absent where there is one node. */
  readonly elsewhere?: Elsewhere | undefined;
}

/** Legs that end here to go on at another node, and those that come from one. */
export class GoingOn {
  readonly #options: GoingOnOptions;
  readonly #sent = new Set<ParticipantId>();

  constructor(options: GoingOnOptions) {
    this.#options = options;
  }

  /** Has the gateway take a call to another node, once the leg here ends; `header` is who it is, signed. */
  async send(leg: ParticipantId, header: string): Promise<void> {
    const { node } = this.#options;
    this.#sent.add(leg);
    await node.api(sendOnLine(leg, header));
    await node.api(killLine(leg, 'NORMAL_CLEARING'));
  }

  async sendAll(legs: Iterable<ParticipantId>): Promise<void> {
    await Promise.all(
      [...legs].map(async (leg) => {
        const header = await this.#options.memory.header(leg);
        if (header !== '') await this.send(leg, header);
      }),
    );
  }

  /** Whether a leg that hung up here is not over. Told once. */
  ends(leg: ParticipantId): boolean {
    return this.#sent.delete(leg) || this.#options.elsewhere?.isMoving(leg) === true;
  }

  /** A new leg is parked: one that was at another node before has there what is kept of it. */
  async arrive({ leg, identity }: Extract<Sighting, { kind: 'leg-parked' }>): Promise<void> {
    const { identityKey, memory, ledger, desk } = this.#options;
    const former = parseIdentity(identity, identityKey)?.replaces;
    const standing = former && (await memory.inherited(former));
    if (standing !== undefined) ledger.recall(leg, standing);
    await desk().arrive(leg, identity, standing);
  }

  /** Whether somebody seen inside is new there. It is noted on the leg, so that it is so once. */
  isFirst(room: RoomId, leg: ParticipantId): boolean {
    const { ledger, elsewhere } = this.#options;
    if (ledger.standing(leg).insideSinceMs !== undefined) return false;
    const row = ledger.member(room, leg)?.row;
    if (elsewhere !== undefined && row !== undefined)
      ledger.keep(leg, { insideSinceMs: row.joinedAtMs });
    return true;
  }

  clear(): void {
    this.#sent.clear();
  }
}
