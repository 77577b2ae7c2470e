import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { header } from '../../../protocol/sip/message.ts';
import type { SipMessage } from '../../../protocol/sip/message.ts';
import { parseMessage } from '../../../protocol/sip/parse.ts';
import { createRequest } from '../../../protocol/sip/request.ts';
import { createResponse } from '../../../protocol/sip/response.ts';
import { hangUpAll, requestText, startEndpoint, tcpPhone } from './phones.ts';

afterEach(hangUpAll);

const status = (message: SipMessage) =>
  message.kind === 'response' ? message.status : message.method;
const outgoing = (method: string, callId: string) =>
  createRequest({
    method,
    uri: 'sip:desk@127.0.0.1',
    from: '<sip:7000@127.0.0.1>;tag=f1',
    to: '<sip:desk@127.0.0.1>',
    callId,
    cseq: 1,
  });

async function phoneAtEndpoint(options: Parameters<typeof startEndpoint>[0] = {}) {
  const world = await startEndpoint(options);
  const phone = await tcpPhone(world.endpoint.port);
  return { world, phone, via: `TCP 127.0.0.1:${phone.port}` };
}

describe('requests over TCP', () => {
  test('in one chunk or many are each told once, and answered on their connection', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    const first = requestText({ method: 'OPTIONS', via, branch: '1', body: 'zoë' });
    const second = requestText({ method: 'INFO', via, branch: '2' });
    phone.send(`${first}${second.slice(0, 40)}`);
    const one = await world.request();
    expect(one.request.body).toBe('zoë');
    one.respond(createResponse(one.request, 200, { toTag: 't' }));
    phone.send(second.slice(40));
    const two = await world.request();
    two.respond(createResponse(two.request, 200, { toTag: 't' }));
    const answers = [await phone.got.next(), await phone.got.next()];
    expect(answers.map((each) => header(each, 'CSeq'))).toEqual(['1 OPTIONS', '1 INFO']);
    expect(one.flow).toMatchObject({ transport: 'tcp', connection: two.flow.connection });
    expect(world.endpoint.dump()).toEqual({ clients: 0, servers: 0, connections: 1 });
  });

  test('a 200 to a call is sent again over TCP too, until its ACK', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'INVITE', via }));
    const { request, respond } = await world.request();
    respond(createResponse(request, 200, { toTag: 't1' }));
    await phone.got.next();
    expect(status(await phone.got.next())).toBe(200);
    phone.send(requestText({ method: 'ACK', via, branch: '2', toTag: 't1' }));
    expect(await world.heard.next()).toMatchObject({ kind: 'ack' });
  });

  test('a keep-alive is answered', async () => {
    const { phone } = await phoneAtEndpoint();
    phone.send('\r\n\r\n');
    expect(await phone.pongs.next()).toBe(true);
  });

  test('a malformed one is answered 400 and the next is read', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'OPTIONS', via, cseq: '1 BYE' }));
    expect(status(await phone.got.next())).toBe(400);
    phone.send(requestText({ method: 'OPTIONS', via }));
    expect((await world.request()).request.method).toBe('OPTIONS');
  });

  test('two Content-Lengths are answered 400, and the connection closed', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'OPTIONS', via, more: ['l: 9'] }));
    expect(status(await phone.got.next())).toBe(400);
    await phone.closed;
    expect(await world.heard.next()).toMatchObject({ kind: 'closed' });
  });

  test('one that is not finished in time loses its connection', async () => {
    const { world, phone, via } = await phoneAtEndpoint({ limits: { messageMs: 50 } });
    phone.send(requestText({ method: 'OPTIONS', via }).slice(0, -10));
    await phone.closed;
    expect(await world.heard.next()).toMatchObject({ kind: 'closed' });
    expect(world.log[0]).toMatchObject({ fields: { reason: 'message not finished in time' } });
  });

  test('the connection beyond the limit is closed', async () => {
    const { world, phone } = await phoneAtEndpoint({ limits: { connections: 1 } });
    const second = await tcpPhone(world.endpoint.port);
    await second.closed;
    phone.hangUp();
    expect(await world.heard.next()).toMatchObject({ kind: 'closed' });
    const third = await tcpPhone(world.endpoint.port);
    third.send(requestText({ method: 'OPTIONS', via: 'TCP 127.0.0.1' }));
    expect((await world.request()).flow.port).toBe(third.port);
  });
});

describe('requests of ours over TCP', () => {
  test('go over the phone’s own connection where it is named or stands', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'OPTIONS', via }));
    const { flow } = await world.request();
    world.call(outgoing('INFO', 'c1'), flow);
    expect(status(await phone.got.next())).toBe('INFO');
    world.call(outgoing('BYE', 'c2'), { transport: 'tcp', address: '127.0.0.1', port: phone.port });
    expect(header(await phone.got.next(), 'Via')).toContain('SIP/2.0/TCP');
    expect(world.endpoint.dump().connections).toBe(1);
  });

  test('open a connection on demand, one for all, answered both ways', async () => {
    const caller = await startEndpoint();
    const called = await startEndpoint();
    const to = { transport: 'tcp', address: '127.0.0.1', port: called.endpoint.port } as const;
    for (const callId of ['c1', 'c2']) {
      const { news } = caller.call(outgoing('OPTIONS', callId), to);
      const { request, respond } = await called.request();
      respond(createResponse(request, 200, { toTag: 't' }));
      expect(await news.next()).toBe('200');
    }
    expect(caller.endpoint.dump()).toEqual({ clients: 0, servers: 0, connections: 1 });
  });

  test('fail at once where nobody listens', async () => {
    const { world } = await phoneAtEndpoint();
    const deaf = createServer().listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const { port } = deaf.address() as AddressInfo;
    deaf.close();
    await once(deaf, 'close');
    const { news } = world.call(outgoing('INVITE', 'c1'), {
      transport: 'tcp',
      address: '127.0.0.1',
      port,
    });
    expect(await news.next()).toBe('transport');
    expect(world.endpoint.dump().clients).toBe(0);
  });

  test('fail when their connection is lost, and the user is told which', async () => {
    const { world, phone, via } = await phoneAtEndpoint();
    phone.send(requestText({ method: 'OPTIONS', via }));
    const { flow } = await world.request();
    const { news } = world.call(outgoing('INVITE', 'c1'), flow);
    await phone.got.next();
    phone.hangUp();
    expect(await news.next()).toBe('transport');
    expect(await world.heard.next()).toEqual({ kind: 'closed', flow });
    expect(world.endpoint.dump().connections).toBe(0);
  });
});

test('an answer whose connection was lost goes over a new one to the port of its Via', async () => {
  const world = await startEndpoint();
  const back = createServer().listen(0, '127.0.0.1');
  await once(back, 'listening');
  const { port } = back.address() as AddressInfo;
  const phone = await tcpPhone(world.endpoint.port);
  phone.send(requestText({ method: 'OPTIONS', via: `TCP 127.0.0.1:${port}` }));
  const { request, respond } = await world.request();
  phone.hangUp();
  expect(await world.heard.next()).toMatchObject({ kind: 'closed' });
  respond(createResponse(request, 200, { toTag: 't' }));
  const [socket] = (await once(back, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  expect(parseMessage(bytes)).toMatchObject({ status: 200 });
  socket.destroy();
  back.close();
});
