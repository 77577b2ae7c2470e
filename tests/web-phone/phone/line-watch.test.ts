import { describe, expect, test } from 'vitest';
import { look, shaken, watching } from '../../../web-phone/phone/line-watch.ts';
import type { LineVerdict, LineWatch } from '../../../web-phone/phone/line-watch.ts';

const LOOK_MS = 300;

/** Looks from `fromMs` on for so long; `packets` and `checks` say whether they come. */
function watched(
  watch: LineWatch,
  forMs: number,
  comes: { readonly packets: boolean; readonly checks: boolean },
): LineWatch {
  let now = watch;
  for (let ms = LOOK_MS; ms <= forMs; ms += LOOK_MS) {
    const { sample } = now;
    const nowMs = sample.nowMs + LOOK_MS;
    // Browsers check each 2.5 s.
    const responses = sample.responses + (comes.checks && nowMs % 2_500 < LOOK_MS ? 1 : 0);
    now = look(now, { nowMs, packets: sample.packets + (comes.packets ? 15 : 0), responses });
  }
  return now;
}

const ALL = { packets: true, checks: true };
const NOTHING = { packets: false, checks: false };
const talking = watched(watching(0), 9_000, ALL);

function after(ms: number, from = talking): LineVerdict {
  return watched(from, ms, NOTHING).verdict;
}

describe('the line of a call', () => {
  test('flows while packets come', () => {
    expect(talking.verdict).toBe('flows');
  });

  test('is silent a second after the last packet, and dead soon after where no check is answered either', () => {
    expect(after(600)).toBe('flows');
    expect(after(1_200)).toBe('silent');
    expect(after(2_400)).toBe('dead');
  });

  test('right after a change of network a second is enough', () => {
    const moved = shaken(talking, talking.sample.nowMs);
    expect(after(1_200, moved)).toBe('dead');
  });

  test('that broke again half a second after it came up is dead as soon', () => {
    expect(after(2_400, watched(watching(0), 900, ALL))).toBe('dead');
  });

  test('comes back with its packets', () => {
    const dead = watched(talking, 6_000, NOTHING);
    expect(watched(dead, LOOK_MS, ALL).verdict).toBe('flows');
  });

  test('is alive though the switch sends no sound: the checks are answered', () => {
    const quiet = watched(talking, 30_000, { packets: false, checks: true });
    expect(['silent', 'still']).toContain(quiet.verdict);
    expect(watched(quiet, 3_000, NOTHING).verdict).not.toBe('dead');
    expect(watched(quiet, 9_000, NOTHING).verdict).toBe('dead');
  });

  test('is blocked where five seconds brought nothing at all', () => {
    expect(watched(watching(0), 4_800, NOTHING).verdict).toBe('new');
    expect(watched(watching(0), 5_100, NOTHING).verdict).toBe('blocked');
  });

  test('after sleep is judged by what comes then', () => {
    const awake = look(talking, { ...talking.sample, nowMs: talking.sample.nowMs + 60_000 });
    expect(awake.verdict).toBe('flows');
    expect(after(1_200, awake)).toBe('dead');
    expect(watched(awake, 1_200, ALL).verdict).toBe('flows');
  });
});
