import { expect, test } from 'vitest';
import { whyNoCallback } from '../../../api/bigbluebutton/outward.ts';

/** Ways to write this machine's address that a URL's reader makes one of. */
test.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://0/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://１２７.0.0.1/',
  'https://169.254.169.254/latest/meta-data',
])('%s is refused unless the settings allow it', (url) => {
  expect(whyNoCallback(url, false)).toMatch(/private/);
  expect(whyNoCallback(url, true)).toBeUndefined();
});

test.each([
  '',
  'x',
  'file:///etc/passwd',
  'gopher://a.example',
  'http:a.example',
  'http://',
  'http://u@a.example',
])('%j is never called', (url) => {
  expect(whyNoCallback(url, true)).toBeDefined();
});
