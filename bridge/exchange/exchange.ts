import { randomUUID } from 'node:crypto';
import { formatIdentity } from '../../protocol/call/identity.ts';
import type { CallIdentity, LineCall } from '../../protocol/call/identity.ts';
import type { Log } from '../../protocol/log.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { succeeded } from '../addressed.ts';
import type { ChannelListed } from '../from-list.ts';
import type { Memory } from '../memory.ts';
import type { FreeSwitchNode } from '../node.ts';
import type { Speaker } from '../speaker.ts';
import {
  intoLine,
  keyLine,
  MEMBER_VARIABLE,
  musicLine,
  muteLine,
  noMusicLine,
  pairMessage,
  pairOf,
  ringMessage,
} from '../to-esl-calls.ts';
import type { PairId } from '../to-esl-calls.ts';
import { answerMessage } from '../to-esl-legs.ts';
import { originateLine } from '../to-esl-rooms.ts';
import { killLine, variableLine } from '../to-esl.ts';
import { newPair, step } from './pair.ts';
import type { Effect, Input, Pair } from './pair.ts';

type Leg = ParticipantId;

export interface ExchangeOptions {
  readonly node: FreeSwitchNode;
  readonly memory: Memory;
  readonly speaker: Pick<Speaker, 'files'>;
  readonly identityKey: Uint8Array;
  /** The gateway's SIP side as FreeSWITCH reaches it; without it nobody is called. */
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly now: () => number;
  readonly log: Log;
}

/** The gateway takes an order only so long after we vouched for it. */
const GOOD_MS = 90_000;
/** A second one is looked for so long in a call that was found. */
const ALONE_MS = 3_000;

