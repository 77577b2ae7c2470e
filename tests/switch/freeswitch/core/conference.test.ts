import { describe, expect, test } from 'vitest';
import { step } from '../../../../switch/freeswitch/core/step.ts';
import { CoreBench, value } from '../../../support/switch-core.ts';

const ROOM = 'm-abcdefghijklmnop';

/** A room with Alice (member 1, moderator) and Bob (member 2). */
function roomOfTwo(): CoreBench {
  const bench = new CoreBench();
  for (const [uuid, name, flags] of [
    ['alice', 'Alice', 'moderator'],
    ['bob', 'Bob', ''],
  ] as const) {
    bench.call(uuid, name, name.toLowerCase());
    bench.execute(uuid, 'answer');
    bench.execute(uuid, 'conference', `${ROOM}@partyline+flags{${flags}}`);
  }
  bench.story();
  return bench;
}

describe('joining', () => {
  test('the first member opens the room and gets the floor', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.execute('alice', 'answer');
    bench.story();
    bench.execute('alice', 'conference', `${ROOM}@partyline+flags{moderator|mute}`);
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE conference',
      'conference-create',
      'add-member',
      'floor-change',
    ]);
  });

  test('add-member tells the member whole', () => {
    const bench = roomOfTwo();
    bench.call('carol', 'Carol', '1003');
    bench.execute('carol', 'conference', `${ROOM}@partyline+flags{mute|deaf|mute-detect}`);
    const event = bench.last('add-member');
    const told = {
      'Event-Name': 'CUSTOM',
      'Event-Subclass': 'conference::maintenance',
      'Conference-Name': ROOM,
      'Conference-Size': '3',
      'Conference-Ghosts': '0',
      'Conference-Profile-Name': 'partyline',
      Floor: 'false',
      'Unique-ID': 'carol',
      'Call-Direction': 'inbound',
      'Answer-State': 'answered',
      'Channel-Call-State': 'ACTIVE',
      'Caller-Caller-ID-Name': 'Carol',
      'Caller-Caller-ID-Number': '1003',
      Hear: 'false',
      See: 'true',
      Speak: 'false',
      Talking: 'false',
      'Mute-Detect': 'true',
      Hold: 'false',
      'Member-ID': '3',
      'Member-Type': 'member',
      'Member-Ghost': 'false',
      'Energy-Level': '100',
      'Current-Energy': '0',
    };
    for (const [name, text] of Object.entries(told)) expect(value(event, name), name).toBe(text);
  });

  test('an unanswered call gets early media, then is answered by the room', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.execute('alice', 'conference', ROOM);
    expect(bench.orders.map(({ kind }) => kind)).toEqual(['progress', 'answer']);
    expect(value(bench.last('conference-create'), 'Conference-Profile-Name')).toBe('default');
  });

  test('a locked room lets nobody in; the call is parked again', () => {
    const bench = roomOfTwo();
    bench.api(`conference ${ROOM} lock`);
    bench.call('carol');
    bench.execute('carol', 'answer');
    bench.story();
    bench.execute('carol', 'conference', ROOM);
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE conference',
      'CHANNEL_EXECUTE_COMPLETE conference',
    ]);
    expect(bench.api('uuid_exists carol')).toBe('true');
  });

  test('a full room lets nobody in', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.execute('alice', 'set', 'conference_max_members=2');
    bench.execute('alice', 'conference', ROOM);
    for (const uuid of ['bob', 'carol']) {
      bench.call(uuid);
      bench.execute(uuid, 'conference', ROOM);
    }
    expect(bench.api(`conference ${ROOM} count`)).toBe('2');
  });

  test('a room with a PIN asks for the one supplied', () => {
    const bench = roomOfTwo();
    bench.api(`conference ${ROOM} pin 1234`);
    bench.call('carol');
    bench.execute('carol', 'conference', ROOM);
    expect(bench.api(`conference ${ROOM} count`)).toBe('2');
    bench.execute('carol', 'set', 'supplied_pin=1234');
    bench.execute('carol', 'conference', ROOM);
    expect(bench.api(`conference ${ROOM} count`)).toBe('3');
  });

  test('join-only finds no room and is hung up', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.execute('alice', 'conference', `${ROOM}+flags{join-only}`);
    expect(bench.story()).toContain('rejected-join-only');
    expect(bench.api('uuid_exists alice')).toBe('false');
  });
});

