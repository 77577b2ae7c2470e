import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome, RoomCommand } from '../../../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../../../protocol/room/room.ts';
import { BridgeWorld, ROOM, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
});
afterEach(async () => {
  await world.stop();
});

type AboutPerson = Extract<RoomCommand, { readonly id: ParticipantId }>;
type OfKind<C, K> = C extends { readonly kind: infer Kind } ? (K extends Kind ? C : never) : never;
type About<K extends RoomCommand['kind']> = Omit<OfKind<AboutPerson, K>, 'room' | 'id' | 'kind'>;

function wish<K extends RoomCommand['kind']>(kind: K, n: number, more: About<K>): Promise<Outcome> {
  return world.bridge.execute({ kind, room: ROOM, id: leg(n), ...more } as unknown as RoomCommand);
}

/** What the nth leg was told by voice, as the names of the files. */
function told(n: number): string[] {
  const id = world.freeswitch.member(leg(n)).id;
  return world
    .heardLike(new RegExp(`^conference m-\\w+ play \\S+ ${id}$`))
    .map((line) => [...line.matchAll(/\/en\/([\w-]+)\.wav/g)].map(([, clip]) => clip).join(' '));
}

async function hears(n: number, words: string): Promise<void> {
  await eventually(`leg ${n} hears "${words}", not ${told(n).join(' | ')}`, () =>
    told(n).includes(words),
  );
}

async function restarted(): Promise<void> {
  await world.bridge.stop();
  await world.startBridge();
}

describe('a raised hand', () => {
  test('is shown with the moment it went up, and stays in that place', async () => {
    await world.join(1);
    expect(await wish('set-hand', 1, { on: true, by: 'self' })).toEqual({ ok: true });
    const first = world.nowMs;
    expect(world.find(1)).toMatchObject({ hand: true, handAtMs: first });
    world.nowMs += 5000;
    await wish('set-hand', 1, { on: true, by: 'self' });
    expect(world.find(1)).toMatchObject({ hand: true, handAtMs: first });
    await wish('set-hand', 1, { on: false, by: 'self' });
    expect(world.find(1)).toMatchObject({ hand: false });
    expect(world.find(1)).not.toHaveProperty('handAtMs');
    expect(told(1)).not.toContain('hand-lowered');
  });

  test('that a moderator takes down is told to the phone', async () => {
    await world.join(1);
    await wish('set-hand', 1, { on: true, by: 'self' });
    await wish('set-hand', 1, { on: false, by: 'moderator' });
    await hears(1, 'hand-lowered');
  });

  test('is not shown where FreeSWITCH does not keep it', async () => {
    await world.join(1);
    world.freeswitch.instead.set(`uuid_setvar ${leg(1)}`, () => '-ERR no\n');
    expect(await wish('set-hand', 1, { on: true, by: 'self' })).toMatchObject({
      ok: false,
      reason: 'switch-unavailable',
    });
    expect(world.find(1)?.hand).toBe(false);
  });
});

describe('help, names and roles', () => {
  test('a wish for help is shown, and its end told as help on the way', async () => {
    await world.join(1);
    await wish('set-help', 1, { on: true });
    expect(world.find(1)).toMatchObject({ wantsHelp: true });
    await wish('set-help', 1, { on: false });
    expect(world.find(1)).not.toHaveProperty('wantsHelp');
    await hears(1, 'help-coming');
  });

  test('a typed name stands over a stand-in', async () => {
    await world.join(1, '+491511234567', { unnamed: true, number: '+491511234567' });
    expect(world.find(1)).toMatchObject({ name: '+49…4567', unnamed: true });
    expect(await wish('rename', 1, { name: ' Ada\n' })).toEqual({ ok: true });
    expect(world.find(1)).toMatchObject({ name: 'Ada', number: '+49…4567' });
    expect(world.find(1)).not.toHaveProperty('unnamed');
    for (const name of ['', ' ', 'x'.repeat(101)])
      expect(await wish('rename', 1, { name })).toMatchObject({ reason: 'refused' });
  });

  test('a participant made moderator is one at once, and may be made one no longer', async () => {
    await world.join(1);
    await wish('set-role', 1, { role: 'moderator' });
    expect(world.find(1)?.role).toBe('moderator');
    await wish('set-role', 1, { role: 'participant' });
    expect(world.find(1)?.role).toBe('participant');
  });
});

