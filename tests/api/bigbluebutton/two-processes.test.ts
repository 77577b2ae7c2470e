import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRedis } from '../../../meetings/store/redis.ts';
import type { Store } from '../../../meetings/store/store.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { makeStaff, SECRET, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld } from '../../support/bigbluebutton.ts';
import { Listener, SOON } from '../../support/callbacks.ts';
import { seeded, startMeetings, TestTimers } from '../../support/meetings.ts';
import { hasRedis, startRedis } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

const MINUTE = 60_000;

/** One of two processes: its own timers and rooms, the store of both. */
interface Process {
  readonly world: BbbWorld;
  readonly timers: TestTimers;
  readonly store: Store;
  stop(): Promise<void>;
}

/** The store of both goes by the real time; ours may run ahead of it. */
let aheadMs = 0;
const now = () => Date.now() + aheadMs;

let redis: RedisServer;
let listener: Listener;
let one: Process;
let other: Process;

async function open(seed: number): Promise<Process> {
  const timers = new TestTimers();
  const store: Store = await openRedis({
    url: redis.url,
    now,
    onError: () => undefined,
  });
  const random = seeded(seed);
  const meetings = await startMeetings({ store, random, now, after: timers.after });
  const world = await startBigBlueButtonWorld(true, meetings, {
    random,
    now,
    bigbluebutton: {
      ...{ secret: SECRET, privateCallbacks: true, store, isShared: true },
      after: timers.after,
    },
  });
  const stop = async () => {
    await world.stop();
    await store.close();
  };
  return { world, timers, store, stop };
}

const told = () => listener.heard.map(({ body }) => /"id":"([a-z-]+)"/.exec(eventOf(body))?.[1]);
const eventOf = (body: string) => new URLSearchParams(body).get('event') ?? '';
const tells = (...ids: readonly string[]) => expect.poll(told, SOON).toEqual(ids);
/** Both see it, as they do where they share their switches. */
const comes = (room: RoomId, who: Parameters<typeof somebody>[1]) => {
  for (const { world } of [one, other]) world.rooms.tell(arrival(room, somebody(1, who)));
};

if (hasRedis) {
  beforeEach(async () => {
    aheadMs = 0;
    redis = await startRedis();
    listener = await Listener.open();
    one = await open(1);
    other = await open(2);
    await one.world.call('hooks/create', { callbackURL: `${listener.url}/cb` });
  });
  afterEach(async () => {
    await other.stop();
    await one.stop().catch(() => undefined);
    await listener.close();
    await redis.stop();
  });
}

test.skipIf(!hasRedis)(
  'whichever of two makes a meeting and lets people in, callbacks are told once',
  async () => {
    const { id } = await makeStaff(other.world);
    await tells('meeting-created');
    const heard = new Promise((resolve) => one.store.watch('bbb:person:', resolve));
    await other.world.call('join', {
      ...{ fullName: 'Ada', meetingID: 'staff-1', role: 'VIEWER', userID: 'u-1' },
    });
    await heard;
    // Answered behind what the service asked when it heard of it.
    await one.store.get('bbb:hooks');
    comes(id, { personId: 'u-1', name: 'Ada', via: 'browser' });
    await tells('meeting-created', 'user-joined', 'user-audio-voice-enabled');
    const joined = eventOf(listener.heard[1]?.body ?? '');
    expect(joined).toContain('"external-user-id":"u-1"');
    await other.world.call('end', { meetingID: 'staff-1' });
    await tells(
      ...['meeting-created', 'user-joined', 'user-audio-voice-enabled'],
      ...['user-audio-voice-disabled', 'user-left', 'meeting-ended'],
    );
  },
);

test.skipIf(!hasRedis)(
  'when one goes the other sends what waits, and ends meetings whose time is up',
  async () => {
    listener.status = 500;
    const { id } = await makeStaff(one.world, { duration: 1 });
    await expect.poll(() => listener.heard.length, SOON).toBe(1);
    await one.world.api.stop();
    listener.status = 200;
    other.timers.pass(1_000);
    await tells('meeting-created', 'meeting-created');
    expect((await other.world.parts.meetings.get(id))?.endedAtMs).toBeUndefined();
    aheadMs = MINUTE;
    const ended = () => {
      other.timers.pass(1_000);
      return told().at(-1);
    };
    await expect.poll(ended, SOON).toBe('meeting-ended');
    expect(told()).toHaveLength(3);
  },
);
