import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deleteOldNames } from '../../../bridge/old-names.ts';
import { endSaying } from '../../../bridge/room-end.ts';
import type { RoomEnd } from '../../../protocol/room/room.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

const TONE = '/prompts/sounds/join.wav';
const GONE = '/prompts/sounds/leave.wav';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { recordingsDir: '/rec' });
});
afterEach(async () => {
  await world.stop();
});

/** What was played to everybody. */
function played(): string[] {
  return world
    .heardLike(/^conference m-\w+ play \S+$/)
    .map((line) => line.replace(/^conference m-\w+ play /, ''));
}

function entrySounds(entrySounds: 'none' | 'tones' | 'names', entrySoundsUpTo: number): void {
  world.admissions.roomRules = { ...world.admissions.roomRules, entrySounds, entrySoundsUpTo };
}

describe('a recording', () => {
  test('is begun and ended, and everybody hears it', async () => {
    await world.join(1);
    const recording = { kind: 'set-recording', room: ROOM } as const;
    expect(await world.bridge.execute({ ...recording, on: true })).toEqual({ ok: true });
    await world.heard(`conference ${ROOM} record /rec/${ROOM}-20270115T080000Z.wav`);
    await eventually('recording', () => world.bridge.rooms().get(ROOM)?.recording);
    await eventually('said', () => played().includes('/prompts/en/recording-on.wav'));
    expect(await world.bridge.execute({ ...recording, on: true })).toEqual({ ok: true });
    expect(world.heardLike(/ record /)).toHaveLength(1);
    expect(await world.bridge.execute({ ...recording, on: false })).toEqual({ ok: true });
    await eventually('ended', () => world.bridge.rooms().get(ROOM)?.recording === false);
    await eventually('said', () => played().includes('/prompts/en/recording-off.wav'));
  });

  test('is refused with a reason where the operator has not switched it on', async () => {
    await world.bridge.stop();
    await world.startBridge();
    await world.join(1);
    const outcome = await world.bridge.execute({ kind: 'set-recording', room: ROOM, on: true });
    expect(outcome).toMatchObject({ ok: false, reason: 'refused' });
    expect(world.heardLike(/ record /)).toEqual([]);
  });
});

describe('a meeting that is to be recorded', () => {
  beforeEach(() => {
    world.admissions.roomRules = { ...world.admissions.roomRules, record: true };
  });

  const recording = () => world.bridge.rooms().get(ROOM)?.recording === true;
  const stop = async () => {
    await world.bridge.execute({ kind: 'set-recording', room: ROOM, on: false });
    await eventually('ended', () => !recording());
  };

  test('is so from the first who comes in, once, until a moderator stops it', async () => {
    await world.join(1);
    await eventually('recording', recording);
    await eventually('said', () => played().includes('/prompts/en/recording-on.wav'));
    await stop();
    await world.join(2);
    await world.bridge.auditNow();
    expect(world.heardLike(/ record /)).toHaveLength(1);
  });

  test('is not begun anew by a restart of ours', async () => {
    await world.join(1);
    await eventually('recording', recording);
    await stop();
    await world.bridge.stop();
    await world.startBridge({}, { recordingsDir: '/rec' });
    expect(world.find(1)).toBeDefined();
    expect(world.heardLike(/ record /)).toHaveLength(1);
  });

  test('is an error in the log where recording was switched off since', async () => {
    await world.bridge.stop();
    await world.startBridge();
    await world.join(1);
    await eventually('told', () => world.logged.some((line) => line.includes('to be recorded')));
    expect(world.heardLike(/ record /)).toEqual([]);
  });
});

