import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { may } from '../../../meetings/rules/access.ts';
import type { Act, Caller } from '../../../meetings/rules/access.ts';
import { admission } from '../../../meetings/rules/admission.ts';
import { codeDigest, isCode, isExtension, newCode } from '../../../meetings/rules/codes.ts';
import { newPersonId, newRoomId } from '../../../meetings/rules/ids.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { changed } from '../../../meetings/rules/meeting.ts';
import { isMeetingName, isPersonName, isUsername } from '../../../meetings/rules/names.ts';
import { attempt, takeBack } from '../../../meetings/rules/throttle.ts';
import type { Tries } from '../../../meetings/rules/throttle.ts';
import { checkToken, same, signToken } from '../../../meetings/rules/tickets.ts';
import type { Token } from '../../../meetings/rules/tickets.ts';
import { isRoomId } from '../../../protocol/room/room.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { seeded } from '../../support/meetings.ts';

const room = 'm-abcdefghijklmnop' as RoomId;
const other = 'm-bbcdefghijklmnop' as RoomId;

describe('codes and ids', () => {
  test('a code is ten digits and does not begin with 0', () => {
    const random = seeded(7);
    for (let n = 0; n < 2_000; n++) expect(newCode(random)).toMatch(/^[1-9][0-9]{9}$/);
  });

  test('every digit is as likely: chi-square over 45,000 digits stays below 27.9 (p 0.001)', () => {
    const random = seeded(11);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 5_000; n++)
      for (const digit of newCode(random).slice(1)) counts[Number(digit)]! += 1;
    const chi = counts.reduce((sum, count) => sum + (count - 4_500) ** 2 / 4_500, 0);
    expect(chi).toBeLessThan(27.9);
  });

  test('bytes of the incomplete round are thrown away', () => {
    const bytes = [255, 252, 0, 250, 251, 9, 9, 9, 9, 9, 9, 9, 9, 9];
    expect(newCode(() => Uint8Array.of(bytes.shift() ?? 0))).toHaveLength(10);
    expect(bytes).toHaveLength(0);
  });

  test('ids are as the contract has them', () => {
    const random = seeded(3);
    for (let n = 0; n < 500; n++) expect(isRoomId(newRoomId(random))).toBe(true);
    expect(newPersonId(random)).toMatch(/^p-[a-z2-7]{16}$/);
  });

  test('a code is looked up by a digest that depends on our key', () => {
    expect(codeDigest('1234567890', 'a')).toBe(codeDigest('1234567890', 'a'));
    expect(codeDigest('1234567890', 'a')).not.toBe(codeDigest('1234567890', 'b'));
    expect(codeDigest('1234567890', 'a')).not.toContain('1234567890');
  });

  test('codes and extensions are digits of their lengths and nothing else', () => {
    for (const text of [
      '123456789',
      '12345678901',
      '123456789x',
      '１２３４５６７８９０',
      '1234567890\n',
    ])
      expect(isCode(text)).toBe(false);
    for (const text of ['1', '1234567', '12a', ' 12', '12\n'])
      expect(isExtension(text)).toBe(false);
    expect(isExtension('12') && isExtension('123456') && isCode('1234567890')).toBe(true);
  });
});

