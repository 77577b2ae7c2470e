import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { header, headerValues } from '../../../protocol/sip/message.ts';
import type { SipMessage } from '../../../protocol/sip/message.ts';
import { createRequest } from '../../../protocol/sip/request.ts';
import { createResponse } from '../../../protocol/sip/response.ts';
import { hangUpAll, requestText, startEndpoint, udpPhone } from './phones.ts';

afterEach(hangUpAll);

const status = (message: SipMessage) =>
  message.kind === 'response' ? message.status : message.method;
const ok = { toTag: 't1', headers: [{ name: 'Contact', value: '<sip:7000@127.0.0.1>' }] };

async function phoneAtEndpoint(options: Parameters<typeof startEndpoint>[0] = {}) {
  const world = await startEndpoint(options);
  const phone = await udpPhone();
  const via = `UDP 127.0.0.1:${phone.port};rport`;
  return { world, phone, via, to: { port: world.endpoint.port } };
}

describe('a request over UDP', () => {
  test('comes with its source, marked in its Via, and is answered there', async () => {
    const { world, phone, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'OPTIONS', via: 'UDP 10.1.2.3:9;rport' }), to);
    const { request, flow, respond } = await world.request();
    expect(flow).toMatchObject({ transport: 'udp', address: '127.0.0.1', port: phone.port });
    expect(flow).toMatchObject({ localAddress: '127.0.0.1', localPort: to.port });
    expect(header(request, 'Via')).toContain(`rport=${phone.port};`);
    expect(header(request, 'Via')).toContain('received=127.0.0.1');
    respond(createResponse(request, 200, ok));
    expect(status(await phone.got.next())).toBe(200);
  });

  test('without rport is answered at the port of its Via, at its source address', async () => {
    const { world, phone, to } = await phoneAtEndpoint();
    const sender = await udpPhone();
    sender.send(requestText({ method: 'OPTIONS', via: `UDP 192.0.2.55:${phone.port}` }), to);
    const { request, respond } = await world.request();
    respond(createResponse(request, 200, ok));
    expect(header(await phone.got.next(), 'Via')).toContain('received=127.0.0.1');
  });

  test('that comes again is answered again, and told once', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    const text = requestText({ method: 'OPTIONS', via });
    phone.send(text, to);
    const { request, respond } = await world.request();
    respond(createResponse(request, 200, ok));
    await phone.got.next();
    phone.send(text, to);
    expect(status(await phone.got.next())).toBe(200);
    expect(world.heard.kept).toEqual([]);
  });

  test.skipIf(spawnSync('sipsak', ['--version']).error)('of sipsak is answered', async () => {
    const { world, to } = await phoneAtEndpoint();
    const sipsak = spawn('sipsak', ['-s', `sip:7000@127.0.0.1:${to.port}`]);
    const { request, respond } = await world.request();
    respond(createResponse(request, 200, ok));
    expect(await once(sipsak, 'exit')).toEqual([0, null]);
  });
});

describe('a call over UDP', () => {
  test('has 100 sent for a slow user, and its 200 sent again until the ACK', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'INVITE', via }), to);
    const { request, respond } = await world.request();
    expect(status(await phone.got.next())).toBe(100);
    respond(createResponse(request, 200, ok));
    for (let n = 0; n < 3; n += 1) expect(status(await phone.got.next())).toBe(200);
    const ack = requestText({ method: 'ACK', via, branch: 'b2', toTag: 't1' });
    phone.send(ack, to);
    phone.send(ack, to);
    const heard = await world.heard.next();
    expect(heard).toMatchObject({ kind: 'ack', request: { method: 'ACK' } });
    phone.send(requestText({ method: 'OPTIONS', via, branch: 'b3' }), to);
    expect(await world.heard.next()).toMatchObject({ kind: 'request' });
  });

  test('whose 200 nobody acknowledges is reported after 64*T1, and forgotten', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'INVITE', via }), to);
    const invite = await world.request();
    invite.respond(createResponse(invite.request, 200, ok));
    expect(await world.heard.next()).toEqual({ kind: 'timeout', transaction: invite });
    expect(world.endpoint.dump().servers).toBe(0);
  });

  test('refused is over with the ACK, which nobody is told', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'INVITE', via }), to);
    const { request, respond } = await world.request();
    respond(createResponse(request, 486, { toTag: 't1' }));
    expect(status(await phone.got.nextWhere((each) => status(each) !== 100))).toBe(486);
    phone.send(requestText({ method: 'ACK', via, toTag: 't1' }), to);
    phone.send(requestText({ method: 'OPTIONS', via, branch: 'b3' }), to);
    expect(await world.heard.next()).toMatchObject({ kind: 'request' });
  });

  test('cancelled: the CANCEL is answered 200 with the same tag, and the user told', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'INVITE', via }), to);
    const invite = await world.request();
    invite.respond(createResponse(invite.request, 180, { toTag: 't1' }));
    const cancel = requestText({ method: 'CANCEL', via });
    phone.send(cancel, to);
    expect(await world.heard.next()).toEqual({ kind: 'cancel', invite });
    const answer = await phone.got.nextWhere((each) => header(each, 'CSeq') === '1 CANCEL');
    expect([status(answer), header(answer, 'To')]).toEqual([200, '<sip:7000@127.0.0.1>;tag=t1']);
    invite.respond(createResponse(invite.request, 487, { toTag: 't1' }));
    expect(status(await phone.got.next())).toBe(487);
    phone.send(cancel, to);
    await phone.got.nextWhere((each) => header(each, 'CSeq') === '1 CANCEL');
    expect(world.heard.kept).toEqual([]);
  });

  test('of nobody cannot be cancelled: 481', async () => {
    const { phone, via, to } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'CANCEL', via }), to);
    expect(status(await phone.got.next())).toBe(481);
  });
});

