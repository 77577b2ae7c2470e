import { expect, test } from 'vitest';
import { KeptLegs } from '../../meetings/kept-legs.ts';
import { StoreUnavailable } from '../../meetings/store/store.ts';
import type { Store } from '../../meetings/store/store.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { startMeetings } from '../support/meetings.ts';

const LEG = '00000000-0000-4000-8000-000000000001' as ParticipantId;
const WHO = 'm-abcdefghijklmnop person-5';

test('a browser that is to call again goes on for its leg at whichever process it calls, once and in time', async () => {
  const world = await startMeetings();
  const { store, clock } = world;
  const [one, other] = [1, 2].map(
    () => new KeptLegs({ store, now: clock.now, log: () => undefined }),
  ) as [KeptLegs, KeptLegs];
  await one.awaitAgain(WHO, LEG, 20_000);
  expect(await other.claim('m-abcdefghijklmnop person-6')).toBeUndefined();
  expect(await other.claim(WHO)).toBe(LEG);
  expect(await one.claim(WHO)).toBeUndefined();
  await one.awaitAgain(WHO, LEG, 20_000);
  clock.pass(20_001);
  expect(await other.claim(WHO)).toBeUndefined();
  await world.stop();
});

test('a store that is away costs no call: nobody goes on for anybody, and the log says why', async () => {
  const logged: string[] = [];
  const fail = () => Promise.reject(new StoreUnavailable('away'));
  const kept = new KeptLegs({
    store: { put: fail, get: fail, delete: fail } as unknown as Store,
    now: Date.now,
    log: (_, text) => logged.push(text),
  });
  await kept.awaitAgain(WHO, LEG, 20_000);
  expect(await kept.claim(WHO)).toBeUndefined();
  expect(logged).toHaveLength(2);
});