describe('who muted whom', () => {
  test.each([
    ['self', 'self', undefined],
    ['moderator', 'moderator', 'muted-by-moderator'],
    ['program', 'moderator', 'muted-by-moderator'],
  ] as const)('muted by %s is shown as muted by %s and told as %s', async (by, shown, words) => {
    await world.join(1);
    await wish('set-muted', 1, { on: true, by });
    await eventually('muted', () => world.find(1)?.muted);
    expect(world.find(1)?.mutedBy).toBe(shown);
    if (words !== undefined) await hears(1, words);
    expect(world.facts.filter(isMutedByNobody)).toEqual([]);
  });

  test('is shown as the entry where the meeting mutes those who come', async () => {
    world.admissions.admission = (room, role) => ({ kind: 'join', room, role, muted: true });
    expect(await world.join(1)).toMatchObject({ muted: true, mutedBy: 'entry' });
  });

  test('a browser is not spoken to, since it shows it', async () => {
    await world.join(1, 'Ada', { via: 'browser' });
    await wish('set-muted', 1, { on: true, by: 'moderator' });
    await eventually('muted', () => world.find(1)?.muted);
    await wish('set-hand', 1, { on: true, by: 'self' });
    expect(told(1)).toEqual([]);
  });

  test('nobody is told of a muting that FreeSWITCH has not done', async () => {
    await world.join(1);
    world.freeswitch.instead.set(`conference ${ROOM} mute`, () => '+OK mute 1\n');
    await wish('set-muted', 1, { on: true, by: 'moderator' });
    await world.bridge.auditNow();
    expect(world.find(1)?.muted).toBe(false);
    expect(told(1)).not.toContain('muted-by-moderator');
  });

  test('mute all marks only who was open, and unmute all opens only those', async () => {
    await world.join(1, 'Mod', { role: 'moderator' });
    for (const n of [2, 3]) await world.join(n);
    await wish('set-muted', 2, { on: true, by: 'self' });
    await eventually('muted', () => world.find(2)?.muted);
    await world.bridge.execute({ kind: 'mute-all', room: ROOM, except: 'none', but: leg(1) });
    await eventually('muted', () => world.find(3)?.muted);
    expect([1, 2, 3].map((n) => world.find(n)?.mutedBy)).toEqual([undefined, 'self', 'moderator']);
    await world.bridge.execute({ kind: 'unmute-all', room: ROOM });
    await eventually('open', () => world.find(3)?.muted === false);
    expect(world.find(2)).toMatchObject({ muted: true, mutedBy: 'self' });
    expect(world.find(2)).not.toHaveProperty('askedToUnmute');
    await hears(3, 'unmuted-by-moderator');
  });

  test('unmute all asks those whom the entry muted', async () => {
    world.admissions.admission = (room, role) => ({ kind: 'join', room, role, muted: true });
    await world.join(1);
    await world.bridge.execute({ kind: 'unmute-all', room: ROOM });
    await eventually('asked', () => world.find(1)?.askedToUnmute);
    expect(world.find(1)?.muted).toBe(true);
  });
});

describe('a moderator who opens somebody’s microphone', () => {
  test('asks them, and does not open it', async () => {
    await world.join(1);
    await wish('set-muted', 1, { on: true, by: 'self' });
    await eventually('muted', () => world.find(1)?.muted);
    expect(await wish('set-muted', 1, { on: false, by: 'moderator' })).toEqual({ ok: true });
    expect(world.find(1)).toMatchObject({ muted: true, mutedBy: 'self', askedToUnmute: true });
    await hears(1, 'asked-to-unmute press-to-unmute');
    expect(world.heardLike(/ unmute /)).toEqual([]);
    await wish('set-muted', 1, { on: false, by: 'self' });
    await eventually('open', () => world.find(1)?.muted === false);
    expect(world.find(1)).not.toHaveProperty('askedToUnmute');
  });

  test('opens it where a moderator had closed it', async () => {
    await world.join(1);
    await wish('set-muted', 1, { on: true, by: 'moderator' });
    await eventually('muted', () => world.find(1)?.muted);
    await wish('set-muted', 1, { on: false, by: 'moderator' });
    await eventually('open', () => world.find(1)?.muted === false);
    await hears(1, 'unmuted-by-moderator');
  });

  test('opens it where the meeting allows it', async () => {
    world.admissions.roomRules = { ...world.admissions.roomRules, unmuteOthers: 'allowed' };
    await world.join(1);
    await wish('set-muted', 1, { on: true, by: 'self' });
    await eventually('muted', () => world.find(1)?.muted);
    await wish('set-muted', 1, { on: false, by: 'moderator' });
    await eventually('open', () => world.find(1)?.muted === false);
  });

  test('is answered no by nobody after a minute', async () => {
    await world.join(1);
    await wish('set-muted', 1, { on: true, by: 'self' });
    await eventually('muted', () => world.find(1)?.muted);
    await wish('set-muted', 1, { on: false, by: 'moderator' });
    expect(world.find(1)?.askedToUnmute).toBe(true);
    world.nowMs += 60_001;
    await restarted();
    await eventually('no longer asked', () => {
      const row = world.find(1);
      return row !== undefined && row.askedToUnmute === undefined;
    });
  });
});

