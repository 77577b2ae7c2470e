import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BridgeWorld, ROOM, header, identity, leg } from '../support/bridge-world.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { patience: { echoMs: 80 } });
});
afterEach(async () => {
  await world.stop();
});

function call(n: number, via: 'phone' | 'browser'): void {
  const who = identity('Ada', { destination: { kind: 'echo' }, via });
  world.freeswitch.park(leg(n), header(who));
}

const said = (n: number) => world.heardLike(new RegExp(`^${leg(n)} `));

describe('an echo test', () => {
  test('of a phone is answered, explained, played back and ended; no room is opened', async () => {
    call(1, 'phone');
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    const [answer, words, echo, ...rest] = said(1);
    expect(answer).toBe(`${leg(1)} answer`);
    expect(words).toMatch(/ playback .*\/en\/echo-test\.wav.*\/sounds\/beep\.wav/);
    expect(echo).toBe(`${leg(1)} delay_echo 1000`);
    expect(rest).toEqual([]);
    expect(world.facts.filter(({ room }) => room === ROOM)).toEqual([]);
  });

  test('of a browser says nothing: the page does', async () => {
    call(2, 'browser');
    await world.heard(`uuid_kill ${leg(2)} NORMAL_CLEARING`);
    expect(said(2)).toEqual([`${leg(2)} answer`, `${leg(2)} delay_echo 1000`]);
  });

  test('that a bridge which starts anew finds is ended: nobody would count its time', async () => {
    await world.stop();
    world = await BridgeWorld.start();
    call(3, 'browser');
    await world.heard(`${leg(3)} delay_echo 1000`);
    await world.bridge.stop();
    await world.startBridge();
    await world.heard(`uuid_kill ${leg(3)} NORMAL_CLEARING`);
  });
});
