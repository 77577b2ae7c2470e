import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bridge } from '../bridge/bridge.ts';
import type { NodeLoad } from '../bridge/several.ts';
import type { EslAddress } from '../bridge/esl.ts';
import { Leases } from '../meetings/leases.ts';
import type { Store } from '../meetings/store/store.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Log } from '../protocol/log.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type {
  CallReport,
  EngineStatus,
  FactOrigin,
  RoomControl,
} from '../protocol/room/control.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { ParticipantId, RoomId, Rooms } from '../protocol/room/room.ts';
import type { Message } from './core/message.ts';
import { arrivedAt, NOTHING, nodesOf, withoutNode } from './core/merge.ts';
import type { Merged, MergeStep } from './core/merge.ts';
import { Drivers } from './drivers.ts';
import { Errands } from './errands.ts';
import { Members } from './members.ts';
import { Peers } from './peers.ts';
import { Reports } from './reports.ts';
import { sharedName } from './shared.ts';
import { openWire } from './wire.ts';
import type { Wire } from './wire.ts';

export interface ClusterOptions {
  readonly store: Store;
  readonly redisUrl: string;
  /** The nodes of the settings, the same at each process; or the one that is ours alone. */
  readonly nodes: readonly EslAddress[];
  /** The nodes are embedded here: nobody else can drive them, and they end with us. */
  readonly own: boolean;
  /** Drives no node yet; where they are our own, all of them. */
  readonly bridge: Bridge;
  /** A FreeSWITCH that another process drives was replaced by another: the calls it had are gone. */
  readonly onRestart: (node: EslAddress) => void;
  readonly log: Log;
}

/** A process that died counts as living for as long as its lease is good. */
const CATCH_UP_MS = 4_000;
const LOOK_EVERY_MS = 25;

/** What a bridge says and does about nodes: here about all of them, whoever drives them. */
export type NodesInUse = Pick<Bridge, 'giveUp' | 'loads' | 'nodeOf' | 'lostOnTheWay' | 'sendOn'>;

/** The rooms of all processes that share a Redis; each node is driven by one of them at a time. */
export interface Cluster extends RoomControl, NodesInUse {
  /** What leases and messages call this process. */
  readonly self: string;
  /** The rooms whose nodes we drive, and their facts: for what one process does for all. */
  readonly ours: Pick<RoomControl, 'rooms' | 'subscribe'>;
  /** Tells the others that a FreeSWITCH of ours is another one now. */
  restarted(node: EslAddress): void;
  /** Whether the store answered when it was last asked. */
  readonly isSteady: boolean;
  /** Whether no room can be open that is not shown: all processes were heard, and their nodes listed. */
  readonly isWhole: boolean;
  /** Leaves its nodes to the others. Stopping the bridge is the caller's. */
  stop(): Promise<void>;
}