describe('member commands', () => {
  const COMMANDS = [
    ['mute 1 quiet', '+OK mute 1\n', ['mute-member']],
    ['unmute 1 quiet', '+OK unmute 1\n', ['unmute-member']],
    ['tmute 1', '+OK mute 1\n', ['mute-member']],
    ['deaf 1', '+OK deaf 1\n', ['deaf-member']],
    ['undeaf 1', '+OK undeaf 1\n', ['undeaf-member']],
    ['hold 1', '+OK hold 1\n', ['hold-member']],
    ['unhold 1', '+OK unhold 1\n', ['unhold-member']],
    ['volume_in 1 2', '+OK Volume IN 1 = 2\n', ['volume-in-member']],
    ['volume_out 1 -2', '+OK Volume OUT 1 = -2\n', ['volume-out-member']],
    ['volume_in 1 9', '+OK Volume IN 1 = 4\n', ['volume-in-member']],
    ['volume_in 1 down', '+OK Volume IN 1 = -1\n', ['volume-in-member']],
    ['volume_in 1', '+OK Volume IN 1 = 0\n', []],
    ['energy 1', 'Energy 1 = 100\n', []],
    ['energy 1 up', 'Energy 1 = 300\n', ['energy-level-member']],
    ['dtmf 1 88', '+OK sent 88 to 1\n', ['dtmf-member']],
    ['dtmf 1', '-ERR Invalid input!\n', []],
    ['get-uuid 1', 'alice', []],
    ['floor 2', '-ERR floor is held by 1\n', []],
    ['floor 1', '+OK floor none\n', ['floor-change', 'floor-change']],
    ['mute last', '+OK mute 2\n', ['mute-member']],
    ['mute uuid=bob', '+OK mute 2\n', ['mute-member']],
    ['mute all', '+OK mute 2\n+OK mute 1\n', ['mute-member', 'mute-member']],
    ['mute 5abc', '-ERR Non-Existant ID 5\n', []],
    ['mute 999', '-ERR Non-Existant ID 999\n', []],
    ['mute uuid=nobody', '-ERR Non-Existant member\n', []],
    ['mute abc', 'mute <[member_id|all]|last|non_moderator> [<quiet>]', []],
    ['kick', 'kick <[member_id|all|last|non_moderator]> [<optional sound file>]', []],
    ['mute non_moderator', '+OK mute 2\nSkipping moderator (member id 1).\n', ['mute-member']],
  ] as const;

  for (const [command, reply, events] of COMMANDS) {
    test(`${command} is answered and told`, () => {
      const bench = roomOfTwo();
      expect(bench.api(`conference ${ROOM} ${command}`)).toBe(reply);
      expect(bench.story()).toEqual(events);
    });
  }

  test('each change reaches the mixer whole', () => {
    const bench = roomOfTwo();
    for (const command of ['mute 1', 'deaf 1', 'hold 1', 'volume_in 1 3', 'energy 1 0']) {
      bench.api(`conference ${ROOM} ${command}`);
    }
    expect(bench.media.at(-1)).toEqual({
      kind: 'set-mix',
      leg: 'alice',
      mix: {
        canSpeak: false,
        canHear: false,
        held: true,
        volumeIn: 3,
        volumeOut: 0,
        energyLevel: 0,
      },
    });
  });
});

describe('talking', () => {
  const talk = (bench: CoreBench, leg: string, talking: boolean): void =>
    bench.emit({ kind: 'talking', leg, talking, energy: 512.4 });

  test('is told when it begins and ends', () => {
    const bench = roomOfTwo();
    talk(bench, 'alice', true);
    expect(value(bench.last('start-talking'), 'Current-Energy')).toBe('512');
    expect(value(bench.last('start-talking'), 'Talking')).toBe('true');
    talk(bench, 'alice', false);
    expect(bench.story()).toEqual(['start-talking', 'stop-talking']);
  });

  test('a mute ends it without stop-talking, and it can begin again', () => {
    const bench = roomOfTwo();
    talk(bench, 'alice', true);
    bench.api(`conference ${ROOM} mute 1`);
    talk(bench, 'alice', false);
    bench.api(`conference ${ROOM} unmute 1`);
    talk(bench, 'alice', true);
    expect(bench.story()).toEqual([
      'start-talking',
      'mute-member',
      'unmute-member',
      'start-talking',
    ]);
    expect(value(bench.last('unmute-member'), 'Talking')).toBe('false');
  });

  test('of somebody muted is told only where mute-detect was asked', () => {
    const bench = roomOfTwo();
    bench.call('carol');
    bench.execute('carol', 'conference', `${ROOM}+flags{mute|mute-detect}`);
    bench.api(`conference ${ROOM} mute 2`);
    bench.story();
    talk(bench, 'bob', true);
    expect(bench.story()).toEqual([]);
    for (const talking of [true, false, true])
      bench.emit({ kind: 'mute-detected', leg: 'carol', talking });
    expect(bench.story()).toEqual(['mute-detect', 'mute-detect']);
    expect(value(bench.last('mute-detect'), 'Talking')).toBe('true');
    const mixes = bench.media.filter((each) => each.kind === 'join-room');
    expect(mixes.map(({ mix }) => mix.muteDetect ?? false)).toEqual([false, false, true]);
  });

  test('takes the floor from one who is silent, not from one who talks', () => {
    const bench = roomOfTwo();
    talk(bench, 'bob', true);
    const moved = bench.last('floor-change');
    expect([value(moved, 'Old-ID'), value(moved, 'New-ID')]).toEqual(['1', '2']);
    talk(bench, 'alice', true);
    expect(bench.story()).toEqual(['start-talking', 'floor-change', 'start-talking']);
  });
});

