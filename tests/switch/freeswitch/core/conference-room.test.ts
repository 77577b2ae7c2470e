import { describe, expect, test } from 'vitest';
import { CoreBench, value } from '../../../support/switch-core.ts';

const ROOM = 'm-abcdefghijklmnop';

function room(): CoreBench {
  const bench = new CoreBench();
  bench.call('alice', 'Alice', '1001');
  bench.execute('alice', 'answer');
  bench.execute('alice', 'conference', `${ROOM}@partyline+flags{moderator}`);
  bench.story();
  return bench;
}

describe('room commands', () => {
  const COMMANDS = [
    ['lock', `+OK ${ROOM} locked\n`, ['lock']],
    ['unlock', `+OK ${ROOM} unlocked\n`, ['unlock']],
    ['count', '1', []],
    ['list count', '1', []],
    ['list pretty', '1) Alice (1001)\n', []],
    [
      'list',
      '1;sofia/partyline/1001@127.0.0.1;alice;Alice;1001;hear|speak|floor|moderator;0;0;100\n',
      [],
    ],
    [
      'list delim "|"',
      '1|sofia/partyline/1001@127.0.0.1|alice|Alice|1001|hear|speak|floor|moderator|0|0|100\n',
      [],
    ],
    ['setvar meeting abc', '+OK\n', []],
    ['getvar none', '', []],
    ['get count', '1', []],
    ['get is_locked', '', []],
    ['get profile_name', 'partyline', []],
    ['get rate', '16000', []],
    ['get bogus', 'get <parameter-name>', []],
    ['set max_members 5', '0', []],
    ['nopin', `+OK Pin for conference ${ROOM} deleted\n`, []],
    ['stop', '+OK Stopped 0 files.\n', []],
    ['stop last', 'stop <[current|all|async|last]> [<member_id>]', []],
    ['play', 'play <file_path> [async|<member_id> [nomux]]', []],
    ['play /nosuch.wav', '-ERR (play) File: /nosuch.wav not found.\n', ['play-file']],
    ['chkrecord x', '-ERR Conference is not being recorded.\n', []],
    [
      'norecord /tmp/none.wav',
      "-ERR non-existant recording '/tmp/none.wav'\n+OK Stopped recording 0 files\n",
      [],
    ],
    ['bogus', "-ERR Conference command 'bogus' not found.\n", []],
    ['MUTE 1', '+OK mute 1\n', ['mute-member']],
    ['constructor', "-ERR Conference command 'constructor' not found.\n", []],
  ] as const;

  for (const [command, reply, events] of COMMANDS) {
    test(`${command} is answered and told`, () => {
      const bench = room();
      expect(bench.api(`conference ${ROOM} ${command}`)).toBe(reply);
      expect(bench.story()).toEqual(events);
    });
  }

  test('without a room the global forms answer', () => {
    const bench = new CoreBench();
    expect(bench.api('conference list')).toBe('+OK No active conferences.\n');
    expect(bench.api('conference json_list')).toBe('[]');
    expect(bench.api('conference count')).toBe('0');
    expect(bench.api('conference nowhere kick 1')).toBe('-ERR Conference nowhere not found\n');
    expect(bench.api('conference')).toContain('<conf name> mute <[member_id|all]');
    expect(bench.api('conference help')).toContain('\t\tjson_list [compact]');
  });

  test('a room alone wants a command', () => {
    expect(room().api(`conference ${ROOM}`)).toBe(
      "Conference command, not specified.\nTry 'help'\n",
    );
  });

  test('the global list heads each room with its flags', () => {
    const bench = room();
    bench.api(`conference ${ROOM} lock`);
    expect(bench.api('conference list summary')).toBe(
      `+OK Conference ${ROOM} (1 member rate: 16000 locked flags: locked|running|answered|enforce_min|dynamic|exit_sound|enter_sound|json_status)\n`,
    );
  });

  test('a variable of the room stands in each of its events', () => {
    const bench = room();
    bench.api(`conference ${ROOM} setvar meeting abc`);
    expect(bench.api(`conference ${ROOM} getvar meeting`)).toBe('abc');
    bench.api(`conference ${ROOM} lock`);
    expect(value(bench.last('lock'), 'meeting')).toBe('abc');
  });
});

