import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkToken, same, signToken } from '../../../meetings/rules/tickets.ts';
import type { Token } from '../../../meetings/rules/tickets.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const room = 'm-abcdefghijklmnop' as RoomId;

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
