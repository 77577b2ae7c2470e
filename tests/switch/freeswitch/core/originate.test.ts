import { describe, expect, test } from 'vitest';
import { parseDialString } from '../../../../switch/freeswitch/core/dial-string.ts';
import { CoreBench, value } from '../../../support/switch-core.ts';

const CALL =
  "{origination_uuid=u-1,ignore_early_media=true,sip_h_X-A=b,origination_caller_id_name='Party line'}sofia/partyline/sip:bob@127.0.0.1:5090";
const SDP = 'v=0\r\n';

function calling(app = '&park()', dial = CALL): CoreBench {
  const bench = new CoreBench();
  bench.give({ kind: 'api', job: 'j', command: 'originate', args: `${dial} ${app}` });
  return bench;
}

describe('originate', () => {
  test('offers, then invites with the headers and name asked for', () => {
    const bench = calling();
    expect(bench.orders).toMatchObject([
      {
        kind: 'invite',
        leg: 'u-1',
        target: 'sip:bob@127.0.0.1:5090',
        callerName: 'Party line',
        headers: [{ name: 'X-A', value: 'b' }],
      },
    ]);
    expect(bench.replies).toEqual([]);
    expect(bench.story()).toEqual(['CHANNEL_OUTGOING', 'CHANNEL_CREATE', 'CHANNEL_ORIGINATE']);
  });

  test('is answered with the UUID when the peer answers, then runs the application', () => {
    const bench = calling('&conference(m-1@partyline+flags{mute})');
    bench.give({ kind: 'progressed', leg: 'u-1' });
    bench.give({ kind: 'answered', leg: 'u-1', sdp: SDP });
    expect(bench.replies).toMatchObject([{ job: 'j', text: '+OK u-1\n' }]);
    expect(bench.story().slice(3)).toEqual([
      'CHANNEL_PROGRESS',
      'CHANNEL_ANSWER',
      'CHANNEL_EXECUTE conference',
      'conference-create',
      'add-member',
      'floor-change',
    ]);
    expect(value(bench.last('add-member'), 'Call-Direction')).toBe('outbound');
  });

  test('a member who was called and is kicked is hung up: nothing is left to do', () => {
    const bench = calling('&conference(m-1)');
    bench.give({ kind: 'answered', leg: 'u-1', sdp: SDP });
    bench.api('conference m-1 kick 1');
    expect(bench.orders.at(-1)).toMatchObject({ kind: 'bye', leg: 'u-1' });
  });

  test('is answered with the cause when the peer refuses', () => {
    const bench = calling();
    bench.give({ kind: 'peer-ended', leg: 'u-1', end: { kind: 'refused', status: 486 } });
    expect(bench.replies).toMatchObject([{ text: '-ERR USER_BUSY\n' }]);
    expect(bench.orders).toHaveLength(1);
  });

  test('takes the cause from the Reason of a refusal where it names one of Q.850', () => {
    const bench = calling();
    const end = { kind: 'refused', status: 480, reason: 'Q.850;cause=20;text="gone"' } as const;
    bench.give({ kind: 'peer-ended', leg: 'u-1', end });
    expect(bench.replies).toMatchObject([{ text: '-ERR SUBSCRIBER_ABSENT\n' }]);
  });

  test('gives up after its time and cancels', () => {
    const bench = calling(
      '&park()',
      '{origination_uuid=u-1,originate_timeout=5}sofia/partyline/bob@127.0.0.1',
    );
    bench.wait(4900);
    expect(bench.replies).toEqual([]);
    bench.wait(100);
    expect(bench.replies).toMatchObject([{ text: '-ERR NO_ANSWER\n' }]);
    expect(bench.orders.at(-1)?.kind).toBe('cancel');
  });

  test('early media is success unless it is to be ignored', () => {
    const bench = calling('&park()', '{origination_uuid=u-1}sofia/partyline/bob@127.0.0.1');
    bench.give({ kind: 'progressed', leg: 'u-1', sdp: SDP });
    expect(bench.replies).toMatchObject([{ text: '+OK u-1\n' }]);
    const patient = calling();
    patient.give({ kind: 'progressed', leg: 'u-1', sdp: SDP });
    expect(patient.replies).toEqual([]);
  });

  test('the same UUID twice is refused, so a repeated order calls once', () => {
    const bench = calling();
    expect(bench.api(`originate ${CALL} &park()`)).toBe('-ERR DESTINATION_OUT_OF_ORDER\n');
    expect(bench.orders).toHaveLength(1);
  });

  const IMPOSSIBLE = [
    ['loopback/1', '-ERR CHAN_NOT_IMPLEMENTED\n'],
    ['sofia/', '-ERR INVALID_URL\n'],
    // mod_sofia takes the word for a trunk's, whatever profiles are called.
    ['sofia/gateway/bob@127.0.0.1', '-ERR INVALID_GATEWAY\n'],
  ] as const;
  for (const [dial, reply] of IMPOSSIBLE) {
    test(`${dial} is refused at once`, () => {
      expect(new CoreBench().api(`originate ${dial} &park()`)).toBe(reply);
    });
  }

  test('used wrongly shows its syntax', () => {
    expect(new CoreBench().api('originate x')).toMatch(/^-USAGE: /);
  });
});

describe('dial strings', () => {
  const CASES = [
    ['sofia/partyline/sip:a@h', {}, { kind: 'sip', profile: 'partyline', uri: 'sip:a@h' }],
    [
      '{a=1,b=2}[c=3]sofia/x/a@h',
      { a: '1', b: '2', c: '3' },
      { kind: 'sip', profile: 'x', uri: 'sip:a@h' },
    ],
    [
      '{^^;a=1,2;b=3}sofia/x/a@h',
      { a: '1,2', b: '3' },
      { kind: 'sip', profile: 'x', uri: 'sip:a@h' },
    ],
    ['{a=1', {}, { kind: 'impossible', cause: 'INVALID_URL' }],
    ['user/1000', {}, { kind: 'impossible', cause: 'CHAN_NOT_IMPLEMENTED' }],
    ['sofia/x/a b@h', {}, { kind: 'impossible', cause: 'INVALID_URL' }],
  ] as const;
  for (const [text, variables, target] of CASES) {
    test(text, () => {
      const dial = parseDialString(text);
      expect(Object.fromEntries(dial.variables)).toEqual(variables);
      expect(dial.target).toEqual(target);
    });
  }
});
