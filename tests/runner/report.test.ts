import { describe, expect, test } from 'vitest';
import {
  faultLines,
  lastOfEach,
  played,
  spoiled,
  tallied,
  worthAnother,
  type Played,
} from './report.ts';

const ok = (file: string): Played => ({ file, isFile: true, passed: 2, skipped: 1, faults: [] });
const bad = (file: string): Played => ({
  ...ok(file),
  passed: 1,
  faults: [{ test: 'is heard', why: 'was not\nat all' }],
});

describe('a report of a run', () => {
  test('counts what passed, failed and was skipped, file by file', () => {
    const tests = ['passed', 'failed', 'skipped', 'pending', 'todo'].map((status) => ({
      fullName: `room ${status}`,
      status,
      failureMessages: status === 'failed' ? ['was not'] : [],
    }));
    const testResults = [
      { name: '/a.test.ts', status: 'failed', message: '', assertionResults: tests },
    ];
    expect(played({ testResults })).toEqual([
      {
        file: '/a.test.ts',
        isFile: true,
        passed: 1,
        skipped: 3,
        faults: [{ test: 'room failed', why: 'was not' }],
      },
    ]);
  });

  test('a file that could not be loaded has failed, though it has no tests', () => {
    const testResults = [
      { name: '/a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ];
    expect(tallied(played({ testResults })).failed).toBe(1);
  });
});

describe('what failed', () => {
  test('is played again, and counted as it was played last', () => {
    const first = [ok('/a'), bad('/b')];
    expect(worthAnother(first)).toEqual(['/b']);
    expect(tallied(lastOfEach(first, [ok('/b')]))).toEqual({ passed: 4, failed: 0, skipped: 2 });
  });

  test('has failed if it fails again', () => {
    const last = lastOfEach([ok('/a'), bad('/b')], [bad('/b')]);
    expect(tallied(last).failed).toBe(1);
    expect(spoiled(last).map(({ file }) => file)).toEqual(['/b']);
  });

  test('is not played again where it is no file, nor where it is too much for chance', () => {
    expect(worthAnother([{ ...bad('lint'), isFile: false }])).toEqual([]);
    expect(worthAnother(Array.from({ length: 11 }, (_, n) => bad(`/${n}`)))).toEqual([]);
  });

  test('is named at the end with the beginning of why', () => {
    expect(faultLines([bad('/home/tests/b')], '/home')).toEqual([
      'tests/b > is heard',
      '    was not',
      '    at all',
    ]);
  });
});