/**
 * Calls between registered people: no meeting, no room, in no list. Rules are in pair.ts; here FreeSWITCH
 * is told, and a bridge that starts anew finds the calls by the names of their conferences.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #pairs = new Map<PairId, Pair>();
  readonly #pairOf = new Map<Leg, PairId>();
  /** Who is called, for those who are connected with them later. */
  readonly #identities = new Map<Leg, CallIdentity>();
  readonly #transfers = new Map<PairId, (status: number) => void>();
  /** On the way from one call into another. */
  readonly #moving = new Set<Leg>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  get legs(): readonly Leg[] {
    return [...this.#pairOf.keys()];
  }

  has(leg: Leg): boolean {
    return this.#pairOf.has(leg);
  }

  /** A leg is parked: a caller who wants somebody, or one of ours that was answered. False: none of ours. */
  parked(leg: Leg, identity: CallIdentity | undefined): boolean {
    const pair = this.#pairOf.get(leg);
    if (pair !== undefined) {
      this.#hear(pair, { kind: 'picked-up', leg });
      return true;
    }
    if (identity?.destination.kind === 'call') this.#begin(leg, identity, identity.destination);
    // One that we rang and know no more: nobody waits for it.
    else if (identity?.destination.kind === 'ring') this.#kill(leg);
    else return false;
    return true;
  }

  /** An application of a leg came to its end. */
  did(leg: Leg, application: string): void {
    const pair = this.#pairOf.get(leg);
    if (pair === undefined) return;
    if (application === 'answer') this.#hear(pair, { kind: 'answered', leg });
    if (application === 'conference' && !this.#moving.delete(leg)) this.#kill(leg);
  }

  rings(leg: Leg): void {
    this.#tell(leg, { kind: 'rings', leg });
  }

  held(leg: Leg, on: boolean): void {
    this.#tell(leg, { kind: 'held', leg, on });
  }

  hungUp(leg: Leg, cause: string): void {
    this.#tell(leg, { kind: 'hung-up', leg, cause });
    this.#forget(leg);
  }

  /** Goes to the others, for menus of numbers. */
  pressed(leg: Leg, key: string): void {
    const id = this.#pairOf.get(leg);
    const inside = (id && this.#pairs.get(id)?.inside) ?? [];
    if (!inside.includes(leg)) return;
    for (const other of inside) if (other !== leg) void this.#options.node.api(keyLine(other, key));
  }

  /** Has somebody else ring in place of `leg`. Resolves with the end of it, as a SIP status. */
  transfer(leg: Leg, to: LineCall): Promise<number> {
    const id = this.#pairOf.get(leg);
    const pair = id && this.#pairs.get(id);
    if (id === undefined || pair === undefined || !isFree(pair, leg)) return Promise.resolve(481);
    const other = pair.inside.find((each) => each !== leg);
    const ringing = this.#call(to, this.#shown(other));
    for (const each of ringing) this.#pairOf.set(each, id);
    const result = this.#awaitTransfer(id);
    this.#hear(id, { kind: 'transfer', by: leg, ringing });
    return result;
  }

  /** Brings together those whom two calls of one person are with; the person leaves both. */
  join(leg: Leg, other: Leg): Promise<number> {
    const [first, second] = [this.#callOf(leg), this.#callOf(other)];
    if (!first || !second || first.id === second.id || !isFree(first.pair, leg))
      return Promise.resolve(481);
    const ringing = ringingFor(second.pair, other);
    if (ringing === undefined && !isFree(second.pair, other)) return Promise.resolve(481);
    this.#pairs.delete(second.id);
    if (ringing !== undefined) return this.#joinRinging(first, second, ringing);
    this.#merge(first, second);
    return Promise.resolve(200);
  }

  /** A leg that an audit found in no room. True where it is one of ours, or is now. */
  found({ leg, pair: id }: ChannelListed): boolean {
    if (this.#pairOf.has(leg)) return true;
    if (id === undefined) return false;
    const pair = this.#pairs.get(id) ?? { inside: [], held: [] };
    this.#pairs.set(id, { ...pair, inside: [...pair.inside, leg] });
    this.#pairOf.set(leg, id);
    this.#later(() => {
      if (this.#pairs.get(id)?.inside.length === 1) this.#kill(leg);
    });
    return true;
  }

  /**
   * A leg that an audit found before a room, and that nobody knows: who is called for a caller that an earlier
   * life of ours took is called anew, and a phone that it rang stops. False: none of ours.
   */
  adopt({ leg, application }: ChannelListed, identity: CallIdentity | undefined): boolean {
    // Who answered was let in already, and is there alone: nobody is to be rung a second time.
    const isLate = application === 'answer' && identity?.destination.kind === 'call';
    if (!isLate) return this.parked(leg, identity);
    this.#kill(leg);
    return true;
  }

  /** FreeSWITCH is another one: its calls are gone. */
  clear(): void {
    this.#pairs.clear();
    this.#pairOf.clear();
    this.#identities.clear();
    this.#moving.clear();
    for (const done of this.#transfers.values()) done(503);
    this.#transfers.clear();
    this.stop();
  }

  /** No timer is left; calls go on. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #begin(leg: Leg, identity: CallIdentity, wanted: LineCall): void {
    this.#identities.set(leg, identity);
    const id = pairOf(leg);
    const { name, number } = identity;
    const ringing = this.#call(wanted, { name, number });
    this.#pairs.set(id, newPair(leg, ringing));
    for (const each of [leg, ...ringing]) this.#pairOf.set(each, id);
  }

  /** An account's phones and its browsers speak different media, so each get a call. */
  #call(wanted: LineCall, by: { readonly name: string; readonly number: string }): readonly Leg[] {
    const { to, called, booking, maxMs } = wanted;
    const kinds = to.kind === 'account' ? [false, true] : [false];
    return kinds.map((browsers) => {
      const leg = randomUUID() as Leg;
      const identity: CallIdentity = {
        destination: {
          ...{ kind: 'ring', to, browsers, untilMs: this.#options.now() + GOOD_MS },
          ...(called && { called }),
          ...(booking !== undefined && { booking }),
          ...(maxMs !== undefined && { maxMs }),
        },
        ...{ via: 'phone', name: by.name, number: by.number, source: '' },
      };
      this.#identities.set(leg, identity);
      void this.#originate(leg, identity, browsers);
      return leg;
    });
  }

  async #originate(leg: Leg, who: CallIdentity, browser: boolean): Promise<void> {
    const { node, gateway, identityKey } = this.#options;
    // What FreeSWITCH says of a call comes after we know it.
    await Promise.resolve();
    if (gateway === undefined) return this.hungUp(leg, 'NORMAL_TEMPORARY_FAILURE');
    const identity = formatIdentity(who, identityKey);
    const reply = await node.list(originateLine({ leg, gateway, identity, standing: {}, browser }));
    if (succeeded(reply)) return;
    // Taken, and answered late: its events tell.
    if (reply.kind === 'unanswered' && reply.why !== 'closed') return;
    const cause = reply.kind === 'answered' ? /^-ERR (\S+)/.exec(reply.text)?.[1] : undefined;
    this.hungUp(leg, cause ?? 'NORMAL_TEMPORARY_FAILURE');
  }

  #joinRinging(
    { id, leg }: CallOf,
    { leg: other }: CallOf,
    ringing: readonly Leg[],
  ): Promise<number> {
    for (const each of ringing) this.#pairOf.set(each, id);
    this.#pairOf.delete(other);
    this.#kill(other);
    const result = this.#awaitTransfer(id);
    this.#hear(id, { kind: 'transfer', by: leg, ringing });
    return result;
  }

  #callOf(leg: Leg): CallOf | undefined {
    const id = this.#pairOf.get(leg);
    const pair = id && this.#pairs.get(id);
    return id && pair && { id, pair, leg };
  }

  #merge(into: CallOf, from: CallOf): void {
    const coming = from.pair.inside.filter((each) => each !== from.leg);
    const staying = into.pair.inside.filter((each) => each !== into.leg);
    const held = [...into.pair.held, ...from.pair.held].filter(
      (each) => each !== into.leg && each !== from.leg,
    );
    this.#pairs.set(into.id, { inside: [...staying, ...coming], held });
    void this.#options.node.api(noMusicLine(into.id));
    for (const leg of coming) void this.#move(leg, from.id, into.id);
    for (const leg of [into.leg, from.leg]) {
      this.#pairOf.delete(leg);
      this.#kill(leg);
    }
  }

  async #move(leg: Leg, from: PairId, to: PairId): Promise<void> {
    this.#pairOf.set(leg, to);
    this.#moving.add(leg);
    const member = await this.#memberOf(leg);
    const reply = member && (await this.#options.node.api(intoLine(from, member, to)));
    if (!reply || !succeeded(reply)) this.#kill(leg);
    this.#later(() => this.#moving.delete(leg));
  }

  #later(act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ALONE_MS);
    this.#timers.add(timer);
  }

  #awaitTransfer(id: PairId): Promise<number> {
    return new Promise((resolve) => this.#transfers.set(id, resolve));
  }

  #tell(leg: Leg, input: Input): void {
    const id = this.#pairOf.get(leg);
    if (id !== undefined) this.#hear(id, input);
  }

  #hear(id: PairId, input: Input): void {
    const pair = this.#pairs.get(id);
    if (pair === undefined) return;
    const [next, effects] = step(pair, input);
    this.#pairs.set(id, next);
    for (const effect of effects) this.#run(id, effect);
  }

  #run(id: PairId, effect: Effect): void {
    const { node } = this.#options;
    switch (effect.kind) {
      case 'ring':
        return void node.send(ringMessage(taskOf(effect.leg)));
      case 'answer':
        return void node.send(answerMessage(taskOf(effect.leg)));
      case 'join':
        return void node.send(pairMessage(taskOf(effect.leg), id));
      case 'kill':
        return void node.api(killLine(effect.leg, effect.cause));
      case 'mute':
        return void this.#mute(id, effect);
      case 'music':
        return void node.api(effect.on ? musicLine(id, this.#music()) : noMusicLine(id));
      case 'transferred':
        this.#transfers.get(id)?.(effect.status);
        this.#transfers.delete(id);
        return;
      case 'over':
        this.#pairs.delete(id);
        return;
      default:
        unreachable(effect);
    }
  }

  async #mute(id: PairId, { leg, on }: { readonly leg: Leg; readonly on: boolean }): Promise<void> {
    const member = await this.#memberOf(leg);
    if (member !== undefined) await this.#options.node.api(muteLine(id, member, on));
  }

  async #memberOf(leg: Leg): Promise<number | undefined> {
    const reply = await this.#options.node.api(variableLine(leg, MEMBER_VARIABLE));
    const member = reply.kind === 'answered' ? Number(reply.text.trim()) : NaN;
    return Number.isSafeInteger(member) && member > 0 ? member : undefined;
  }

  #music(): readonly string[] {
    return this.#options.speaker.files({ kind: 'hold-music' }, 'en');
  }

  /** How somebody in a call is named to those they are connected with. */
  #shown(leg: Leg | undefined): { readonly name: string; readonly number: string } {
    const identity = leg && this.#identities.get(leg);
    if (identity === undefined) return STRANGER;
    const { destination, name, number } = identity;
    if (destination.kind === 'ring') return destination.called ?? STRANGER;
    return { name, number };
  }

  #kill(leg: Leg): void {
    void this.#options.node.api(killLine(leg, 'NORMAL_CLEARING'));
  }

  #forget(leg: Leg): void {
    this.#pairOf.delete(leg);
    this.#identities.delete(leg);
    this.#moving.delete(leg);
  }
}

/** A call, as one of its legs is in it. */
interface CallOf {
  readonly id: PairId;
  readonly pair: Pair;
  readonly leg: Leg;
}

/** The legs that ring for a caller who still waits. */
function ringingFor({ caller, attempt }: Pair, leg: Leg): readonly Leg[] | undefined {
  return caller?.leg === leg && caller.at !== 'answering' ? attempt?.ringing : undefined;
}

const STRANGER = { name: 'Partyline', number: '' };

/** Inside, and nobody is being called in anybody's place. */
function isFree({ inside, attempt, caller }: Pair, leg: Leg): boolean {
  return inside.includes(leg) && attempt === undefined && caller === undefined;
}

function taskOf(leg: Leg): { readonly leg: Leg; readonly task: string } {
  return { leg, task: randomUUID() };
}
