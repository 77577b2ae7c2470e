import { expect, test } from 'vitest';
import { asJson, asText, fault, isGood, ok, unknown, warning } from '../../check/finding.ts';

const RIGHT = { server: 'A', findings: [ok('one', 'is so'), unknown('two', 'not told')] };
const WRONG = {
  server: 'B',
  findings: [warning('three', 'old', 'Renew it.'), fault('four', 'gone', 'Start it.')],
};

test('a person reads a line for each finding, and below it what to do', () => {
  const lines = asText([RIGHT, WRONG]).split('\n');
  expect(lines.map((line) => line.replace(/ {2,}/g, ' ').trim())).toEqual([
    ...['A', '✓ one is so', '? two not told', '0 to mend, 0 to look at, 1 right, 1 not seen', ''],
    ...['B', '! three old', '→ Renew it.', '✗ four gone', '→ Start it.'],
    ...['1 to mend, 1 to look at, 0 right, 0 not seen', ''],
  ]);
});

test('a program reads the same, and whether it is good', () => {
  expect(JSON.parse(asJson([RIGHT]))).toEqual({ good: true, servers: [RIGHT] });
  expect([isGood([RIGHT]), isGood([RIGHT, WRONG])]).toEqual([true, false]);
});
