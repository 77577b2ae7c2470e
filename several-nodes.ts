import type { BridgeOptions } from './bridge/bridge.ts';
import type { FreeswitchNode } from './config.ts';
import { KeptLegs } from './meetings/kept-legs.ts';
import { KeptStays } from './meetings/kept-stays.ts';
import { Placements, RENEW_MS } from './meetings/placements.ts';
import type { NodeState } from './meetings/rules/placement.ts';
import type { Store } from './meetings/store/store.ts';
import type { NodeControl, NodeView } from './protocol/http/nodes.ts';
import type { Log } from './protocol/log.ts';
import type { Outcome, RoomCommand } from './protocol/room/command.ts';
import type { RoomId } from './protocol/room/room.ts';
import type { AllRooms } from './rooms.ts';
import type { Gateway, GatewayOptions } from './sip-gateway/gateway.ts';
import type { SwitchAddress } from './sip-gateway/switches.ts';

export interface SeveralNodesParts {
  readonly nodes: readonly FreeswitchNode[];
  readonly store: Store;
  readonly now: () => number;
  readonly log: Log;
}

/** How often the bridge's own word on a node is looked at; the gateway's comes by itself. */
const LOOK_MS = 250;

/**
 * What bridge and gateway need of each other where there are several FreeSWITCHes: which room is where,
 * and that a node is dead, which both of them must say. Then its people go on at the others.
 */
export class SeveralNodes {
  readonly #parts: SeveralNodesParts;
  readonly #kept: KeptLegs;
  readonly #placements: Placements;
  readonly #dead = new Set<FreeswitchNode>();
  #joined: { readonly bridge: AllRooms; readonly gateway: Gateway } | undefined;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(parts: SeveralNodesParts) {
    this.#parts = parts;
    this.#kept = new KeptLegs(parts);
    this.#placements = new Placements({
      ...parts,
      nodes: () => this.#states(),
      inhabited: (room) => this.#joined?.bridge.nodeOf(room),
    });
  }

  get forBridge(): Pick<BridgeOptions, 'several' | 'stays' | 'onRestart'> {
    const homeOf = (room: RoomId): Promise<string | undefined> => this.#placements.place(room);
    const execute = async (command: RoomCommand): Promise<Outcome> =>
      this.#joined?.bridge.execute(command) ?? NOT_STARTED;
    return {
      stays: new KeptStays(this.#parts),
      ...(this.#areSeveral && { several: { keepsakes: this.#kept, homeOf, execute } }),
      onRestart: (lost) => {
        for (const node of this.#parts.nodes)
          if (nameOf(node) === nameOf(lost)) this.#joined?.gateway.moveCallsFrom(node.sip);
      },
    };
  }

  get forGateway(): Pick<GatewayOptions, 'placement' | 'onGoneOnTheWay' | 'onSwitchDown'> {
    const onSwitchDown = (): void => this.look();
    if (!this.#areSeveral) return { onSwitchDown };
    return {
      placement: {
        place: (room) => this.#sipOf(room),
        lastKnown: async (leg) => (await this.#kept.read(leg))?.who,
        awaitAgain: (who, leg, forMs) => this.#kept.awaitAgain(who, leg, forMs),
        claim: (who) => this.#kept.claim(who),
      },
      onGoneOnTheWay: (leg) => this.#joined?.bridge.lostOnTheWay(leg),
      onSwitchDown,
    };
  }

  /** For the API. */
  get control(): NodeControl {
    return {
      list: () => this.#list(),
      drain: (id, on) => this.#placements.drain(id, on),
      sendOn: (id) => this.#sendOn(id),
    };
  }

  start(bridge: AllRooms, gateway: Gateway): void {
    this.#joined = { bridge, gateway };
    if (!this.#areSeveral) return;
    this.#timers = [
      setInterval(() => this.look(), LOOK_MS),
      setInterval(() => void this.#placements.renew(bridge.rooms().keys()), RENEW_MS),
    ];
  }

  stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    return Promise.resolve();
  }

  get #areSeveral(): boolean {
    return this.#parts.nodes.length > 1;
  }

  async #list(): Promise<readonly NodeView[]> {
    const engines = this.#joined?.bridge.engines() ?? [];
    const loads = this.#joined?.bridge.loads() ?? [];
    const states = await this.#placements.states();
    return states.map(({ node: id, health: state, idleCpu, draining, people }) => {
      const rooms = loads.find(({ node }) => node === id)?.rooms ?? 0;
      const version = engines.find(({ node }) => node === id)?.version;
      return {
        ...{ id, state, draining, people, rooms },
        ...(idleCpu !== undefined && { idleCpu }),
        ...(version !== undefined && { version }),
      };
    });
  }

  async #sendOn(id: string): Promise<void> {
    const bridge = this.#joined?.bridge;
    if (bridge === undefined) return;
    const rooms = [...bridge.rooms().keys()].filter((room) => bridge.nodeOf(room) === id);
    await Promise.all(rooms.map((room) => this.#placements.leave(room, id)));
    await bridge.sendOn(id);
  }

  /** Compares what bridge and gateway say of each node, and acts where that has changed. */
  look(): void {
    for (const node of this.#parts.nodes) {
      const health = this.#healthOf(node);
      // The bridge may have lost it: it is asked at once whether it still takes calls.
      if (health === 'doubted') this.#joined?.gateway.suspect(node.sip);
      if (health !== 'dead') this.#dead.delete(node);
      else if (!this.#dead.has(node)) this.#died(node);
    }
  }

  #died(node: FreeswitchNode): void {
    if (this.#joined?.bridge.giveUp(node) !== true) return;
    this.#dead.add(node);
    this.#joined.gateway.moveCallsFrom(node.sip);
  }

  async #sipOf(room: RoomId | undefined): Promise<SwitchAddress | undefined> {
    const name =
      room === undefined ? await this.#placements.anywhere() : await this.#placements.place(room);
    return this.#parts.nodes.find((node) => nameOf(node) === name)?.sip;
  }

  #states(): Omit<NodeState, 'draining' | 'rooms'>[] {
    const loads = this.#joined?.bridge.loads() ?? [];
    return this.#parts.nodes.map((each) => {
      const load = loads.find(({ node }) => node === nameOf(each));
      const idle = load?.idleCpu;
      return {
        ...{ node: nameOf(each), health: this.#healthOf(each), people: load?.people ?? 0 },
        ...(idle === undefined ? {} : { idleCpu: idle }),
      };
    });
  }

  #healthOf(node: FreeswitchNode): NodeState['health'] {
    if (this.#joined === undefined) return 'doubted';
    const { bridge, gateway } = this.#joined;
    const name = nameOf(node);
    const commands = bridge.engines().some((each) => each.node === name && each.state === 'joined');
    const { host, port } = node.sip;
    const found = gateway
      .status()
      .switches.find((each) => each.host === host && each.port === port);
    if (found?.stops === true) return 'dead';
    const calls = found?.up === true;
    if (commands && calls && found.refusesCalls !== true) return 'up';
    return commands || calls ? 'doubted' : 'dead';
  }
}

const NOT_STARTED: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'The server is only just starting. Try again in a few seconds.',
};

function nameOf({ host, port }: Pick<FreeswitchNode, 'host' | 'port'>): string {
  return `${host}:${port}`;
}
