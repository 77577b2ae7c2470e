import { expect, test } from 'vitest';
import { oneTap } from '../../../web-phone/phone/one-tap.ts';

test.each([
  ['tel:+4930901234', '4821907735', 'tel:+4930901234,,4821907735%23'],
  ['sip:7000@pbx.example', '4821907735', 'sip:7000;pin=4821907735@pbx.example'],
  ['sips:7000@pbx.example:5061', '12', 'sips:7000;pin=12@pbx.example:5061'],
  ['https://pbx.example', '12', undefined],
  ['tel:+4930901234', '12;evil', undefined],
])('%s with the code %s is one tap: %s', (uri, code, link) => {
  expect(oneTap(uri, code)).toBe(link);
});
