import { parseIdentity } from '../protocol/call/identity.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import { whoOf } from './arrivals.ts';
import type { Desk } from './desk/desk.ts';
import type { Dialer } from './dialer.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { ChannelListed } from './from-list.ts';
import type { Ledger } from './ledger.ts';
import type { Memory } from './memory.ts';
import type { Muting } from './muting.ts';
import type { FreeSwitchNode } from './node.ts';
import type { TimeLimits } from './time-limits.ts';
import { killLine } from './to-esl.ts';

export interface FoundLegsOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly desk: Desk;
  readonly dialer: Dialer;
  readonly exchange: Exchange;
  readonly muting: Muting;
  readonly limits: TimeLimits;
  readonly identityKey: Uint8Array;
  readonly numbers: NumberPolicy;
  readonly log: Log;
}

/** Applications that a leg may be in before its room. */
const BEFORE_A_ROOM = new Set([
  'park',
  'answer',
  'set',
  'playback',
  'endless_playback',
  'record',
  'ring_ready',
  'delay_echo',
]);

/** Legs that lists show and that we do not know: an earlier life of ours led them there, or lost them. */
export class FoundLegs {
  readonly #options: FoundLegsOptions;
  /** Legs sent to a room that an audit did not find there. */
  readonly #suspects = new Set<ParticipantId>();

  constructor(options: FoundLegsOptions) {
    this.#options = options;
  }

  /** Somebody in a room whom we have not led there. */
  async identify(leg: ParticipantId): Promise<void> {
    const { ledger, memory, dialer, muting, limits, numbers } = this.#options;
    const [standing, identity] = await Promise.all([memory.read(leg), memory.identityOf(leg)]);
    if (standing !== undefined) ledger.recall(leg, standing);
    if (identity === undefined) return;
    const { destination } = identity;
    const role = 'role' in destination ? destination.role : 'participant';
    dialer.adopt(leg, identity, 'joined');
    ledger.identify(leg, whoOf(identity, role, numbers));
    muting.watch(leg);
    limits.inside(leg);
  }

  /** A leg that is in no room. */
  async stray(channel: ChannelListed): Promise<void> {
    const { leg, application, room, called } = channel;
    const { desk } = this.#options;
    if (this.#options.exchange.found(channel)) return;
    if (desk.has(leg)) await desk.arrive(leg, '');
    else if (room !== undefined) await this.#suspect(leg);
    else if (called === 'calling' || called === 'ringing') await this.#adopt(channel);
    else if (BEFORE_A_ROOM.has(application)) await this.#parked(channel);
  }

  forget(leg: ParticipantId): void {
    this.#suspects.delete(leg);
  }

  clear(): void {
    this.#suspects.clear();
  }

  /** Its header; `undefined` where it is of a call between two, and is seen to. */
  async #adopt(channel: ChannelListed): Promise<string | undefined> {
    const { exchange, memory, dialer, identityKey } = this.#options;
    const { leg, called } = channel;
    const header = await memory.header(leg);
    const identity = parseIdentity(header, identityKey);
    if (exchange.adopt(channel, identity)) return undefined;
    if (identity !== undefined && called !== undefined) dialer.adopt(leg, identity, called);
    return header;
  }

  async #parked(channel: ChannelListed): Promise<void> {
    const { ledger, memory, desk } = this.#options;
    const { leg, application } = channel;
    const header = await this.#adopt(channel);
    // Legs that others play to are no business of ours; parked ones are, with or without a name.
    if (header === undefined || (header === '' && application !== 'park')) return;
    const standing = await memory.read(leg);
    if (standing !== undefined) ledger.recall(leg, standing);
    await desk.arrive(leg, header, standing);
  }

  /** Sent to a room and not in it at two audits: left behind by it, or in one that is dead. */
  async #suspect(leg: ParticipantId): Promise<void> {
    if (!this.#suspects.has(leg)) {
      this.#suspects.add(leg);
      return;
    }
    this.#suspects.delete(leg);
    this.#options.log('warn', 'a leg outside any room was hung up', { leg });
    await this.#options.node.api(killLine(leg, 'NORMAL_CLEARING'));
  }
}
