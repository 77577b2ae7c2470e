import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { formatMemo } from '../../bridge/memo.ts';
import type { Keepsake, Keepsakes } from '../../bridge/keepsakes.ts';
import type { KeptStay, StayShelf } from '../../bridge/stays.ts';
import { parseIdentity } from '../../protocol/call/identity.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { RoomCommand } from '../../protocol/room/command.ts';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { KEY, ROOM, ScriptedAdmissions, header, identity, leg } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';

const BREAKOUT = 'm-cccccccccccccccc' as RoomId;

class ShelfHere implements StayShelf {
  readonly all = new Map<string, KeptStay>();

  keep(stay: string, kept: KeptStay): void {
    this.all.set(stay, kept);
  }

  read(stay: string): Promise<KeptStay | undefined> {
    return Promise.resolve(this.all.get(stay));
  }

  drop(stay: string): void {
    this.all.delete(stay);
  }
}

/** What is kept beside the nodes. */
class KeptHere implements Keepsakes {
  readonly all = new Map<ParticipantId, Keepsake>();

  keep(of: ParticipantId, keepsake: Keepsake): void {
    this.all.set(of, keepsake);
  }

  read(of: ParticipantId): Promise<Keepsake | undefined> {
    return Promise.resolve(this.all.get(of));
  }

  drop(of: ParticipantId): void {
    this.all.delete(of);
  }
}

let first: ScriptedFreeSwitch;
let second: ScriptedFreeSwitch;
let bridge: Bridge;
let kept: KeptHere;
let facts: RoomEvent[];
/** Wishes that the bridge has itself, for a room that may be anybody's. */
let wishes: RoomCommand[];
let admissions: ScriptedAdmissions;
let home: ScriptedFreeSwitch;

beforeEach(async () => {
  [first, second] = [new ScriptedFreeSwitch(), new ScriptedFreeSwitch()];
  home = first;
  await Promise.all([first.wire.listen(), second.wire.listen()]);
  kept = new KeptHere();
  [facts, wishes] = [[], []];
  admissions = new ScriptedAdmissions();
  bridge = startBridge({
    nodes: [first.wire.address, second.wire.address],
    admissions,
    identityKey: KEY,
    promptsDir: '/prompts',
    stays: new ShelfHere(),
    several: {
      keepsakes: kept,
      homeOf: () => Promise.resolve(nameOf(home)),
      execute: (command) => {
        wishes.push(command);
        return bridge.execute(command);
      },
    },
    now: () => 1_800_000_000_000,
    log: () => undefined,
    pace: { commandMs: 300, moveMs: 600 },
  });
  bridge.subscribe((fact) => facts.push(fact));
  await eventually('both join', () => bridge.engines().every(({ state }) => state === 'joined'));
});
afterEach(async () => {
  await bridge.stop();
  await Promise.all([first.wire.close(), second.wire.close()]);
});

function nameOf({ wire }: ScriptedFreeSwitch): string {
  return `127.0.0.1:${wire.port}`;
}

function row(n: number): Participant | undefined {
  return bridge.rooms().get(ROOM)?.people.get(leg(n));
}

async function joins(n: number, name: string): Promise<void> {
  home.park(leg(n), header(identity(name)));
  await eventually(`${name} is in`, () => row(n)?.state === 'joined');
}

/** The first node is gone, and calls belong to the second. */
async function dies(): Promise<void> {
  await first.wire.close();
  await eventually('lost', () => bridge.engines()[0]?.state === 'connecting');
  home = second;
  expect(bridge.giveUp(first.wire.address)).toBe(true);
}

/** The gateway brings a leg to the second node. */
function comes(n: number, name: string): void {
  second.park(leg(n), header(identity(name, { replaces: leg(n) })));
}

function told(kind: RoomEvent['kind']): readonly RoomEvent[] {
  return facts.filter((fact) => fact.kind === kind);
}

