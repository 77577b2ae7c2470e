import { expect, test } from 'vitest';
import { isDevice } from '../../../protocol/room/room.ts';
import { browserName, softphoneName } from '../../../web-phone/phone/device.ts';

const LIKE = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${LIKE} Chrome/140.0.0.0 Safari/537.36`, 'Chrome 140, Linux'],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${LIKE} Chrome/140.0.0.0 Mobile Safari/537.36`,
    'Chrome 140, Android',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${LIKE} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    'Edge 140, Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari 18, macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari 18, iOS',
  ],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${LIKE} Chrome/140.0.0.0 Safari/537.36`,
    'Chrome 140, ChromeOS',
  ],
  ['Something on Linux', 'Linux'],
])('%s calls itself %s', (userAgent, words) => {
  expect(softphoneName(userAgent)).toBe(`Partyline softphone (${words})`);
  expect(isDevice(softphoneName(userAgent))).toBe(true);
});

test('a browser that says nothing is a softphone still', () => {
  expect(softphoneName('')).toBe('Partyline softphone');
});

test('of a program that is no browser there is no browser to name', () => {
  expect(browserName('curl/8.5.0')).toBeUndefined();
});
