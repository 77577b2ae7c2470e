import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeypadAct } from '../../../protocol/room/keypad-act.ts';
import { BridgeWorld, leg, ROOM } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
const acts: KeypadAct[] = [];
beforeEach(async () => {
  acts.length = 0;
  world = await BridgeWorld.start({}, { onKeypadAct: (act) => acts.push(act) });
});
afterEach(() => world.stop());

test('what a moderator does to others by key is told outside; what is one’s own, or refused, is not', async () => {
  await world.join(1);
  await world.join(9, 'Grace', { role: 'moderator' });
  world.freeswitch.press(leg(1), '*7*6');
  world.freeswitch.press(leg(9), '*6');
  world.freeswitch.press(leg(9), '*7');
  await eventually('locked', () => world.bridge.rooms().get(ROOM)?.locked === true);
  await eventually('told', () => acts.length > 0);
  expect(acts).toMatchObject([
    {
      room: ROOM,
      command: { kind: 'set-locked', on: true },
      by: { id: leg(9), role: 'moderator' },
      ok: true,
    },
  ]);
});
