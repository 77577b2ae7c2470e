import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { startCluster } from '../../cluster/cluster.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { openRedis } from '../../meetings/store/redis.ts';
import type { Store } from '../../meetings/store/store.ts';
import { header, identity, KEY, leg, ROOM, ScriptedAdmissions } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';

describe.skipIf(!hasRedis)('a process that comes to others', () => {
  let redis: RedisServer;
  let node: ScriptedFreeSwitch;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    node = new ScriptedFreeSwitch();
    await node.wire.listen();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await node.wire.close();
    await redis.stop();
  });

  async function join(): Promise<Cluster> {
    const log = () => undefined;
    const store: Store = await openRedis({ url: redis.url, now: Date.now, onError: log });
    const bridge: Bridge = startBridge({
      ...{ nodes: [], admissions: new ScriptedAdmissions(), identityKey: KEY, log },
      promptsDir: '/prompts',
      now: () => 1_800_000_000_000,
      pace: { commandMs: 300 },
    });
    const cluster = await startCluster({
      ...{ store, redisUrl: redis.url, nodes: [node.wire.address], own: false, bridge, log },
      onRestart: log,
    });
    stops.push(async () => {
      await cluster.stop();
      await bridge.stop();
      await store.close();
    });
    return cluster;
  }

  test('knows that it does not know all rooms until it has heard them, and then shows them', async () => {
    const first = await join();
    await eventually('it drives the node', () => first.engines()[0]?.state === 'joined');
    node.park(leg(1), header(identity('Ada')));
    await eventually('she is in', () => first.rooms().get(ROOM)?.people.size === 1);
    await eventually('all is known', () => first.isWhole);

    const second = await join();
    expect(second.isWhole).toBe(false);
    expect(await second.caughtUp?.()).toBe(true);
    expect(second.rooms().get(ROOM)?.people.get(leg(1))?.name).toBe('Ada');
    await eventually('all is known there too', () => second.isWhole);
    expect(second.rooms().has(ROOM)).toBe(true);
  });
});
