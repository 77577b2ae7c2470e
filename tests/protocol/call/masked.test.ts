import { expect, test } from 'vitest';
import { masked, shortened } from '../../../protocol/call/masked.ts';

test.each([
  ['+4930901234', '+49…1234'],
  ['030901234', '…1234'],
  ['0049-30-901 234', '…1234'],
  ['+49 (30) 901.234', '+49…1234'],
  ['030/901234', '…1234'],
  ['+49309012345678901', '+49…8901'],
  ['7000', '7000'],
  ['ada', 'ada'],
  ['desk-1234567', 'desk-1234567'],
  ['', ''],
])('moderators see %j as %j', (number, seen) => {
  expect(masked(number)).toBe(seen);
});

test('the house decides whether they see all or nothing', () => {
  expect(masked('+4930901234', 'full')).toBe('+4930901234');
  expect(masked('+4930901234', 'hidden')).toBe('');
});

test.each([
  ['+49…1234', '…34'],
  ['+4930901234', '…34'],
  ['700', ''],
  ['ada', ''],
])('others see %j as %j', (number, seen) => {
  expect(shortened(number)).toBe(seen);
});