describe('who comes and goes', () => {
  test('is heard as a tone in a small room, and not in a large one', async () => {
    entrySounds('tones', 2);
    await world.join(1);
    await world.join(2);
    await eventually('two tones', () => played().length === 2);
    await world.join(3);
    world.freeswitch.hangUp(leg(3));
    await world.gone(3);
    world.freeswitch.hangUp(leg(2));
    await world.gone(2);
    await eventually('gone', () => played().filter((file) => file === GONE).length === 2);
    expect(played()).toEqual([TONE, TONE, GONE, GONE]);
  });

  test('is not heard where the meeting wants no sounds, nor after a restart of ours', async () => {
    await world.join(1);
    entrySounds('tones', 9);
    await world.bridge.stop();
    await world.startBridge();
    expect(played()).toEqual([]);
  });

  test('is not heard for a phone beside one’s own browser', async () => {
    entrySounds('tones', 9);
    await world.join(1, 'Ada', { via: 'browser', personId: 'p' });
    await eventually('a tone', () => played().length === 1);
    await world.join(2, 'Ada', { personId: 'p' });
    await eventually('carried', () => world.find(1)?.audioBy === leg(2));
    world.freeswitch.hangUp(leg(2));
    await eventually('back', () => world.find(1)?.audioBy === undefined);
    expect(played()).toEqual([TONE]);
  });

  test('is heard by the recorded name, which is deleted when they are gone', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'names'));
    entrySounds('names', 9);
    world.admissions.roomRules = { ...world.admissions.roomRules, askName: true };
    await world.bridge.stop();
    await world.startBridge({ nameMs: 20 }, { callSoundsDir: dir });
    await world.join(1);
    world.freeswitch.park(leg(2), header(identity('+491511234567', { unnamed: true })));
    const file = join(dir, `${leg(2)}.wav`);
    await eventually('recording', () => world.heardLike(/00002 record /).length === 1);
    writeFileSync(file, 'RIFF');
    // The name is as long as it takes to say it.
    await pause(350);
    world.freeswitch.press(leg(2), '#');
    await world.row(2);
    await eventually('announced', () =>
      played().includes(`file_string://${file}!/prompts/en/has-joined.wav`),
    );
    world.freeswitch.hangUp(leg(2));
    await eventually('announced', () =>
      played().includes(`file_string://${file}!/prompts/en/has-left.wav`),
    );
    await eventually('deleted', () => !existsSync(file));
    rmSync(dir, { recursive: true });
  });
});

test('names that an earlier life left behind are deleted after a day, and nothing else is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'names'));
  const old = new Date(world.nowMs - 25 * 3600 * 1000);
  const fresh = new Date(world.nowMs - 3600 * 1000);
  for (const [name, at] of [
    [`${leg(1)}.wav`, old],
    [`${leg(2)}.wav`, fresh],
    ['minutes.wav', old],
  ] as const) {
    writeFileSync(join(dir, name), 'RIFF');
    utimesSync(join(dir, name), at, at);
  }
  await world.bridge.stop();
  await world.startBridge({}, { callSoundsDir: dir });
  await eventually('deleted', () => readdirSync(dir).length === 2);
  expect(readdirSync(dir).sort()).toEqual([`${leg(2)}.wav`, 'minutes.wav']);
  await deleteOldNames(join(dir, 'nowhere'), world.nowMs);
  rmSync(dir, { recursive: true });
});

describe('an end that comes by itself', () => {
  const announce = (end?: RoomEnd) =>
    world.bridge.execute({ kind: 'announce-end', room: ROOM, ...(end && { end }) });

  test('is said to everybody and shown, and so is that it does not come', async () => {
    await world.join(1);
    const end = { atMs: world.nowMs + 5 * 60_000, why: 'time' } as const;
    expect(await announce(end)).toEqual({ ok: true });
    expect(world.bridge.rooms().get(ROOM)?.end).toEqual(end);
    const number = '/prompts/en/number-5.wav';
    const words = `/prompts/en/ends-in.wav!${number}!/prompts/en/minutes.wav`;
    await eventually('said', () => played().includes(`file_string://${words}`));
    await announce();
    expect(world.bridge.rooms().get(ROOM)).not.toHaveProperty('end');
    await eventually('said', () => played().includes('/prompts/en/goes-on.wav'));
  });

  test('is said in minutes to those inside, and in seconds to those who come back', () => {
    const [atMs, now] = [90_000, 45_000];
    expect(endSaying({ atMs, why: 'time' }, now)).toEqual({ kind: 'last-minutes', minutes: 1 });
    expect(endSaying({ atMs: 3 * atMs, why: 'no-moderator' }, now)).toEqual({
      kind: 'ends-without-moderator',
      minutes: 4,
    });
    expect(endSaying({ atMs, why: 'silence' }, now)?.kind).toBe('ends-in-silence');
    expect(endSaying({ atMs, why: 'breakout' }, now)).toEqual({
      kind: 'together-again',
      seconds: 45,
    });
    expect(endSaying({ atMs, why: 'empty' }, now)).toBeUndefined();
  });
});