/** Rejects with `StoreUnavailable` where Redis cannot be reached at the start. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const cluster = new SharedRooms(options);
  await cluster.start();
  return cluster;
}

class SharedRooms implements Cluster {
  readonly #options: ClusterOptions;
  readonly self = randomUUID();
  readonly #listeners = new Set<(event: RoomEvent, from?: FactOrigin) => void>();
  readonly #peers = new Peers();
  readonly #members: Members;
  readonly #drivers: Drivers;
  readonly #reports: Reports;
  readonly #errands: Errands;
  #merged: Merged = NOTHING;
  #wire: Wire | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void)[] = [];

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { store, bridge, nodes, own, log } = options;
    const self = this.self;
    const leases = new Leases(store, self);
    this.#members = new Members(store, leases, self);
    const byName = new Map(nodes.map((node) => [`${node.host}:${node.port}`, node]));
    this.#drivers = new Drivers({
      ...{ self, leases, log },
      nodes: own ? [] : [...byName.keys()],
      members: this.#members,
      now: () => performance.now(),
      drive: (name, right) => {
        const node = byName.get(name);
        if (node !== undefined) bridge.drive(node, right);
      },
      leave: (name) => bridge.leave(name),
    });
    const shared = {
      ...{ self, bridge, own, peers: this.#peers, drivers: this.#drivers },
      nodes: [...byName.keys()],
      merged: () => this.#merged,
      wire: () => this.#wire,
      log,
    };
    this.#reports = new Reports({
      ...shared,
      step: (step, from) => this.#step(step, from),
    });
    this.#errands = new Errands(shared);
  }

  async start(): Promise<void> {
    const { redisUrl, bridge, store } = this.#options;
    this.#unsubscribe = [
      bridge.onNodes((news) => {
        if (news.kind === 'outdriven') void this.#drivers.lost(news.node);
        else if (news.kind === 'replaced')
          this.#wire?.say({ kind: 'replaced', from: this.self, leg: news.leg });
        else this.#reports.ours(news);
      }),
      store.watch('lease:node:', (change) => {
        if (change.kind === 'changed' && change.by === 'others') this.#drivers.look();
      }),
    ];
    this.#wire = await openWire({
      url: redisUrl,
      self: this.self,
      hear: (message) => {
        this.#hear(message);
      },
      back: () => this.#reports.doubt(),
    });
    this.#reports.ask();
    this.#drivers.start();
    this.#timer = setInterval(() => this.#beat(), 250);
  }

  get isSteady(): boolean {
    return this.#drivers.isSteady;
  }

  get isWhole(): boolean {
    const { nodes } = this.#merged;
    const own = { own: this.#options.own, self: this.self };
    const named = this.#options.nodes.map(({ host, port }) => sharedName(own, `${host}:${port}`));
    const all = [...named, ...nodes.keys()];
    return this.#isHeardOut && all.every((node) => nodes.get(node)?.found === true);
  }

  async caughtUp(): Promise<boolean> {
    const giveUpAt = performance.now() + CATCH_UP_MS;
    while (!this.#isHeardOut && performance.now() < giveUpAt) await wait(LOOK_EVERY_MS);
    return this.#isHeardOut;
  }

  rooms(): Rooms {
    return this.#merged.rooms;
  }

  engines(): readonly EngineStatus[] {
    return this.#reports.engines();
  }

  subscribe(listener: (event: RoomEvent, from?: FactOrigin) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  execute(command: RoomCommand): Promise<Outcome> {
    return this.#errands.execute(command);
  }

  identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    return this.#errands.identityOf(leg);
  }

  /** Told by the process that drove the call's node, and by no other. */
  onCallEnded(listener: (report: CallReport) => void): () => void {
    return this.#options.bridge.onCallEnded?.(listener) ?? (() => undefined);
  }

  get ours(): Pick<RoomControl, 'rooms' | 'subscribe'> {
    return {
      rooms: () => this.#options.bridge.rooms(),
      subscribe: (listener) =>
        this.subscribe((event, from) => {
          if (from === undefined) listener(event);
        }),
    };
  }

  giveUp(node: EslAddress): boolean {
    const name = `${node.host}:${node.port}`;
    const { bridge } = this.#options;
    const isOurs = bridge.engines().some((engine) => engine.node === name);
    if (!isOurs)
      return this.engines().some((each) => each.node === name && each.state !== 'joined');
    const done = bridge.giveUp(node);
    // What those before us showed there is over as well.
    if (done) this.#reports.ours({ kind: 'found', node: name });
    return done;
  }

  loads(): readonly NodeLoad[] {
    return this.#reports.loads();
  }

  nodeOf(room: RoomId): string | undefined {
    return nodesOf(this.#merged, room)[0];
  }

  sendOn(node: string): Promise<void> {
    return this.#errands.sendOn(node);
  }

  lostOnTheWay(leg: ParticipantId): void {
    this.#options.bridge.lostOnTheWay(leg);
    this.#wire?.say({ kind: 'gone-on-the-way', from: this.self, leg });
  }

  restarted({ host, port }: EslAddress): void {
    this.#wire?.say({ kind: 'restarted', from: this.self, node: `${host}:${port}` });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#drivers.stop();
    await this.#members.stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#errands.stop();
    await this.#wire?.close();
  }

  #hear(message: Message): void {
    const { nodes, bridge, onRestart } = this.#options;
    switch (message.kind) {
      case 'question':
      case 'answer':
        void this.#errands.hear(message);
        return;
      case 'restarted':
        for (const node of nodes) if (`${node.host}:${node.port}` === message.node) onRestart(node);
        return;
      case 'gone-on-the-way':
        bridge.lostOnTheWay(message.leg);
        return;
      case 'replaced':
        bridge.replaced(message.leg);
        return;
      default:
        this.#reports.hear(message);
    }
  }

  get #isHeardOut(): boolean {
    const { live } = this.#members;
    const others = live.filter((process) => process !== this.self);
    return live.length > 0 && others.every((process) => this.#peers.isHeardOut(process));
  }

  #beat(): void {
    this.#reports.beat();
    this.#letArrivedGo();
    // Before the first look nobody is known to live.
    if (!this.#drivers.isSteady || this.#members.live.length === 0) return;
    // An embedded engine ends with its process; any other waits for its next driver.
    const { gone, nodes } = this.#peers.keepOnly(this.#members.live);
    for (const process of gone) this.#errands.gone(process);
    for (const node of nodes)
      if (this.#reports.endsWithItsDriver(node)) this.#step(withoutNode(this.#merged, node));
  }

  /** Whoever left a node of ours may have come to one that another process drives. */
  #letArrivedGo(): void {
    const { bridge } = this.#options;
    for (const leg of bridge.onTheWay()) {
      const room = arrivedAt(this.#merged, leg);
      if (room !== undefined) bridge.cameElsewhere(leg, room);
    }
  }

  #step({ merged, facts }: MergeStep, from?: FactOrigin): void {
    this.#merged = merged;
    for (const fact of facts)
      for (const listener of this.#listeners) this.#tell(listener, fact, from);
  }

  /** A listener that fails must not keep a fact from the others. */
  #tell(
    listener: (event: RoomEvent, from?: FactOrigin) => void,
    fact: RoomEvent,
    from: FactOrigin | undefined,
  ): void {
    try {
      listener(fact, from);
    } catch (error) {
      const why = error instanceof Error ? error.stack : String(error);
      this.#options.log('error', 'a listener of room events failed', { fact: fact.kind, why });
    }
  }
}
