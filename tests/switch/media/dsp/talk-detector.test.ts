import { expect, test } from 'vitest';
import { TalkDetector } from '../../../../switch/media/dsp/talk-detector.ts';
import { steepestStep } from '../../../support/tones.ts';

/** A frame of the given score. */
const frame = (score: number): Int16Array =>
  Int16Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? score : -score));

/** The changes that frames of these scores make, with the frame's number. */
function walk(detector: TalkDetector, scores: readonly number[]): string[] {
  return scores.flatMap((score, n) => {
    const { change } = detector.push(frame(score));
    return change === undefined ? [] : [`${change} at ${n}`];
  });
}

const times = (count: number, score: number): number[] =>
  Array.from({ length: count }, () => score);

const walks: readonly { name: string; scores: number[]; changes: string[] }[] = [
  { name: 'silence opens nothing', scores: times(200, 0), changes: [] },
  { name: 'noise at the level opens nothing', scores: times(200, 100), changes: [] },
  { name: 'a loud word opens at once', scores: [0, 500], changes: ['started at 1'] },
  {
    name: 'a soft voice opens at its fifth frame',
    scores: times(6, 200),
    changes: ['started at 4'],
  },
  {
    name: 'a soft voice with breaks takes longer',
    scores: [200, 200, 200, 0, 200, 200, 200],
    changes: ['started at 6'],
  },
  {
    name: 'single soft clicks never add up',
    scores: times(100, 0).map((_, n) => (n % 2 ? 300 : 0)),
    changes: [],
  },
  {
    name: 'the gate closes after 40 quiet frames',
    scores: [900, ...times(60, 0)],
    changes: ['started at 0', 'stopped at 40'],
  },
  {
    name: 'a pause between words does not close it',
    scores: [900, ...times(39, 0), 900, ...times(39, 0), 900],
    changes: ['started at 0'],
  },
  {
    name: 'after closing it opens again',
    scores: [900, ...times(40, 0), 900],
    changes: ['started at 0', 'stopped at 40', 'started at 41'],
  },
];
for (const { name, scores, changes } of walks) {
  test(name, () => {
    expect(walk(new TalkDetector(), scores)).toEqual(changes);
  });
}

test('only what the gate lets through is mixed, with the frame that closes it', () => {
  const detector = new TalkDetector();
  expect(detector.push(frame(50)).mix).toBe(false);
  expect(detector.push(frame(900)).mix).toBe(true);
  for (let n = 0; n < 40; n++) expect(detector.push(frame(50)).mix).toBe(true);
  expect(detector.push(frame(50)).mix).toBe(false);
});

test('at level 0 all is mixed, and who talks is still told', () => {
  const detector = new TalkDetector(0);
  expect(detector.push(frame(0)).mix).toBe(true);
  expect(detector.push(frame(400)).change).toBe('started');
  for (let n = 0; n < 39; n++)
    expect(detector.push(frame(0))).toMatchObject({ change: undefined, mix: true });
  expect(detector.push(frame(0))).toMatchObject({ change: 'stopped', mix: true });
});

test('the onset is faded in within 2.5 ms, and the end out: no click', () => {
  const detector = new TalkDetector();
  const opening = new Int16Array(160).fill(5000);
  detector.push(opening);
  expect(opening[0]).toBe(0);
  expect(steepestStep(opening)).toBeLessThanOrEqual(250);
  expect([...opening.subarray(20)].every((sample) => sample === 5000)).toBe(true);
  for (let n = 0; n < 39; n++) detector.push(new Int16Array(160).fill(80));
  const closing = new Int16Array(160).fill(80);
  expect(detector.push(closing)).toMatchObject({ change: 'stopped', mix: true });
  expect(closing[0]).toBe(79);
  expect(closing[159]).toBe(0);
});

test('a frame in the midst of speech is not touched', () => {
  const detector = new TalkDetector();
  detector.push(frame(900));
  const spoken = frame(900);
  detector.push(spoken);
  expect(spoken).toEqual(frame(900));
});

test('a higher level wants a louder voice', () => {
  const detector = new TalkDetector(1000);
  expect(walk(detector, times(20, 900))).toEqual([]);
  expect(walk(detector, [1400])).toEqual(['started at 0']);
  detector.setEnergyLevel(100);
  expect(detector.energyLevel).toBe(100);
});

test('who is muted talks no more, and says so', () => {
  const detector = new TalkDetector();
  detector.push(frame(900));
  expect(detector.talking).toBe(true);
  expect(detector.smoothScore).toBeCloseTo(180, -1);
  expect(detector.reset()).toBe(true);
  expect(detector.talking).toBe(false);
  expect(detector.reset()).toBe(false);
  expect(detector.score).toBe(0);
});
