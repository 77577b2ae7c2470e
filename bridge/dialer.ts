import type { Admissions } from '../protocol/call/admission.ts';
import { formatIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import { masked } from '../protocol/call/masked.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { Outcome } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { OutboundCall } from '../protocol/room/outbound-call.ts';
import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { endEarly, isTooEarly } from './early-end.ts';
import type { Reply } from './esl.ts';
import { isSoundFile } from './esl-words.ts';
import type { ChannelListed } from './from-list.ts';
import { hallOf } from './halls.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { callAfter, calleeOf, standingOf } from './outbound.ts';
import type { CallCommand, CallNews } from './outbound.ts';
import { DONE, NO_PARTICIPANT, outcomeOf, refused } from './outcomes.ts';
import { askRules } from './room-rules.ts';
import { originateLine } from './to-esl-rooms.ts';

export interface DialerOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly admissions: Admissions;
  readonly identityKey: Uint8Array;
  /** The gateway's SIP side as FreeSWITCH reaches it; without it no calls are made. */
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly numbers: NumberPolicy;
  /** How long a call that is over is shown. */
  readonly shownMs: number;
  readonly now: () => number;
  readonly log: Log;
}

/** The gateway takes a call of ours only so long after we vouched for it. */
const GOOD_MS = 90_000;