test('a participant may not unmute where only moderators do, and reads why', async () => {
  world.admissions.roomRules = { ...world.admissions.roomRules, unmuteSelf: false };
  await world.join(1);
  await world.join(2, 'Mod', { role: 'moderator' });
  for (const n of [1, 2]) {
    await wish('set-muted', n, { on: true, by: 'self' });
    await eventually('muted', () => world.find(n)?.muted);
  }
  expect(await wish('set-muted', 1, { on: false, by: 'self' })).toEqual({
    ok: false,
    reason: 'refused',
    detail: 'Only a moderator can unmute people in this meeting.',
  });
  expect(await wish('set-muted', 2, { on: false, by: 'self' })).toEqual({ ok: true });
  await eventually('open', () => world.find(2)?.muted === false);
});

test('a bridge that starts anew knows hands, helps, names, roles, wishes and who muted', async () => {
  await world.join(1);
  await wish('set-hand', 1, { on: true, by: 'self' });
  await wish('set-help', 1, { on: true });
  await wish('rename', 1, { name: 'Ada' });
  await wish('set-role', 1, { role: 'moderator' });
  await wish('set-muted', 1, { on: true, by: 'moderator' });
  await wish('set-volume', 1, { direction: 'in', level: -3 });
  await eventually('as wished', () => world.find(1)?.muted && world.find(1)?.volume.in === -3);
  const before = world.find(1);
  await world.bridge.stop();
  world.freeswitch.member(leg(1)).speak = true;
  await world.startBridge();
  await eventually('as before', () => world.find(1)?.muted);
  expect({ ...world.find(1), joinedAtMs: 0 }).toEqual({ ...before, joinedAtMs: 0 });
});

test('a wish while FreeSWITCH is away is on the leg once it is back', async () => {
  await world.join(1);
  const { wire } = world.freeswitch;
  const { port } = wire;
  await wire.close();
  await eventually('the loss is seen', () => world.bridge.engines()[0]?.state === 'connecting');
  await wish('set-deaf', 1, { on: true });
  await wire.listen(port);
  await world.joined();
  await eventually('deaf', () => world.find(1)?.deaf);
  await restarted();
  world.freeswitch.member(leg(1)).hear = true;
  await world.bridge.auditNow();
  await eventually('deaf again', () => world.find(1)?.deaf);
});

test('whom the gateway vouched for is told with the whole number, for bans', async () => {
  await world.join(1, 'Ada', { number: '+491511234567', account: '1001' });
  expect(world.find(1)?.number).toBe('+49…4567');
  expect(await world.bridge.identityOf?.(leg(1))).toMatchObject({
    number: '+491511234567',
    account: '1001',
  });
  expect(await world.bridge.identityOf?.(leg(9))).toBeUndefined();
  expect(world.logged.join()).not.toContain('1234567');
});

describe('a word to one member', () => {
  test('cuts off the word before it', async () => {
    await world.join(1);
    for (const on of [true, false]) {
      await wish('set-muted', 1, { on, by: 'program' });
      await eventually('so', () => world.find(1)?.muted === on);
    }
    await hears(1, 'unmuted-by-moderator');
    const heard = world.heardLike(/ (play|stop) /);
    const last = heard.findIndex((line) => line.includes('unmuted-by-moderator'));
    expect(heard[last - 1]).toMatch(/ stop all 1$/);
  });

  test('is spoken in the room’s language', async () => {
    world.admissions.roomRules = { ...world.admissions.roomRules, language: 'de' };
    await world.join(1);
    await wish('set-muted', 1, { on: true, by: 'program' });
    await world.heard(`conference ${ROOM} play /prompts/de/muted-by-moderator.wav 1`);
  });

  test('that cannot be played is told to the operator', async () => {
    await world.join(1);
    world.freeswitch.instead.set(
      `conference ${ROOM} play`,
      () => '-ERR (play) File: x not found.\n',
    );
    await wish('set-muted', 1, { on: true, by: 'program' });
    await eventually('told', () => world.logged.join().includes('could not play'));
  });
});

function isMutedByNobody(fact: { kind: string; room: RoomId; participant?: object }): boolean {
  const row = fact.participant as { muted?: boolean; mutedBy?: string } | undefined;
  return row?.muted === true && row.mutedBy === undefined;
}
