import type { Log } from '../protocol/log.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { InTurn } from './in-turn.ts';
import { Leases } from './leases.ts';
import type { Lease } from './leases.ts';
import { keptAt, leastLoaded } from './rules/placement.ts';
import type { NodeState } from './rules/placement.ts';
import { StoreUnavailable } from './store/store.ts';
import type { Store } from './store/store.ts';

export interface PlacementsParts {
  readonly store: Store;
  /** The nodes as they stand now; what of them is drained is known here. */
  readonly nodes: () => readonly Omit<NodeState, 'draining' | 'rooms'>[];
  /** Where people of a room are now, as far as is known here. */
  readonly inhabited: (room: RoomId) => string | undefined;
  readonly log: Log;
}

/** So long a room without anybody keeps its node. */
const LEASE_MS = 60_000;
export const RENEW_MS = 20_000;

/**
 * Which node each room is at: a lease `room:<id>` that a node holds, so that all who share the store say
 * the same. Without the store the last that is known here holds.
 */
export class Placements {
  readonly #parts: PlacementsParts;
  readonly #known = new Map<RoomId, string>();
  readonly #turns = new InTurn();
  #draining: ReadonlySet<string> = new Set();

  constructor(parts: PlacementsParts) {
    this.#parts = parts;
  }

  /** The node of a room, placed now where it had none; undefined: none takes calls. */
  place(room: RoomId): Promise<string | undefined> {
    return this.#turns.run(room, () => this.#place(room));
  }

  /** Where a call goes that belongs to no room yet. */
  async anywhere(): Promise<string | undefined> {
    return leastLoaded(await this.states());
  }

  /** Places a room elsewhere than at `node`, although its people are there. Rejects with `StoreUnavailable`. */
  async leave(room: RoomId, node: string): Promise<void> {
    await this.#turns.run(room, async () => {
      this.#known.delete(room);
      const held = await this.#held(room);
      if (held !== undefined) await this.#of(held.holder).release(held);
      const to = leastLoaded((await this.states()).filter((each) => each.node !== node));
      if (to === undefined) return;
      if (await this.#of(to).take(nameOf(room), LEASE_MS)) this.#known.set(room, to);
    });
  }

  /** Keeps the nodes of those rooms that have people. To be called every `RENEW_MS`. */
  async renew(rooms: Iterable<RoomId>): Promise<void> {
    const live = new Set(rooms);
    for (const room of this.#known.keys()) if (!live.has(room)) this.#known.delete(room);
    await this.#unlessAway(async () => {
      for (const room of live) {
        const held = await this.#held(room);
        if (held === undefined) await this.place(room);
        else await this.#of(held.holder).renew(held, LEASE_MS);
      }
    }, undefined);
  }

  /** No new rooms on a node, or again. Rejects with `StoreUnavailable`. */
  async drain(node: string, on: boolean): Promise<void> {
    const key = `${DRAINING}${safe(node)}`;
    if (on) await this.#parts.store.put(key, { value: node });
    else await this.#parts.store.delete(key);
  }

  /** All nodes, with what is drained and placed. */
  async states(): Promise<readonly NodeState[]> {
    const drained = await this.#unlessAway(
      async () => new Set((await this.#parts.store.list<string>(DRAINING)).map(([, node]) => node)),
      this.#draining,
    );
    this.#draining = drained;
    const placed = [...this.#known.values()];
    return this.#parts.nodes().map((each) => ({
      ...each,
      draining: drained.has(each.node),
      rooms: placed.filter((node) => node === each.node).length,
    }));
  }

  async #place(room: RoomId): Promise<string | undefined> {
    const states = await this.states();
    const before = this.#known.get(room);
    const node = await this.#unlessAway(
      () => this.#byLease(room, states),
      placedBy({ placed: before, inhabited: this.#parts.inhabited(room) }, states),
    );
    if (node === undefined) this.#known.delete(room);
    else this.#known.set(room, node);
    return node;
  }

  async #byLease(room: RoomId, states: readonly NodeState[]): Promise<string | undefined> {
    const held = await this.#held(room);
    const placed = states.find(
      ({ node }) => held !== undefined && safe(node) === held.holder,
    )?.node;
    const kept = keptAt({ placed, inhabited: this.#parts.inhabited(room) }, states);
    if (kept.kind === 'stays') return kept.node;
    if (kept.kind === 'nowhere') return undefined;
    if (held !== undefined) await this.#of(held.holder).release(held);
    const taken = await this.#of(kept.to).take(nameOf(room), LEASE_MS);
    if (taken !== undefined) {
      this.#parts.log('info', 'a room was placed', { room, node: kept.to });
      return kept.to;
    }
    // Somebody else was faster: theirs holds.
    const winner = (await this.#held(room))?.holder;
    return states.find(({ node }) => safe(node) === winner)?.node;
  }

  #held(room: RoomId): Promise<Lease | undefined> {
    return this.#of('anybody').current(nameOf(room));
  }

  #of(node: string): Leases {
    return new Leases(this.#parts.store, safe(node));
  }

  async #unlessAway<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.#parts.log('warn', 'rooms are placed without the store', { why: error.message });
      return otherwise;
    }
  }
}

const DRAINING = 'draining:';

function placedBy(
  known: { readonly placed: string | undefined; readonly inhabited: string | undefined },
  states: readonly NodeState[],
): string | undefined {
  const kept = keptAt(known, states);
  if (kept.kind === 'stays') return kept.node;
  return kept.kind === 'goes' ? kept.to : undefined;
}

function nameOf(room: RoomId): string {
  return `room:${room}`;
}

/** An IPv6 address has brackets, which neither a key nor a holder may. */
function safe(node: string): string {
  return node.replace(/[^\w.:-]/g, '');
}
