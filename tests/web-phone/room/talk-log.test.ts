import { describe, expect, test } from 'vitest';
import { REMEMBERED_MS, TalkLog } from '../../../web-phone/room/talk-log.ts';
import { person } from '../support/people.ts';

const ada = person(1);
const silent = [ada];
const talking = [{ ...ada, talking: true }];

/** What was seen when; the log afterwards. */
function after(...seen: readonly (readonly [atMs: number, people: readonly (typeof ada)[]])[]) {
  const log = new TalkLog();
  for (const [atMs, people] of seen) log.look(people, atMs);
  return log;
}

describe('who talked when', () => {
  test('a word has a beginning and an end', () => {
    const log = after([1_000, silent], [2_000, talking], [3_000, talking], [5_000, silent]);
    expect(log.spans(ada.id, 6_000)).toEqual([{ fromMs: 2_000, toMs: 5_000 }]);
    expect(log.talkedMs(ada.id, 6_000)).toBe(3_000);
    expect(log.beganMs(ada.id)).toBe(2_000);
  });

  test('one that goes on counts up to now', () => {
    const log = after([2_000, talking]);
    expect(log.talkedMs(ada.id, 9_000)).toBe(7_000);
  });

  test('a breath within it does not end it, a longer silence does', () => {
    const breath = after([0, talking], [1_000, silent], [1_900, talking], [3_000, silent]);
    expect(breath.spans(ada.id, 3_000)).toEqual([{ fromMs: 0, toMs: 3_000 }]);
    const silence = after([0, talking], [1_000, silent], [2_000, talking]);
    expect(silence.spans(ada.id, 3_000)).toEqual([{ fromMs: 0, toMs: 1_000 }, { fromMs: 2_000 }]);
  });

  test('whoever is muted does not talk, and whoever left has ended', () => {
    const muted = after([0, talking], [1_000, [{ ...ada, talking: true, muted: true }]]);
    expect(muted.talkedMs(ada.id, 5_000)).toBe(1_000);
    expect(after([0, talking], [1_000, []]).talkedMs(ada.id, 5_000)).toBe(1_000);
  });

  test('ten minutes are remembered; a word that reaches into them counts from there', () => {
    const log = after([0, talking], [5_000, silent]);
    expect(log.spans(ada.id, REMEMBERED_MS + 5_000)).toEqual([]);
    expect(log.talkedMs(ada.id, REMEMBERED_MS + 2_000)).toBe(3_000);
  });
});