/** Makes the meetings' calls, and tells how each fares. The invitation itself is the desk's. */
export class Dialer {
  readonly #options: DialerOptions;
  /** Calls that are not over, and where they belong. */
  readonly #rooms = new Map<ParticipantId, RoomId>();
  readonly #shown = new Map<ParticipantId, NodeJS.Timeout>();
  /** Calls that are not over, and are to be. */
  readonly #givenUp = new Set<ParticipantId>();

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  /** Calls that are not over. */
  get calls(): readonly ParticipantId[] {
    return [...this.#rooms.keys()];
  }

  async call(command: CallCommand): Promise<Outcome> {
    const { gateway, ledger, numbers, now } = this.#options;
    if (gateway === undefined) return NO_GATEWAY;
    const { room, id, name, personId, invitedBy } = command;
    if (!isRoomId(room) || !isParticipantId(id)) return BAD_ID;
    if (this.#rooms.has(id) || ledger.find(id) !== undefined) return TAKEN;
    if (invitedBy !== undefined && !isSoundFile(invitedBy)) return BAD_FILE;
    const identity = await this.#identityOf(command);
    this.#rooms.set(id, room);
    ledger.recall(id, standingOf(command));
    ledger.call(room, {
      id,
      name,
      number: masked(calleeOf(command), numbers),
      ...(personId === undefined ? {} : { personId }),
      state: 'calling',
      startedAtMs: now(),
    });
    void this.#originate(command, gateway, identity);
    return DONE;
  }

  async cancel(room: RoomId, id: ParticipantId): Promise<Outcome> {
    const call = hallOf(this.#options.ledger.halls, room).calls.get(id);
    if (call === undefined || call.state === 'ended') return NO_PARTICIPANT;
    this.#givenUp.add(id);
    const reply = await this.#kill(id);
    return isTooEarly(reply) ? DONE : outcomeOf(reply);
  }

  /** Gives up every call of a room that nobody joined by yet. */
  async cancelAll(room: RoomId): Promise<void> {
    const calls = [...hallOf(this.#options.ledger.halls, room).calls.values()];
    const open = calls.filter(({ state }) => state !== 'ended' && state !== 'joined');
    await Promise.all(open.map(({ id }) => this.cancel(room, id)));
  }

  /** News of any leg; of those that are no calls of ours there is none. */
  heard(leg: ParticipantId, news: CallNews): void {
    const room = this.#rooms.get(leg);
    const call = room && hallOf(this.#options.ledger.halls, room).calls.get(leg);
    if (room === undefined || call === undefined) return;
    if (news.kind !== 'hung-up' && this.#givenUp.has(leg)) void this.#kill(leg);
    this.#show(room, callAfter(call, news));
  }

  told(fact: RoomEvent): void {
    if (fact.kind === 'participant-updated' && this.#rooms.has(fact.participant.id))
      if (fact.participant.state === 'joined') this.heard(fact.participant.id, { kind: 'joined' });
  }

  /** A call that an earlier life of ours made, found under way. */
  adopt(
    leg: ParticipantId,
    identity: CallIdentity,
    called: NonNullable<ChannelListed['called']> | 'joined',
  ): void {
    const { destination, name, number, personId } = identity;
    if (destination.kind !== 'outbound' || this.#rooms.has(leg)) return;
    const { ledger, now, numbers } = this.#options;
    // One that is over is listed for a moment longer.
    if (hallOf(ledger.halls, destination.room).calls.has(leg)) return;
    this.#rooms.set(leg, destination.room);
    ledger.call(destination.room, {
      id: leg,
      name,
      number: masked(number, numbers),
      ...(personId === undefined ? {} : { personId }),
      state: called === 'answered' ? 'asked' : called,
      startedAtMs: now(),
    });
  }

  /** FreeSWITCH is another one: its calls are gone, and what was shown of them. */
  clear(): void {
    this.#rooms.clear();
    this.#givenUp.clear();
    this.stop();
  }

  stop(): void {
    for (const timer of this.#shown.values()) clearTimeout(timer);
    this.#shown.clear();
  }

  async #identityOf({ room, role, to, name, personId, ...rest }: CallCommand) {
    const { admissions, log, now } = this.#options;
    const { language } = await askRules({ admissions, log }, room);
    const identity: CallIdentity = {
      destination: { kind: 'outbound', room, role, to, untilMs: now() + GOOD_MS },
      via: 'phone',
      name,
      number: calleeOf({ room, role, to, name, ...rest }),
      ...(to.kind === 'account' ? { account: to.username } : { trunk: to.trunk }),
      ...(personId === undefined ? {} : { personId }),
      language,
      source: '',
    };
    return formatIdentity(identity, this.#options.identityKey);
  }

  /** The job ends when the call does, long after we stop waiting for it; its failing comes at once. */
  async #originate(
    command: CallCommand,
    gateway: NonNullable<DialerOptions['gateway']>,
    identity: string,
  ): Promise<void> {
    const { node, log } = this.#options;
    const { id } = command;
    const standing = standingOf(command);
    const reply = await node.list(originateLine({ leg: id, gateway, identity, standing }));
    if (reply.kind === 'unanswered') {
      if (reply.why === 'closed') this.heard(id, { kind: 'hung-up', cause: '' });
      return;
    }
    const cause = /^-ERR (\S+)/.exec(reply.text)?.[1];
    if (cause === undefined) return;
    log('info', 'a call of a meeting was not put through', { leg: id, cause });
    this.heard(id, { kind: 'hung-up', cause });
  }

  /** One that FreeSWITCH does not begin in time is killed at its first sign of life; see `heard`. */
  #kill(id: ParticipantId): Promise<Reply> {
    const isUp = (): boolean => this.#rooms.has(id);
    return endEarly(this.#options.node, { leg: id, cause: 'ORIGINATOR_CANCEL', isUp });
  }

  #show(room: RoomId, call: OutboundCall): void {
    const { ledger, shownMs } = this.#options;
    if (hallOf(ledger.halls, room).calls.get(call.id)?.state === call.state) return;
    ledger.call(room, call);
    if (call.state !== 'ended') return;
    this.#rooms.delete(call.id);
    this.#givenUp.delete(call.id);
    // Of a call that FreeSWITCH never made no hanging up is told.
    if (ledger.roomWith(call.id) === undefined) ledger.forget(call.id);
    const timer = setTimeout(() => {
      this.#shown.delete(call.id);
      ledger.forgetCall(room, call.id);
    }, shownMs);
    this.#shown.set(call.id, timer);
  }
}

const NO_GATEWAY = refused('This bridge was not told where calls go out: nobody can be called.');
const BAD_ID = refused('A call has the id of a room, and a UUID of its own.');
const TAKEN = refused('A call with this id is under way; choose another id.');
const BAD_FILE = refused('The recorded name of who invites is no file that can be played.');
