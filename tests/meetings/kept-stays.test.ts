import { expect, test } from 'vitest';
import { KeptStays } from '../../meetings/kept-stays.ts';
import { StoreUnavailable } from '../../meetings/store/store.ts';
import type { Store } from '../../meetings/store/store.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { eventually } from '../support/eventually.ts';
import { startMeetings } from '../support/meetings.ts';

const LEG = '00000000-0000-4000-8000-000000000001' as ParticipantId;
const KEPT = { leg: LEG, memo: 'bWVtbw', room: 'm-abcdefghijklmnop' as RoomId };

test('how somebody stood is read by whichever process they come back to, in time, until it is dropped', async () => {
  const world = await startMeetings();
  const parts = { store: world.store, now: world.clock.now, log: () => undefined };
  const [one, other] = [new KeptStays(parts), new KeptStays(parts)];
  one.keep('stay-a', KEPT, 300_000);
  one.keep('stay-b', { leg: LEG, memo: 'bWVtbw' }, 300_000);
  await eventually('kept', async () => (await other.read('stay-b')) !== undefined);
  expect(await other.read('stay-a')).toEqual(KEPT);
  expect(await other.read('stay-c')).toBeUndefined();
  other.drop('stay-b');
  await eventually('dropped', async () => (await one.read('stay-b')) === undefined);
  world.clock.pass(300_001);
  expect(await one.read('stay-a')).toBeUndefined();
  await world.stop();
});

test('a store that is away costs no call: they come as new, and the log says why', async () => {
  const logged: string[] = [];
  const fail = () => Promise.reject(new StoreUnavailable('away'));
  const kept = new KeptStays({
    store: { put: fail, get: fail, delete: fail } as unknown as Store,
    now: Date.now,
    log: (_, text) => logged.push(text),
  });
  expect(await kept.read('stay-a')).toBeUndefined();
  kept.keep('stay-a', KEPT, 1_000);
  kept.drop('stay-a');
  await eventually('said', () => logged.length === 3);
});
