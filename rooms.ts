import { startBridge } from './bridge/bridge.ts';
import type { Bridge, BridgeOptions } from './bridge/bridge.ts';
import type { Cluster, NodesInUse } from './cluster/cluster.ts';
import type { Config, FreeswitchNode } from './config.ts';
import type { Store } from './meetings/store/store.ts';
import type { Transfer } from './protocol/call/transfer.ts';
import type { RoomControl } from './protocol/room/control.ts';
import type { RoomId } from './protocol/room/room.ts';

/** All rooms, and what gateway and API need to know and say of nodes. */
export type AllRooms = RoomControl & NodesInUse;

export interface OpenRooms {
  readonly rooms: AllRooms;
  /** What this process is called among those that share a store; absent where it is alone. */
  readonly process?: string;
  /** Those that this process drives: for what one process does for all. */
  readonly ours: Pick<RoomControl, 'rooms' | 'subscribe'>;
  /**
   * Each time the rooms of a node of ours were compared with what it lists; the listener may ask which
   * rooms are there. Returns how to stop.
   */
  readonly onFound: (listener: (isListed: (room: RoomId) => boolean) => void) => () => void;
  /** Whether no room can be open that is not known here. */
  readonly isWhole: () => boolean;
  /** What keeps calls from being taken, in English sentences. */
  readonly troubles: () => readonly string[];
  /** Of calls at nodes that this process drives. */
  readonly transfer: Transfer;
  readonly stop: () => Promise<void>;
}

interface RoomsOptions extends Omit<BridgeOptions, 'nodes'> {
  readonly nodes: readonly FreeswitchNode[];
  readonly store: Store;
}

const REDIS_AWAY = 'Redis does not answer: new calls cannot be let in. Calls that are up go on.';

/** The bridge alone; with Redis together with all other processes that share it. */
export async function openRooms(config: Config, options: RoomsOptions): Promise<OpenRooms> {
  const { redisUrl } = config;
  if (redisUrl === undefined) {
    const rooms = startBridge(options);
    const onFound = foundBy(rooms);
    const isWhole = allListed(rooms);
    const transfer: Transfer = (wish) => rooms.transfer(wish);
    const stop = () => rooms.stop();
    return { rooms, ours: rooms, onFound, isWhole, transfer, troubles: () => [], stop };
  }
  const { nodes, store, log, onRestart = () => undefined } = options;
  const own = config.freeswitch.length === 0;
  let cluster: Cluster | undefined = undefined;
  const bridge = startBridge({
    ...options,
    nodes: own ? nodes : [],
    onRestart: (lost) => {
      onRestart(lost);
      cluster?.restarted(lost);
    },
  });
  const { startCluster } = await import('./cluster/cluster.ts');
  const joined = await startCluster({ store, redisUrl, nodes, own, bridge, onRestart, log });
  cluster = joined;
  return {
    rooms: joined,
    process: joined.self,
    ours: joined.ours,
    onFound: foundBy(bridge),
    isWhole: () => joined.isWhole,
    transfer: (wish) => bridge.transfer(wish),
    troubles: () => (joined.isSteady ? [] : [REDIS_AWAY]),
    stop: () => stopBoth(joined, bridge),
  };
}

function foundBy(bridge: Bridge): OpenRooms['onFound'] {
  return (listener) =>
    bridge.onNodes((news) => {
      if (news.kind === 'found') listener((room) => bridge.nodeOf(room) === news.node);
    });
}

/** A node that was listed once tells of each room's end. */
function allListed(bridge: Bridge): OpenRooms['isWhole'] {
  const listed = new Set<string>();
  bridge.onNodes((news) => {
    if (news.kind === 'found') listed.add(news.node);
  });
  return () => bridge.engines().every(({ node }) => listed.has(node));
}

/** Nodes are left to the others first, so that they need not wait for a lease to run out. */
async function stopBoth(cluster: Cluster, bridge: Bridge): Promise<void> {
  await cluster.stop();
  await bridge.stop();
}
