import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  kickLine,
  listLine,
  lockLine,
  memberLine,
  memoLine,
  originateLine,
  playToMemberLine,
  playToRoomLine,
  recordLine,
  stopPlayingLine,
} from '../../bridge/to-esl-rooms.ts';
import { killLine } from '../../bridge/to-esl.ts';
import type { Origination } from '../../bridge/to-esl-rooms.ts';
import { playMessage } from '../../bridge/to-esl-legs.ts';
import { startBridge } from '../../bridge/bridge.ts';
import type { RoomCommand } from '../../protocol/room/command.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import {
  BridgeWorld,
  KEY,
  ROOM,
  ScriptedAdmissions,
  header,
  identity,
  leg,
} from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

const CALL: Origination = {
  leg: leg(1),
  gateway: { host: '::1', port: 5060 },
  identity: 'v1.e30.bWFj',
  standing: {},
};

const NUMBER = {
  to: { kind: 'trunk', trunk: 't', number: '+491511234567' },
  name: 'x',
  role: 'participant',
} as const;

const HOSTILE = [
  '\n\napi shutdown',
  '\r\n\r\napi shutdown',
  ' kick all',
  'all',
  'm-abcdefghijklmnop kick all',
  'm-abcdefghijklmnop\n',
  '1 quiet\napi shutdown',
  '${system(id)}',
  "';system id;'",
  '"|tee /etc/passwd',
  '../../../etc/passwd',
  '+flags{moderator}',
  '@default',
  '%0a%0aapi%20shutdown',
  '\u0000',
  '\u2028api shutdown',
  '__proto__',
  'x'.repeat(100_000),
  '',
];

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { gateway: { host: '127.0.0.1', port: 5060 } });
});
afterEach(async () => {
  await world.stop();
});

/** Commands that came to FreeSWITCH, but for probes and lists. */
/** What legs were told to do, without the names that we give each task. */
function sent(): string[] {
  return came()
    .filter((command) => command.startsWith('sendmsg'))
    .map((command) => command.replace(/\nEvent-UUID: [\w-]+/, ''));
}

function came(): string[] {
  return world.freeswitch.wire.commands.filter(
    (command) =>
      !/^(bg)?api (status|show channels as json|conference m-\w+ json_list)\b/.test(command),
  );
}

