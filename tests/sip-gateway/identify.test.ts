import { expect, test } from 'vitest';
import { nameOf } from '../../sip-gateway/identify.ts';

/** A display name and a number, and what people see. */
const CASES = [
  { displayName: 'Eve', number: '+4930901234', sees: { name: 'Eve' } },
  { displayName: '', number: '+4930901234', sees: { name: 'Caller …1234', unnamed: true } },
  {
    displayName: '+49 (30) 90-1234',
    number: '+4930901234',
    sees: { name: 'Caller …1234', unnamed: true },
  },
  { displayName: '030901234', number: '030901234', sees: { name: 'Caller …1234', unnamed: true } },
  { displayName: '', number: '21', sees: { name: 'Caller 21', unnamed: true } },
  { displayName: '  ', number: '', sees: { name: 'Phone caller', unnamed: true } },
  { displayName: '', number: 'visitor', sees: { name: 'visitor', unnamed: true } },
] as const;
for (const { displayName, number, sees } of CASES) {
  test(`"${displayName}" <${number}> is shown as ${sees.name}`, () => {
    expect(nameOf(displayName, number)).toEqual(sees);
  });
}
