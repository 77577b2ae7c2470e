import { expect, test } from 'vitest';
import type { Participant } from '../../../protocol/room/room.ts';
import { muteDeed } from '../../../web-phone/feed/mute-wish.ts';
import { person, ROOM } from '../support/people.ts';

const cases: readonly [
  name: string,
  part: Partial<Participant>,
  rule: 'ask' | 'allowed',
  verb: string,
][] = [
  ['somebody who is heard', {}, 'ask', 'Mute'],
  ['whom a moderator muted', { muted: true, mutedBy: 'moderator' }, 'ask', 'Unmute'],
  ['of whom nobody knows who muted them', { muted: true }, 'ask', 'Unmute'],
  ['who muted themself', { muted: true, mutedBy: 'self' }, 'ask', 'Ask to unmute'],
  ['who was muted on entry', { muted: true, mutedBy: 'entry' }, 'ask', 'Ask to unmute'],
  [
    'who muted themself, where more is allowed',
    { muted: true, mutedBy: 'self' },
    'allowed',
    'Unmute',
  ],
];

for (const [name, part, rule, verb] of cases) {
  test(`for ${name}, a moderator’s button says “${verb}”`, () => {
    expect(muteDeed(ROOM, person(1, part), rule).verb).toBe(verb);
  });
}

test('who was asked is not asked again while they think about it', () => {
  const asked = person(1, { muted: true, mutedBy: 'self', askedToUnmute: true });
  expect(muteDeed(ROOM, asked, 'ask').asked).toBe(true);
  expect(muteDeed(ROOM, { ...asked, mutedBy: 'moderator' }, 'ask').asked).toBe(false);
});
