import type { Admissions } from '../protocol/call/admission.ts';
import { formatIdentity, parseIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { LeaveReason } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Ledger } from './ledger.ts';
import { formatMemo, parseMemo } from './memo.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Elsewhere } from './several.ts';
import type { Standing } from './standing.ts';
import { killLine, passLockLine, rememberLine } from './to-esl.ts';

/** How somebody stood whose leg is gone, or may be soon. */
export interface KeptStay {
  readonly leg: ParticipantId;
  readonly memo: string;
  /** Where they were last; absent before any room. */
  readonly room?: RoomId;
}

/**
 * Where that is kept beyond our own life. Nothing here fails a call: a shelf that is away is logged by
 * whoever implements this.
 */
export interface StayShelf {
  keep(stay: string, kept: KeptStay, forMs: number): void;
  read(stay: string): Promise<KeptStay | undefined>;
  drop(stay: string): void;
}

export interface StaysOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly admissions: Admissions;
  /** Absent where there is one node. */
  readonly elsewhere?: Pick<Elsewhere, 'replaced'> | undefined;
  readonly identityKey: Uint8Array;
  /** Absent: who comes back when their leg is gone is new. */
  readonly stays?: StayShelf | undefined;
}

/** How a leg begins that goes on for another. */
export interface Resumed {
  /** Who it is now, signed. */
  readonly header: string;
  readonly standing: Standing;
}

/** As long as a softphone's own right to come back. */
const LIFE_MS = 12 * 3_600_000;
/** As long as softphones try. */
const RETURN_MS = 5 * 60_000;
/** FreeSWITCH takes some ten milliseconds to end a leg. */
const ENDING_MS = 500;
/** After these nobody comes back to where they were. */
const FOR_GOOD: ReadonlySet<LeaveReason> = new Set(['removed', 'refused', 'meeting-ended']);

/**
 * A browser's stay in a meeting outlives its calls: a page that is loaded anew, or whose network was gone,
 * calls again. That leg takes the place of the one before, which ends first, so that nobody is there twice,
 * and stands as it stood: muted from the first sample on, in the same room, with its hand and its role.
 */
export class Stays {
  readonly #options: StaysOptions;
  /** Of legs that are up. */
  readonly #stayOf = new Map<ParticipantId, string>();
  readonly #kept = new Map<ParticipantId, KeptStay>();
  readonly #ending = new Map<ParticipantId, () => void>();
  readonly #tookOver = new Set<ParticipantId>();

  constructor(options: StaysOptions) {
    this.#options = options;
  }

  has(leg: ParticipantId): boolean {
    return this.#stayOf.has(leg);
  }

  /** A leg's identity is known; `header` is it, unproven. */
  vouched(leg: ParticipantId, header: string): void {
    const stay = parseIdentity(header, this.#options.identityKey)?.stay;
    if (stay !== undefined) this.#stayOf.set(leg, stay);
  }

  /** Ends what is left of the stay before, and tells how it stood; `undefined`: it is new. */
  async resume(leg: ParticipantId, who: CallIdentity): Promise<Resumed | undefined> {
    const { stay } = who;
    if (stay === undefined) return undefined;
    const legs = [...this.#stayOf].filter(([each, of]) => of === stay && each !== leg);
    const [last] = legs.at(-1) ?? [];
    const kept = last === undefined ? await this.#read(stay) : this.#keptOf(last);
    await Promise.all(legs.map(([each]) => this.#end(each)));
    if (last !== undefined) this.#tookOver.add(leg);
    else if (kept !== undefined) this.#options.elsewhere?.replaced(kept.leg);
    return kept && this.#goOn(leg, who, kept);
  }

  /** Whether it took the place of a leg that was up: nobody came. Told once. */
  tookOver(leg: ParticipantId): boolean {
    return this.#tookOver.delete(leg);
  }

  /** Something of it changed: what is kept, or its room. */
  changed(leg: ParticipantId): void {
    const stay = this.#stayOf.get(leg);
    if (stay === undefined) return;
    const kept = this.#keptOf(leg);
    this.#kept.set(leg, kept);
    this.#options.stays?.keep(stay, kept, LIFE_MS);
  }

  left(leg: ParticipantId, reason: LeaveReason): void {
    const stay = this.#stayOf.get(leg);
    if (stay === undefined || reason === 'moved') return;
    const kept = this.#kept.get(leg);
    this.#stayOf.delete(leg);
    this.#kept.delete(leg);
    if (FOR_GOOD.has(reason)) this.#options.stays?.drop(stay);
    else if (kept !== undefined) this.#options.stays?.keep(stay, kept, RETURN_MS);
  }

  hungUp(leg: ParticipantId): void {
    this.left(leg, 'hung-up');
    this.#tookOver.delete(leg);
    this.#ending.get(leg)?.();
  }

  clear(): void {
    this.#stayOf.clear();
    this.#kept.clear();
    this.#tookOver.clear();
  }

  #keptOf(leg: ParticipantId): KeptStay {
    const { ledger } = this.#options;
    const room = ledger.roomWith(leg)?.life.room;
    const memo = formatMemo(ledger.standing(leg));
    return { leg, memo, ...(room !== undefined && { room }) };
  }

  async #read(stay: string): Promise<KeptStay | undefined> {
    return this.#options.stays?.read(stay);
  }

  async #end(leg: ParticipantId): Promise<void> {
    const { node, ledger } = this.#options;
    ledger.willLeave(leg, 'replaced');
    const gone = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ENDING_MS);
      this.#ending.set(leg, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    await node.api(killLine(leg, 'NORMAL_CLEARING'));
    await gone;
    this.#ending.delete(leg);
  }

  async #goOn(leg: ParticipantId, who: CallIdentity, kept: KeptStay): Promise<Resumed> {
    const { node, identityKey } = this.#options;
    const standing = inherited(parseMemo(kept.memo));
    if (standing.insideSinceMs === undefined)
      return { header: formatIdentity(who, identityKey), standing };
    const destination = await this.#whereTo(who, kept);
    const header = formatIdentity({ ...who, destination, replaces: kept.leg }, identityKey);
    void node.api(rememberLine(leg, header));
    await node.api(passLockLine(leg));
    return { header, standing };
  }

  /** The room where they were, where it is there still: it may have been a breakout room. */
  async #whereTo(
    { destination }: CallIdentity,
    { room }: KeptStay,
  ): Promise<CallIdentity['destination']> {
    if (destination.kind !== 'meeting' || room === undefined || room === destination.room)
      return destination;
    const isThere = (await this.#options.admissions.rules(room)) !== undefined;
    return isThere ? { ...destination, room } : destination;
  }
}

/** What goes along. Before the room that is the place in the queue, and that a moderator let them in. */
function inherited(standing: Standing): Standing {
  const { insideSinceMs, lobbySinceMs, admitted, name, role } = standing;
  const entries =
    insideSinceMs === undefined
      ? { lobbySinceMs, admitted, name, role }
      : { ...standing, stage: undefined, lobby: undefined, lobbySinceMs: undefined };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