describe.each(HOSTILE)('hostile text %j', (text) => {
  test('in any field of a command sends nothing', async () => {
    await world.join(1);
    const before = came().length;
    const evil = text as RoomId & ParticipantId;
    const commands: RoomCommand[] = [
      { kind: 'set-muted', room: evil, id: leg(1), on: true, by: 'program' },
      { kind: 'set-muted', room: ROOM, id: evil, on: true, by: 'program' },
      { kind: 'remove', room: ROOM, id: evil },
      {
        kind: 'set-volume',
        room: ROOM,
        id: leg(1),
        direction: 'in',
        level: evil as unknown as number,
      },
      { kind: 'set-locked', room: evil, on: true },
      { kind: 'close-room', room: evil },
      { kind: 'mute-all', room: evil, except: 'none' },
      { kind: 'unmute-all', room: evil },
      { kind: 'admit-all', room: evil },
      { kind: 'set-recording', room: evil, on: true },
      { kind: 'admit', room: ROOM, id: evil },
      { kind: 'rename', room: ROOM, id: evil, name: 'x' },
      { kind: 'cancel-call', room: ROOM, id: evil },
      { kind: 'call', ...NUMBER, room: evil, id: leg(5) },
      { kind: 'call', ...NUMBER, room: ROOM, id: evil },
      { kind: 'call', ...NUMBER, room: ROOM, id: leg(5), invitedBy: `${text}$` },
    ];
    for (const command of commands)
      expect(await world.bridge.execute(command)).toMatchObject({ ok: false });
    expect(came().length).toBe(before);
  });

  test('in any field of an identity sends the same commands as a harmless one', async () => {
    const destination = { kind: 'reception', dialled: text.slice(0, 50) } as const;
    const named = { number: text, personId: 'p', source: '192.0.2.1' };
    world.freeswitch.park(leg(1), header(identity(text || 'x', named)));
    const row = await world.row(1);
    expect(sent()).toEqual([
      `sendmsg ${leg(1)}\ncall-command: execute\nexecute-app-name: answer`,
      `sendmsg ${leg(1)}\ncall-command: execute\nexecute-app-name: conference\nexecute-app-arg: ${ROOM}@partyline+flags{mute-detect}`,
    ]);
    expect(row.name + row.number).not.toMatch(/[\u0000-\u001f]/);
    world.freeswitch.park(leg(2), header(identity('Ada', { destination })));
    await eventually('answered or rejected', () => came().some((line) => line.includes(leg(2))));
    expect(came().join('\n')).not.toContain('shutdown');
  });

  test('as a header in place of an identity is rejected with one command', async () => {
    const before = came().length;
    world.freeswitch.park(leg(1), text);
    await eventually('rejected', () => came().length > before);
    expect(came().slice(before)).toEqual([`api uuid_kill ${leg(1)} CALL_REJECTED`]);
  });

  test('as a Unique-ID, a room or a member id in an event is not taken in', async () => {
    await world.join(1);
    const before = came().length;
    const { wire } = world.freeswitch;
    const conference = world.freeswitch.conference(ROOM);
    const member = world.freeswitch.member(leg(1));
    wire.tell('CHANNEL_PARK', { 'Unique-ID': text });
    world.freeswitch.maintain('add-member', conference, member, { 'Unique-ID': text });
    world.freeswitch.maintain('add-member', conference, member, { 'Member-ID': text });
    world.freeswitch.maintain('add-member', conference, member, { 'Conference-Name': text });
    await world.join(2);
    expect(
      came()
        .slice(before)
        .filter((line) => !line.includes(leg(2))),
    ).toEqual([]);
    expect([...world.bridge.rooms().keys()]).toEqual([ROOM]);
    expect(world.bridge.rooms().get(ROOM)?.people.size).toBe(2);
  });

  test('never gets into a line', () => {
    const evil = text as RoomId & ParticipantId;
    const number = text as unknown as number;
    const lines = [
      () => memberLine(evil, 1, { kind: 'mute', on: true }),
      () => memberLine(ROOM, number, { kind: 'mute', on: true }),
      () => memberLine(ROOM, 1, { kind: 'volume-in', level: number }),
      () => kickLine(ROOM, number),
      () => lockLine(evil, true),
      () => listLine(evil),
      () => killLine(evil, 'CALL_REJECTED'),
      () => playMessage({ leg: leg(1), task: 't' }, [text]),
      () => playMessage({ leg: leg(1), task: 't' }, [`/prompts/${text}$`]),
      () => playMessage({ leg: leg(1), task: `${text}$` }, ['/prompts/a.wav']),
      () => playToMemberLine(evil, 1, ['/prompts/a.wav']),
      () => playToMemberLine(ROOM, 1, ['/prompts/a.wav', `/prompts/${text}$`]),
      () => playToRoomLine(ROOM, [`/prompts/${text}!/b.wav`]),
      () => playToRoomLine(ROOM, []),
      () => stopPlayingLine(ROOM, number),
      () => recordLine(ROOM, `/rec/${text}$.wav`),
      () => memoLine(evil, {}),
      () => originateLine({ ...CALL, leg: evil }),
      () => originateLine({ ...CALL, identity: `v1.${text}$.x` }),
      () => originateLine({ ...CALL, gateway: { host: `${text} `, port: 5060 } }),
      () => originateLine({ ...CALL, gateway: { host: '127.0.0.1', port: number } }),
    ];
    for (const line of lines) expect(line).toThrow();
  });
});

test('a memo and a call are one word each, whatever they hold', () => {
  for (const text of HOSTILE) {
    expect(memoLine(leg(1), { name: text }).split(' ')).toHaveLength(4);
    const line = originateLine({ ...CALL, standing: { invitedBy: text, stage: text } });
    expect(line).toMatch(
      /^originate \{[\w.=,-]+\}sofia\/partyline\/sip:outbound@\[::1\]:5060 &park\(\)$/,
    );
  }
});

test('a folder of prompts whose name FreeSWITCH would not take as one word stops the start', () => {
  const options = {
    nodes: [],
    admissions: new ScriptedAdmissions(),
    identityKey: KEY,
    now: () => 0,
    log: () => undefined,
  };
  for (const promptsDir of ['relative', '/a{b}', '/a\nb', "/a'b", ''])
    expect(() => startBridge({ ...options, promptsDir })).toThrow(/promptsDir/);
});