describe('a call that we make over UDP', () => {
  const invite = createRequest({
    method: 'INVITE',
    uri: 'sip:desk@127.0.0.1',
    from: '<sip:7000@127.0.0.1>;tag=f1',
    to: '<sip:desk@127.0.0.1>',
    callId: 'out-1',
    cseq: 1,
  });

  test('is resent until it rings, can be cancelled, and its refusal is acknowledged', async () => {
    const { world, phone } = await phoneAtEndpoint();
    const there = { transport: 'udp', address: '127.0.0.1', port: phone.port } as const;
    const { transaction, news } = world.call(invite, there);
    const first = await phone.got.next();
    const again = await phone.got.next();
    expect(again).toEqual(first);
    expect(headerValues(first, 'Via')).toHaveLength(1);
    expect(header(first, 'Via')).toContain(
      `SIP/2.0/UDP ${world.endpoint.contactHost};branch=z9hG4bK`,
    );
    if (first.kind !== 'request') throw new Error('a request was awaited');
    const { port } = world.endpoint;
    const answer = (code: number) => {
      const { headers } = createResponse(first, code, { toTag: 'p1' });
      const lines = headers.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
      phone.send(`SIP/2.0 ${code} x\r\n${lines}\r\n`, { port });
    };
    transaction.cancel();
    answer(180);
    expect(await news.next()).toBe('180');
    const cancel = await phone.got.nextWhere((each) => status(each) === 'CANCEL');
    expect(header(cancel, 'Via')).toBe(header(first, 'Via'));
    answer(487);
    expect(await news.next()).toBe('487');
    const ack = await phone.got.nextWhere((each) => status(each) === 'ACK');
    expect(header(ack, 'To')).toContain('tag=p1');
  });

  test('that nobody answers fails after 64*T1', async () => {
    const { world, phone } = await phoneAtEndpoint();
    const there = { transport: 'udp', address: '127.0.0.1', port: phone.port } as const;
    expect(await world.call(invite, there).news.next()).toBe('timeout');
    expect(world.endpoint.dump().clients).toBe(0);
  });

  test('to a port that cannot be fails at once', async () => {
    const { world } = await phoneAtEndpoint();
    const nowhere = { transport: 'udp', address: '127.0.0.1', port: 0 } as const;
    expect(await world.call(invite, nowhere).news.next()).toBe('transport');
  });

  test('an ACK to a 200 goes out once, under a branch of its own', async () => {
    const { world, phone } = await phoneAtEndpoint();
    const ack = createRequest({
      ...{ method: 'ACK', uri: 'sip:desk@127.0.0.1' },
      from: '<sip:a@b>;tag=1',
      to: '<sip:c@d>;tag=2',
      callId: 'x',
      cseq: 1,
    });
    world.endpoint.send(ack, { transport: 'udp', address: '127.0.0.1', port: phone.port });
    expect(header(await phone.got.next(), 'Via')).toMatch(/;branch=z9hG4bK\w{8,}/);
    expect(world.endpoint.dump().clients).toBe(0);
  });
});

describe('what cannot be taken', () => {
  test('a malformed request is answered 400 and logged, once in a while', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    for (let n = 0; n < 20; n += 1) {
      phone.send(requestText({ method: 'OPTIONS', via, branch: `m${n}`, cseq: '1 INVITE' }), to);
      expect(status(await phone.got.next())).toBe(400);
    }
    expect(world.log).toHaveLength(1);
    expect(world.log[0]).toMatchObject({
      level: 'warn',
      fields: { reason: 'CSeq names another method' },
    });
  });

  test('noise, keep-alives, malformed and stray responses get no answer', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint();
    for (const text of [
      '\r\n\r\n',
      '\0\0\0\0',
      'GET / HTTP/1.1\r\n\r\n',
      'SIP/2.0 999 x\r\n\r\n',
    ]) {
      phone.send(text, to);
    }
    phone.send(requestText({ method: 'OPTIONS', via }).replace(/^.*/, 'SIP/2.0 200 OK'), to);
    phone.send(requestText({ method: 'OPTIONS', via, cseq: '1 BYE' }), to);
    expect(status(await phone.got.next())).toBe(400);
    expect(phone.got.kept).toEqual([]);
    expect(world.heard.kept).toEqual([]);
  });

  test('a scheme that is no telephone’s is answered 416, an unknown Require 420, a method 501', async () => {
    const abilities = { methods: ['INVITE', 'OPTIONS'], extensions: ['timer'] };
    const { phone, via, to } = await phoneAtEndpoint({ abilities });
    phone.send(requestText({ method: 'OPTIONS', via, branch: '1', uri: 'soap.beep://a' }), to);
    expect(status(await phone.got.next())).toBe(416);
    phone.send(
      requestText({ method: 'OPTIONS', via, branch: '2', more: ['Require: timer, x'] }),
      to,
    );
    const refused = await phone.got.next();
    expect([status(refused), headerValues(refused, 'Unsupported')]).toEqual([420, ['x']]);
    phone.send(requestText({ method: 'REFER', via, branch: '3' }), to);
    expect(headerValues(await phone.got.next(), 'Allow')).toEqual(['INVITE', 'OPTIONS']);
  });

  test('more calls than the table holds are answered 503 with Retry-After', async () => {
    const { world, phone, via, to } = await phoneAtEndpoint({ limits: { transactions: 1 } });
    phone.send(requestText({ method: 'OPTIONS', via, branch: '1' }), to);
    await world.request();
    phone.send(requestText({ method: 'OPTIONS', via, branch: '2' }), to);
    expect(header(await phone.got.next(), 'Retry-After')).toBe('5');
  });
});
