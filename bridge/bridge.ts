import type { CallIdentity } from '../protocol/call/identity.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import { apply } from '../protocol/room/apply.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { CallReport, EngineStatus, RoomControl } from '../protocol/room/control.ts';
import type { TransferWish } from '../protocol/call/transfer.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId, Rooms } from '../protocol/room/room.ts';
import type { Driver, NodeNews } from './driver.ts';
import { dumpOf } from './dump.ts';
import type { BridgeDump } from './dump.ts';
import type { EslAddress } from './esl.ts';
import { PACE } from './node.ts';
import type { Pace } from './node.ts';
import { deleteOldNames } from './old-names.ts';
import { NO_ROOM, UNAVAILABLE } from './outcomes.ts';
import { Switchboard } from './switchboard.ts';
import type { HouseOptions } from './switchboard-options.ts';
import { intended, NO_INTENTS, shown, took } from './intents.ts';
import type { Intents, RoomStanding } from './intents.ts';
import { Moves } from './moves.ts';
import type { Elsewhere, NodeLoad, Several } from './several.ts';
import { isSoundFile } from './esl-words.ts';

export interface BridgeOptions extends HouseOptions {
  /** The event sockets of the FreeSWITCH nodes. A room lives on the node its first leg came to. */
  readonly nodes: readonly EslAddress[];
  /** How much of callers' numbers is shown; `masked` if absent. */
  readonly numbers?: NumberPolicy;
  /** From 0 up to 1; spreads reconnects. */
  readonly chance?: () => number;
  readonly pace?: Partial<Pace>;
  /** Where there are several nodes, and their rooms can move. */
  readonly several?: Several;
  /** A FreeSWITCH was replaced by another process: the calls it had are gone. */
  readonly onRestart?: (node: EslAddress) => void;
}

export interface Bridge extends RoomControl {
  /** Stops listening and commanding; calls and rooms go on without us. */
  stop(): Promise<void>;
  /** Drives one more node. */
  drive(node: EslAddress, driver: Driver): void;
  /**
   * Stops listening to a node (`host:port`) and commanding it; its calls and rooms go on, and are not
   * ours any more. Nobody is told a fact about that.
   */
  leave(node: string): Promise<void>;
  /** What is known of each node, as `subscribe` tells it of all together. Returns how to stop. */
  onNodes(listener: (news: NodeNews) => void): () => void;
  /** Compares all rooms with what FreeSWITCH lists, at once and not at the next turn. */
  auditNow(): Promise<void>;
  /**
   * Empties the rooms of a node that answers neither here nor, as the caller found, to calls; with
   * `several`, its people are shown as moving. False where it answers here.
   */
  giveUp(node: EslAddress): boolean;
  /** What each node carries now. */
  loads(): readonly NodeLoad[];
  /** Has everybody at a node (`host:port`) go on at the others. */
  sendOn(node: string): Promise<void>;
  /** The call of a leg that was on the way to another node is over. */
  lostOnTheWay(leg: ParticipantId): void;
  /** Its owner is in the room by another leg, at a node that another process drives. */
  replaced(leg: ParticipantId): void;
  /** Legs on the way to another node. */
  onTheWay(): readonly ParticipantId[];
  /** One of them came into `room`, at a node that another process drives. */
  cameElsewhere(leg: ParticipantId, room: RoomId): void;
  /** `host:port` of the node a room lives on. */
  nodeOf(room: RoomId): string | undefined;
  /**
   * In a call between registered people: has somebody else ring in place of `leg`, or joins two calls of
   * one person. The end of it as a SIP status: 481 where no such call is known here.
   */
  transfer(wish: TransferWish): Promise<number>;
  /** For a report: ids and states, no names and no numbers. */
  dump(): BridgeDump;
}

export function startBridge(options: BridgeOptions): Bridge {
  for (const field of FOLDERS) {
    const folder = options[field];
    if (folder !== undefined && !isSoundFile(folder))
      throw new Error(`${field} is an absolute path of letters, digits, spaces and _.,+@()~- only`);
  }
  const bridge = new NodesBridge(options);
  bridge.start();
  if (options.callSoundsDir !== undefined) void tidy(options.callSoundsDir, options);
  return bridge;
}

async function tidy(dir: string, { now, log }: BridgeOptions): Promise<void> {
  try {
    await deleteOldNames(dir, now());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log('warn', 'old recorded names could not be deleted', { why });
  }
}

