import { describe, expect, test } from 'vitest';
import type { Dialog } from '../../../protocol/sip/dialog.ts';
import {
  checkDialogRequest,
  ackForAnswer,
  confirm,
  dialogId,
  dialogOfClient,
  dialogOfServer,
  idOf,
  nextHop,
  nextRequest,
  receiveRequest,
  receiveResponse,
} from '../../../protocol/sip/dialog.ts';
import { header, headerValues, withHeader, withoutHeader } from '../../../protocol/sip/message.ts';
import { createRequest, withTopVia } from '../../../protocol/sip/request.ts';
import { createResponse } from '../../../protocol/sip/response.ts';

const INVITE = withTopVia(
  createRequest({
    method: 'INVITE',
    uri: 'sip:7000@example.com',
    from: '"Alice" <sip:alice@example.com>;tag=a1',
    to: '<sip:7000@example.com>',
    callId: 'call-1',
    cseq: 20,
    contact: '<sip:alice@192.0.2.9:5062>',
    headers: [
      { name: 'Record-Route', value: '<sip:p2.example.com;lr>' },
      { name: 'Record-Route', value: '<sip:p1.example.com;lr>' },
    ],
  }),
  'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx',
);
const OK = createResponse(INVITE, 200, {
  toTag: 'b1',
  headers: [{ name: 'Contact', value: '<sip:7000@192.0.2.1:5060;transport=tcp>' }],
});

const caller = dialogOfClient(INVITE, OK);
const called = dialogOfServer(INVITE, OK);

function accepted(dialog: Dialog, request: Parameters<typeof receiveRequest>[1]): Dialog {
  const received = receiveRequest(dialog, request);
  if (received.kind !== 'accepted') throw new Error(`refused ${received.status}`);
  return received.dialog;
}

describe('both ends of a call', () => {
  test('have the same tags crosswise, and each other’s Contact for a target', () => {
    expect([caller.localTag, caller.remoteTag]).toEqual(['a1', 'b1']);
    expect([called.localTag, called.remoteTag]).toEqual(['b1', 'a1']);
    expect(caller.remoteTarget).toBe('sip:7000@192.0.2.1:5060;transport=tcp');
    expect(called.remoteTarget).toBe('sip:alice@192.0.2.9:5062');
  });

  test('route through the proxies, each nearest first', () => {
    expect(called.routeSet).toEqual(['<sip:p2.example.com;lr>', '<sip:p1.example.com;lr>']);
    expect(caller.routeSet).toEqual(['<sip:p1.example.com;lr>', '<sip:p2.example.com;lr>']);
    expect(nextHop(caller)).toBe('sip:p1.example.com;lr');
    expect(nextHop({ ...caller, routeSet: [] })).toBe(caller.remoteTarget);
  });

  test('understand each other’s requests', () => {
    const [, bye] = nextRequest(caller, 'BYE');
    expect(bye).toMatchObject({ method: 'BYE', uri: 'sip:7000@192.0.2.1:5060;transport=tcp' });
    expect(header(bye, 'CSeq')).toBe('21 BYE');
    expect(headerValues(bye, 'Route')).toEqual(caller.routeSet);
    expect(receiveRequest(called, bye).kind).toBe('accepted');
    const [, back] = nextRequest(called, 'BYE');
    expect(header(back, 'CSeq')).toBe('1 BYE');
    expect(receiveRequest(caller, back).kind).toBe('accepted');
  });

  test('find their dialog by any message of it', () => {
    const [, bye] = nextRequest(caller, 'BYE');
    expect(dialogId(bye, 'sent')).toBe(idOf(caller));
    expect(dialogId(bye, 'received')).toBe(idOf(called));
    expect(dialogId(OK, 'received')).toBe(idOf(caller));
    expect(dialogId(OK, 'sent')).toBe(idOf(called));
  });
});

