import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRedisLog } from '../../../meetings/events/redis-log.ts';
import type { EventLog } from '../../../meetings/events/event-log.ts';
import { openRedis } from '../../../meetings/store/redis.ts';
import type { Store } from '../../../meetings/store/store.ts';
import { addWebhook } from '../../../meetings/webhooks/open.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { TestClock, TestTimers } from '../../support/meetings.ts';
import { hasRedis, startRedis } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { comes, openSender, Receiver } from '../../support/webhooks.ts';

const ROOM = 'm-aaaaaaaaaaaaaaaa' as RoomId;

/** What one process sends with. */
interface Process {
  readonly store: Store;
  readonly events: EventLog;
  readonly clock: TestClock;
  readonly world: ReturnType<typeof openSender>;
}

describe.skipIf(!hasRedis)('webhooks of two processes that share a Redis', () => {
  let redis: RedisServer;
  const processes: Process[] = [];

  async function open(holder: string): Promise<Process> {
    const log = () => undefined;
    const clock = new TestClock();
    clock.nowMs = Date.now();
    const store = await openRedis({ url: redis.url, now: Date.now, onError: () => undefined });
    const events = await openRedisLog({ url: redis.url, now: Date.now, log });
    const { after } = new TestTimers();
    const world = openSender({ store, events, now: clock.now, after, holder });
    processes.push({ store, events, clock, world });
    return { store, events, clock, world };
  }

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const { store, events, world } of processes) {
      await world.sender.stop();
      await events.close();
      await store.close();
    }
    await redis.stop();
  });

  test('one of them sends; once it is gone without a word the other goes on where it was', async () => {
    const receiver = new Receiver();
    const [one, other] = [await open('one'), await open('other')];
    const hook = await addWebhook(one.world.parts, { url: await receiver.listen() });
    expect(hook).toBeDefined();
    await one.world.sender.look();
    const come = async (from: Process, n: number) => {
      await from.events.append(ROOM, [comes(ROOM, n)]);
      await one.world.sender.look();
      await other.world.sender.look();
    };
    await come(one, 1);
    await come(other, 2);
    // The meeting began, and two came, whoever wrote it down; each was told once.
    expect(receiver.numbers).toEqual([1, 2, 3]);

    // The first stands still and renews nothing more; its lease is as good as over.
    await one.store.delete('lease:webhooks');
    one.clock.pass(10_001);
    await other.world.sender.look();
    await other.events.append(ROOM, [comes(ROOM, 3)]);
    await other.world.sender.look();
    expect(receiver.numbers).toEqual([1, 2, 3, 4]);
    const [lease] = await other.store.list<{ holder: string }>('lease:webhooks');
    expect(lease?.[1].holder).toBe('other');

    // It wakes, finds the other leading, and sends nothing.
    await one.events.append(ROOM, [comes(ROOM, 4)]);
    await one.world.sender.look();
    expect(receiver.numbers).toEqual([1, 2, 3, 4]);
    await other.world.sender.look();
    expect(receiver.numbers).toEqual([1, 2, 3, 4, 5]);
    await receiver.close();
  });
});