describe('signed tokens', () => {
  const tokens: readonly Token[] = [
    { kind: 'ticket', room, role: 'moderator' },
    {
      kind: 'ticket',
      room,
      role: 'participant',
      person: { id: 'p1', name: 'Zoë' },
      expiresAtMs: 50,
    },
    { kind: 'feed', room, role: 'participant', personId: 'p1', expiresAtMs: 50 },
    { kind: 'session', id: 's', expiresAtMs: 50 },
  ];
  const kinds = ['ticket', 'feed', 'session'] as const;

  for (const token of tokens)
    test(`a ${token.kind} opens what it says and passes for nothing else`, () => {
      const text = signToken(token, 'key');
      expect(text).toMatch(/^[\w.-]+$/);
      expect(checkToken(token.kind, text, 'key', 49)).toEqual({ kind: 'valid', token });
      expect(checkToken(token.kind, text, 'other', 49)).toEqual({ kind: 'forged' });
      for (const kind of kinds.filter((each) => each !== token.kind)) {
        expect(checkToken(kind, text, 'key', 49)).toEqual({ kind: 'forged' });
        const relabelled = text.replace(/^../, signToken(sample(kind), 'key').slice(0, 2));
        expect(checkToken(kind, relabelled, 'key', 49)).toEqual({ kind: 'forged' });
      }
      if ('expiresAtMs' in token)
        expect(checkToken(token.kind, text, 'key', 50)).toEqual({ kind: 'expired' });
    });

  test('no other text of any one changed, added or missing character is taken', () => {
    const text = signToken(tokens[1] as Token, 'key');
    for (let at = 0; at < text.length; at++) {
      const letter = text[at] === 'A' ? 'B' : 'A';
      for (const forged of [
        text.slice(0, at) + letter + text.slice(at + 1),
        text.slice(0, at) + letter + text.slice(at),
        text.slice(0, at) + text.slice(at + 1),
      ])
        expect(checkToken('ticket', forged, 'key', 0).kind).toBe('forged');
    }
  });

  test('whatever text comes, it is judged and not choked on', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(checkToken('ticket', text, 'key', 0).kind).toBe('forged');
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  test('secrets are compared whole', () => {
    expect(same('abc', 'abc')).toBe(true);
    expect(same('abc', 'abcd') || same('', 'a') || same('abc', 'abd')).toBe(false);
  });

  function sample(kind: Token['kind']): Token {
    return tokens.find((each) => each.kind === kind) as Token;
  }
});

describe('throttling', () => {
  const limit = { count: 5, windowMs: 1_000 };

  test('the sixth try in any window waits until the first has left it', () => {
    let tries: Tries = [];
    for (const at of [0, 100, 200, 300, 400]) tries = allowed(attempt(tries, at, limit));
    expect(attempt(tries, 500, limit)).toEqual({ kind: 'throttled', retryAfterMs: 500 });
    expect(attempt(tries, 999, limit)).toEqual({ kind: 'throttled', retryAfterMs: 1 });
    expect(attempt(tries, 1_000, limit).kind).toBe('allowed');
    expect(attempt(tries, 1_050, limit)).toEqual({
      kind: 'allowed',
      tries: [100, 200, 300, 400, 1_050],
    });
  });

  test('a clock set back lifts nothing', () => {
    const tries = [5_000, 5_000, 5_000, 5_000, 5_000];
    expect(attempt(tries, 0, limit)).toEqual({ kind: 'throttled', retryAfterMs: 1_000 });
  });

  test('a try that was right is taken back, and only that one', () => {
    expect(takeBack([1, 2, 2], 2)).toEqual([1, 2]);
    expect(takeBack([1], 3)).toEqual([1]);
  });

  test('never more than the limit in any window, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { maxLength: 60 }), (times) => {
        let tries: Tries = [];
        const taken: number[] = [];
        for (const at of times.sort((a, b) => a - b)) {
          const result = attempt(tries, at, limit);
          if (result.kind !== 'allowed') continue;
          tries = result.tries;
          taken.push(at);
        }
        for (const end of taken)
          expect(taken.filter((at) => at > end - 1_000 && at <= end).length).toBeLessThanOrEqual(5);
      }),
      { seed: 20261122 },
    );
  });

  function allowed(result: ReturnType<typeof attempt>): Tries {
    if (result.kind !== 'allowed') throw new Error('throttled');
    return result.tries;
  }
});