describe('leaving', () => {
  test('a kick is told at once, then the leave; the call is parked again', () => {
    const bench = roomOfTwo();
    expect(bench.api(`conference ${ROOM} kick 2`)).toBe('+OK kicked 2\n');
    expect(bench.story()).toEqual([
      'kick-member',
      'del-member',
      'CHANNEL_EXECUTE_COMPLETE conference',
    ]);
    expect(bench.api('uuid_exists bob')).toBe('true');
  });

  test('the reply to a kick stands before everything it sets off', () => {
    const { node } = roomOfTwo();
    const args = `${ROOM} kick 2`;
    const [first, ...rest] = step(node, { kind: 'api', job: 'j', command: 'conference', args });
    expect(first).toEqual({ kind: 'reply', job: 'j', text: '+OK kicked 2\n' });
    expect(rest.length).toBeGreaterThan(2);
  });

  test('del-member carries the size after it', () => {
    const bench = roomOfTwo();
    bench.give({ kind: 'peer-ended', leg: 'bob', end: { kind: 'bye' } });
    const event = bench.last('del-member');
    expect(value(event, 'Conference-Size')).toBe('1');
    expect(value(event, 'Hangup-Cause')).toBe('NORMAL_CLEARING');
  });

  test('the holder of the floor drops it first; the newest member gets it', () => {
    const bench = roomOfTwo();
    bench.api(`conference ${ROOM} kick 1`);
    const floors = bench.events.filter((event) => value(event, 'Action') === 'floor-change');
    expect(floors.map((event) => [value(event, 'Old-ID'), value(event, 'New-ID')])).toEqual([
      ['none', '1'],
      ['none', 'none'],
      ['none', '2'],
    ]);
    expect(bench.story()).toEqual([
      'kick-member',
      'floor-change',
      'del-member',
      'floor-change',
      'CHANNEL_EXECUTE_COMPLETE conference',
    ]);
  });

  test('the last one out ends the room', () => {
    const bench = roomOfTwo();
    bench.api('uuid_kill alice');
    bench.api('uuid_kill bob');
    expect(value(bench.last('conference-destroy'), 'Conference-Size')).toBe('0');
    expect(bench.api(`conference ${ROOM} list`)).toBe(`-ERR Conference ${ROOM} not found\n`);
    expect(bench.media.some(({ kind }) => kind === 'close-room')).toBe(true);
  });

  test('a member with endconf takes everybody along', () => {
    const bench = roomOfTwo();
    bench.call('carol');
    bench.execute('carol', 'conference', `${ROOM}+flags{endconf}`);
    bench.api('uuid_kill carol');
    expect(bench.api('show channels count')).toBe('\n0 total.\n');
    expect(bench.story().filter((each) => each === 'conference-destroy')).toHaveLength(1);
  });

  test('hangup_after_conference=false keeps a call that way', () => {
    const bench = roomOfTwo();
    bench.execute('bob', 'set', 'hangup_after_conference=false');
    bench.call('carol');
    bench.execute('carol', 'conference', `${ROOM}+flags{endconf}`);
    bench.api('uuid_kill carol');
    expect(bench.api('uuid_exists bob')).toBe('true');
    expect(bench.api('uuid_exists alice')).toBe('false');
  });

  test('a transfer leaves one room for another with the same member id', () => {
    const bench = roomOfTwo();
    expect(bench.api(`conference ${ROOM} transfer other@partyline 2 9`)).toBe(
      "+OK Member '2' sent to conference other@partyline.\n-ERR No Member 9 in conference m-abcdefghijklmnop.\n",
    );
    const event = bench.last('add-member');
    expect([value(event, 'Conference-Name'), value(event, 'Member-ID')]).toEqual(['other', '2']);
    expect(value(bench.last('transfer'), 'Old-Conference-Name')).toBe(ROOM);
  });

  test('a room can open again under its name while the old one closes its recording', () => {
    const bench = roomOfTwo();
    bench.api(`conference ${ROOM} record /tmp/a.wav`);
    const first = value(bench.last('start-recording'), 'Conference-Unique-ID');
    bench.api('uuid_kill alice');
    bench.api('uuid_kill bob');
    bench.call('carol');
    bench.execute('carol', 'conference', ROOM);
    expect(value(bench.last('conference-create'), 'Conference-Unique-ID')).not.toBe(first);
    expect(value(bench.last('conference-destroy'), 'Conference-Unique-ID')).toBe(first);
  });
});
