import { describe, expect, test } from 'vitest';
import type { Input } from '../../../../switch/freeswitch/core/input.ts';
import { CoreBench, value } from '../../../support/switch-core.ts';

describe('a call that comes in', () => {
  test('is told and parked, unanswered, with its headers', () => {
    const bench = new CoreBench();
    bench.call('alice');
    expect(bench.story()).toEqual([
      'CHANNEL_CREATE',
      'CHANNEL_EXECUTE set',
      'CHANNEL_EXECUTE_COMPLETE set',
      'CHANNEL_EXECUTE set',
      'CHANNEL_EXECUTE_COMPLETE set',
      'CHANNEL_EXECUTE park',
      'CHANNEL_PARK',
    ]);
    const park = bench.last('CHANNEL_PARK');
    expect(value(park, 'Answer-State')).toBe('ringing');
    expect(value(park, 'Channel-State')).toBe('CS_EXECUTE');
    expect(value(park, 'variable_sip_h_X-Partyline')).toBe('signed');
    expect(value(park, 'variable_media_timeout')).toBe('10000');
    expect(bench.orders).toEqual([]);
  });

  test('without an offer is refused', () => {
    const bench = new CoreBench();
    const caller = {
      username: '',
      callerIdName: '',
      callerIdNumber: '',
      networkAddress: '',
      destination: '',
    };
    const call = { leg: 'a', name: 'n', caller, variables: [], offer: undefined };
    bench.give({ kind: 'invited', call });
    expect(bench.orders).toMatchObject([{ kind: 'refuse', status: 488 }]);
  });

  const REFUSALS = [
    ['USER_BUSY', 486],
    ['CALL_REJECTED', 603],
    ['UNALLOCATED_NUMBER', 404],
    ['NORMAL_TEMPORARY_FAILURE', 503],
    ['NORMAL_CLEARING', 480],
    ['17', 486],
    ['no_such_cause', 480],
  ] as const;
  for (const [cause, status] of REFUSALS) {
    test(`killed for ${cause} is refused with ${status}`, () => {
      const bench = new CoreBench();
      bench.call('alice');
      expect(bench.api(`uuid_kill alice ${cause}`)).toBe('+OK\n');
      expect(bench.orders).toMatchObject([{ kind: 'refuse', status }]);
    });
  }

  test('a refusal carries the headers that a controller set', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.api('uuid_setvar alice sip_rh_Retry-After 30');
    bench.api('uuid_kill alice NORMAL_TEMPORARY_FAILURE');
    expect(bench.orders[0]).toMatchObject({
      headers: [
        { name: 'Reason', value: 'Q.850;cause=41;text="NORMAL_TEMPORARY_FAILURE"' },
        { name: 'Retry-After', value: '30' },
      ],
    });
  });

  test('whose offer fits nothing is refused with 488 on answering', () => {
    const bench = new CoreBench();
    bench.call('alice');
    bench.node.channels.get('alice')!.media = { kind: 'negotiating' };
    bench.execute('alice', 'answer');
    bench.emit({ kind: 'leg-refused', leg: 'alice', reason: 'no-common-codec' });
    expect(bench.orders).toMatchObject([{ kind: 'refuse', status: 488 }]);
  });
});

