import { describe, expect, test } from 'vitest';
import { hasEndRules, lookAt } from '../../../meetings/rules/gathering.ts';
import type {
  Attendance,
  EndRules,
  Gathering,
  GatheringAct,
} from '../../../meetings/rules/gathering.ts';

const NEVER: EndRules = {
  endWithoutModeratorMinutes: 0,
  endWhenSilentMinutes: 0,
  endWhenEmptyMinutes: 0,
  maxMinutes: 0,
};
const MINUTE_MS = 60_000;
const ROUND: Attendance = { people: 3, moderators: 1 };

interface Story {
  readonly rules: Partial<EndRules>;
  /** Minutes, and how it stands from then on. */
  readonly turns: readonly (readonly [minute: number, attendance: Partial<Attendance>])[];
  readonly untilMinute: number;
}

function wordsOf(act: GatheringAct, nowMs: number): readonly (string | number)[] {
  if (act.kind === 'call-off') return [act.kind];
  if (act.kind === 'end') return [act.kind, act.why];
  return [act.kind, act.end.why, (act.end.atMs - nowMs) / MINUTE_MS];
}

/** Looks whenever it is time to, as who runs it does; what was done, and in which minute. */
function play({ rules, turns, untilMinute }: Story): string[] {
  const done: string[] = [];
  let gathering: Gathering | undefined;
  let attendance: Attendance = { people: 0, moderators: 0 };
  let lookAtMs = Infinity;
  const moments = [...turns];
  for (let now = 0; now <= untilMinute * MINUTE_MS; now += 1_000) {
    const turn = moments[0];
    const isTurn = turn !== undefined && turn[0] * MINUTE_MS === now;
    if (isTurn) attendance = { ...attendance, ...moments.shift()![1] };
    if (!isTurn && now < lookAtMs) continue;
    const heard = attendance.heardAtMs === Infinity ? { heardAtMs: now } : {};
    // What lies in the store is all that a look knows.
    const kept = gathering && (JSON.parse(JSON.stringify(gathering)) as Gathering);
    const step = lookAt(kept, { ...attendance, ...heard }, { ...NEVER, ...rules }, now);
    gathering = step.gathering;
    lookAtMs = step.lookAtMs ?? Infinity;
    for (const act of step.acts) {
      done.push([now / MINUTE_MS, ...wordsOf(act, now)].join(' '));
      if (act.kind === 'end') attendance = { people: 0, moderators: 0 };
    }
  }
  return done;
}

const TALKING = { ...ROUND, heardAtMs: Infinity };

const stories: readonly (readonly [promise: string, story: Story, done: readonly string[]])[] = [
  [
    'the longest time is said 5 minutes and 1 minute before',
    { rules: { maxMinutes: 10 }, turns: [[0, ROUND]], untilMinute: 20 },
    ['5 announce time 5', '9 announce time 1', '10 end time'],
  ],
  [
    'it runs from the first who came, though all left for a moment',
    {
      rules: { maxMinutes: 10 },
      turns: [
        [0, ROUND],
        [2, { people: 0, moderators: 0 }],
        [4, ROUND],
      ],
      untilMinute: 12,
    },
    ['5 announce time 5', '9 announce time 1', '10 end time'],
  ],
  [
    'who comes an hour later begins anew',
    {
      rules: { maxMinutes: 10 },
      turns: [
        [0, ROUND],
        [2, { people: 0, moderators: 0 }],
        [60, ROUND],
      ],
      untilMinute: 72,
    },
    ['65 announce time 5', '69 announce time 1', '70 end time'],
  ],
  [
    'three minutes are too short for a word at five',
    { rules: { maxMinutes: 3 }, turns: [[0, ROUND]], untilMinute: 5 },
    ['2 announce time 1', '3 end time'],
  ],
  [
    'the last moderator who leaves is missed at once',
    {
      rules: { endWithoutModeratorMinutes: 3 },
      turns: [
        [0, ROUND],
        [4, { moderators: 0 }],
      ],
      untilMinute: 10,
    },
    ['4 announce no-moderator 3', '6 announce no-moderator 1', '7 end no-moderator'],
  ],
  [
    'and calls it off by coming back',
    {
      rules: { endWithoutModeratorMinutes: 3 },
      turns: [
        [0, ROUND],
        [4, { moderators: 0 }],
        [5, { moderators: 1 }],
        [8, { moderators: 0 }],
      ],
      untilMinute: 12,
    },
    [
      ...['4 announce no-moderator 3', '5 call-off', '8 announce no-moderator 3'],
      ...['10 announce no-moderator 1', '11 end no-moderator'],
    ],
  ],
  [
    'one that never had a moderator misses none',
    {
      rules: { endWithoutModeratorMinutes: 3 },
      turns: [[0, { people: 2, moderators: 0 }]],
      untilMinute: 30,
    },
    [],
  ],
  [
    'silence is counted from the last word',
    {
      rules: { endWhenSilentMinutes: 5 },
      turns: [
        [0, TALKING],
        [3.5, { heardAtMs: 3.5 * MINUTE_MS }],
      ],
      untilMinute: 12,
    },
    ['7.5 announce silence 1', '8.5 end silence'],
  ],
  [
    'a word after the warning calls it off',
    {
      rules: { endWhenSilentMinutes: 5 },
      turns: [
        [0, ROUND],
        [4.5, { heardAtMs: Infinity }],
        [5, { heardAtMs: 5 * MINUTE_MS }],
      ],
      untilMinute: 11,
    },
    ['4 announce silence 1', '4.5 call-off', '9 announce silence 1', '10 end silence'],
  ],
  [
    'an empty room is over for this time, and nobody is told',
    {
      rules: { endWhenEmptyMinutes: 2, endWhenSilentMinutes: 3 },
      turns: [
        [0, TALKING],
        [1, { people: 0, moderators: 0 }],
        [2, TALKING],
        [3, { people: 0, moderators: 0 }],
      ],
      untilMinute: 12,
    },
    ['5 end empty'],
  ],
  [
    'the first end that comes is the one that is told',
    {
      rules: { maxMinutes: 10, endWithoutModeratorMinutes: 4 },
      turns: [
        [0, ROUND],
        [5.5, { moderators: 0 }],
        [6, { moderators: 1 }],
      ],
      untilMinute: 12,
    },
    [
      ...['5 announce time 5', '5.5 announce no-moderator 4', '6 announce time 4'],
      ...['9 announce time 1', '10 end time'],
    ],
  ],
  ['without rules nothing is done', { rules: {}, turns: [[0, ROUND]], untilMinute: 200 }, []],
];

describe('the end of a gathering', () => {
  test.each(stories)('%s', (_, story, done) => {
    expect(play(story)).toEqual(done);
  });

  test('who is still there half a minute after the end is hung up again', () => {
    const over: Gathering = { sinceMs: 0, heardAtMs: 0, overAtMs: 1_000 };
    expect(lookAt(over, ROUND, NEVER, 2_000)).toMatchObject({ acts: [], lookAtMs: 31_000 });
    expect(lookAt(over, ROUND, NEVER, 31_000).acts).toMatchObject([{ kind: 'end' }]);
    expect(lookAt(over, { people: 0, moderators: 0 }, NEVER, 2_000)).toEqual({ acts: [] });
  });

  test('a meeting without these rules needs no looking at', () => {
    expect(hasEndRules(NEVER)).toBe(false);
    for (const rule of Object.keys(NEVER))
      expect(hasEndRules({ ...NEVER, [rule]: 1 }), rule).toBe(true);
  });
});