const FOLDERS = ['promptsDir', 'ownPromptsDir', 'callSoundsDir', 'recordingsDir'] as const;

/** Rooms as the switches report them. Commands are wishes; only facts change a room. */
class NodesBridge implements Bridge {
  readonly #options: BridgeOptions;
  #boards: readonly Switchboard[];
  readonly #listeners = new Set<(event: RoomEvent) => void>();
  readonly #nodeListeners = new Set<(news: NodeNews) => void>();
  readonly #endListeners = new Set<(report: CallReport) => void>();
  readonly #log: Log;
  readonly #moves: Moves;
  #rooms: Rooms = new Map();
  #intents: Intents = NO_INTENTS;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#moves = new Moves({
      rooms: () => this.#rooms,
      publish: (fact) => this.#publish(fact, ''),
      intended: (room) => intended(this.#intents, room, options.now()),
      restore: (room, was) => this.#restore(room, was),
      moveMs: { ...PACE, ...options.pace }.moveMs,
    });
    this.#boards = options.nodes.map((address) => this.#board(address));
  }

  #board(address: EslAddress, driver?: Driver): Switchboard {
    const { options, node } = { options: this.#options, node: `${address.host}:${address.port}` };
    return new Switchboard({
      ...options,
      address,
      driver,
      pace: { ...PACE, ...options.pace },
      chance: options.chance ?? Math.random,
      numbers: options.numbers ?? 'masked',
      publish: (event) => {
        const told = this.#told(event, node);
        if (told !== undefined) this.#publish(told, node);
      },
      ended: (report) => {
        for (const listener of this.#endListeners) this.#tell(() => listener(report), 'call-ended');
      },
      outdriven: () => this.#tellOfNode({ kind: 'outdriven', node }),
      found: () => this.#tellOfNode({ kind: 'found', node }),
      taken: (command) => this.#taken(command),
      mayHost: (room) => this.#isFreeFor(room, node),
      elsewhere: this.#elsewhere(node),
    });
  }

  drive(address: EslAddress, driver: Driver): void {
    const board = this.#board(address, driver);
    this.#boards = [...this.#boards, board];
    board.start();
  }

  async leave(node: string): Promise<void> {
    const left = this.#boards.filter((board) => board.node.name === node);
    this.#boards = this.#boards.filter((board) => board.node.name !== node);
    const rooms = new Map(this.#rooms);
    for (const room of rooms.keys())
      if (left.some(({ ledger }) => ledger.has(room))) rooms.delete(room);
    this.#rooms = rooms;
    await Promise.all(left.map((board) => board.stop()));
  }

  onNodes(listener: (news: NodeNews) => void): () => void {
    this.#nodeListeners.add(listener);
    return () => {
      this.#nodeListeners.delete(listener);
    };
  }

  start(): void {
    for (const board of this.#boards) board.start();
  }

  async stop(): Promise<void> {
    this.#moves.stop();
    await Promise.all(this.#boards.map((board) => board.stop()));
  }

  rooms(): Rooms {
    return this.#rooms;
  }

  engines(): readonly EngineStatus[] {
    return this.#boards.map((board) => board.node.status());
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  onCallEnded(listener: (report: CallReport) => void): () => void {
    this.#endListeners.add(listener);
    return () => {
      this.#endListeners.delete(listener);
    };
  }

  async execute(command: RoomCommand): Promise<Outcome> {
    const home = await this.#home(command);
    if (home !== undefined) return home.execute(command);
    const all = this.#boards.every((board) => board.joined);
    return all ? NO_ROOM : UNAVAILABLE;
  }

  identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    const home = this.#boards.find((board) => board.ledger.find(leg) !== undefined);
    return home?.identityOf(leg) ?? Promise.resolve(undefined);
  }

  async auditNow(): Promise<void> {
    await Promise.all(
      this.#boards.filter((board) => board.joined).map((board) => board.audit.all()),
    );
  }

  giveUp({ host, port }: EslAddress): boolean {
    const board = this.#boards.find((each) => each.node.name === `${host}:${port}`);
    return board?.giveUp() ?? false;
  }

  loads(): readonly NodeLoad[] {
    return this.#boards.map(({ load }) => load);
  }

  async sendOn(node: string): Promise<void> {
    this.#beginMoves(node, 'sent');
    await this.#boards.find((each) => each.node.name === node)?.sendAllOn();
  }

  lostOnTheWay(leg: ParticipantId): void {
    this.#moves.lost(leg);
  }

  replaced(leg: ParticipantId): void {
    const board = this.#boards.find(({ ledger }) => ledger.find(leg) !== undefined);
    this.#moves.replaced(leg, board?.ledger);
  }

  onTheWay(): readonly ParticipantId[] {
    return this.#moves.legs;
  }

  cameElsewhere(leg: ParticipantId, room: RoomId): void {
    this.#moves.cameElsewhere(leg, room);
  }

  nodeOf(room: RoomId): string | undefined {
    return this.#boards.find((board) => board.ledger.has(room))?.node.name;
  }

  transfer(wish: TransferWish): Promise<number> {
    const exchange = this.#boards
      .map((board) => board.exchange)
      .find(({ legs }) => legs.includes(wish.leg));
    if (exchange === undefined) return Promise.resolve(481);
    return 'to' in wish ? exchange.transfer(wish.leg, wish.to) : exchange.join(wish.leg, wish.with);
  }

  dump(): BridgeDump {
    return dumpOf(this.#boards);
  }

  /** A call may be the first of its room, which then lives where the call is made. */
  async #home({ kind, room }: RoomCommand): Promise<Switchboard | undefined> {
    const home = this.#boards.find((board) => board.ledger.has(room));
    if (home !== undefined || kind !== 'call') return home;
    const placed = await this.#options.several?.homeOf(room);
    if (placed !== undefined) return this.#boards.find((board) => board.node.name === placed);
    return this.#boards.find((board) => board.joined);
  }

  async #isFreeFor(room: RoomId, node: string): Promise<boolean> {
    const { several } = this.#options;
    return ((await several?.homeOf(room)) ?? this.nodeOf(room) ?? node) === node;
  }

  #elsewhere(node: string): Elsewhere | undefined {
    const { several } = this.#options;
    if (several === undefined) return undefined;
    return {
      keepsakes: several.keepsakes,
      lost: () => this.#beginMoves(node, 'lost'),
      stops: () => this.#beginMoves(node, 'sent'),
      replaced: (leg) => {
        this.replaced(leg);
        this.#tellOfNode({ kind: 'replaced', node, leg });
      },
      isMoving: (leg) => this.#moves.has(leg),
    };
  }

  #beginMoves(node: string, why: 'lost' | 'sent'): void {
    const board = this.#boards.find((each) => each.node.name === node);
    if (board !== undefined) this.#moves.begin(board.ledger, why);
  }

  /** A fact as it is to be told, of which another node may know better. */
  #told(fact: RoomEvent, node: string): RoomEvent | undefined {
    const from = this.#boards.find((each) => each.node.name === node);
    if (this.#options.several === undefined || from === undefined) return fact;
    const others = this.#boards.filter((each) => each !== from);
    return this.#moves.filter(
      fact,
      from.ledger,
      others.map(({ ledger }) => ledger),
    );
  }

  /** Locks and recordings are FreeSWITCH's, and gone with it. */
  #restore(room: RoomId, was: RoomStanding): void {
    const execute =
      this.#options.several?.execute ?? ((command: RoomCommand) => this.execute(command));
    if (was.locked) void execute({ kind: 'set-locked', room, on: true });
    if (was.recording) void execute({ kind: 'set-recording', room, on: true });
  }

  #taken(command: RoomCommand): void {
    const room = this.#rooms.get(command.room);
    this.#intents = took(this.#intents, command, room, this.#options.now());
  }

  #publish(fact: RoomEvent, node: string): void {
    this.#intents = shown(this.#intents, fact);
    const next = apply(this.#rooms, fact);
    if (next === this.#rooms) return;
    this.#rooms = next;
    for (const listener of this.#listeners) this.#tell(() => listener(fact), fact.kind);
    this.#tellOfNode({ kind: 'fact', node, event: fact });
  }

  #tellOfNode(news: NodeNews): void {
    for (const listener of this.#nodeListeners) this.#tell(() => listener(news), news.kind);
  }

  /** A listener that fails must not look like a fault of FreeSWITCH's, whose link would be dropped. */
  #tell(tell: () => void, fact: string): void {
    try {
      tell();
    } catch (error) {
      const why = error instanceof Error ? error.stack : String(error);
      this.#log('error', 'a listener of room events failed', { fact, why });
    }
  }
}