describe('the end of a call', () => {
  const ENDS: readonly (readonly [string, Input, string])[] = [
    ['BYE', { kind: 'peer-ended', leg: 'a', end: { kind: 'bye' } }, 'NORMAL_CLEARING'],
    [
      'BYE with a Reason',
      { kind: 'peer-ended', leg: 'a', end: { kind: 'bye', reason: 'Q.850;cause=17' } },
      'USER_BUSY',
    ],
    [
      'no ACK',
      { kind: 'peer-ended', leg: 'a', end: { kind: 'unreachable' } },
      'RECOVERY_ON_TIMER_EXPIRE',
    ],
    ['no RTP', { kind: 'media', event: { kind: 'media-timeout', leg: 'a' } }, 'MEDIA_TIMEOUT'],
    ['shutdown', { kind: 'shutdown' }, 'SYSTEM_SHUTDOWN'],
  ];
  for (const [name, input, cause] of ENDS) {
    test(`${name} is ${cause}`, () => {
      const bench = new CoreBench();
      bench.call('a');
      bench.execute('a', 'answer');
      bench.story();
      bench.give(input);
      expect(bench.story()).toEqual([
        'CHANNEL_HANGUP',
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE park',
        'CHANNEL_HANGUP_COMPLETE',
        'CHANNEL_DESTROY',
      ]);
      expect(value(bench.last('CHANNEL_HANGUP_COMPLETE'), 'Hangup-Cause')).toBe(cause);
      expect(bench.media.at(-1)).toEqual({ kind: 'close-leg', leg: 'a' });
    });
  }

  test('states and numbers are FreeSWITCH’s on the way down', () => {
    const bench = new CoreBench();
    bench.call('a');
    bench.api('uuid_kill a');
    const states = ['CHANNEL_HANGUP', 'CHANNEL_HANGUP_COMPLETE', 'CHANNEL_DESTROY'].map((name) => {
      const event = bench.events.find((each) => value(each, 'Event-Name') === name)!;
      return [value(event, 'Channel-State'), value(event, 'Channel-State-Number')];
    });
    expect(states).toEqual([
      ['CS_EXECUTE', '10'],
      ['CS_REPORTING', '11'],
      ['CS_REPORTING', '12'],
    ]);
  });

  test('the call lasted as long as it lasted', () => {
    const bench = new CoreBench();
    bench.call('a');
    bench.wait(2000);
    bench.execute('a', 'answer');
    bench.wait(30_500);
    bench.api('uuid_kill a');
    const event = bench.last('CHANNEL_HANGUP_COMPLETE');
    expect(
      ['variable_duration', 'variable_billsec', 'variable_billmsec'].map((name) =>
        value(event, name),
      ),
    ).toEqual(['32', '30', '30500']);
  });

  test('a second end does nothing', () => {
    const bench = new CoreBench();
    bench.call('a');
    bench.api('uuid_kill a');
    bench.story();
    expect(bench.api('uuid_kill a')).toBe('-ERR No such channel!\n');
    bench.give({ kind: 'peer-ended', leg: 'a', end: { kind: 'cancel' } });
    expect(bench.story()).toEqual([]);
  });
});

describe('hold by the peer', () => {
  test('is told when it begins and ends', () => {
    const bench = new CoreBench();
    bench.call('a');
    bench.execute('a', 'answer');
    bench.story();
    bench.give({ kind: 'reinvited', leg: 'a', offer: 'a=sendonly' });
    bench.give({ kind: 'reinvited', leg: 'a', offer: 'a=sendrecv' });
    expect(bench.story()).toEqual(['CHANNEL_HOLD', 'CHANNEL_UNHOLD']);
    expect(bench.orders.map(({ kind }) => kind)).toEqual([
      'answer',
      'accept-update',
      'accept-update',
    ]);
  });

  test('an update that fits nothing is refused and the call goes on', () => {
    const bench = new CoreBench();
    bench.call('a');
    bench.execute('a', 'answer');
    bench.emit({ kind: 'leg-refused', leg: 'a', reason: 'no-common-codec' });
    expect(bench.orders.at(-1)).toEqual({ kind: 'refuse-update', leg: 'a', status: 488 });
    expect(bench.api('uuid_exists a')).toBe('true');
  });
});