test('a node that answers here is not given up, whatever others say', async () => {
  await joins(1, 'Ada');
  expect(bridge.giveUp(first.wire.address)).toBe(false);
  expect(row(1)?.moving).toBeUndefined();
});

test('people of a dead node stay listed as moving, and come back as they stood', async () => {
  await joins(1, 'Ada');
  await joins(2, 'Bob');
  await bridge.execute({ kind: 'set-muted', room: ROOM, id: leg(1), on: true, by: 'moderator' });
  await bridge.execute({ kind: 'set-hand', room: ROOM, id: leg(1), on: true, by: 'self' });
  await bridge.execute({ kind: 'rename', room: ROOM, id: leg(2), name: 'Bobby' });
  await bridge.execute({ kind: 'set-deaf', room: ROOM, id: leg(2), on: true });
  await eventually('noted', () => row(1)?.muted === true && row(2)?.deaf === true);
  const before = [row(1), row(2)];
  await dies();
  expect([row(1)?.moving, row(2)?.moving]).toEqual([true, true]);
  comes(1, 'Ada');
  comes(2, 'Bob');
  await eventually('both are back', () => [1, 2].every((n) => row(n)?.moving !== true));
  await eventually('as they stood', () => row(2)?.deaf === true);
  expect([row(1), row(2)]).toEqual(before);
  expect(told('participant-left')).toEqual([]);
  expect(told('room-opened')).toHaveLength(1);
  expect(told('room-closed')).toEqual([]);
  expect(bridge.nodeOf(ROOM)).toBe(nameOf(second));
});

test('who comes back is in though the meeting has a lobby, is locked or waits for a moderator; the lock is set again', async () => {
  await joins(1, 'Ada');
  await bridge.execute({ kind: 'set-locked', room: ROOM, on: true });
  await eventually('locked', () => bridge.rooms().get(ROOM)?.locked === true);
  admissions.admission = (room, role) => ({ kind: 'wait', room, role, why: 'no-moderator' });
  await dies();
  comes(1, 'Ada');
  await eventually('back', () => row(1)?.moving !== true);
  await eventually('locked', () => second.heard.includes(`conference ${ROOM} lock`));
  expect(told('room-updated').every((fact) => 'locked' in fact && fact.locked)).toBe(true);
});

test('a lock that the dead node had taken and not told any more is set at the next', async () => {
  await joins(1, 'Ada');
  first.instead.set(`conference ${ROOM} lock`, () => '+OK');
  expect(await bridge.execute({ kind: 'set-locked', room: ROOM, on: true })).toMatchObject({
    ok: true,
  });
  await dies();
  expect(bridge.rooms().get(ROOM)?.locked).toBe(false);
  comes(1, 'Ada');
  await eventually('locked', () => bridge.rooms().get(ROOM)?.locked === true);
  expect(second.heard).toContain(`conference ${ROOM} lock`);
});

test('an unlock that the dead node had taken and not told any more leaves the room open', async () => {
  await joins(1, 'Ada');
  await bridge.execute({ kind: 'set-locked', room: ROOM, on: true });
  await eventually('locked', () => bridge.rooms().get(ROOM)?.locked === true);
  first.instead.set(`conference ${ROOM} unlock`, () => '+OK');
  await bridge.execute({ kind: 'set-locked', room: ROOM, on: false });
  await dies();
  comes(1, 'Ada');
  await eventually('open', () => bridge.rooms().get(ROOM)?.locked === false);
  expect(second.heard).not.toContain(`conference ${ROOM} lock`);
});

test('who was banned meanwhile does not come back', async () => {
  await joins(1, 'Ada');
  admissions.admission = () => ({ kind: 'refuse', why: 'banned' });
  await dies();
  comes(1, 'Ada');
  await eventually('turned away', () => second.heard.includes(`uuid_kill ${leg(1)} CALL_REJECTED`));
  bridge.lostOnTheWay(leg(1));
  expect(row(1)).toBeUndefined();
  expect(told('room-closed')).toHaveLength(1);
});

