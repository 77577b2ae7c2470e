import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress, sender, whyNoCallback } from '../../../api/bigbluebutton/outward.ts';
import type { Resolve } from '../../../api/bigbluebutton/outward.ts';

test.each([
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'fec0::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
])('%s is nobody else’s to reach', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '193.0.0.1',
  '2a00:1450::1',
  '2606:4700::1',
])('%s is on the Internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

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

describe('a name', () => {
  let server: Server;
  let heard = 0;
  let port = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      heard += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const resolving =
    (...addresses: string[]): Resolve =>
    (_hostname, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
  const outward = () => ({ url: `http://somebody.example:${port}/`, form: 'a=1' });

  test.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [[]]])(
    'that means %j is not called',
    async (addresses) => {
      const send = sender(false, resolving(...addresses));
      await expect(send(outward())).rejects.toThrow(/private network|no address/);
      expect(heard).toBe(0);
    },
  );

  test('that cannot be resolved is an error as it is', async () => {
    const send = sender(false, (_hostname, _options, done) => done(new Error('ENOTFOUND'), []));
    await expect(send(outward())).rejects.toThrow('ENOTFOUND');
  });

  test('of this machine is called where the settings allow it', async () => {
    const url = `http://localhost:${port}/`;
    await expect(sender(false)({ url })).rejects.toThrow(/private network/);
    expect(heard).toBe(0);
    expect(await sender(true)({ url })).toBe(200);
    expect(heard).toBe(1);
  });
});