describe('applications', () => {
  function parked(): CoreBench {
    const bench = new CoreBench();
    bench.call('a');
    bench.execute('a', 'answer');
    bench.story();
    return bench;
  }

  test('an unknown one hangs the channel up', () => {
    const bench = parked();
    bench.execute('a', 'nosuchapp');
    expect(value(bench.last('CHANNEL_HANGUP'), 'Hangup-Cause')).toBe('DESTINATION_OUT_OF_ORDER');
  });

  test('set puts in variables, and they come with the next event', () => {
    const bench = parked();
    bench.execute('a', 'set', 'room=m-1');
    bench.execute('a', 'set', 'copy=${room}!${none}');
    expect(bench.api('uuid_getvar a copy')).toBe('m-1!');
    bench.execute('a', 'unset', 'room');
    expect(bench.api('uuid_getvar a room')).toBe('_undef_');
  });

  test('an API call in a variable is not run', () => {
    const bench = parked();
    bench.execute('a', 'set', 'x=${hupall()}');
    expect(bench.api('uuid_getvar a x')).toBe('${hupall()}');
  });

  test('Event-UUID comes back as Application-UUID', () => {
    const bench = parked();
    bench.execute('a', 'set', 'b=c', { 'Event-UUID': 'e-9' });
    expect(value(bench.last('CHANNEL_EXECUTE set'), 'Application-UUID')).toBe('e-9');
    expect(value(bench.last('CHANNEL_EXECUTE_COMPLETE set'), 'Application-UUID')).toBe('e-9');
  });

  test('an event-lock makes the next one wait', () => {
    const bench = parked();
    bench.execute('a', 'sleep', '1000', { 'event-lock': 'true' });
    bench.execute('a', 'set', 'b=c');
    expect(bench.story()).toEqual(['CHANNEL_EXECUTE sleep']);
    bench.wait(1000);
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE_COMPLETE sleep',
      'CHANNEL_EXECUTE set',
      'CHANNEL_EXECUTE_COMPLETE set',
    ]);
  });

  test('without one the next runs inside', () => {
    const bench = parked();
    bench.execute('a', 'sleep', '1000');
    bench.execute('a', 'set', 'b=c');
    bench.wait(1000);
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE sleep',
      'CHANNEL_EXECUTE set',
      'CHANNEL_EXECUTE_COMPLETE set',
      'CHANNEL_EXECUTE_COMPLETE sleep',
    ]);
  });

  test('hangup ends the call, itself included', () => {
    const bench = parked();
    bench.execute('a', 'hangup', 'USER_BUSY');
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE hangup',
      'CHANNEL_HANGUP',
      'CHANNEL_EXECUTE_COMPLETE hangup',
      'CHANNEL_UNPARK',
      'CHANNEL_EXECUTE_COMPLETE park',
      'CHANNEL_HANGUP_COMPLETE',
      'CHANNEL_DESTROY',
    ]);
  });

  test('sendmsg hangup names its cause', () => {
    const bench = parked();
    const headers = [
      { name: 'call-command', value: 'hangup' },
      { name: 'hangup-cause', value: 'CALL_REJECTED' },
    ];
    bench.give({ kind: 'sendmsg', uuid: 'a', headers, body: '' });
    expect(value(bench.last('CHANNEL_HANGUP'), 'Hangup-Cause')).toBe('CALL_REJECTED');
  });
});