test('who does not come in time has left, and the others stay', async () => {
  await joins(1, 'Ada');
  await joins(2, 'Bob');
  await dies();
  comes(1, 'Ada');
  await eventually('Bob has left', () => row(2) === undefined);
  expect(told('participant-left')).toEqual([
    { kind: 'participant-left', room: ROOM, id: leg(2), reason: 'connection-lost' },
  ]);
  expect(row(1)?.moving).toBeUndefined();
});

test('a room that is sent on leaves no trace of its end at the old node', async () => {
  await joins(1, 'Ada');
  home = second;
  const sent = bridge.sendOn(nameOf(first));
  await eventually('told to go', () => first.heard.some((line) => line.startsWith('uuid_kill')));
  const word = first.heard
    .find((line) => line.includes('sip_bye_h_X-Partyline'))
    ?.split(' ')
    .at(-1);
  expect(parseIdentity(word ?? '', KEY)?.destination).toMatchObject({ room: ROOM });
  await sent;
  comes(1, 'Ada');
  await eventually('there', () => second.conferences.size === 1);
  await eventually('gone here', () => first.conferences.size === 0);
  await eventually('back', () => row(1)?.moving !== true);
  expect(told('participant-left')).toEqual([]);
  expect(told('room-closed')).toEqual([]);
  expect(kept.all.has(leg(1))).toBe(true);
});

test('a FreeSWITCH that stops says so first: nobody has left by its ending the calls', async () => {
  await joins(1, 'Ada');
  await bridge.execute({ kind: 'set-hand', room: ROOM, id: leg(1), on: true, by: 'self' });
  await eventually('hand up', () => row(1)?.hand === true);
  home = second;
  first.wire.tell('SHUTDOWN', {});
  first.hangUp(leg(1), 'SYSTEM_SHUTDOWN');
  await eventually('on the way', () => row(1)?.moving === true);
  comes(1, 'Ada');
  await eventually('back', () => row(1)?.moving !== true);
  expect(row(1)?.hand).toBe(true);
  expect(told('participant-left')).toEqual([]);
});

test('a caller whose code opens a room elsewhere is sent on with who they became, and asked for nothing again', async () => {
  const person = { id: 'person-5', name: 'Dora' };
  admissions.codes.set('1234567890', { kind: 'meeting', room: ROOM, role: 'moderator', person });
  home = second;
  const caller = identity('1001', {
    unnamed: true,
    destination: { kind: 'reception', dialled: '7000' },
  });
  first.park(leg(3), header(caller));
  await eventually('greeted', () => first.heard.some((line) => line.includes('playback')));
  for (const key of '1234567890#') first.press(leg(3), key);
  await eventually('sent on', () => first.heard.includes(`uuid_kill ${leg(3)} NORMAL_CLEARING`));
  const word = first.heard
    .find((line) => line.includes('sip_bye_h_X-Partyline'))
    ?.split(' ')
    .at(-1);
  const who = parseIdentity(word ?? '', KEY);
  expect(who).toMatchObject({ personId: 'person-5', destination: { kind: 'meeting', room: ROOM } });
  expect(kept.all.get(leg(3))?.who).toBeDefined();
});

test('what is kept of a leg goes with its call', async () => {
  await joins(1, 'Ada');
  await eventually('kept', () => kept.all.has(leg(1)));
  first.hangUp(leg(1));
  await eventually('dropped', () => !kept.all.has(leg(1)));
});

test('somebody whom the meeting called comes back without being invited again', async () => {
  const to = { kind: 'account', username: 'ada' } as const;
  const destination = {
    kind: 'outbound',
    room: ROOM,
    role: 'participant',
    to,
    untilMs: 1,
  } as const;
  kept.keep(leg(4), {
    memo: formatMemo({ stage: 'named', insideSinceMs: 7, wish: { muted: true }, mutedBy: 'self' }),
  });
  home = second;
  const who = { ...identity('Ada', { replaces: leg(4) }), destination };
  second.park(leg(4), header(who));
  await eventually('back', () => row(4)?.muted === true);
  expect(row(4)).toMatchObject({ name: 'Ada', mutedBy: 'self', joinedAtMs: 7 });
  expect(second.heard.filter((line) => line.startsWith(`${leg(4)} playback`))).toEqual([]);
});

