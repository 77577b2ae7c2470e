import { existsSync } from 'node:fs';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { Audit } from './audit.ts';
import { Commander } from './commander.ts';
import { Deadlines } from './deadlines.ts';
import type { Desk } from './desk/desk.ts';
import { Dialer } from './dialer.ts';
import { Doorbell } from './doorbell.ts';
import type { EslEvent } from './esl.ts';
import { Exchange } from './exchange/exchange.ts';
import { takes } from './exchange/take.ts';
import { Expulsion } from './expulsion.ts';
import { coreOf, fromEsl, isShutdown } from './from-esl.ts';
import { recordFromFirst } from './first-in.ts';
import { FoundLegs } from './found-legs.ts';
import { FrontDesk } from './front-desk.ts';
import { GoingOn } from './going-on.ts';
import { HoldWatch } from './hold-watch.ts';
import { Ledger } from './ledger.ts';
import { Listening } from './listening.ts';
import { Memory } from './memory.ts';
import { Muting } from './muting.ts';
import { FreeSwitchNode } from './node.ts';
import type { RoomSighting } from './observe.ts';
import { Rounds } from './rounds.ts';
import type { Sighting } from './sighting.ts';
import { loadOf } from './several.ts';
import type { NodeLoad } from './several.ts';
import { Speaker } from './speaker.ts';
import type { SwitchboardOptions } from './switchboard-options.ts';
import { TimeLimits } from './time-limits.ts';
import { Wisher } from './wisher.ts';

