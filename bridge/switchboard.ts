import type { Admissions } from '../protocol/call/admission.ts';
import { parseIdentity } from '../protocol/call/identity.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { whoOf } from './arrivals.ts';
import { Audit } from './audit.ts';
import { Commander } from './commander.ts';
import type { EslAddress, EslEvent } from './esl.ts';
import { IDENTITY_VARIABLE, coreOf, fromEsl } from './from-esl.ts';
import type { ChannelListed } from './from-list.ts';
import { FrontDesk } from './front-desk.ts';
import { Ledger } from './ledger.ts';
import { FreeSwitchNode } from './node.ts';
import type { Pace } from './node.ts';
import type { RoomSighting } from './observe.ts';
import { WHO_VARIABLE, variableLine } from './to-esl.ts';

export interface SwitchboardOptions {
  readonly address: EslAddress;
  readonly admissions: Admissions;
  readonly identityKey: Uint8Array;
  readonly promptsDir: string;
  readonly pace: Pace;
  readonly now: () => number;
  readonly chance: () => number;
  readonly log: Log;
  readonly publish: (fact: RoomEvent) => void;
  readonly mayHost: (room: RoomId) => boolean;
  /** The process at `address` is another one than before: the calls it had are gone. */
  readonly onRestart?: (address: EslAddress) => void;
}

/** Applications that a leg may be in before its room. */
const BEFORE_A_ROOM = new Set(['park', 'answer', 'playback', 'play_and_get_digits']);

/** One FreeSWITCH and all that we do with it: hears its events and hands each to who knows. */
export class Switchboard {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly audit: Audit;
  readonly #options: SwitchboardOptions;
  readonly #desk: FrontDesk;
  readonly #commander: Commander;
  readonly #timer: NodeJS.Timeout;
  /** Legs sent to a room that an audit did not find there. */
  readonly #suspects = new Set<ParticipantId>();
  #core = '';

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    const { address, pace, log, chance, publish, now } = options;
    this.node = new FreeSwitchNode({
      address,
      pace,
      log,
      chance,
      joined: (core) => {
        this.#joined(core);
      },
      event: (event) => {
        this.#event(event);
      },
    });
    this.ledger = new Ledger({ publish, now });
    const { node, ledger } = this;
    this.#desk = new FrontDesk({ ...options, node, ledger });
    this.#commander = new Commander({ node, ledger, kickMs: pace.kickMs });
    this.audit = new Audit({
      node,
      ledger,
      log,
      identify: (leg) => this.#identify(leg),
      stray: (channel) => this.#stray(channel),
      waiting: () => [...new Set([...this.#desk.callers, ...ledger.waiting()])],
      vanished: (leg) => {
        this.#hungUp(leg);
      },
      done: () => this.#commander.setAllRight(),
    });
    this.#timer = setInterval(() => {
      if (this.joined) void this.audit.all();
    }, pace.auditMs);
  }

  start(): void {
    this.node.start();
  }

  get joined(): boolean {
    return this.node.status().state === 'joined';
  }

  get callers(): number {
    return this.#desk.callers.length;
  }

  execute(command: RoomCommand): Promise<Outcome> {
    return this.#commander.execute(command);
  }

  /** Calls go on; a bridge started later finds them. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#commander.stop();
    await this.node.stop();
  }

  /** Others found it dead as well: what it had is over, until it shows otherwise. */
  giveUp(): void {
    if (!this.joined) this.#forgetAll();
  }

  /** The node is subscribed already, so that what the lists miss comes as an event. */
  #joined(core: string): void {
    this.#belongTo(core);
    void this.audit.all();
  }

  #belongTo(core: string): void {
    if (this.#core !== '' && this.#core !== core) {
      const node = this.node.name;
      this.#options.log('warn', 'FreeSWITCH was restarted; its calls are lost', { node });
      this.#forgetAll();
      this.#options.onRestart?.(this.#options.address);
    }
    this.#core = core;
  }

  #forgetAll(): void {
    this.ledger.void();
    this.#desk.clear();
    this.#suspects.clear();
  }

  #event(event: EslEvent): void {
    this.#belongTo(coreOf(event) ?? this.#core);
    const sighting = fromEsl(event);
    if (sighting === undefined) return;
    switch (sighting.kind) {
      case 'leg-parked':
        void this.#desk.arrive(sighting.leg, sighting.identity);
        return;
      case 'leg-did':
        void this.#desk.did(sighting);
        return;
      case 'leg-hung-up':
        this.#hungUp(sighting.leg);
        return;
      default:
        this.#observe(sighting);
    }
  }

  #observe(sighting: RoomSighting): void {
    const doubted = this.ledger.observe(sighting);
    if (doubted) void this.audit.room(sighting.life.room);
    if (sighting.kind !== 'member-seen') return;
    const { leg } = sighting.member;
    if (!this.ledger.knows(leg)) void this.#identify(leg);
    if (sighting.joined) void this.#commander.setRight(sighting.life.room, leg);
  }

  #hungUp(leg: ParticipantId): void {
    this.ledger.hungUp(leg);
    this.#desk.hungUp(leg);
    this.#commander.hungUp(leg);
    this.#suspects.delete(leg);
  }

  async #identify(leg: ParticipantId): Promise<void> {
    const identity = parseIdentity(await this.#headerOf(leg), this.#options.identityKey);
    if (identity === undefined) return;
    const { destination } = identity;
    const role = destination.kind === 'meeting' ? destination.role : 'participant';
    this.ledger.identify(leg, whoOf(identity, role));
  }

  /** Who the reception found the caller to be, else what the gateway said. */
  async #headerOf(leg: ParticipantId): Promise<string> {
    for (const variable of [WHO_VARIABLE, IDENTITY_VARIABLE]) {
      const reply = await this.node.api(variableLine(leg, variable));
      if (reply.kind === 'answered' && reply.text.startsWith('v1.')) return reply.text.trim();
    }
    return '';
  }

  async #stray({ leg, application, room }: ChannelListed): Promise<void> {
    if (room !== undefined) {
      await this.#suspect(leg);
      return;
    }
    if (this.#desk.has(leg) || !BEFORE_A_ROOM.has(application)) return;
    const header = await this.#headerOf(leg);
    // Legs that others play to are no business of ours; parked ones are, with or without a name.
    if (header !== '' || application === 'park') await this.#desk.arrive(leg, header);
  }

  /** Sent to a room and not in it at two audits: left behind by it, or in one that is dead. */
  async #suspect(leg: ParticipantId): Promise<void> {
    if (!this.#suspects.has(leg)) {
      this.#suspects.add(leg);
      return;
    }
    this.#suspects.delete(leg);
    this.#options.log('warn', 'a leg outside any room was hung up', { leg });
    await this.#commander.hangUp(leg, 'NORMAL_CLEARING');
  }
}
