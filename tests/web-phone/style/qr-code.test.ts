import { expect, test } from 'vitest';
import { pathOf } from '../../../web-phone/style/qr-code.tsx';

test('a run of black is one rectangle; white is none', () => {
  const data = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ];
  expect(pathOf(data)).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z');
});
