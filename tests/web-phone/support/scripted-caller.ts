import { header, SDP_OFFER } from './scripted-words.ts';

const VIA = 'Via: SIP/2.0/WS scripted.invalid;branch=z9hG4bKcall';

/** Somebody calls a browser at its Contact. */
export function invitation(wanted: {
  readonly contact: string;
  readonly caller: { readonly name: string; readonly number: string };
  readonly call: number;
}): string {
  const { contact, caller, call } = wanted;
  return [
    `INVITE ${contact} SIP/2.0`,
    `${VIA}${call}`,
    'Max-Forwards: 70',
    `From: "${caller.name}" <sip:${caller.number}@127.0.0.1>;tag=caller${call}`,
    'To: <sip:ada@127.0.0.1>',
    `Call-ID: rung-${call}@scripted.invalid`,
    'CSeq: 1 INVITE',
    'Contact: <sip:room@127.0.0.1;transport=ws>',
    'Content-Type: application/sdp',
    `Content-Length: ${Buffer.byteLength(SDP_OFFER)}`,
    '',
    SDP_OFFER,
  ].join('\r\n');
}

/** What follows an invitation once somebody answered: of the ACK the dialog, of a CANCEL the branch counts. */
export const offer = {
  ack: (answer: string, contact: string): string =>
    follow('ACK', contact, { answer, to: header(answer, 'To'), branch: 'z9hG4bKack' }),
  cancel: (answer: string, contact: string): string =>
    follow('CANCEL', contact, { answer, to: '<sip:ada@127.0.0.1>', branch: 'z9hG4bKcall' }),
};

function follow(
  method: 'ACK' | 'CANCEL',
  contact: string,
  of: { readonly answer: string; readonly to: string; readonly branch: string },
): string {
  const callId = header(of.answer, 'Call-ID');
  return [
    `${method} ${contact} SIP/2.0`,
    `Via: SIP/2.0/WS scripted.invalid;branch=${of.branch}${/\d+/.exec(callId)?.[0] ?? ''}`,
    'Max-Forwards: 70',
    `From: ${header(of.answer, 'From')}`,
    `To: ${of.to}`,
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}
