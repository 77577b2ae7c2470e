import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Visitor } from '../../../protocol/call/admission.ts';
import type { ParticipantId } from '../../../protocol/room/room.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';
import { hears, toldOutside } from '../../support/told-callers.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { patience: { placeMs: 150, lookMs: 200 } });
});
afterEach(async () => {
  await world.stop();
});

const told = (n: number) => () => toldOutside(world, n);
const MUSIC = 'hold-music';

function arrives(n: number, more: Parameters<typeof identity>[1] = {}): void {
  world.freeswitch.park(leg(n), header(identity(`Caller ${n}`, more)));
}

/** In the lobby until a moderator lets them in. */
function lobby(): void {
  world.admissions.admission = (room, role, _people, { admitted }: Visitor) =>
    admitted || role === 'moderator'
      ? { kind: 'join', room, role, muted: true }
      : { kind: 'lobby', room, role };
}

function waits(n: number): Promise<unknown> {
  return eventually(`leg ${n} is in the lobby`, () => world.find(n)?.state === 'lobby');
}

function admit(id: ParticipantId) {
  return world.bridge.execute({ kind: 'admit', room: ROOM, id });
}

describe('a caller in the lobby', () => {
  beforeEach(lobby);

  test('is answered, hears the place and then music, and is shown as waiting', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    expect(told(1)()).toEqual(['lobby your-place number-1', MUSIC]);
    expect(world.find(1)).toMatchObject({ state: 'lobby', name: 'Caller 1' });
    expect(world.heardLike(/conference/)).toEqual([]);
  });

  test('hears the new place when those before them are gone, and then music again', async () => {
    arrives(1);
    await waits(1);
    arrives(2);
    await hears(told(2), MUSIC);
    expect(told(2)()[0]).toBe('lobby your-place number-2');
    world.freeswitch.hangUp(leg(1));
    await eventually('the place is told', () => told(2)().includes('your-place number-1'));
    await hears(told(2), MUSIC);
  });

  test('is let in: the music ends, they hear so, and are muted as the meeting mutes', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    expect(await admit(leg(1))).toEqual({ ok: true });
    await eventually('joined', () => world.find(1)?.state === 'joined');
    expect(told(1)()).toContain('joining muted press-to-unmute alone');
    expect(world.find(1)).toMatchObject({ muted: true, mutedBy: 'entry' });
    expect(world.facts.filter(({ kind }) => kind === 'participant-left')).toEqual([]);
  });

  test('is let in with everybody else', async () => {
    arrives(1);
    arrives(2);
    await Promise.all([waits(1), waits(2)]);
    expect(await world.bridge.execute({ kind: 'admit-all', room: ROOM })).toEqual({ ok: true });
    for (const n of [1, 2]) await eventually('joined', () => world.find(n)?.state === 'joined');
  });

  test('is refused: hears so, and the call ends', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    await world.bridge.execute({ kind: 'refuse-all', room: ROOM });
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(told(1)().at(-1)).toBe('refused goodbye');
    expect(world.facts).toContainEqual({
      kind: 'participant-left',
      room: ROOM,
      id: leg(1),
      reason: 'refused',
    });
  });

  test('stays in the lobby over a restart of the bridge, in the same place', async () => {
    arrives(1);
    await waits(1);
    arrives(2);
    await hears(told(2), MUSIC);
    await world.bridge.stop();
    const before = told(2)().length;
    await world.startBridge({}, { patience: { foundMs: 600 } });
    await eventually('the place', () => told(2)().slice(before).includes('your-place number-2'));
    expect(told(2)()[before]).toBe(MUSIC);
    expect(world.find(2)).toMatchObject({ state: 'lobby' });
    await admit(leg(1));
    await eventually('joined', () => world.find(1)?.state === 'joined');
  });

  test('hears music again when the link to FreeSWITCH was lost for a moment', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    const before = told(1)().length;
    world.freeswitch.wire.cut();
    await eventually('music again', () => told(1)().length > before);
    expect(world.find(1)).toMatchObject({ state: 'lobby' });
  });

  test('sees it in the browser: music alone, and in the room at once', async () => {
    arrives(1, { via: 'browser' });
    await hears(told(1), MUSIC);
    await admit(leg(1));
    await eventually('joined', () => world.find(1)?.state === 'joined');
    expect(told(1)()).toEqual([MUSIC]);
  });

  test('is shown no more when they hang up', async () => {
    arrives(1);
    await waits(1);
    world.freeswitch.hangUp(leg(1));
    await world.gone(1);
    expect(world.bridge.rooms().size).toBe(0);
  });

  test('is let in when the meeting has no lobby any more', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    world.admissions.admission = (room, role) => ({ kind: 'join', room, role, muted: false });
    world.admissions.tell(ROOM);
    await eventually('joined', () => world.find(1)?.state === 'joined');
    expect(told(1)()).toContain('admitted alone');
  });
});

