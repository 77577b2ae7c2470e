import { expect, test } from 'vitest';
import { countryOf, toE164 } from '../../../sip-gateway/trunks/e164.ts';

const NUMBERS: readonly (readonly [string, string | undefined, string | undefined])[] = [
  ['+49301234567', undefined, '+49301234567'],
  ['0049301234567', undefined, '+49301234567'],
  ['49301234567', '49', '+49301234567'],
  ['33123456789', '49', '+33123456789'],
  ['0301234567', '49', '+49301234567'],
  ['0301234567', undefined, undefined],
  ['+49 30', '49', undefined],
  ['+49-30-123.4567', '49', '+49301234567'],
  ['0612345678', '39', '+390612345678'],
  ['2025550123', '1', '+12025550123'],
  ['12025550123', '1', '+12025550123'],
  ['01149301234567', '1', '+49301234567'],
  ['21', '49', undefined],
  ['110', '49', undefined],
  ['anna', '49', undefined],
  ['+0301234567', '49', undefined],
  ['+1234567890123456', '49', undefined],
  ['', '49', undefined],
];
for (const [text, country, wanted] of NUMBERS) {
  test(`${text || 'nothing'} in country ${country ?? 'unknown'} is ${wanted ?? 'no number of the network'}`, () => {
    expect(toE164(text, country)).toBe(wanted);
  });
}

const COUNTRIES = [
  ['+49301234567', '49'],
  ['+12025550123', '1'],
  ['+74951234567', '7'],
  ['+353861234567', '353'],
  ['7000', undefined],
] as const;
for (const [number, wanted] of COUNTRIES) {
  test(`${number} is of country ${wanted ?? 'none'}`, () => {
    expect(countryOf(number)).toBe(wanted);
  });
}
