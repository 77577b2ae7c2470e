import { get } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { handshake, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';

let world: TestApi;
let server: WebSocketServer;
let sip: string;
const arrivals: WebSocket[] = [];

beforeEach(async () => {
  arrivals.length = 0;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => arrivals.push(socket));
  const { port } = server.address() as AddressInfo;
  world = await startTestApi({ sipWs: `ws://127.0.0.1:${port}` });
  sip = `${world.api.url}/sip`;
});
afterEach(async () => {
  for (const socket of server.clients) socket.terminate();
  server.close();
  await world.stop();
});

function own(): Record<string, string> {
  return { origin: world.api.url };
}

async function join(): Promise<{ browser: WebSocket; phone: WebSocket }> {
  const browser = new WebSocket(sip.replace(/^http/, 'ws'), 'sip', { headers: own() });
  browser.on('error', () => undefined);
  await new Promise((resolve) => browser.once('open', resolve));
  return { browser, phone: arrivals[0] as WebSocket };
}

function next(socket: WebSocket): Promise<readonly [string, boolean]> {
  return new Promise((resolve) =>
    socket.once('message', (data: Buffer, isBinary) => resolve([data.toString(), isBinary])),
  );
}

function close(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}

test('a closed browser is told by the address that its SIP came from', async () => {
  const told: object[] = [];
  const { port } = server.address() as AddressInfo;
  const watched = await startTestApi({
    sipWs: `ws://127.0.0.1:${port}`,
    onSipLineClosed: (line) => told.push(line),
  });
  const peers: object[] = [];
  server.on('connection', (_socket, { socket }) =>
    peers.push({ address: socket.remoteAddress, port: socket.remotePort }),
  );
  const headers = { origin: watched.api.url };
  const browser = new WebSocket(`${watched.api.url.replace(/^http/, 'ws')}/sip`, 'sip', {
    headers,
  });
  await new Promise((resolve) => browser.once('open', resolve));
  browser.terminate();
  await eventually('told', () => told.length > 0);
  expect(told).toEqual(peers);
  await watched.stop();
});

test('SIP passes both ways, message by message, as text or as bytes', async () => {
  const { browser, phone } = await join();
  expect(browser.protocol).toBe('sip');
  expect(phone.protocol).toBe('sip');
  const heard = next(phone);
  browser.send('OPTIONS sip:x SIP/2.0\r\n\r\nzoë');
  expect(await heard).toEqual(['OPTIONS sip:x SIP/2.0\r\n\r\nzoë', false]);
  const answered = next(browser);
  phone.send(Buffer.from('SIP/2.0 200 OK\r\n\r\n'));
  expect(await answered).toEqual(['SIP/2.0 200 OK\r\n\r\n', true]);
});

test('one side’s end is the other’s, at once', async () => {
  const first = await join();
  const phoneGone = close(first.phone);
  first.browser.close();
  await phoneGone;
  arrivals.length = 0;
  const second = await join();
  const browserGone = close(second.browser);
  second.phone.terminate();
  expect(await browserGone).toBe(1013);
});

test('a browser that vanishes takes its leg with it', async () => {
  const { browser, phone } = await join();
  const phoneGone = close(phone);
  browser.terminate();
  await phoneGone;
});

test('a message larger than SIP allows closes the connection', async () => {
  const { browser, phone } = await join();
  const [browserGone, phoneGone] = [close(browser), close(phone)];
  browser.send('x'.repeat(65_536));
  expect(await browserGone).toBe(1009);
  await phoneGone;
});

test('only our own page, offering sip, gets through', async () => {
  expect(await handshake(sip, ['sip'], own())).toBe(101);
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'x' },
  ])
    expect(await handshake(sip, ['sip'], headers)).toBe(403);
  expect(await handshake(sip, [], own())).toBe(400);
  expect(await handshake(sip, ['partyline.v1'], own())).toBe(400);
  expect(arrivals).toHaveLength(1);
});

test('a SIP server that refuses, or is not there, is told in the handshake', async () => {
  const refusing = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => refusing.once('listening', resolve));
  const { port } = refusing.address() as AddressInfo;
  for (const [sipWs, expected] of [
    [`ws://127.0.0.1:${port}`, 502],
    ['ws://127.0.0.1:1', 502],
    [undefined, 503],
  ] as const) {
    const lonely = await startTestApi({ sipWs });
    const status = await handshake(`${lonely.api.url}/sip`, ['sip'], { origin: lonely.api.url });
    expect(status).toBe(expected);
    await lonely.stop();
  }
  refusing.close();
});

test('a browser that gives up while the SIP server is slow leaves nothing behind', async () => {
  let reached: () => void = () => undefined;
  const reachedOnce = new Promise<void>((resolve) => (reached = resolve));
  let closed: () => void = () => undefined;
  const closedOnce = new Promise<void>((resolve) => (closed = resolve));
  const slow = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('close', closed)
      .resume();
    reached();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => slow.once('listening', resolve));
  const { port } = slow.address() as AddressInfo;
  const lonely = await startTestApi({ sipWs: `ws://127.0.0.1:${port}` });
  const browser = new WebSocket(`${lonely.api.url.replace(/^http/, 'ws')}/sip`, 'sip', {
    headers: { origin: lonely.api.url },
  });
  browser.on('error', () => undefined);
  await reachedOnce;
  browser.terminate();
  await closedOnce;
  await lonely.stop();
  slow.close();
});

test('a handshake that lacks its key is refused, and leaves no connection to the SIP server', async () => {
  const status = await new Promise<number>((resolve) => {
    const headers = {
      ...own(),
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-protocol': 'sip',
      'sec-websocket-version': '13',
    };
    get(sip, { headers }, (response) => resolve(response.statusCode ?? 0));
  });
  expect(status).toBe(400);
  await eventually('the SIP server is left', () => server.clients.size === 0);
});
