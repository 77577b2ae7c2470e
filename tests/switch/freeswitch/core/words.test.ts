import { describe, expect, test } from 'vitest';
import { toJoinRequest } from '../../../../switch/freeswitch/core/app-conference.ts';
import {
  causeNumber,
  causeToReason,
  causeToStatus,
  reasonToCause,
  statusToCause,
  toCause,
} from '../../../../switch/freeswitch/core/hangup-cause.ts';
import { toMemberFlags } from '../../../../switch/freeswitch/core/member-flags.ts';
import { separateBy, separateString } from '../../../../switch/freeswitch/core/separate-string.ts';
import { toSound } from '../../../../switch/freeswitch/core/sound.ts';

describe('words are split as FreeSWITCH splits them', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['a b c', ['a', 'b', 'c']],
    ['a   b', ['a', 'b']],
    ["a 'b c' d", ['a', 'b c', 'd']],
    ["setvar x 'y z'", ['setvar', 'x', 'y z']],
    ["it's", ["it's"]],
    ['a\\sb', ['a b']],
    ["a\\'b c", ["a'b", 'c']],
    ['^\\d{4}$ 1', ['^\\d{4}$', '1']],
    ['', []],
    ['a ', ['a']],
  ];
  for (const [text, words] of CASES) {
    test(JSON.stringify(text), () => expect(separateString(text)).toEqual(words));
  }

  test('what is beyond the most is dropped', () => {
    expect(separateString('a b c d', 2)).toEqual(['a', 'b']);
  });

  test('by a character, empty words stay', () => {
    expect(separateBy("a,,'b,c',d", ',')).toEqual(['a', '', 'b,c', 'd']);
  });
});

describe('hang-up causes', () => {
  const ROUNDS = [
    ['USER_BUSY', 17, 486],
    ['CALL_REJECTED', 21, 603],
    ['UNALLOCATED_NUMBER', 1, 404],
    ['NORMAL_TEMPORARY_FAILURE', 41, 503],
    ['NO_ANSWER', 19, 480],
    ['INCOMPATIBLE_DESTINATION', 88, 488],
    ['RECOVERY_ON_TIMER_EXPIRE', 102, 504],
    ['ORIGINATOR_CANCEL', 487, 487],
    ['MEDIA_TIMEOUT', 804, 480],
    ['SYSTEM_SHUTDOWN', 701, 480],
  ] as const;
  for (const [cause, number, status] of ROUNDS) {
    test(`${cause} is ${number} and refuses with ${status}`, () => {
      expect(causeNumber(cause)).toBe(number);
      expect(causeToStatus(cause)).toBe(status);
      expect(toCause(String(number))).toBe(cause);
      expect(toCause(cause.toLowerCase())).toBe(cause);
    });
  }

  const FROM_SIP = [
    [486, 'USER_BUSY'],
    [603, 'CALL_REJECTED'],
    [404, 'UNALLOCATED_NUMBER'],
    [408, 'RECOVERY_ON_TIMER_EXPIRE'],
    [480, 'NO_USER_RESPONSE'],
    [503, 'NORMAL_TEMPORARY_FAILURE'],
    [488, 'INCOMPATIBLE_DESTINATION'],
    [499, 'NORMAL_UNSPECIFIED'],
  ] as const;
  for (const [status, cause] of FROM_SIP) {
    test(`a final ${status} is ${cause}`, () => expect(statusToCause(status)).toBe(cause));
  }

  test('Reason names Q.850 below 128, SIP above', () => {
    expect(causeToReason('USER_BUSY')).toBe('Q.850;cause=17;text="USER_BUSY"');
    expect(causeToReason('MEDIA_TIMEOUT')).toBe('SIP;cause=804;text="MEDIA_TIMEOUT"');
    expect(reasonToCause('Q.850;cause=16;text="x"')).toBe('NORMAL_CLEARING');
    expect(reasonToCause('SIP;cause=200')).toBeUndefined();
  });
});

describe('the argument of conference', () => {
  const CASES = [
    ['m-1', { name: 'm-1', profile: 'default', pin: '', flags: '' }],
    ['m-1@partyline', { name: 'm-1', profile: 'partyline', pin: '', flags: '' }],
    ['m-1@p+1234', { name: 'm-1', profile: 'p', pin: '1234', flags: '' }],
    [
      'm-1@p+flags{mute|moderator}',
      { name: 'm-1', profile: 'p', pin: '', flags: 'mute|moderator' },
    ],
    ['m-1+12+flags{deaf}', { name: 'm-1', profile: 'default', pin: '12', flags: 'deaf' }],
    ['', undefined],
  ] as const;
  for (const [text, request] of CASES) {
    test(text || 'nothing', () => expect(toJoinRequest(text)).toEqual(request));
  }

  test('flags beyond ten do not count, unknown ones are skipped', () => {
    expect(toMemberFlags('a|b|c|d|e|f|g|h|i|mute|deaf')).toMatchObject({ mute: true, deaf: false });
  });
});

describe('sounds', () => {
  const places = { soundsDir: '/s', canRead: (path: string) => path.endsWith('.wav') };
  const CASES = [
    ['/a.wav', { sources: [{ kind: 'file', path: '/a.wav' }], loops: 1 }],
    ['a.wav', { sources: [{ kind: 'file', path: '/s/a.wav' }], loops: 1 }],
    ['{loops=3}/a.wav', { sources: [{ kind: 'file', path: '/a.wav' }], loops: 3 }],
    ['{vol=1,loops=-1}/a.wav', { sources: [{ kind: 'file', path: '/a.wav' }], loops: -1 }],
    [
      'file_string:///a.wav!/b.wav!/none',
      {
        sources: [
          { kind: 'file', path: '/a.wav' },
          { kind: 'file', path: '/b.wav' },
        ],
        loops: 1,
      },
    ],
    [
      'tone_stream://%(2000,4000,440,480);loops=2',
      { sources: [{ kind: 'tone', onMs: 2000, offMs: 4000, hz: [440, 480] }], loops: 2 },
    ],
    ['silence_stream://500', { sources: [{ kind: 'silence', ms: 500 }], loops: 1 }],
    ['silence_stream://-1', { sources: [{ kind: 'silence', ms: 1000 }], loops: -1 }],
    ['/none', undefined],
    ['../etc/a.wav', undefined],
    ['say:hello', undefined],
    ['http://x/a.wav', undefined],
    ['tone_stream://nonsense', undefined],
    ['', undefined],
  ] as const;
  for (const [text, sound] of CASES) {
    test(text || 'nothing', () => expect(toSound(text, places)).toEqual(sound));
  }
});
