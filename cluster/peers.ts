import type { NodeLoad } from '../bridge/several.ts';
import type { EngineStatus } from '../protocol/room/control.ts';
import { hear } from './core/line.ts';
import type { Line } from './core/line.ts';
import type { Message } from './core/message.ts';

/** What a process says of itself, numbered. */
export type Numbered = Extract<Message, { readonly seq: number }>;

interface Peer {
  line: Line;
  engines: readonly EngineStatus[];
  loads: readonly NodeLoad[];
}

const UNKNOWN: Peer = { line: undefined, engines: [], loads: [] };

/** The other processes, as far as we have heard them out. */
export class Peers {
  readonly #peers = new Map<string, Peer>();
  /** Who drives each node, by whom we heard it from. */
  readonly #drivers = new Map<string, { readonly process: string; readonly token: number }>();

  /** Whether what was heard counts, and whether to ask for a snapshot. */
  hear(message: Numbered): { readonly take: boolean; readonly ask: boolean } {
    const peer = this.#peers.get(message.from) ?? UNKNOWN;
    const kind = message.kind === 'fact' || message.kind === 'found' ? 'next' : message.kind;
    const { line, take, ask } = hear(peer.line, { kind, seq: message.seq });
    const engines = 'engines' in message ? message.engines : peer.engines;
    const loads = 'loads' in message ? message.loads : peer.loads;
    this.#peers.set(message.from, { line, engines, loads });
    return { take, ask };
  }

  /** Somebody drives this node by this right; who has a smaller one does not any more. */
  drives(
    process: string,
    { node, token }: { readonly node: string; readonly token: number },
  ): void {
    if (token >= (this.#drivers.get(node)?.token ?? 0)) this.#drivers.set(node, { process, token });
  }

  /** Whether all that it has is known here, as far as it can tell. */
  isHeardOut(process: string): boolean {
    return this.#peers.get(process)?.line !== undefined;
  }

  driverOf(node: string): string | undefined {
    return this.#drivers.get(node)?.process;
  }

  /** As its driver says it stands. */
  engine(node: string): EngineStatus | undefined {
    const driver = this.driverOf(node);
    const engines = driver === undefined ? [] : (this.#peers.get(driver)?.engines ?? []);
    return engines.find((engine) => engine.node === node);
  }

  /** As its driver says what it carries. */
  load(node: string): NodeLoad | undefined {
    const driver = this.driverOf(node);
    const loads = driver === undefined ? [] : (this.#peers.get(driver)?.loads ?? []);
    return loads.find((load) => load.node === node);
  }

  /** Forgets those that live no more; says who they are and which nodes they drove. */
  keepOnly(live: readonly string[]): {
    readonly gone: readonly string[];
    readonly nodes: readonly string[];
  } {
    const gone = [...this.#peers.keys()].filter((process) => !live.includes(process));
    for (const process of gone) this.#peers.delete(process);
    const left = [...this.#drivers].filter(([, { process }]) => gone.includes(process));
    for (const [node] of left) this.#drivers.delete(node);
    return { gone, nodes: left.map(([node]) => node) };
  }

  /** Something may have been missed of everybody. */
  doubt(): readonly string[] {
    for (const peer of this.#peers.values()) peer.line = undefined;
    return [...this.#peers.keys()];
  }
}
