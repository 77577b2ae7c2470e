/** One FreeSWITCH, as somebody who places a room sees it. */
export interface NodeState {
  /** `host:port` of its event socket. */
  readonly node: string;
  /** `up`: it answers calls and commands. `doubted`: only one of them. `dead`: neither. */
  readonly health: 'up' | 'doubted' | 'dead';
  /** It takes no new rooms. */
  readonly draining: boolean;
  /** People in its rooms and on their way there, and rooms that are placed there. */
  readonly people: number;
  readonly rooms: number;
  /** Per cent of its processors; absent: not known. */
  readonly idleCpu?: number;
}

/** A node with less idle than this is as full as one with this: figures near 0 say little. */
const LEAST_IDLE = 5;
/** A room that nobody is in yet will be: so many that are placed in one breath are spread. */
const PEOPLE_A_ROOM = 2;

/**
 * Where a new room goes: of the nodes that are up and not drained, to the one that carries least, by people
 * and by how busy its processors are. Undefined where there is none. Equals are taken by name, so that
 * all who ask at once say the same.
 */
export function leastLoaded(nodes: readonly NodeState[]): string | undefined {
  const open = nodes.filter(({ health, draining }) => health === 'up' && !draining);
  return open.toSorted((one, other) => loadOf(one) - loadOf(other) || byName(one, other))[0]?.node;
}

function loadOf({ people, rooms, idleCpu = 100 }: NodeState): number {
  return (1 + people + rooms * PEOPLE_A_ROOM) / Math.max(idleCpu, LEAST_IDLE);
}

function byName(one: NodeState, other: NodeState): number {
  return one.node < other.node ? -1 : 1;
}

/** What becomes of a room that was placed before. */
export type Kept =
  | { readonly kind: 'stays'; readonly node: string }
  | { readonly kind: 'goes'; readonly to: string }
  | { readonly kind: 'nowhere' };

/**
 * A room stays where it is placed until that node is dead, drained or not; else where people of it are; else
 * it is placed anew.
 */
export function keptAt(
  {
    placed,
    inhabited,
  }: { readonly placed?: string | undefined; readonly inhabited?: string | undefined },
  nodes: readonly NodeState[],
): Kept {
  const lives = (name: string | undefined): name is string =>
    nodes.some(({ node, health }) => node === name && health !== 'dead');
  if (lives(placed)) return { kind: 'stays', node: placed };
  const to = lives(inhabited) ? inhabited : leastLoaded(nodes);
  return to === undefined ? { kind: 'nowhere' } : { kind: 'goes', to };
}
