import { expect, test } from 'vitest';
import { spokenMoment, spokenTime } from '../../../web-phone/style/local-time.ts';

const AT = '2026-11-22T10:00:00';
const hour = (iso: string) =>
  new Date(iso).toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit' });

test('what was today is told by the hour alone', () => {
  const said = spokenMoment(AT, Date.parse('2026-11-22T23:59:00'));
  expect(said).toBe(hour(AT));
  expect(said).not.toContain('2026');
});

test.each(['2026-11-23T00:01:00', '2026-11-21T10:00:00', '2027-11-22T10:00:00'])(
  'of another day, seen from %s, the day is told too',
  (now) => {
    expect(spokenMoment(AT, Date.parse(now))).toBe(spokenTime(AT));
    expect(spokenMoment(AT, Date.parse(now))).toContain('2026');
  },
);
