import type { Bridge } from './bridge/bridge.ts';
import { startCluster } from './cluster/cluster.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { Config, FreeswitchNode } from './config.ts';
import type { Store } from './meetings/store/store.ts';
import type { Log } from './protocol/log.ts';
import type { RoomControl } from './protocol/room/control.ts';

/** All rooms, and what bridge and gateway need to say about nodes. */
export type AllRooms = RoomControl & Pick<Bridge, 'giveUp' | 'loads' | 'nodeOf' | 'lostOnTheWay'>;

/** Which nodes the bridge drives from its start: with Redis those of the settings go by lease. */
export function ownNodes(
  { redisUrl, freeswitch }: Config,
  nodes: readonly FreeswitchNode[],
): readonly FreeswitchNode[] {
  return redisUrl !== undefined && freeswitch.length > 0 ? [] : nodes;
}

/** The rooms of all processes that share a Redis; undefined without one: then the bridge has them all. */
export async function joinOthers(
  config: Config,
  given: {
    readonly bridge: Bridge;
    readonly nodes: readonly FreeswitchNode[];
    readonly store: Store;
    readonly onRestart: (lost: { readonly host: string; readonly port: number }) => void;
    readonly log: Log;
  },
): Promise<Cluster | undefined> {
  const { redisUrl, freeswitch } = config;
  if (redisUrl === undefined) return undefined;
  return startCluster({ ...given, redisUrl, own: freeswitch.length === 0 });
}