describe('uuid commands', () => {
  function answered(): CoreBench {
    const bench = new CoreBench();
    bench.files.add('/a.wav');
    bench.call('a');
    bench.execute('a', 'answer');
    bench.story();
    return bench;
  }

  test('of a channel that is not there', () => {
    const bench = new CoreBench();
    for (const command of ['uuid_kill', 'uuid_getvar', 'uuid_dump', 'uuid_break', 'uuid_park']) {
      const args = command === 'uuid_getvar' ? 'nope a' : 'nope';
      expect(bench.api(`${command} ${args}`)).toBe('-ERR No such channel!\n');
    }
    expect(bench.api('uuid_exists nope')).toBe('false');
    expect(bench.api('uuid_broadcast nope /a.wav')).toBe('-ERR invalid uuid\n');
    expect(bench.api('uuid_send_dtmf nope 1')).toBe('-ERR Cannot locate session!\n');
  });

  test('used wrongly show their syntax', () => {
    const bench = new CoreBench();
    expect(bench.api('uuid_kill')).toBe('-USAGE: <uuid> [cause]\n');
    expect(bench.api('uuid_getvar a')).toBe('-USAGE: <uuid> <var>\n');
  });

  test('uuid_dump tells everything of a channel', () => {
    const bench = answered();
    const json = JSON.parse(bench.api('uuid_dump a json')) as Record<string, string>;
    expect(json).toMatchObject({ 'Event-Name': 'CHANNEL_DATA', 'Unique-ID': 'a' });
    expect(json['variable_sip_h_X-Partyline']).toBe('signed');
    expect(bench.api('uuid_dump a plain')).toContain('Unique-ID: [a]\n');
    expect(bench.api('uuid_dump a')).toContain('Unique-ID: a\n');
  });

  test('uuid_broadcast plays into whatever runs', () => {
    const bench = answered();
    bench.execute('a', 'conference', 'm-1');
    bench.story();
    expect(bench.api('uuid_broadcast a /a.wav')).toBe('+OK Message sent\n');
    bench.endPlay();
    expect(bench.story()).toEqual([
      'CHANNEL_EXECUTE playback',
      'PLAYBACK_START',
      'PLAYBACK_STOP',
      'CHANNEL_EXECUTE_COMPLETE playback',
    ]);
    expect(bench.api('conference m-1 count')).toBe('1');
  });

  test('uuid_transfer inline runs its applications, then hangs up', () => {
    const bench = answered();
    bench.api("uuid_transfer a 'set:x=1,playback:/a.wav' inline");
    bench.endPlay();
    expect(bench.story().slice(0, 4)).toEqual([
      'CHANNEL_UNPARK',
      'CHANNEL_EXECUTE_COMPLETE park',
      'CHANNEL_EXECUTE set',
      'CHANNEL_EXECUTE_COMPLETE set',
    ]);
    expect(bench.api('uuid_exists a')).toBe('false');
  });

  test('uuid_transfer to the dialplan parks again', () => {
    const bench = answered();
    bench.execute('a', 'conference', 'm-1');
    bench.api('uuid_transfer a anything');
    expect(bench.story().at(-1)).toBe('CHANNEL_PARK');
    expect(bench.api('conference count')).toBe('0');
  });

  test('uuid_send_dtmf reaches the worker', () => {
    const bench = answered();
    expect(bench.api('uuid_send_dtmf a 12#')).toBe('+OK a sent DTMF 12#.\n');
    expect(bench.media.at(-1)).toEqual({ kind: 'send-digits', leg: 'a', digits: '12#' });
  });

  test('show channels lists them, first come first', () => {
    const bench = answered();
    const list = JSON.parse(bench.api('show channels as json')) as {
      row_count: number;
      rows: Record<string, string>[];
    };
    expect(list.row_count).toBe(1);
    expect(list.rows[0]).toMatchObject({
      uuid: 'a',
      direction: 'inbound',
      state: 'CS_EXECUTE',
      callstate: 'ACTIVE',
      cid_name: 'Alice',
      read_codec: 'PCMU',
    });
    expect(bench.api('show channels count')).toBe('\n1 total.\n');
    bench.api('uuid_kill a');
    expect(bench.api('show channels as json')).toBe('{"row_count": 0}\n');
    expect(bench.api('show channels')).toBe('\n0 total.\n');
  });
});

test('an unknown API command is answered as FreeSWITCH does', () => {
  const bench = new CoreBench();
  expect(bench.api('nosuchcommand')).toBe('-ERR nosuchcommand Command not found!\n');
  expect(bench.api('__proto__')).toBe('-ERR __proto__ Command not found!\n');
});

test('status, uptime and HEARTBEAT tell how long it is up', () => {
  const bench = new CoreBench();
  bench.wait(3_661_000);
  expect(bench.api('status')).toContain('UP 0 years, 0 days, 1 hour, 1 minute, 1 second, ');
  expect(bench.api('uptime s')).toBe('3661\n');
  bench.give({ kind: 'heartbeat' });
  expect(value(bench.last('HEARTBEAT'), 'Uptime-msec')).toBe('3661000');
});

test('events are numbered without a gap', () => {
  const bench = new CoreBench();
  bench.call('a');
  bench.api('uuid_kill a');
  const numbers = bench.events.map((event) => Number(value(event, 'Event-Sequence')));
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
});
