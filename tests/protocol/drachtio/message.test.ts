import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DrachtioProtocolError } from '../../../protocol/drachtio/frame.ts';
import type { ClientMessage, WireMeta } from '../../../protocol/drachtio/message.ts';
import {
  formatNewRequest,
  formatOk,
  formatRefusal,
  formatRequestSent,
  formatResponseSent,
  formatSipEvent,
  parseClientMessage,
} from '../../../protocol/drachtio/message.ts';

const MESSAGES: readonly { text: string; message: ClientMessage }[] = [
  {
    text: '1|authenticate|cymru|a,b',
    message: { kind: 'authenticate', id: '1', secret: 'cymru', tags: ['a', 'b'] },
  },
  {
    text: '1|authenticate|cymru|',
    message: { kind: 'authenticate', id: '1', secret: 'cymru', tags: [] },
  },
  { text: '2|route|INVITE', message: { kind: 'route', id: '2', method: 'invite' } },
  { text: '3|remove_route|info', message: { kind: 'remove-route', id: '3', method: 'info' } },
  { text: '4|ping', message: { kind: 'ping', id: '4' } },
  {
    text: '5|sip|tx|\r\nSIP/2.0 200 OK\r\ncseq: 1 INVITE\r\n\r\nv=0\r\n',
    message: {
      kind: 'sip',
      id: '5',
      transactionId: 'tx',
      dialogId: '',
      routeUri: '',
      text: 'SIP/2.0 200 OK\r\ncseq: 1 INVITE\r\n\r\nv=0\r\n',
    },
  },
  {
    text: '6|sip||abc;from-tag=x|sip:proxy\r\nBYE sip:placeholder SIP/2.0\r\n\r\n',
    message: {
      kind: 'sip',
      id: '6',
      transactionId: '',
      dialogId: 'abc;from-tag=x',
      routeUri: 'sip:proxy',
      text: 'BYE sip:placeholder SIP/2.0\r\n\r\n',
    },
  },
  {
    text: '7|proxy|tx|remainInDialog|fullResponse|||serial|||sip:a',
    message: { kind: 'proxy', id: '7', transactionId: 'tx' },
  },
  { text: '8|dance', message: { kind: 'unknown', id: '8', command: 'dance' } },
];
for (const { text, message } of MESSAGES) {
  test(`an application says ${JSON.stringify(text.slice(0, 40))}`, () => {
    expect(parseClientMessage(text)).toEqual(message);
  });
}

for (const text of ['', 'abc', '|ping', 'id|', '\r\n']) {
  test(`${JSON.stringify(text)} has nobody to answer to`, () => {
    expect(() => parseClientMessage(text)).toThrow(DrachtioProtocolError);
  });
}

test('any other text reads or is refused, and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseClientMessage(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DrachtioProtocolError);
      }
    }),
    { seed: 2, numRuns: 1000 },
  );
});

const meta: WireMeta = {
  source: 'network',
  bytes: 300,
  protocol: 'udp',
  address: '10.0.0.1',
  port: 5062,
  time: '12:30:00.123000',
};
const event = { meta, transactionId: 'tx', text: 'INVITE …' };

/** The places that drachtio-srf reads tokens from (lib/drachtio-agent.js, `_onMsg`). */
const SENT = [
  {
    name: 'a welcome',
    text: formatOk('9', '1', 'udp/1.2.3.4:5060', 'v0.9.3', ''),
    wire: '9|response|1|OK|udp/1.2.3.4:5060|v0.9.3|',
  },
  {
    name: 'a refused command',
    text: formatRefusal('9', '1', 'NO', 'why'),
    wire: '9|response|1|NO|why',
  },
  {
    name: 'a new request, with the address it came in on',
    text: formatNewRequest('9', event, { address: '10.0.0.9', port: 5060 }),
    wire: '9|sip|network|300|udp|10.0.0.1|5062|12:30:00.123000|tx||10.0.0.9|5060|\r\nINVITE …',
  },
  {
    name: 'a request in a dialog',
    text: formatSipEvent('9', { ...event, dialogId: 'd' }),
    wire: '9|sip|network|300|udp|10.0.0.1|5062|12:30:00.123000|tx|d|\r\nINVITE …',
  },
  {
    name: 'the receipt of a request',
    text: formatRequestSent('9', '1', { ...event, meta: { ...meta, source: 'application' } }),
    wire: '9|response|1|OK|application|300|udp|10.0.0.1|5062|12:30:00.123000|tx|Msg sent:|\r\nINVITE …',
  },
  {
    name: 'the receipt of a response',
    text: formatResponseSent('9', '1', { ...event, dialogId: 'd' }),
    wire: '9|response|1|OK|network|300|udp|10.0.0.1|5062|12:30:00.123000|tx|d||Msg sent:|\r\nINVITE …',
  },
];
for (const { name, text, wire } of SENT) {
  test(`${name} has drachtio-server's form`, () => {
    expect(text).toBe(wire);
  });
}
