import type { Admissions } from '../protocol/call/admission.ts';
import { parseIdentity } from '../protocol/call/identity.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Desk } from './desk/desk.ts';
import type { Ledger } from './ledger.ts';
import { parseMemo } from './memo.ts';
import type { Memory } from './memory.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Elsewhere } from './several.ts';
import type { Sighting } from './sighting.ts';
import type { Standing } from './standing.ts';
import { Stays } from './stays.ts';
import type { Resumed, StayShelf } from './stays.ts';
import { killLine, sendOnLine } from './to-esl.ts';

export interface GoingOnOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly desk: () => Desk;
  readonly admissions: Admissions;
  readonly identityKey: Uint8Array;
  /** Absent where there is one node. */
  readonly elsewhere?: Elsewhere | undefined;
  readonly stays?: StayShelf | undefined;
}

type Parked = Extract<Sighting, { kind: 'leg-parked' }>;
type Header = Pick<Resumed, 'header'>;

/** Legs that end here to go on at another node, those that come from one, and browsers that call again. */
export class GoingOn {
  readonly #options: GoingOnOptions;
  readonly #stays: Stays;
  readonly #sent = new Set<ParticipantId>();

  constructor(options: GoingOnOptions) {
    this.#options = options;
    this.#stays = new Stays(options);
    options.memory.onVouched = (leg, header) => this.#stays.vouched(leg, header);
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
    this.#stays.hungUp(leg);
    return this.#sent.delete(leg) || this.#options.elsewhere?.isMoving(leg) === true;
  }

  /** A leg is parked: a new one that goes on for another begins as that stood, here or at another node. */
  async arrive({ leg, identity, memo }: Parked): Promise<void> {
    const { memory, ledger, desk } = this.#options;
    const { header, standing } =
      memo === ''
        ? await this.#former(leg, identity)
        : { header: identity, standing: parseMemo(memo) };
    if (header !== identity) memory.vouched(leg, header);
    if (standing !== undefined) ledger.recall(leg, standing);
    await desk().arrive(leg, header, standing);
  }

  /** A leg parked: what it goes on for. */
  async #former(leg: ParticipantId, header: string): Promise<Partial<Resumed> & Header> {
    const { identityKey, memory } = this.#options;
    const who = parseIdentity(header, identityKey);
    if (who === undefined) return { header };
    if (who.replaces === undefined) return (await this.#stays.resume(leg, who)) ?? { header };
    const standing = await memory.inherited(who.replaces);
    return standing === undefined ? { header } : { header, standing };
  }

  /** Whether somebody seen inside is new there. It is noted on the leg, so that it is so once. */
  isFirst(room: RoomId, leg: ParticipantId): boolean {
    const { ledger, elsewhere } = this.#options;
    const isMany = elsewhere !== undefined;
    const isKnown = ledger.standing(leg).insideSinceMs !== undefined;
    const row = ledger.member(room, leg)?.row;
    if (!isKnown && row !== undefined && (isMany || this.#stays.has(leg)))
      ledger.keep(leg, { insideSinceMs: row.joinedAtMs });
    else this.#stays.changed(leg);
    return !this.#stays.tookOver(leg) && !(isMany && isKnown);
  }

  /** Writes what is kept of a leg where it outlives us. */
  write(leg: ParticipantId, standing: Standing): Promise<boolean> {
    this.#stays.changed(leg);
    return this.#options.memory.write(leg, standing);
  }

  /** A fact, when it is told. */
  told(fact: RoomEvent): void {
    if (fact.kind === 'participant-left') this.#stays.left(fact.id, fact.reason);
  }

  clear(): void {
    this.#sent.clear();
    this.#stays.clear();
  }
}
