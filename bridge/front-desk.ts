import type { Admission, Admissions } from '../protocol/call/admission.ts';
import { formatIdentity } from '../protocol/call/identity.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, Role, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { REFUSAL_CAUSE, arrivalOf, lastWord, recognised, whoOf } from './arrivals.ts';
import type { Entry } from './arrivals.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { promptFile } from './prompts.ts';
import { converse, greet } from './reception.ts';
import type { Reception, ReceptionEffect, ReceptionInput, ReceptionStep } from './reception.ts';
import type { Sighting } from './sighting.ts';
import {
  answerMessage,
  askMessage,
  joinMessage,
  killLine,
  playMessage,
  rememberLine,
} from './to-esl.ts';
import type { Cause } from './to-esl.ts';

export interface FrontDeskOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly admissions: Admissions;
  readonly identityKey: Uint8Array;
  readonly promptsDir: string;
  /** False where the room lives on another node. */
  readonly mayHost: (room: RoomId) => boolean;
  readonly log: Log;
}

type Decided = Extract<Admission, { kind: 'join' | 'refuse' }>;

interface Caller {
  readonly identity: CallIdentity;
  /** Absent where the caller dialled a meeting and needs no dialogue. */
  readonly reception?: Reception;
}

/** Receives parked legs and leads each to its room or to an end. Runs what the pure files decide. */
export class FrontDesk {
  readonly #options: FrontDeskOptions;
  readonly #callers = new Map<ParticipantId, Caller>();

  constructor(options: FrontDeskOptions) {
    this.#options = options;
  }

  has(leg: ParticipantId): boolean {
    return this.#callers.has(leg);
  }

  get callers(): readonly ParticipantId[] {
    return [...this.#callers.keys()];
  }

  /** `header` is the identity as it came with the call, unproven. */
  async arrive(leg: ParticipantId, header: string): Promise<void> {
    if (this.#callers.has(leg)) return;
    const arrival = arrivalOf(header, this.#options.identityKey);
    switch (arrival.kind) {
      case 'reject':
        this.#options.log('warn', 'a leg without a valid identity was rejected', { leg });
        await this.#hangUp(leg, arrival.cause);
        return;
      case 'meeting': {
        const { identity, room, role } = arrival;
        this.#callers.set(leg, { identity });
        await this.#enterDirectly(leg, identity, { room, role });
        return;
      }
      case 'reception':
        this.#callers.set(leg, { identity: arrival.identity });
        await this.#run(leg, greet());
        return;
      default:
        unreachable(arrival);
    }
  }

  /** FreeSWITCH finished something on a leg. */
  async did({ leg, application, digits }: Extract<Sighting, { kind: 'leg-did' }>): Promise<void> {
    // Whatever ended it, nobody is left parked after a room.
    if (application === 'conference') await this.#hangUp(leg, 'NORMAL_CLEARING');
    else await this.#hear(leg, { kind: 'did', application, digits });
  }

  hungUp(leg: ParticipantId): void {
    this.#callers.delete(leg);
  }

  clear(): void {
    this.#callers.clear();
  }

  async #enterDirectly(
    leg: ParticipantId,
    identity: CallIdentity,
    to: { readonly room: RoomId; readonly role: Role },
  ): Promise<void> {
    const admission = await this.#admit(leg, identity, to);
    if (admission === undefined) return;
    if (admission.kind === 'refuse') {
      await this.#hangUp(leg, REFUSAL_CAUSE[admission.why]);
      return;
    }
    this.#options.ledger.identify(leg, whoOf(identity, admission.role));
    await Promise.all([this.#tell(leg, answerMessage(leg)), this.#join(leg, admission)]);
  }

  async #hear(leg: ParticipantId, input: ReceptionInput): Promise<void> {
    const reception = this.#callers.get(leg)?.reception;
    if (reception !== undefined) await this.#run(leg, converse(reception, input));
  }

  async #run(leg: ParticipantId, [reception, effects]: ReceptionStep): Promise<void> {
    const caller = this.#callers.get(leg);
    if (caller === undefined) return;
    this.#callers.set(leg, { ...caller, reception });
    for (const effect of effects) await this.#effect(leg, caller.identity, effect);
  }

  async #effect(
    leg: ParticipantId,
    identity: CallIdentity,
    effect: ReceptionEffect,
  ): Promise<void> {
    const { promptsDir } = this.#options;
    switch (effect.kind) {
      case 'answer':
        return this.#tell(leg, answerMessage(leg));
      case 'ask':
        return this.#tell(leg, askMessage(leg, promptFile(promptsDir, effect.prompt)));
      case 'say':
        return this.#tell(leg, playMessage(leg, promptFile(promptsDir, effect.prompt)));
      case 'look-up':
        return this.#lookUp(leg, effect.code, identity.source);
      case 'admit':
        return this.#admitFound(leg, identity, effect.found);
      case 'join':
        return this.#joinFound(leg, recognised(identity, effect.found), effect.entry);
      case 'hang-up':
        return this.#hangUp(leg, 'NORMAL_CLEARING');
      default:
        return unreachable(effect);
    }
  }

  async #lookUp(leg: ParticipantId, code: string, source: string): Promise<void> {
    const result = await this.#ask(leg, () => this.#options.admissions.byCode(code, source));
    if (result !== undefined) await this.#hear(leg, { kind: 'code', result });
  }

