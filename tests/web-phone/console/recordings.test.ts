import { describe, expect, test } from 'vitest';
import { isOfSession, soundFault, soundToHear } from '../../../web-phone/console/recordings.ts';

const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const span = (from: string, to?: string) => ({
  startedAt: at(from),
  ...(to !== undefined && { endedAt: at(to) }),
});

describe('a recording is of a session that', () => {
  const session = span('09:00', '10:00');
  test.each([
    ['it fills', span('09:00', '10:00'), session, true],
    ['it was made in', span('09:10', '09:20'), session, true],
    ['began while it went on', span('08:50', '09:10'), session, true],
    ['ended while it went on', span('09:50', '10:01'), session, true],
    ['goes on as it does', span('09:30'), span('09:00'), true],
    ['began before it grew on', span('08:00'), session, true],
  ])('%s', (_, recording, met, is) => {
    expect(isOfSession(recording, met)).toBe(is);
  });

  test.each([
    ['had not begun', span('08:00', '09:00')],
    ['was over', span('10:00', '10:30')],
    ['was over when it began to grow', span('10:00')],
  ])('not of one that %s', (_, recording) => {
    expect(isOfSession(recording, session)).toBe(false);
  });
});

describe('a recording that is not heard', () => {
  const refusal = (status: number) =>
    ({ ok: false, problem: { type: 'about:blank', title: '', status, detail: '' } }) as const;
  const there = { ok: true, value: {}, headers: new Headers() } as never;

  test.each([
    ['is gone where the server has none', 4, refusal(404), 'gone'],
    ['was refused where the server says why', 4, refusal(503), 'refused'],
    ['broke off where it is there and the network failed', 2, there, 'cut-off'],
    ['is broken where it is there and came', 3, there, 'unplayable'],
    ['is no sound where it is there and no player takes it', 4, there, 'unplayable'],
  ] as const)('%s', (_, code, asked, kind) => {
    expect(soundFault(code, asked).kind).toBe(kind);
  });
});

test('what every browser plays is heard, and the recording itself where nothing smaller is made', () => {
  const from = (formats: readonly ('wav' | 'mp3' | 'opus')[]) =>
    soundToHear({ id: 'r 1', formats });
  expect(from(['wav', 'mp3', 'opus'])).toBe('/api/v1/recordings/r%201/audio?format=mp3');
  expect(from(['wav', 'opus'])).toBe('/api/v1/recordings/r%201/audio?format=wav');
});
