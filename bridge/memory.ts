import { parseIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import { succeeded } from './addressed.ts';
import { IDENTITY_VARIABLE } from './from-esl.ts';
import type { Keepsakes } from './keepsakes.ts';
import { MEMO_VARIABLE, formatMemo, parseMemo } from './memo.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Standing } from './standing.ts';
import { memoLine } from './to-esl-rooms.ts';
import { WHO_VARIABLE, variableLine } from './to-esl.ts';

/** What is written on legs, for a bridge that starts anew: who they are, and what is kept of them. */
export class Memory {
  readonly #node: FreeSwitchNode;
  readonly #identityKey: Uint8Array;
  readonly #keepsakes: Keepsakes | undefined;
  /** Signed identities, as they came or were found out. */
  readonly #headers = new Map<ParticipantId, string>();
  /** Told of each identity as it becomes known. */
  onVouched: (leg: ParticipantId, header: string) => void = () => undefined;
  /** What could not be written while FreeSWITCH was away. */
  readonly #owed = new Map<ParticipantId, Standing>();

  /** `keepsakes` where what is written must outlive the node. */
  constructor(node: FreeSwitchNode, identityKey: Uint8Array, keepsakes?: Keepsakes) {
    this.#node = node;
    this.#identityKey = identityKey;
    this.#keepsakes = keepsakes;
  }

  /** Who a leg is, signed; unproven. */
  vouched(leg: ParticipantId, header: string): void {
    this.#headers.set(leg, header);
    this.onVouched(leg, header);
  }

  /** What another node had of the leg that this one goes on for. */
  async inherited(leg: ParticipantId): Promise<Standing | undefined> {
    const keepsake = await this.#keepsakes?.read(leg);
    return keepsake && parseMemo(keepsake.memo);
  }

  /** False where FreeSWITCH did not take it. */
  async write(leg: ParticipantId, standing: Standing): Promise<boolean> {
    this.#owed.delete(leg);
    this.#keep(leg, standing);
    const reply = await this.#node.api(memoLine(leg, standing));
    if (reply.kind === 'unanswered') this.#owed.set(leg, standing);
    return succeeded(reply);
  }

  /** Writes what is owed, now that FreeSWITCH is back. `standingOf` is what holds by now. */
  async settle(standingOf: (leg: ParticipantId) => Standing | undefined): Promise<void> {
    const legs = [...this.#owed.keys()];
    this.#owed.clear();
    await Promise.all(
      legs.map(async (leg) => {
        const standing = standingOf(leg);
        if (standing !== undefined) await this.write(leg, standing);
      }),
    );
  }

  /** `undefined` where nothing was ever kept. */
  async read(leg: ParticipantId): Promise<Standing | undefined> {
    const text = await this.#variable(leg, MEMO_VARIABLE);
    return /^[\w-]+$/.test(text) && text !== '_undef_' ? parseMemo(text) : undefined;
  }

  /** Who the reception found the caller to be, else what the gateway said; unproven. */
  async header(leg: ParticipantId): Promise<string> {
    const known = this.#headers.get(leg);
    if (known !== undefined) return known;
    for (const variable of [WHO_VARIABLE, IDENTITY_VARIABLE]) {
      const text = await this.#variable(leg, variable);
      if (!text.startsWith('v1.')) continue;
      this.vouched(leg, text);
      return text;
    }
    return '';
  }

  async identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    return parseIdentity(await this.header(leg), this.#identityKey);
  }

  /** `forGood`, unless it goes on at another node. */
  forget(leg: ParticipantId, forGood = true): void {
    this.#owed.delete(leg);
    this.#headers.delete(leg);
    if (forGood) this.#keepsakes?.drop(leg);
  }

  clear(): void {
    this.#owed.clear();
    this.#headers.clear();
  }

  #keep(leg: ParticipantId, standing: Standing): void {
    const who = this.#headers.get(leg);
    this.#keepsakes?.keep(leg, { memo: formatMemo(standing), ...(who !== undefined && { who }) });
  }

  async #variable(leg: ParticipantId, name: string): Promise<string> {
    const reply = await this.#node.api(variableLine(leg, name));
    return reply.kind === 'answered' ? reply.text.trim() : '';
  }
}