test('whoever was in a breakout room comes back into the main room', async () => {
  await joins(1, 'Ada');
  await joins(2, 'Bob');
  await bridge.execute({ kind: 'move', room: ROOM, id: leg(1), to: BREAKOUT, group: 1 });
  const inBreakout = () => bridge.rooms().get(BREAKOUT)?.people.get(leg(1));
  await eventually('moved', () => inBreakout()?.state === 'joined');
  facts.length = 0;
  await dies();
  expect(inBreakout()?.moving).toBe(true);
  comes(1, 'Ada');
  comes(2, 'Bob');
  await eventually('both are in the main room', () =>
    [1, 2].every((n) => row(n) !== undefined && row(n)?.moving !== true),
  );
  await eventually('the breakout room is over', () => !bridge.rooms().has(BREAKOUT));
  expect(told('participant-left')).toEqual([
    { kind: 'participant-left', room: BREAKOUT, id: leg(1), reason: 'moved' },
  ]);
  expect(told('room-closed')).toEqual([{ kind: 'room-closed', room: BREAKOUT }]);
});

test('who comes back at a node that another process drives is no longer on the way here; the lock is wished there once all are', async () => {
  await joins(1, 'Ada');
  await joins(2, 'Bob');
  await bridge.execute({ kind: 'set-locked', room: ROOM, on: true });
  await eventually('locked', () => bridge.rooms().get(ROOM)?.locked === true);
  await dies();
  expect(bridge.onTheWay()).toEqual([leg(1), leg(2)]);
  bridge.cameElsewhere(leg(1), ROOM);
  expect([bridge.onTheWay(), wishes]).toEqual([[leg(2)], []]);
  bridge.cameElsewhere(leg(2), ROOM);
  expect(wishes).toEqual([{ kind: 'set-locked', room: ROOM, on: true }]);
  expect([bridge.onTheWay(), bridge.rooms().size]).toEqual([[], 0]);
});

/** A browser that calls again by itself before anybody found its node dead. */
const CARLA = { via: 'browser', number: '', personId: 'p-1', stay: 'stay-one' } as const;

test.each(['before', 'after'] as const)(
  'a browser that calls again by itself %s its node is found dead is there once, as it stood',
  async (when) => {
    first.park(leg(1), header(identity('Carla', CARLA)));
    await eventually('in', () => row(1)?.state === 'joined');
    await joins(2, 'Bob');
    await bridge.execute({ kind: 'set-hand', room: ROOM, id: leg(1), on: true, by: 'self' });
    await eventually('hand up', () => row(1)?.hand === true);
    if (when === 'after') await dies();
    home = second;
    second.park(leg(5), header(identity('Carla', CARLA)));
    await eventually('in by another leg', () => row(5)?.state === 'joined');
    expect(row(1)).toBeUndefined();
    if (when === 'before') await dies();
    comes(2, 'Bob');
    await eventually('Bob is back', () => row(2)?.moving !== true);
    expect([row(1), row(5)?.hand, bridge.onTheWay()]).toEqual([undefined, true, []]);
    expect(told('participant-left')).toEqual([
      { kind: 'participant-left', room: ROOM, id: leg(1), reason: 'replaced' },
    ]);
  },
);

test('who calls again by itself at a node that another process drives is no longer on the way here', async () => {
  await joins(1, 'Ada');
  await joins(2, 'Bob');
  await dies();
  bridge.replaced(leg(1));
  expect([row(1), bridge.onTheWay()]).toEqual([undefined, [leg(2)]]);
});