describe('admission', () => {
  const meeting: Meeting = {
    id: room,
    name: 'M',
    muteOnEntry: true,
    maxParticipants: 2,
    createdAtMs: 0,
    codes: { join: '1', moderator: '2' },
  };
  const door = { role: 'participant', people: 0, locked: false } as const;
  const cases = [
    ['an unknown meeting', undefined, door, { kind: 'refuse', why: 'unknown' }],
    ['an ended one', { ...meeting, endedAtMs: 1 }, door, { kind: 'refuse', why: 'ended' }],
    ['a locked one', meeting, { ...door, locked: true }, { kind: 'refuse', why: 'locked' }],
    ['a full one', meeting, { ...door, people: 2 }, { kind: 'refuse', why: 'full' }],
    ['the last place', meeting, { ...door, people: 1 }, { kind: 'join', muted: true }],
    ['a moderator', meeting, { ...door, role: 'moderator' }, { kind: 'join', muted: false }],
    ['nobody muted', { ...meeting, muteOnEntry: false }, door, { kind: 'join', muted: false }],
  ] as const;
  for (const [name, given, at, expected] of cases)
    test(`${name}: ${Object.values(expected).join(' ')}`, () => {
      expect(admission(given, at)).toMatchObject(expected);
    });

  test('a change leaves what it does not name, and null takes away', () => {
    const plain = changed(
      { ...meeting, extension: '12' },
      { extension: null, maxParticipants: null },
    );
    expect(plain).toEqual({ ...meeting, maxParticipants: undefined, extension: undefined });
    expect('extension' in plain || 'maxParticipants' in plain).toBe(false);
    expect(changed({ ...meeting, extension: '12' }, { name: 'N' })).toEqual({
      ...meeting,
      extension: '12',
      name: 'N',
    });
  });
});

describe('access', () => {
  const person = (role: 'moderator' | 'participant'): Caller => ({
    kind: 'person',
    room,
    personId: 'me',
    role,
  });
  const acts: readonly (readonly [string, Act, boolean])[] = [
    ['run meetings', { kind: 'run' }, false],
    ['watch the own meeting', { kind: 'watch', room }, true],
    ['watch another', { kind: 'watch', room: other }, false],
    ['change the own row', { kind: 'change-row', room, personId: 'me' }, true],
    ["change another's row", { kind: 'change-row', room, personId: 'you' }, false],
    ["change a nameless leg's row", { kind: 'change-row', room, personId: undefined }, false],
    ['change the own row elsewhere', { kind: 'change-row', room: other, personId: 'me' }, false],
  ];
  for (const [name, act, expected] of acts)
    test(`a softphone may ${expected ? '' : 'not '}${name}; an administrator may, a stranger not`, () => {
      expect(may(person('participant'), act)).toBe(expected);
      expect(may(person('moderator'), act)).toBe(expected);
      expect(may({ kind: 'admin' }, act)).toBe(true);
      expect(may({ kind: 'nobody' }, act)).toBe(false);
    });
});

describe('names', () => {
  test.each([
    'Zoë',
    "O'Brien, Mary-Jane (Sales)",
    '山田太郎',
    'محمد',
    '🎧 Support',
    '👩‍💻',
    'Smith & Co.',
  ])('%s is a person', (name) => expect(isPersonName(name)).toBe(true));
  test.each([
    '',
    ' ',
    ' Ann',
    'Ann ',
    'a\nb',
    'a\r\nVia: x',
    'a\u0000',
    'a\u2028b',
    '\u202Egpj',
    '\ud800',
    '<img onerror=alert(1)>',
    '"Ann"',
    '${system(x)}',
    'a|b',
    'a\\b',
    'x;y',
    '%0a',
    '+flags{moderator}',
    'x'.repeat(65),
    '\u001b[31m',
  ])('%j is none', (name) => expect(isPersonName(name)).toBe(false));
  test('a meeting may be called anything that steers nothing', () => {
    expect(isMeetingName('Q&A <draft> "1" 50 %')).toBe(true);
    for (const name of ['', ' x', 'a\nb', '\u202Ex', '\udc00', 'x'.repeat(101)])
      expect(isMeetingName(name)).toBe(false);
  });
  test('an account is no code, no extension and no browser', () => {
    expect(isUsername('desk-1')).toBe(true);
    for (const name of ['1234567890', 'Desk', 'a', 'web-abc', 'a b', 'a@b', 'x'.repeat(33)])
      expect(isUsername(name)).toBe(false);
  });
});
