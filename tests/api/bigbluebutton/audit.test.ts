import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeStaff, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld } from '../../support/bigbluebutton.ts';

let world: BbbWorld;
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterAll(() => world.stop());

test('what a program changes is in the audit log, what it reads is not', async () => {
  await makeStaff(world);
  await world.call('getMeetings');
  await world.call('end', { meetingID: 'there-is-none' });
  expect(await world.parts.audit.read(1, 9)).toMatchObject([
    { who: 'BigBlueButton', act: 'BigBlueButton create', outcome: 'done' },
    { who: 'BigBlueButton', act: 'BigBlueButton end', outcome: 'refused' },
  ]);
});