  async #admitFound(
    leg: ParticipantId,
    identity: CallIdentity,
    found: { readonly room: RoomId; readonly role: Role },
  ): Promise<void> {
    const admission = await this.#admit(leg, identity, found);
    if (admission === undefined) return;
    const heard: ReceptionInput =
      admission.kind === 'join'
        ? { kind: 'admitted', entry: admission }
        : { kind: 'refused', why: admission.why };
    await this.#hear(leg, heard);
  }

  async #joinFound(leg: ParticipantId, identity: CallIdentity, entry: Entry): Promise<void> {
    const { identityKey, ledger, node } = this.#options;
    ledger.identify(leg, whoOf(identity, entry.role));
    // Signed as the gateway signs, and kept on the leg for a bridge that starts anew.
    await node.api(rememberLine(leg, formatIdentity(identity, identityKey)));
    await this.#join(leg, entry);
  }

  async #join(leg: ParticipantId, entry: Entry): Promise<void> {
    this.#options.ledger.wish(leg, { muted: entry.muted });
    await this.#tell(leg, joinMessage(leg, entry.room, entry));
  }

  /** Asks the rules and takes the place in one breath; `undefined` where the leg is no more. */
  async #admit(
    leg: ParticipantId,
    who: CallIdentity,
    { room, role }: { readonly room: RoomId; readonly role: Role },
  ): Promise<Decided | undefined> {
    const { admissions, ledger, mayHost, log } = this.#options;
    const visitor = { room, role, who, people: ledger.people(room), admitted: false };
    const said = await this.#ask(leg, () =>
      admissions.admit({ ...visitor, moderatorInside: this.#hasModerator(room) }),
    );
    if (said === undefined) return undefined;
    if (said.kind === 'lobby' || said.kind === 'wait') return { kind: 'refuse', why: 'locked' };
    if (said.kind === 'join' && !mayHost(said.room)) {
      log('warn', 'a leg came to a node that does not have its room', { leg, room: said.room });
      await this.#hangUp(leg, 'NORMAL_TEMPORARY_FAILURE');
      return undefined;
    }
    const admission = lastWord(said, this.#stateOf(room));
    if (admission.kind === 'join') ledger.reserve(leg, admission.room);
    return admission;
  }

  #hasModerator(room: RoomId): boolean {
    const members = this.#options.ledger.rooms.get(room)?.members.values() ?? [];
    return [...members].some(({ row }) => row.role === 'moderator');
  }

  #stateOf(room: RoomId): { readonly people: number; readonly locked: boolean } {
    const { ledger } = this.#options;
    return { people: ledger.people(room), locked: ledger.rooms.get(room)?.locked ?? false };
  }

  /** The rules' answer; a leg that hung up meanwhile, or that they failed, gets none. */
  async #ask<T>(leg: ParticipantId, question: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await question();
      return this.#callers.has(leg) ? answer : undefined;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.log('error', 'the meeting rules failed; the caller was turned away', {
        leg,
        why,
      });
      await this.#hangUp(leg, 'NORMAL_TEMPORARY_FAILURE');
      return undefined;
    }
  }

  /** A leg that cannot be told is gone, or will be found parked when FreeSWITCH is back. */
  async #tell(leg: ParticipantId, message: string): Promise<void> {
    const reply = await this.#options.node.send(message);
    if (reply.kind === 'answered' && reply.text.startsWith('+OK')) return;
    this.#callers.delete(leg);
    if (this.#options.ledger.roomWith(leg) === undefined) this.#options.ledger.forget(leg);
  }

  async #hangUp(leg: ParticipantId, cause: Cause): Promise<void> {
    await this.#options.node.api(killLine(leg, cause));
  }
}