describe('requests within a call', () => {
  test('are numbered one after the other, and the ACK has its INVITE’s number', () => {
    const [second, info] = nextRequest(caller, 'INFO', { body: 'x' });
    const [, invite] = nextRequest(second, 'INVITE', { contact: '<sip:alice@192.0.2.9>' });
    expect([info, invite].map((each) => header(each, 'CSeq'))).toEqual(['21 INFO', '22 INVITE']);
    expect(header(ackForAnswer(caller, 22), 'CSeq')).toBe('22 ACK');
  });

  test('out of order are answered 500, after a gap accepted', () => {
    const [third, first] = nextRequest(caller, 'INFO');
    const [, second] = nextRequest({ ...third, localCSeq: 30 }, 'INFO');
    const after = accepted(called, second);
    expect(receiveRequest(after, first)).toEqual({ kind: 'refused', status: 500 });
    expect(receiveRequest(after, second)).toEqual({ kind: 'refused', status: 500 });
    expect(after.remoteCSeq).toBe(31);
  });

  test('with another tag or Call-ID are answered 481', () => {
    const [, bye] = nextRequest(caller, 'BYE');
    for (const [name, value] of [
      ['From', '<sip:alice@example.com>;tag=other'],
      ['To', '<sip:7000@example.com>'],
      ['Call-ID', 'call-2'],
    ] as const) {
      const stray = withHeader(bye, name, value);
      expect(receiveRequest(called, stray)).toEqual({ kind: 'refused', status: 481 });
    }
  });

  test('an ACK is accepted though its number is the INVITE’s', () => {
    expect(receiveRequest(called, ackForAnswer(caller, 20))).toMatchObject({ kind: 'accepted' });
  });

  test('INVITE and UPDATE move the target, others do not', () => {
    const moved = '<sip:alice@192.0.2.77>';
    const [next, info] = nextRequest(caller, 'INFO', { contact: moved });
    const after = accepted(called, info);
    expect(after.remoteTarget).toBe('sip:alice@192.0.2.9:5062');
    const [, update] = nextRequest(next, 'UPDATE', { contact: moved });
    expect(accepted(after, update).remoteTarget).toBe('sip:alice@192.0.2.77');
    const [, bad] = nextRequest(next, 'INVITE', { contact: '<tel:+1>' });
    expect(receiveRequest(after, bad)).toEqual({ kind: 'refused', status: 400 });
  });

  test('a response to a re-INVITE moves the target where it succeeds', () => {
    const [, invite] = nextRequest(caller, 'INVITE');
    const headers = [{ name: 'Contact', value: '<sip:elsewhere.example.com>' }];
    const answered = (status: number) =>
      receiveResponse(caller, createResponse(invite, status, { headers }));
    expect(answered(200).remoteTarget).toBe('sip:elsewhere.example.com');
    expect(answered(488)).toBe(caller);
  });

  test('through a strict router have it as Request-URI and the target as last Route', () => {
    const strict = { ...caller, routeSet: ['<sip:old.example.com>', '<sip:p2.example.com;lr>'] };
    const [, bye] = nextRequest(strict, 'BYE');
    expect(bye.uri).toBe('sip:old.example.com');
    expect(headerValues(bye, 'Route')).toEqual([
      '<sip:p2.example.com;lr>',
      '<sip:7000@192.0.2.1:5060;transport=tcp>',
    ]);
  });
});

test('an early dialog is confirmed by its 200, whose routes count', () => {
  const ringing = createResponse(INVITE, 180, {
    toTag: 'b1',
    headers: [{ name: 'Contact', value: '<sip:7000@192.0.2.5>' }],
  });
  const early = dialogOfClient(INVITE, ringing);
  expect(early).toMatchObject({ state: 'early', remoteTarget: 'sip:7000@192.0.2.5' });
  const confirmed = confirm(early, withoutHeader(OK, 'Record-Route'));
  expect(confirmed).toMatchObject({
    state: 'confirmed',
    routeSet: [],
    remoteTarget: 'sip:7000@192.0.2.1:5060;transport=tcp',
  });
});

test('headers escaped into a Contact never reach a Request-URI', () => {
  const sly = withHeader(OK, 'Contact', '<sip:7000@192.0.2.1?Route=%3Csip:evil%3E>');
  expect(dialogOfClient(INVITE, sly).remoteTarget).toBe('sip:7000@192.0.2.1');
});

test.each(['<tel:+1>', 'sip:%zz@x', '*', ''])(
  'a response whose Contact is %j leaves the target as it was',
  (contact) => {
    const odd = withHeader(OK, 'Contact', contact);
    expect(dialogOfClient(INVITE, odd).remoteTarget).toBe(INVITE.uri);
    expect(confirm(caller, odd).remoteTarget).toBe(caller.remoteTarget);
    expect(receiveResponse(caller, odd)).toEqual(caller);
  },
);

test('Record-Route values that do not read lead nowhere, and begin no dialog', () => {
  const odd = { ...OK, headers: [...OK.headers, { name: 'Record-Route', value: 'nonsense' }] };
  expect(dialogOfClient(INVITE, odd).routeSet).toEqual(caller.routeSet);
  const invite = withHeader(INVITE, 'Record-Route', 'nonsense');
  expect(() => checkDialogRequest(invite)).toThrow('Bad Record-Route');
  expect(() => checkDialogRequest(withoutHeader(INVITE, 'Contact'))).toThrow('Missing Contact');
  expect(() => checkDialogRequest(INVITE)).not.toThrow();
});

test('a peer of RFC 2543 without a tag has an empty one', () => {
  const old = withHeader(INVITE, 'From', '<sip:alice@example.com>');
  expect(dialogOfServer(old, OK).remoteTag).toBe('');
});
