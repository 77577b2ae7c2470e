import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { MeetingView } from '../../protocol/http/views.ts';
import { Dice } from '../support/dice.ts';
import { eventually } from '../support/eventually.ts';
import { floodHalfOpen } from '../support/half-open.ts';
import { HTTP_JUNK, JSON_JUNK } from '../support/http-junk.ts';
import { mediaJunk } from '../support/media-junk.ts';
import { openFiles, residentMiB } from '../support/process-view.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { sdpJunk } from '../support/sdp-junk.ts';
import { sipJunk } from '../support/sip-junk.ts';
import { SDP, SipPeer } from '../support/sip-peer.ts';
import { TonePhone } from '../support/tone-phone.ts';
import { UndisturbedCall } from '../support/undisturbed-call.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Other machines, as far as the product can tell. */
const STRANGER = '127.0.0.66';
const FLOODER = '127.0.0.67';
/**
 * A call that is answered and never acknowledged ends after 10 s without RTP; its BYE, which nobody
 * answers, is given up 64*T1 later.
 */
const FORGOTTEN_WITHIN_MS = 50_000;

let call: UndisturbedCall;
let flooded: MeetingView;
const slow: RawConnection[] = [];

beforeAll(async () => {
  call = await UndisturbedCall.begin();
  flooded = await call.product.createMeeting({ name: 'Flooded' });
  slow.push(...(await slowStreams()));
});
afterAll(() => call?.end());
afterEach(() => call.goesOn());

/** Streams that begin and never go on; the product must let go of them. */
async function slowStreams(): Promise<RawConnection[]> {
  const begun: RawConnection[] = [];
  const web = call.product.url.slice('http://'.length);
  for (let n = 0; n < 20; n += 1) {
    const http = await RawConnection.open(web);
    http.send('GET / HTTP/1.1\r\nHost: x\r\nX-Slow:');
    const sip = await RawConnection.open(call.product.sip);
    sip.send('OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1');
    const browser = await RawConnection.open(web);
    browser.send('GET /sip HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n');
    begun.push(http, sip, browser);
  }
  return begun;
}

