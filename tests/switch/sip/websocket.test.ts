import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { formatMessage } from '../../../protocol/sip/format.ts';
import type { SipMessage } from '../../../protocol/sip/message.ts';
import { header } from '../../../protocol/sip/message.ts';
import { parseMessage } from '../../../protocol/sip/parse.ts';
import { createRequest } from '../../../protocol/sip/request.ts';
import { createResponse } from '../../../protocol/sip/response.ts';
import { Mailbox } from './mailbox.ts';
import type { World } from './phones.ts';
import { hangUpAll, requestText, startEndpoint } from './phones.ts';

const VIA = 'WS a1b2c3.invalid';
const browsers: WebSocket[] = [];

afterEach(async () => {
  for (const each of browsers.splice(0)) each.terminate();
  await hangUpAll();
});

interface Browser {
  readonly socket: WebSocket;
  readonly got: Mailbox<SipMessage | string>;
  /** The close code. */
  readonly closed: Promise<number>;
}

async function openBrowser(
  world: World,
  protocol = 'sip',
  origin = 'https://example.com',
): Promise<Browser> {
  const url = `ws://127.0.0.1:${world.endpoint.wsPort}/`;
  const socket = new WebSocket(url, protocol, { origin });
  browsers.push(socket);
  const got = new Mailbox<SipMessage | string>();
  socket.on('message', (data) => {
    const bytes = data as Buffer;
    got.put(bytes.length < 5 ? bytes.toString() : parseMessage(bytes));
  });
  const closed = new Promise<number>((done) => socket.once('close', done));
  await once(socket, 'open');
  return { socket, got, closed };
}

async function browserAtEndpoint(options: Parameters<typeof startEndpoint>[0] = {}) {
  const world = await startEndpoint({ wsPort: 0, ...options });
  return { world, browser: await openBrowser(world) };
}

describe('the handshake', () => {
  test('takes the subprotocol sip', async () => {
    expect((await browserAtEndpoint()).browser.socket.protocol).toBe('sip');
  });

  test('without it is refused', async () => {
    const world = await startEndpoint({ wsPort: 0 });
    await expect(openBrowser(world, 'chat')).rejects.toThrow(/40[13]/);
  });

  test('from a page of another origin is refused', async () => {
    const world = await startEndpoint({
      wsPort: 0,
      allowsOrigin: (origin) => origin === 'https://example.com',
    });
    await expect(openBrowser(world, 'sip', 'https://evil.example')).rejects.toThrow(/40[13]/);
    await openBrowser(world);
  });

  test('no port is opened where none was asked for', async () => {
    expect((await startEndpoint()).endpoint.wsPort).toBeUndefined();
  });
});

describe('a browser', () => {
  for (const binary of [false, true]) {
    test(`is heard and answered on its WebSocket; binary frames: ${binary}`, async () => {
      const { world, browser } = await browserAtEndpoint();
      browser.socket.send(requestText({ method: 'OPTIONS', via: VIA }), { binary });
      const { request, flow, respond } = await world.request();
      expect(flow).toMatchObject({ transport: 'ws', address: '127.0.0.1' });
      respond(createResponse(request, 200, { toTag: 't' }));
      expect(await browser.got.next()).toMatchObject({ kind: 'response', status: 200 });
    });
  }

  test('needs no Content-Length, for the frame has the length', async () => {
    const { world, browser } = await browserAtEndpoint();
    const text = requestText({ method: 'MESSAGE', via: VIA, body: 'zoë' });
    browser.socket.send(text.replace(/Content-Length.*\r\n/, ''));
    expect((await world.request()).request.body).toBe('zoë');
  });

  test('can be called on its connection, named or by where it comes from, and nowhere else', async () => {
    const { world, browser } = await browserAtEndpoint();
    browser.socket.send(requestText({ method: 'OPTIONS', via: VIA }));
    const { flow } = await world.request();
    const invite = createRequest({
      method: 'INVITE',
      uri: 'sip:b@a1b2c3.invalid;transport=ws',
      from: '<sip:7000@127.0.0.1>;tag=1',
      to: '<sip:b@127.0.0.1>',
      callId: 'c1',
      cseq: 1,
    });
    const { news } = world.call(invite, flow);
    const heard = await browser.got.next();
    if (typeof heard === 'string' || heard.kind !== 'request') throw new Error('no request');
    expect(header(heard, 'Via')).toContain(`SIP/2.0/WS 127.0.0.1:${world.endpoint.wsPort}`);
    browser.socket.send(formatMessage(createResponse(heard, 486, { toTag: 't' })));
    expect(await news.next()).toBe('486');
    const { transport, address } = flow;
    expect(await world.call(invite, { transport, address, port: 1 }).news.next()).toBe('transport');
  });

  test('that goes away fails what was under way, and is reported', async () => {
    const { world, browser } = await browserAtEndpoint();
    browser.socket.send(requestText({ method: 'OPTIONS', via: VIA }));
    const { flow } = await world.request();
    browser.socket.terminate();
    expect(await world.heard.next()).toEqual({ kind: 'closed', flow });
    expect(world.endpoint.dump().connections).toBe(0);
  });

  test('has its keep-alive answered', async () => {
    const { browser } = await browserAtEndpoint();
    browser.socket.send('\r\n\r\n');
    expect(await browser.got.next()).toBe('\r\n');
  });

  test('that sends a malformed request is answered 400 and kept', async () => {
    const { world, browser } = await browserAtEndpoint();
    browser.socket.send(requestText({ method: 'OPTIONS', via: VIA, cseq: '1 BYE' }));
    expect(await browser.got.next()).toMatchObject({ status: 400 });
    browser.socket.send(requestText({ method: 'OPTIONS', via: VIA }));
    await world.request();
  });

  const offences: readonly (readonly [string, string | Buffer, number])[] = [
    ['two messages in a frame', requestText({ method: 'OPTIONS', via: VIA }).repeat(2), 1002],
    ['no SIP at all', 'hello', 1002],
    ['more than 64 KiB', 'x'.repeat(65_536), 1009],
  ];
  for (const [name, data, code] of offences) {
    test(`that sends ${name} is closed with ${code}`, async () => {
      const { browser } = await browserAtEndpoint();
      browser.socket.send(data);
      expect(await browser.closed).toBe(code);
    });
  }

  test('that does not mask its frames is closed with 1002', async () => {
    const world = await startEndpoint({ wsPort: 0 });
    const socket = connect(world.endpoint.wsPort ?? 0, '127.0.0.1');
    socket.write(
      'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(socket, 'data');
    socket.write(Buffer.from([0x81, 0x02, 0x68, 0x69]));
    const [frame] = (await once(socket, 'data')) as [Buffer];
    expect([frame[0], frame.readUInt16BE(2)]).toEqual([0x88, 1002]);
    socket.destroy();
  });
});