describe('a caller before the meeting starts', () => {
  let started = false;
  beforeEach(() => {
    started = false;
    world.admissions.admission = (room, role, _people, { moderatorInside }) =>
      started || moderatorInside || role === 'moderator'
        ? { kind: 'join', room, role, muted: false }
        : { kind: 'wait', room, role, why: 'not-started' };
  });

  test('hears so, then music, and is in it when its hour has come', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    expect(told(1)()).toEqual(['not-started', MUSIC]);
    expect(world.bridge.rooms().size).toBe(0);
    started = true;
    await world.row(1);
    expect(told(1)()).toContain('joining alone');
  });

  test('is in it when a moderator comes', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    await world.join(2, 'Grace', { role: 'moderator' });
    await world.row(1);
  });

  test('is in it when the meeting is changed', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    started = true;
    world.admissions.tell(ROOM);
    await world.row(1);
  });

  test('goes on waiting over a restart of the bridge', async () => {
    arrives(1);
    await hears(told(1), MUSIC);
    await world.bridge.stop();
    await world.startBridge({}, {});
    await hears(told(1), MUSIC);
    started = true;
    world.admissions.tell(ROOM);
    await world.row(1);
  });
});

describe('a caller whose name nobody knows', () => {
  let sounds = '';
  beforeEach(async () => {
    await world.stop();
    sounds = await mkdtemp(join(tmpdir(), 'call-sounds-'));
    world = await BridgeWorld.start({}, { callSoundsDir: sounds });
    world.admissions.roomRules = { ...world.admissions.roomRules, askName: true };
  });

  test('says it, and comes in', async () => {
    arrives(1, { unnamed: true, name: '+4930901234', number: '+4930901234' });
    const file = join(sounds, `${leg(1)}.wav`);
    await world.heard(`${leg(1)} record ${file} 4 200 2`);
    expect(told(1)()).toEqual(['say-name beep']);
    // A name takes a while: shorter than this and nobody can have said one.
    await pause(350);
    world.freeswitch.press(leg(1), '#');
    expect(await world.row(1)).toMatchObject({
      name: '+49…1234',
      number: '+49…1234',
      unnamed: true,
    });
    expect(world.logged.join()).not.toContain('4930901234');
  });

  test('comes in without it after two silences', async () => {
    arrives(1, { unnamed: true });
    for (const times of [1, 2]) {
      await eventually('recorded', () => world.heardLike(/ record /).length === times);
      world.freeswitch.press(leg(1), '#');
    }
    await world.row(1);
    await writeFile(join(sounds, `${leg(1)}.wav`), 'silence');
    world.freeswitch.hangUp(leg(1));
    await eventually('nothing is kept', async () => (await readdir(sounds)).length === 0);
    expect(told(1)()).toEqual(['say-name beep', 'name-not-heard say-name beep', 'joining alone']);
  });

  afterEach(() => rm(sounds, { recursive: true }));

  test('is not asked where names cannot be recorded', async () => {
    await world.stop();
    world = await BridgeWorld.start();
    world.admissions.roomRules = { ...world.admissions.roomRules, askName: true };
    arrives(1, { unnamed: true });
    await world.row(1);
    expect(told(1)()).toEqual([]);
  });
});