/** One FreeSWITCH and all that we do with it: hears its events and hands each to who knows. */
export class Switchboard {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly audit: Audit;
  /** Calls between registered people. */
  readonly exchange: Exchange;
  readonly #options: SwitchboardOptions;
  readonly #memory: Memory;
  readonly #speaker: Speaker;
  readonly #wisher: Wisher;
  readonly #deadlines: Deadlines;
  readonly #muting: Muting;
  readonly #desk: Desk;
  readonly #dialer: Dialer;
  readonly #expulsion: Expulsion;
  readonly #commander: Commander;
  readonly #limits: TimeLimits;
  readonly #doorbell: Doorbell;
  readonly #holds: HoldWatch;
  readonly #rounds: Rounds;
  readonly #found: FoundLegs;
  readonly #goingOn: GoingOn;
  readonly #listening: Listening;
  /** Where legs were shown last, until they hang up. */
  readonly #shown = new Map<ParticipantId, RoomId>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #core = '';

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    const { pace, now } = options;
    this.node = this.#openNode();
    this.#memory = new Memory(this.node, options.identityKey, options.elsewhere?.keepsakes);
    this.ledger = this.#openLedger();
    const { node, ledger } = this;
    this.#goingOn = new GoingOn({
      ...options,
      node,
      ledger,
      memory: this.#memory,
      desk: () => this.#desk,
    });
    this.#deadlines = new Deadlines(now);
    this.#listening = new Listening({ ledger, now });
    this.#wisher = new Wisher({ node, ledger });
    const own = { ...options, node, ledger, deadlines: this.#deadlines, wisher: this.#wisher };
    const promptFolders = foldersOf(options);
    this.#speaker = new Speaker({ ...own, promptFolders, exists: existsSync });
    this.#dialer = new Dialer({ ...own, shownMs: pace.endedCallMs });
    const speaking = { ...own, speaker: this.#speaker, dialer: this.#dialer, exists: existsSync };
    this.#muting = new Muting(speaking);
    this.#desk = new FrontDesk({
      ...speaking,
      execute: (command) => this.execute(command),
      recognised: (leg, header) => this.#memory.vouched(leg, header),
      sendOn: (leg, header) => void this.#goingOn.send(leg, header),
    });
    const desked = { ...speaking, desk: this.#desk, muting: this.#muting };
    this.#expulsion = new Expulsion({ ...desked, kickMs: pace.kickMs });
    this.#commander = new Commander({ ...desked, expulsion: this.#expulsion });
    this.#limits = new TimeLimits({ ...desked, expulsion: this.#expulsion });
    this.#doorbell = new Doorbell({ ...desked, playedByMs: pace.nameMs });
    this.#holds = new HoldWatch(desked);
    this.#rounds = new Rounds({ ...desked, doorbell: this.#doorbell, limits: this.#limits });
    this.exchange = new Exchange(speaking);
    this.#found = new FoundLegs({
      ...desked,
      exchange: this.exchange,
      memory: this.#memory,
      limits: this.#limits,
    });
    this.audit = this.#openAudit();
    this.#unsubscribe = options.admissions.subscribe((room) => {
      this.#desk.reconsider(room);
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

  async execute(command: RoomCommand): Promise<Outcome> {
    this.#desk.wished(command);
    const outcome = await this.#commander.execute(command);
    if (outcome.ok) this.#options.taken(command);
    return outcome;
  }

  get load(): NodeLoad {
    const outside = this.#waiting().filter((leg) => this.ledger.roomWith(leg) === undefined);
    return loadOf(this.node, this.ledger.rooms, outside.length);
  }

  /** Everybody here goes on at another node; the gateway is told so with each call's end. */
  sendAllOn(): Promise<void> {
    const inside = [...this.ledger.rooms.values()].flatMap(({ members }) => [...members.keys()]);
    return this.#goingOn.sendAll(new Set([...inside, ...this.#waiting()]));
  }

  identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    return this.#memory.identityOf(leg);
  }

  /** Calls go on; a bridge started later finds them. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe();
    this.#expulsion.stop();
    this.#deadlines.stop();
    this.#dialer.stop();
    this.#desk.stop();
    this.exchange.stop();
    await this.node.stop();
  }

  /** Others found it dead as well: what it had is over, until it shows otherwise. False where it lives. */
  giveUp(): boolean {
    if (this.joined) return false;
    this.#forgetAll();
    return true;
  }

  #openNode(): FreeSwitchNode {
    const { address, pace, log, chance, now, driver, outdriven } = this.#options;
    return new FreeSwitchNode({
      address,
      driver,
      outdriven,
      pace,
      log,
      chance,
      now,
      joined: (core) => this.#joined(core),
      event: (event) => this.#event(event),
    });
  }

  #openLedger(): Ledger {
    const { publish, now } = this.#options;
    return new Ledger({
      publish: (fact) => {
        publish(fact);
        this.#goingOn.told(fact);
        if (fact.kind === 'participant-updated') this.#shown.set(fact.participant.id, fact.room);
        this.#rounds.take(fact);
      },
      now,
      remember: (leg, standing) => this.#goingOn.write(leg, standing),
      moved: (legs) => {
        for (const leg of legs) void this.#setRight(leg);
      },
    });
  }

  #openAudit(): Audit {
    const { node, ledger } = this;
    return new Audit({
      node,
      ledger,
      log: this.#options.log,
      identify: (leg) => this.#found.identify(leg),
      listed: (channel) => {
        this.#holds.listed(channel);
      },
      stray: (channel) => this.#found.stray(channel),
      waiting: () => [...this.#waiting(), ...this.exchange.legs],
      vanished: (leg) => {
        this.#hungUp(leg, '');
      },
      found: this.#options.found,
      done: () => this.#setAllRight(),
    });
  }

  #waiting(): readonly ParticipantId[] {
    const calls = this.#dialer.calls.filter((leg) => this.ledger.roomWith(leg) === undefined);
    return [...new Set([...this.#desk.callers, ...this.ledger.waiting(), ...calls])];
  }

  /** The node is subscribed already, so that what the lists miss comes as an event. */
  #joined(core: string): void {
    const same = this.#core === core;
    this.#belongTo(core);
    if (same) this.#desk.rejoined();
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
    this.#options.elsewhere?.lost();
    this.#memory.clear();
    this.#goingOn.clear();
    this.#dialer.clear();
    this.ledger.void();
    this.#desk.clear();
    this.exchange.clear();
    this.#found.clear();
    this.#listening.clear();
    this.#shown.clear();
  }

  #event(event: EslEvent): void {
    this.#belongTo(coreOf(event) ?? this.#core);
    if (isShutdown(event)) this.#options.elsewhere?.stops();
    const sighting = fromEsl(event);
    if (sighting === undefined) return;
    if ('life' in sighting) this.#observe(sighting);
    else this.#aboutLeg(sighting);
  }

  #aboutLeg(sighting: Exclude<Sighting, RoomSighting>): void {
    const { leg } = sighting;
    if (takes(this.exchange, sighting, this.#options.identityKey)) return;
    switch (sighting.kind) {
      case 'leg-parked':
        this.#parked(sighting);
        return;
      case 'leg-did':
        void this.#desk.did(sighting);
        return;
      case 'key-pressed':
        this.#desk.pressed(leg, sighting.key);
        return;
      case 'leg-on-hold':
        void this.#holds.seen(leg, sighting.on);
        return;
      case 'leg-ringing':
        this.#dialer.heard(leg, { kind: 'ringing' });
        return;
      case 'leg-answered':
        this.#dialer.heard(leg, { kind: 'answered' });
        return;
      case 'leg-received':
        this.#listening.received(leg, sighting.report);
        return;
      case 'leg-measured':
        this.#listening.measured(leg, sighting.trip);
        return;
      case 'leg-hung-up':
        this.#hungUp(leg, sighting.cause);
        return;
      default:
        unreachable(sighting);
    }
  }

  #parked(sighting: Extract<Sighting, { kind: 'leg-parked' }>): void {
    if (sighting.identity !== '') this.#memory.vouched(sighting.leg, sighting.identity);
    void this.#goingOn.arrive(sighting);
  }

  #observe(sighting: RoomSighting): void {
    const { room } = sighting.life;
    const recorded = this.ledger.rooms.get(room)?.recording;
    const doubted = this.ledger.observe(sighting);
    if (doubted) void this.audit.room(room);
    if (sighting.kind === 'member-seen') this.#sawMember(sighting);
    const records = this.ledger.rooms.get(room)?.recording;
    if (sighting.kind === 'recording-seen' && records !== undefined && records !== recorded)
      this.#speaker.sayToRoom(room, { kind: records ? 'recording-on' : 'recording-off' });
  }

  #sawMember({ life, member, joined, mutedTalk }: Extract<Sighting, { kind: 'member-seen' }>) {
    const { leg } = member;
    if (!this.ledger.knows(leg)) void this.#found.identify(leg);
    if (mutedTalk) this.#desk.mutedTalk(leg);
    if (!joined) return;
    void this.#wisher.setRight(life.room, leg);
    if (!this.#goingOn.isFirst(life.room, leg)) return;
    this.#doorbell.came(life.room, leg);
    void recordFromFirst({ ...this.#options, board: this }, life.room, leg);
  }

  #hungUp(leg: ParticipantId, cause: string): void {
    const goesOn = this.#goingOn.ends(leg);
    if (!goesOn) this.#doorbell.gone(leg);
    this.ledger.hungUp(leg);
    this.#desk.hungUp(leg);
    if (cause === '') this.exchange.hungUp(leg, cause);
    this.#dialer.heard(leg, { kind: 'hung-up', cause });
    this.#expulsion.hungUp(leg);
    this.#deadlines.clear(leg);
    this.#speaker.forget(leg);
    this.#holds.forget(leg);
    this.#memory.forget(leg, !goesOn);
    this.#found.forget(leg);
    if (!goesOn) this.#reportEnd(leg, cause);
  }

  #reportEnd(leg: ParticipantId, cause: string): void {
    const quality = this.#listening.end(leg);
    const room = this.#shown.get(leg);
    this.#shown.delete(leg);
    if (room !== undefined)
      this.#options.ended({ room, id: leg, cause, ...(quality && { quality }) });
  }

  async #setRight(leg: ParticipantId): Promise<void> {
    const room = this.ledger.roomWith(leg)?.life.room;
    if (room !== undefined) await this.#wisher.setRight(room, leg);
  }

  async #setAllRight(): Promise<void> {
    await this.#memory.settle((leg) => this.ledger.standings.get(leg));
    await this.#wisher.setAllRight();
  }
}

function foldersOf({ promptsDir, ownPromptsDir }: SwitchboardOptions): [string, ...string[]] {
  return ownPromptsDir === undefined ? [promptsDir] : [ownPromptsDir, promptsDir];
}
