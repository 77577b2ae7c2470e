import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readVitals } from '../../bridge/vitals.ts';

const RECORDED = join(import.meta.dirname, '../data/freeswitch-1.11.1/check.json');

test('what FreeSWITCH 1.11.1 was recorded saying of itself is read', () => {
  const text = readFileSync(RECORDED, 'utf8');
  const status = /UP 0 years[^"]*/.exec(text)?.[0].replaceAll('\\n', '\n') ?? '';
  expect(readVitals(status)).toEqual({
    idleCpu: 87.87,
    sessions: 0,
    maxSessions: 1000,
    upMs: 7_358,
  });
});

test('years, days and one of each are counted', () => {
  const status = 'UP 1 year, 2 days, 1 hour, 1 minute, 1 second, 1 millisecond, 9 microseconds\n';
  const ms = 31_536_000_000 + 2 * 86_400_000 + 3_600_000 + 60_000 + 1_000 + 1;
  expect(readVitals(status)).toEqual({ upMs: ms });
});

test('what is not said stays unknown', () => {
  expect(readVitals('-ERR no such command\n')).toEqual({});
});
