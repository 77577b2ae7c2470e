import type { NodeLoad } from '../bridge/several.ts';
import type { NodeNews } from '../bridge/driver.ts';
import type { EngineStatus, FactOrigin } from '../protocol/room/control.ts';
import { toSnapshot } from '../protocol/room/snapshot.ts';
import type { Driven, Message } from './core/message.ts';
import { nodesOf, withFact, withFound, withSnapshot } from './core/merge.ts';
import type { MergeStep } from './core/merge.ts';
import type { Numbered } from './peers.ts';
import { isEmbedded, ownToken, sharedName } from './shared.ts';
import type { Shared } from './shared.ts';

const BEAT_EVERY_MS = 1_000;

export interface ReportsOptions extends Shared {
  readonly step: (step: MergeStep, from?: FactOrigin) => void;
}

type Told = Extract<NodeNews, { kind: 'fact' | 'found' }>;
type Report = Numbered | Extract<Message, { kind: 'wanted' }>;

/** Facts of our nodes to the others, and theirs to us. */
export class Reports {
  readonly #options: ReportsOptions;
  /** The number of what we did last. */
  #seq = 0;
  #beatAtMs = -Infinity;
  #engines = '';

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** What our bridge learned. */
  ours(news: Told): void {
    const { merged, step, wire, self: from } = this.#options;
    const driven = this.#drivenBy(news);
    // The node was let go: whoever drives it now finds the same.
    if (driven === undefined) return;
    const { token } = driven;
    if (news.kind === 'found') {
      if (
        merged().nodes.get(driven.node)?.found &&
        merged().nodes.get(driven.node)?.token === token
      )
        return;
      wire()?.say({ kind: 'found', from, seq: ++this.#seq, ...driven });
      step(withFound(merged(), driven));
    } else {
      const { event } = news;
      wire()?.say({ kind: 'fact', from, seq: ++this.#seq, ...driven, event });
      step(withFact(merged(), { ...driven, event }));
    }
  }

  /** What the bridge says of somebody between two nodes belongs to the room's. */
  #drivenBy(news: Told): Driven | undefined {
    const { nodes, merged } = this.#options;
    const homes =
      news.kind === 'fact' && news.node === '' ? nodesOf(merged(), news.event.room) : undefined;
    const at =
      homes === undefined ? [news.node] : nodes.filter((each) => homes.includes(this.nameOf(each)));
    for (const node of at) {
      const token = ownToken(this.#options, node);
      if (token !== undefined) return { node: this.nameOf(node), token };
    }
    return undefined;
  }

  hear(message: Report): void {
    const { peers, wire, self: from } = this.#options;
    if (message.kind === 'wanted') {
      void wire()?.tell(message.from, this.#snapshot());
      return;
    }
    const { take, ask } = peers.hear(message);
    if (ask) void wire()?.tell(message.from, { kind: 'wanted', from });
    if (take) this.#take(message);
  }

  /** Asks everybody for all they have. */
  ask(): void {
    this.#options.wire()?.say({ kind: 'wanted', from: this.#options.self });
  }

  /** Something may have been missed; and others may have missed something of ours. */
  doubt(): void {
    this.#options.peers.doubt();
    this.ask();
    this.#options.wire()?.say(this.#snapshot());
  }

  /** Says that we are there, when it is time or an engine stands otherwise. */
  beat(): void {
    const engines = this.#ownEngines();
    const text = JSON.stringify(engines);
    const nowMs = performance.now();
    if (text === this.#engines && nowMs - this.#beatAtMs < BEAT_EVERY_MS) return;
    this.#engines = text;
    this.#beatAtMs = nowMs;
    const { wire, bridge, self: from } = this.#options;
    const loads = bridge.loads().map((load) => ({ ...load, node: this.nameOf(load.node) }));
    wire()?.say({ kind: 'beat', from, seq: this.#seq, engines, loads });
  }

  /** The nodes of the settings, in their order, as whoever drives them says. */
  engines(): readonly EngineStatus[] {
    const { bridge, nodes, peers } = this.#options;
    const ours = new Map(bridge.engines().map((engine) => [engine.node, engine]));
    return nodes.map((node) => ours.get(node) ?? peers.engine(node) ?? undriven(node));
  }

  /** What each of them carries, in the same order, as far as it is known. */
  loads(): readonly NodeLoad[] {
    const { bridge, nodes, peers } = this.#options;
    const ours = new Map(bridge.loads().map((load) => [load.node, load]));
    return nodes.flatMap((node) => ours.get(node) ?? peers.load(node) ?? []);
  }

  /** What processes call a node of ours. */
  nameOf(node: string): string {
    return sharedName(this.#options, node);
  }

  endsWithItsDriver(name: string): boolean {
    return isEmbedded(name);
  }

  #take(message: Numbered): void {
    const { merged, step, peers } = this.#options;
    switch (message.kind) {
      case 'fact':
        peers.drives(message.from, message);
        step(withFact(merged(), message), 'elsewhere');
        return;
      case 'found':
        peers.drives(message.from, message);
        step(withFound(merged(), message), 'elsewhere');
        return;
      case 'snapshot':
        for (const node of message.nodes) {
          peers.drives(message.from, node);
          step(withSnapshot(merged(), node), 'elsewhere');
        }
        return;
      case 'beat':
    }
  }

  #ownEngines(): readonly EngineStatus[] {
    return this.#options.bridge
      .engines()
      .map((engine) => ({ ...engine, node: this.nameOf(engine.node) }));
  }

  #snapshot(): Message {
    const { self: from, merged, bridge } = this.#options;
    const nodes = bridge.engines().flatMap((engine) => {
      const token = ownToken(this.#options, engine.node);
      if (token === undefined) return [];
      const node = this.nameOf(engine.node);
      const known = merged().nodes.get(node);
      const isOurs = known?.token === token;
      const rooms = isOurs ? [...known.rooms.values()].map(toSnapshot) : [];
      return [{ node, token, found: isOurs && known.found, rooms }];
    });
    return { kind: 'snapshot', from, seq: this.#seq, nodes, engines: this.#ownEngines() };
  }
}

function undriven(node: string): EngineStatus {
  return { node, state: 'connecting', detail: 'No Partyline drives it at the moment.' };
}
