import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TransactionRunner } from '../../../switch/sip/transaction-runner.ts';

interface Tx {
  readonly state: 'waiting' | 'terminated';
}
type Input = { kind: 'finish' } | { kind: 'again' } | { kind: 'timer'; timer: string };
type Effect = { kind: 'say'; word: string } | { kind: 'start-timer'; timer: string; ms: number };

const wait = (timer: string, ms: number): Effect => ({ kind: 'start-timer', timer, ms });

function run(effects: readonly Effect[]) {
  const told: string[] = [];
  const runner = new TransactionRunner<Tx, Input, Effect>(
    { state: 'waiting' },
    {
      step: (tx, input) => {
        if (input.kind === 'finish') return [{ state: 'terminated' }, [wait('late', 1)]];
        if (input.kind === 'again') return [tx, [wait('a', 100)]];
        return [tx, [{ kind: 'say', word: input.timer }]];
      },
      perform: ({ word }) => void told.push(word),
      ended: () => void told.push('ended'),
    },
  );
  runner.run(effects);
  return { runner, told };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('timers come back when due; started again, the earlier one does not', () => {
  const { runner, told } = run([wait('a', 50), wait('b', 70)]);
  runner.receive({ kind: 'again' });
  vi.advanceTimersByTime(99);
  expect(told).toEqual(['b']);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['b', 'a']);
});

test('the end stops every timer, is told once, and nothing is taken after it', () => {
  const { runner, told } = run([wait('a', 50)]);
  runner.receive({ kind: 'finish' });
  runner.receive({ kind: 'again' });
  expect(told).toEqual(['ended']);
  expect(vi.getTimerCount()).toBe(0);
});

test('stopped, it says nothing more', () => {
  const { runner, told } = run([wait('a', 50)]);
  runner.stop();
  vi.advanceTimersByTime(1_000);
  expect([told, vi.getTimerCount()]).toEqual([[], 0]);
});