describe('listings', () => {
  test('json_list has FreeSWITCH’s keys in its order', () => {
    const bench = room();
    const [only] = JSON.parse(bench.api(`conference ${ROOM} json_list`)) as Record<
      string,
      unknown
    >[];
    expect(Object.keys(only!).join(' ')).toBe(
      'conference_name member_count ghost_count rate run_time conference_uuid canvas_count max_bw_in force_bw_in ' +
        'video_floor_packets locked destruct wait_mod audio_always running answered enforce_min bridge_to dynamic ' +
        'exit_sound enter_sound recording video_bridge video_floor_only video_rfc4579 variables members',
    );
  });

  test('times count seconds from the join and from the last word', () => {
    const bench = room();
    bench.emit({ kind: 'talking', leg: 'alice', talking: true, energy: 500 });
    bench.wait(31_000);
    const [only] = JSON.parse(bench.api(`conference ${ROOM} json_list compact`)) as [
      { run_time: number; members: [{ join_time: number; last_talking: number }] },
    ];
    expect(only).toMatchObject({ run_time: 31, members: [{ join_time: 31, last_talking: 31 }] });
  });

  test('while somebody is held the lists hide whether he is muted', () => {
    const bench = room();
    bench.api(`conference ${ROOM} hold 1`);
    expect(bench.api(`conference ${ROOM} list`)).toContain(';hold|floor|moderator;');
    expect(bench.api(`conference ${ROOM} xml_list`)).toContain('<can_speak>false</can_speak>');
  });

  test('xml_list escapes what callers and controllers may write', () => {
    const bench = new CoreBench();
    bench.call('eve', '<x>&"', '1');
    bench.execute('eve', 'conference', ROOM);
    bench.api(`conference ${ROOM} setvar a <"&>`);
    const xml = bench.api(`conference ${ROOM} xml_list`);
    expect(xml).toContain('<variable name="a" value="&lt;&quot;&amp;&gt;"></variable>');
    expect(xml).toContain('<caller_id_name>%3Cx%3E%26%22</caller_id_name>');
  });

  test('a recording is listed until it is closed', () => {
    const bench = room();
    expect(bench.api(`conference ${ROOM} recording start /tmp/a.wav`)).toBe(
      '+OK Record file /tmp/a.wav\n',
    );
    expect(bench.api(`conference ${ROOM} json_list compact`)).toContain(
      '"members":[{"type":"recording_node","record_path":"/tmp/a.wav","join_time":1700000000}',
    );
    expect(bench.api(`conference ${ROOM} recording start /tmp/a.wav`)).toBe(
      '-ERR file [/tmp/a.wav] is already being used for recording.\n',
    );
    expect(bench.api(`conference ${ROOM} recording check all`)).toBe(
      '+OK Record file /tmp/a.wav\n',
    );
    expect(bench.api(`conference ${ROOM} recording stop all`)).toBe(
      'Stopped recording file /tmp/a.wav\n+OK Stopped recording 0 files\n',
    );
    expect(bench.story()).toEqual(['start-recording', 'stop-recording']);
    expect(value(bench.last('stop-recording'), 'Milliseconds-Elapsed')).toBe('2000');
    expect(bench.api(`conference ${ROOM} json_list compact`)).toContain('"recording":false');
  });

  test('a recording that cannot be opened says so and is forgotten', () => {
    const bench = room();
    bench.api(`conference ${ROOM} record /full/a.wav`);
    const uuid = bench.api(`conference ${ROOM} get uuid`);
    bench.api(`conference ${ROOM} norecord all`);
    bench.story();
    bench.api(`conference ${ROOM} record /full/b.wav`);
    bench.emit({ kind: 'recording-started', room: uuid, path: '/full/b.wav', error: 'disk full' });
    expect(value(bench.last('start-recording'), 'Error')).toBe(
      'File could not be opened for recording',
    );
  });
});

describe('sounds', () => {
  test('play one after the other, and each end is told', () => {
    const bench = room();
    bench.files.add('/a.wav').add('/b.wav');
    expect(bench.api(`conference ${ROOM} play /a.wav`)).toBe('+OK (play) Playing file /a.wav\n');
    bench.api(`conference ${ROOM} play /b.wav`);
    expect(bench.media.filter(({ kind }) => kind === 'play')).toHaveLength(1);
    bench.endPlay();
    expect(bench.lastPlay().source).toEqual({ kind: 'file', path: '/b.wav' });
    bench.endPlay();
    expect(bench.story()).toEqual(['play-file', 'play-file', 'play-file-done', 'play-file-done']);
  });

  test('the end tells how long it played', () => {
    const bench = room();
    bench.files.add('/a.wav');
    bench.api(`conference ${ROOM} play /a.wav`);
    bench.endPlay();
    const event = bench.last('play-file-done');
    expect(
      ['seconds', 'milliseconds', 'samples', 'File'].map((name) => value(event, name)),
    ).toEqual(['1', '1000', '8000', '/a.wav']);
  });

  test('one member alone hears what is played to him', () => {
    const bench = room();
    bench.files.add('/a.wav');
    expect(bench.api(`conference ${ROOM} play /a.wav 1`)).toBe(
      '+OK (play) Playing file /a.wav to member 1\n',
    );
    expect(bench.lastPlay().target).toEqual({ kind: 'leg', leg: 'alice' });
    bench.endPlay();
    expect(bench.story()).toEqual(['play-file-member', 'play-file-member-done']);
  });

  test('an async sound plays beside the others', () => {
    const bench = room();
    bench.files.add('/a.wav').add('/b.wav');
    bench.api(`conference ${ROOM} play /a.wav`);
    bench.api(`conference ${ROOM} play /b.wav async`);
    expect(bench.media.filter(({ kind }) => kind === 'play')).toHaveLength(2);
    expect(bench.api(`conference ${ROOM} stop async`)).toBe('+OK Stopped 1 files.\n');
    expect(value(bench.last('play-file-done'), 'Async')).toBe('true');
  });

  test('stop silences the room', () => {
    const bench = room();
    bench.files.add('/a.wav');
    bench.api(`conference ${ROOM} play {loops=-1}/a.wav`);
    expect(bench.lastPlay().loops).toBe(-1);
    expect(bench.api(`conference ${ROOM} stop`)).toBe('+OK Stopped 1 files.\n');
    expect(bench.media.at(-1)?.kind).toBe('stop-play');
  });
});
