import { expect, test } from 'vitest';
import { LossReports } from '../../../switch/media/loss-reports.ts';

test('a way is clean until a report says otherwise', () => {
  const reports = new LossReports();
  reports.add(0.01);
  expect(reports.way).toBe('clean');
  reports.add(0.05);
  expect(reports.way).toBe('lossy');
});

test('loss is remembered for some reports, and then forgotten', () => {
  const reports = new LossReports();
  reports.add(0.1);
  for (let n = 0; n < 5; n++) reports.add(0);
  expect(reports.way).toBe('lossy');
  for (let n = 0; n < 10; n++) reports.add(0);
  expect(reports.way).toBe('clean');
});