/** A browser's SIP socket, as our own page opens it. */
async function browserSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${call.product.url.replace('http', 'ws')}/sip`, 'sip', {
    origin: call.product.url,
  });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

// All at once, for what they leave behind is forgotten at its own pace: the rest of the file takes place meanwhile.
test.concurrent('300 INVITEs in 5 s that nobody acknowledges', async () => {
  const { product } = call;
  const heard = await floodHalfOpen({
    from: FLOODER,
    server: product.sip,
    dialled: ['4999', '7000', flooded.codes.join, flooded.id, 'nobody'],
    calls: 300,
    withinMs: 5_000,
  });
  expect(heard.get(200)).toBeGreaterThan(0);
  expect(heard.get(404)).toBeGreaterThan(0);
});

test.concurrent('1,000 SIP datagrams gone wrong', async () => {
  const dice = new Dice(3261);
  const socket = createSocket('udp4').bind(0, STRANGER);
  await once(socket, 'listening');
  let answers = 0;
  socket.on('message', () => (answers += 1));
  const at = {
    transport: 'UDP',
    host: `${STRANGER}:${socket.address().port}`,
    server: call.product.sip,
  };
  for (let n = 0; n < 1000; n += 1) {
    const junk = sipJunk(dice, n, at);
    await new Promise((sent) => socket.send(junk, call.sipPort, '127.0.0.1', sent));
    if (n % 250 === 249) expect(await call.optionsStatus()).toBe(200);
  }
  expect(answers).toBeGreaterThan(100);
  socket.close();
});

test.concurrent('150 SIP streams gone wrong, cut anywhere', async () => {
  const dice = new Dice(18);
  const at = { transport: 'TCP', host: '127.0.0.1:5', server: call.product.sip };
  for (let n = 0; n < 150; n += 1) {
    const stream = await RawConnection.open(call.product.sip);
    const junk = sipJunk(dice, n, at);
    const cut = dice.below(junk.length + 1);
    stream.send(junk.subarray(0, cut));
    if (dice.below(2) === 0) await wait(1);
    stream.send(junk.subarray(cut));
    stream.destroy();
  }
});

test.concurrent('150 SIP frames of browsers gone wrong', async () => {
  const dice = new Dice(7118);
  const at = { transport: 'WS', host: 'x.invalid', server: call.product.sip };
  let socket = await browserSocket();
  for (let n = 0; n < 150; n += 1) {
    if (socket.readyState !== WebSocket.OPEN) socket = await browserSocket();
    const junk = sipJunk(dice, n, at);
    const binary = dice.below(2) === 0;
    const isText = Buffer.from(junk.toString()).equals(junk);
    await new Promise((sent) => socket.send(junk, { binary: binary || !isText }, sent));
  }
  socket.terminate();
});

test.concurrent('120 session descriptions gone wrong, in new calls', async () => {
  const dice = new Dice(4566);
  const phone = await SipPeer.udp(call.sipPort);
  phone.onRequest = (request) => {
    if (request.method === 'BYE') phone.answer(request, 200);
  };
  const statuses = new Map<number, number>();
  for (let n = 0; n < 120; n += 1) {
    const invite = phone.send(
      phone.compose('INVITE', `sip:${call.target.codes.join}@${call.product.sip}`, {
        body: sdpJunk(dice, SDP(4000)),
        headers: [{ name: 'Content-Type', value: 'application/sdp' }],
      }),
    );
    const answer = await phone.response('INVITE', undefined, 10_000);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const dialog = phone.ack(invite, answer);
    if (answer.status === 200) {
      phone.inDialog(dialog, 'BYE');
      await phone.response('BYE');
    }
  }
  expect([...statuses.keys()].filter((status) => ![200, 400, 415, 488].includes(status))).toEqual(
    [],
  );
  phone.close();
  await call.targetIsEmpty();
});

test.concurrent('60 session descriptions gone wrong, within a call', async () => {
  const dice = new Dice(3264);
  const carla = await TonePhone.dial(call.product, call.target, 770);
  for (let n = 0; n < 60; n += 1) {
    const status = await carla.offer(sdpJunk(dice, carla.media.sdp()));
    expect([200, 400, 415, 488], `offer ${n}, seed ${dice.seed}`).toContain(status);
  }
  expect(await carla.offer(carla.media.sdp('sendrecv'))).toBe(200);
  await carla.hangUp();
  await call.targetIsEmpty();
});

test.concurrent('1,000 datagrams of media junk at the ports of the call', async () => {
  const dice = new Dice(3550);
  const socket = createSocket('udp4').bind(0, STRANGER);
  await once(socket, 'listening');
  let stolen = 0;
  socket.on('message', () => (stolen += 1));
  for (let n = 0; n < 500; n += 1) {
    const junk = mediaJunk(dice, call.anna.media.ssrc);
    for (const { port } of [call.anna.media.target, call.bert.media.target]) {
      await new Promise((sent) => socket.send(junk, port + dice.below(2), '127.0.0.1', sent));
    }
  }
  await call.isHeard();
  expect(stolen).toBe(0);
  socket.close();
});

test.each(HTTP_JUNK)('HTTP: $name', async ({ bytes, answers }) => {
  const web = await RawConnection.open(call.product.url.slice('http://'.length));
  web.send(bytes);
  const heard = await web.hears(/^HTTP[^]*\r\n\r\n/);
  web.destroy();
  expect(heard).toMatch(answers);
  expect(heard).not.toMatch(/^HTTP\/1\.1 5/m);
});

test.each(JSON_JUNK)('JSON: $name', async ({ body, type = 'application/json' }) => {
  for (const path of ['/meetings', '/accounts', `/meetings/${call.target.id}/tickets`]) {
    const response = await fetch(`${call.product.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${call.product.adminKey}`, 'content-type': type },
      body,
    });
    expect([400, 413, 415]).toContain(response.status);
  }
});

test('a handshake from a foreign page is refused, at both doors', async () => {
  const at = call.product.url.replace('http', 'ws');
  const cookie = await consoleCookie();
  expect(await handshake(`${at}/sip`, 'sip', { origin: 'https://evil.example' })).toBe(403);
  expect(await handshake(`${at}/sip`, 'sip', { origin: 'null' })).toBe(403);
  expect(await handshake(`${at}/sip`, 'sip', {})).toBe(403);
  expect(await handshake(`${at}/sip`, undefined, { origin: call.product.url })).toBe(400);
  expect(await handshake(`${at}/sip`, 'sipx', { origin: call.product.url })).toBe(400);
  const events = `${at}/api/v1/events`;
  expect(await handshake(events, 'partyline.v1', { origin: call.product.url })).toBe(401);
  expect(await handshake(events, 'partyline.v1', { origin: 'https://evil.example', cookie })).toBe(
    403,
  );
  expect(await handshake(events, 'partyline.v1', { origin: call.product.url, cookie })).toBe(101);
  expect(await handshake(`${at}/nowhere`, 'sip', { origin: call.product.url })).toBe(404);
});

async function consoleCookie(): Promise<string> {
  const response = await fetch(`${call.product.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: call.product.url },
    body: JSON.stringify({ key: call.product.adminKey }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

test('frames that break RFC 6455 or are too large close their own socket only', async () => {
  for (const [name, frame] of BROKEN_FRAMES) {
    const raw = await RawConnection.open(call.product.url.slice('http://'.length));
    raw.send(upgradeTo('/sip', call.product.url));
    await raw.hears(/\r\n\r\n/);
    expect(raw.heard, name).toMatch(/^HTTP\/1\.1 101 /);
    raw.send(frame);
    await raw.closed;
  }
});

test('a SIP message split into single bytes and frames is read all the same', async () => {
  const options = [
    `OPTIONS sip:7000@${call.product.sip} SIP/2.0`,
    'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK-split',
    'From: <sip:v@x.invalid>;tag=1',
    `To: <sip:7000@${call.product.sip}>`,
    'Call-ID: split',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
  const socket = await browserSocket();
  const answer = once(socket, 'message') as Promise<[Buffer]>;
  for (let at = 0; at < options.length; at += 1) {
    socket.send(options.charAt(at), { fin: at === options.length - 1 });
  }
  expect((await answer)[0].toString()).toMatch(/^SIP\/2\.0 200 /);
  socket.terminate();
  const stream = await RawConnection.open(call.product.sip);
  for (const byte of options.replace('/WS', '/TCP')) stream.send(byte);
  expect(await stream.hears(/\r\n\r\n/)).toMatch(/^SIP\/2\.0 200 /);
  stream.destroy();
});

test('slow streams were let go, and nothing was kept', { timeout: 120_000 }, async () => {
  const { pid, atStart } = call;
  await Promise.all(slow.map((each) => each.closed));
  await eventually(
    'sockets and files are closed',
    () => openFiles(pid) <= atStart.files + 3,
    FORGOTTEN_WITHIN_MS,
  );
  await eventually(
    'transactions and calls have run out',
    async () => (await call.timers()) <= atStart.timers + 15,
    FORGOTTEN_WITHIN_MS,
  );
  expect(residentMiB(pid)).toBeLessThan(atStart.memoryMiB + 150);
  const metrics = await (await fetch(`${call.product.url}/metrics`)).text();
  expect(metrics).toMatch(/^partyline_participants 2$/m);
  expect(metrics).toMatch(/^partyline_feed_sockets 0$/m);
  const lines = call.product.printed.slice(atStart.printed).split('\n');
  expect(lines.length).toBeLessThan(400);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2_000);
  expect(call.product.printed).not.toMatch(/Error:|    at .*\.ts:/);
  for (const secret of [
    call.meeting.codes.join,
    call.meeting.codes.moderator,
    call.target.codes.join,
    flooded.codes.join,
  ]) {
    expect(call.product.printed).not.toContain(secret);
  }
});

function handshake(
  url: string,
  protocol: string | undefined,
  headers: Record<string, string>,
): Promise<number> {
  const socket = new WebSocket(url, protocol === undefined ? [] : [protocol], { headers });
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.once('open', () => {
      resolve(101);
      socket.close();
    });
  });
}

function upgradeTo(path: string, origin: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${origin.slice('http://'.length)}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: sip',
    '\r\n',
  ].join('\r\n');
}

const MASK = '00000000';
const BROKEN_FRAMES: readonly (readonly [string, Buffer])[] = [
  ['not masked', Buffer.from('810148', 'hex')],
  ['a reserved bit', Buffer.from(`c181${MASK}48`, 'hex')],
  ['a reserved opcode', Buffer.from(`8381${MASK}48`, 'hex')],
  ['a continuation of nothing', Buffer.from(`8081${MASK}48`, 'hex')],
  ['a ping in pieces', Buffer.from(`0981${MASK}48`, 'hex')],
  ['a ping too long', Buffer.concat([Buffer.from(`89fe007e${MASK}`, 'hex'), Buffer.alloc(126)])],
  ['a length of 2^63', Buffer.from(`81ff8000000000000000${MASK}`, 'hex')],
  ['a length of 2^53', Buffer.from(`81ff0020000000000000${MASK}`, 'hex')],
  ['a length of 1 MiB', Buffer.from(`81ff0000000000100000${MASK}`, 'hex')],
  ['text that is no UTF-8', Buffer.from(`8182${MASK}c328`, 'hex')],
];
