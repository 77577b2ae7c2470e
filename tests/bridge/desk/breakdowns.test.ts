import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Patience } from '../../../bridge/dialogue/talk.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';
import { hears, toldOutside } from '../../support/told-callers.ts';

let world: BridgeWorld;
afterEach(async () => {
  await world.stop();
});

const told = () => toldOutside(world, 1);
const MUSIC = 'hold-music';
const reception = { kind: 'reception', dialled: '7000' } as const;

async function start(patience: Partial<Patience> = {}): Promise<void> {
  world = await BridgeWorld.start({}, { patience });
}

function arrives(more: Parameters<typeof identity>[1] = {}): void {
  world.freeswitch.park(leg(1), header(identity('Ada', more)));
}

function inLobby(): void {
  world.admissions.admission = (room, role, _people, { admitted }) =>
    admitted ? { kind: 'join', room, role, muted: false } : { kind: 'lobby', room, role };
}

describe('nobody hangs in silence', () => {
  test('when FreeSWITCH never tells that words are over', async () => {
    await start({ overdueMs: 60, firstKeyMs: 60 });
    world.freeswitch.wordsLast = true;
    arrives({ destination: reception });
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(told()).toEqual([
      'welcome-enter-code',
      'enter-code-again',
      'enter-code-again',
      'goodbye',
    ]);
  });

  test('when music was to end before FreeSWITCH had begun it', async () => {
    await start();
    world.freeswitch.wordsLast = true;
    inLobby();
    arrives();
    await eventually('words', () => told().length === 1);
    world.freeswitch.complete(leg(1));
    await hears(told, MUSIC);
    let lost = 0;
    world.freeswitch.instead.set('uuid_break', () => (lost++ === 0 ? '+OK\n' : undefined));
    await world.bridge.execute({ kind: 'admit', room: ROOM, id: leg(1) });
    await hears(told, 'admitted alone');
    world.freeswitch.complete(leg(1));
    await world.row(1);
  });

  test('when the rules fail: a code, a room', async () => {
    await start();
    world.admissions.codes.set('5', { kind: 'meeting', room: ROOM, role: 'participant' });
    world.admissions.admission = () => {
      throw new Error('the store is away');
    };
    arrives({ destination: reception });
    await hears(told, 'welcome-enter-code');
    world.freeswitch.press(leg(1), '5#');
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(told().at(-1)).toBe('try-later goodbye');
    world.freeswitch.park(leg(2), header(identity('Grace')));
    await world.heard(`uuid_kill ${leg(2)} NORMAL_TEMPORARY_FAILURE`);
    expect(world.logged.filter((line) => line.includes('rules failed'))).toHaveLength(2);
  });

  test('when FreeSWITCH did not take the word that sends them to their room', async () => {
    await start();
    let open = (): void => undefined;
    world.admissions.gate = new Promise((resolve) => {
      open = resolve;
    });
    arrives();
    await eventually('they are here', () => world.bridge.dump().nodes[0]?.callers === 1);
    world.freeswitch.wire.mute = true;
    open();
    await eventually('sent', () =>
      world.freeswitch.wire.commands.some((line) => line.includes('conference')),
    );
    world.freeswitch.wire.mute = false;
    await world.bridge.auditNow();
    expect(world.find(1)).toBeUndefined();
    await world.bridge.auditNow();
    await world.row(1);
  });

  test('when FreeSWITCH did not take the word that ends the call', async () => {
    await start();
    world.admissions.admission = () => ({ kind: 'refuse', why: 'full' });
    let failed = false;
    world.freeswitch.instead.set('uuid_kill', () => {
      if (failed) return undefined;
      failed = true;
      return '-ERR not now\n';
    });
    arrives();
    await world.heard(`uuid_kill ${leg(1)} USER_BUSY`);
    await world.bridge.auditNow();
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(world.freeswitch.channels.size).toBe(0);
  });

  test('when a leg that is told something is no more', async () => {
    await start();
    inLobby();
    arrives();
    await hears(told, MUSIC);
    world.freeswitch.wire.deaf = true;
    world.freeswitch.hangUp(leg(1));
    world.freeswitch.wire.deaf = false;
    await world.bridge.execute({ kind: 'refuse-all', room: ROOM });
    await world.bridge.auditNow();
    await world.bridge.auditNow();
    await eventually('nobody', () => world.bridge.dump().nodes[0]?.callers === 0);
    expect(world.bridge.rooms().size).toBe(0);
  });
});

describe('the music for those who wait', () => {
  test('begins again when it ends', async () => {
    await start();
    inLobby();
    arrives();
    await hears(told, MUSIC);
    // Longer than a file that could not be played.
    await pause(1100);
    world.freeswitch.complete(leg(1));
    await eventually('again', () => told().filter((line) => line === MUSIC).length === 2);
    expect(world.logged.join()).not.toContain('cannot play');
  });

  test('is not asked for again and again where FreeSWITCH cannot play it', async () => {
    await start();
    inLobby();
    arrives();
    await hears(told, MUSIC);
    world.freeswitch.complete(leg(1));
    await eventually('said in the log', () => world.logged.join().includes('cannot play'));
    expect(told().filter((line) => line === MUSIC)).toHaveLength(1);
    await world.bridge.execute({ kind: 'admit', room: ROOM, id: leg(1) });
    await eventually('in', () => world.find(1)?.state === 'joined');
  });
});
