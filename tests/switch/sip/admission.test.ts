import { expect, test } from 'vitest';
import { Admission } from '../../../switch/sip/admission.ts';
import { limitedLog } from '../../../switch/sip/limited-log.ts';

test('one address has its share of connections, and gets it back', () => {
  const admission = new Admission({ connections: 10, connectionsPerAddress: 2 });
  const enter = () => admission.enter('192.0.2.1');
  expect([enter(), enter(), enter(), admission.enter('192.0.2.2')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  admission.leave('192.0.2.1');
  expect(enter()).toBe(true);
});

test('the loopback has no share of its own, but all together have a limit', () => {
  const admission = new Admission({ connections: 3, connectionsPerAddress: 1 });
  const entered = ['127.0.0.1', '::ffff:127.0.0.1', '127.0.0.1', '127.0.0.1'].map((each) =>
    admission.enter(each),
  );
  expect(entered).toEqual([true, true, true, false]);
});

test('of many warnings one is written in its time, with the number left out', () => {
  let now = 0;
  const lines: unknown[] = [];
  const log = (_level: string, _message: string, fields: unknown) => lines.push(fields);
  const warn = limitedLog(log, 'malformed', { everyMs: 1_000, now: () => now });
  for (now = 0; now < 2_000; now += 250) warn({ at: now });
  expect(lines).toEqual([{ at: 0 }, { at: 1_000, leftOut: 3 }]);
});
