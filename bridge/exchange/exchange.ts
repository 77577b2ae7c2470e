import { randomUUID } from 'node:crypto';
import type { CallIdentity, LineCall } from '../../protocol/call/identity.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { ChannelListed } from '../from-list.ts';
import type { Speaker } from '../speaker.ts';
import {
  keyLine,
  musicLine,
  noMusicLine,
  pairMessage,
  pairOf,
  ringMessage,
} from '../to-esl-calls.ts';
import type { PairId } from '../to-esl-calls.ts';
import { answerMessage } from '../to-esl-legs.ts';
import { isFree, merged, ringingFor } from './joining.ts';
import type { Left } from './joining.ts';
import { moveBetween, muteIn } from './members.ts';
import { newPair, step } from './pair.ts';
import type { Effect, Input, Pair } from './pair.ts';
import { Ringing } from './ringing.ts';
import type { RingingOptions } from './ringing.ts';

type Leg = ParticipantId;

export interface ExchangeOptions extends Omit<RingingOptions, 'failed'> {
  readonly speaker: Pick<Speaker, 'files'>;
}

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
  /** Who waits for the end of a transfer. */
  readonly #transfers = new Map<PairId, (status: number) => void>();
  /** On the way from one call into another. */
  readonly #moving = new Set<Leg>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ringing: Ringing;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const failed = (leg: Leg, cause: string): void => this.hungUp(leg, cause);
    this.#ringing = new Ringing({ ...options, failed });
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
      this.#pickedUp(leg, pair);
      return true;
    }
    if (identity?.destination.kind === 'call') this.#begin(leg, identity, identity.destination);
    // One that we rang and know no more: nobody waits for it.
    else if (identity?.destination.kind === 'ring') void this.#ringing.end(leg);
    else return false;
    return true;
  }

  /** An application of a leg came to its end. */
  did(leg: Leg, application: string): void {
    const pair = this.#pairOf.get(leg);
    if (pair === undefined) return;
    if (application === 'answer') this.#hear(pair, { kind: 'answered', leg });
    if (application === 'conference' && !this.#moving.delete(leg)) void this.#ringing.end(leg);
  }

  rings(leg: Leg): void {
    this.#ringing.lives(leg);
    this.#tell(leg, { kind: 'rings', leg });
  }

  held(leg: Leg, on: boolean): void {
    this.#tell(leg, { kind: 'held', leg, on });
  }

  hungUp(leg: Leg, cause: string): void {
    this.#tell(leg, { kind: 'hung-up', leg, cause });
    this.#moving.delete(leg);
    this.#release(leg);
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
    const call = this.#callOf(leg);
    if (call === undefined || !isFree(call)) return Promise.resolve(481);
    const { id, pair } = call;
    const other = pair.inside.find((each) => each !== leg);
    const ringing = this.#ringing.call(to, this.#ringing.shown(other));
    for (const each of ringing) this.#pairOf.set(each, id);
    const result = this.#awaitTransfer(id);
    this.#hear(id, { kind: 'transfer', by: leg, ringing });
    return result;
  }

  /** Brings together those whom two calls of one person are with; the person leaves both. */
  join(leg: Leg, other: Leg): Promise<number> {
    const [first, second] = [this.#callOf(leg), this.#callOf(other)];
    if (!first || !second || first.id === second.id || !isFree(first)) return Promise.resolve(481);
    const ringing = ringingFor(second);
    if (ringing === undefined && !isFree(second)) return Promise.resolve(481);
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
      if (this.#pairs.get(id)?.inside.length === 1) void this.#ringing.end(leg);
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
    void this.#ringing.end(leg);
    return true;
  }

  /** FreeSWITCH is another one: its calls are gone. */
  clear(): void {
    this.#pairs.clear();
    this.#pairOf.clear();
    this.#ringing.clear();
    this.#moving.clear();
    this.stop();
  }

  /** No timer is left; calls go on. Of a transfer under way 503 is told: how it ends we do not hear. */
  stop(): void {
    for (const done of this.#transfers.values()) done(503);
    this.#transfers.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** One that nobody waits for any more was to end; if it was told so in vain, it is told again. */
  #pickedUp(leg: Leg, id: PairId): void {
    this.#ringing.lives(leg);
    if (this.#pairs.has(id)) this.#hear(id, { kind: 'picked-up', leg });
    else void this.#ringing.end(leg);
  }

  #begin(leg: Leg, identity: CallIdentity, wanted: LineCall): void {
    this.#ringing.came(leg, identity);
    const id = pairOf(leg);
    const { name, number } = identity;
    const ringing = this.#ringing.call(wanted, { name, number });
    this.#pairs.set(id, newPair(leg, ringing));
    for (const each of [leg, ...ringing]) this.#pairOf.set(each, id);
  }

  #joinRinging(
    { id, leg }: CallOf,
    { leg: other }: CallOf,
    ringing: readonly Leg[],
  ): Promise<number> {
    for (const each of ringing) this.#pairOf.set(each, id);
    void this.#ringing.end(other);
    this.#release(other);
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
    const [next, effects] = merged(into, from);
    this.#pairs.set(into.id, next);
    for (const leg of next.inside)
      if (from.pair.inside.includes(leg)) void this.#move(leg, from.id, into.id);
    for (const effect of effects) this.#run(into.id, effect);
    for (const { leg } of [into, from]) this.#release(leg);
  }

  /** Nothing comes of it any more. */
  #release(leg: Leg): void {
    this.#pairOf.delete(leg);
    this.#ringing.forget(leg);
  }

  async #move(leg: Leg, from: PairId, to: PairId): Promise<void> {
    this.#pairOf.set(leg, to);
    this.#moving.add(leg);
    const moved = await moveBetween(this.#options.node, leg, { from, to });
    if (!moved) void this.#ringing.end(leg);
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
        return void this.#ringing.end(effect.leg, effect.cause);
      case 'mute':
        return void muteIn(node, id, effect);
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

  #music(): readonly string[] {
    return this.#options.speaker.files({ kind: 'hold-music' }, 'en');
  }
}

/** A call, as one of its legs is in it. */
interface CallOf extends Left {
  readonly id: PairId;
}

function taskOf(leg: Leg): { readonly leg: Leg; readonly task: string } {
  return { leg, task: randomUUID() };
}
