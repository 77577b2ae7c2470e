import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isIn, isPublicAddress, parseNetwork } from '../../../api/outward/addresses.ts';
import type { Network } from '../../../api/outward/addresses.ts';
import { EVERYWHERE, faultIn, INTERNET, internetAnd } from '../../../api/outward/reach.ts';
import type { Resolve } from '../../../api/outward/reach.ts';
import { sender, whyOf } from '../../../api/outward/send.ts';

const timeoutMs = 5_000;
const network = (text: string) => parseNetwork(text) as Network;

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
  '4000::1',
  'not an address',
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

test('a network has an address and a length, or is one address', () => {
  expect(isIn('10.9.9.9', [network('10.0.0.0/8')])).toBe(true);
  expect(isIn('11.0.0.1', [network('10.0.0.0/8')])).toBe(false);
  expect(isIn('fd00::5', [network('10.0.0.0/8'), network('fd00::/64')])).toBe(true);
  expect(isIn('::ffff:10.0.0.1', [network('10.0.0.0/8')])).toBe(false);
  expect(isIn('127.0.0.1', [network('127.0.0.1')])).toBe(true);
  for (const text of ['', '10', '10.1', '10.0.0.0/33', 'a.example', '10.0.0.256'])
    expect(parseNetwork(text)).toBeUndefined();
});

test.each([
  ['https://8.8.8.8/', undefined],
  ['http://8.8.8.8/', 'plain'],
  ['http://10.0.0.1/', undefined],
  ['https://10.0.0.1/', undefined],
  ['https://192.168.0.1/', 'private'],
  ['https://localhost/', 'private'],
  ['https://u:p@a.example/', 'password'],
  ['https://a.example/#x', 'fragment'],
  ['ftp://a.example/', 'no-web-address'],
])('with one network allowed, %s is %s', (url, fault) => {
  expect(faultIn(url, internetAnd([network('10.0.0.0/8')]))).toBe(fault);
});

describe('a name', () => {
  let server: Server;
  let heard = 0;
  const hosts: (string | undefined)[] = [];
  let port = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      heard += 1;
      hosts.push(request.headers.host);
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
  const outward = () => ({
    url: `http://somebody.example:${port}/`,
    body: { type: 'text/plain', text: 'a=1' },
  });

  test.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [[]]])(
    'that means %j is not called',
    async (addresses) => {
      const send = sender({ reach: INTERNET, timeoutMs, resolve: resolving(...addresses) });
      await expect(send(outward())).rejects.toThrow(/not allowed|no address/);
      expect(heard).toBe(0);
    },
  );

  test('that cannot be resolved is an error as it is', async () => {
    const send = sender({
      reach: INTERNET,
      timeoutMs,
      resolve: (_hostname, _options, done) => done(new Error('ENOTFOUND'), []),
    });
    await expect(send(outward())).rejects.toThrow('ENOTFOUND');
  });

  test('of this machine is called where the settings allow it', async () => {
    const url = `http://localhost:${port}/`;
    await expect(sender({ reach: INTERNET, timeoutMs })({ url })).rejects.toThrow(/not allowed/);
    expect(heard).toBe(0);
    expect(await sender({ reach: EVERYWHERE, timeoutMs })({ url })).toEqual({ status: 200 });
    expect(heard).toBe(1);
  });

  test('is told to the server as it was written', async () => {
    const named = internetAnd([network('127.0.0.1')]);
    const send = sender({ reach: named, timeoutMs, resolve: resolving('127.0.0.1') });
    expect(await send(outward())).toEqual({ status: 200 });
    expect(hosts.at(-1)).toBe(`somebody.example:${port}`);
  });
});

describe('a server', () => {
  const here = internetAnd([network('127.0.0.1')]);

  async function asked(listener: RequestListener, patienceMs = timeoutMs) {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const send = sender({ reach: here, timeoutMs: patienceMs });
    const answer = await send({ url: `http://127.0.0.1:${port}/` }).catch(whyOf);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return answer;
  }

  test('that sends us elsewhere is not followed', async () => {
    const paths: (string | undefined)[] = [];
    const answer = await asked((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(answer).toEqual({ status: 302 });
    expect(paths).toEqual(['/']);
  });

  test('that says when to come again is understood', async () => {
    const busy = await asked((_request, response) =>
      response.writeHead(503, { 'retry-after': '120' }).end(),
    );
    expect(busy).toEqual({ status: 503, retryAfterS: 120 });
  });

  test('that answers without end is cut off', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const answer = await asked((_request, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    });
    expect(answer).toEqual({ status: 200 });
    await closed;
  });

  test('that says nothing is given up at the deadline', async () => {
    expect(await asked(() => undefined, 50)).toBe('timeout');
  });
});
