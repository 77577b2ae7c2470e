import { parseCSeq } from '../../protocol/sip/check.ts';
import { ackForAnswer, nextRequest, receiveResponse } from '../../protocol/sip/dialog.ts';
import type { SipMessage, SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { withTopVia } from '../../protocol/sip/request.ts';
import { isSuccess } from '../../protocol/sip/status.ts';
import type { ClientListener } from '../sip/endpoint.ts';
import type { Call } from './call.ts';
import type { Desk } from './desk.ts';
import type { SessionExpiry } from './session-expiry.ts';
import { agreedExpiry, expiryDelayMs, MIN_SE_S } from './session-expiry.ts';

/** How calls end, or go on, without a word from their client. */

/** The Reason values of drachtio-server, and one of our own for what it does not notice. */
export const REASON = {
  ackTimeout: 'SIP ;cause=200 ;text="ACK timeout"',
  sessionExpired: 'SIP ;cause=200 ;text="Session timer expired"',
  connectionLost: 'SIP ;cause=200 ;text="Connection lost"',
  clientLost: 'SIP ;cause=503 ;text="Application lost"',
} as const;

type Reason = (typeof REASON)[keyof typeof REASON];

const NOBODY: ClientListener = { onResponse: () => undefined, onFailure: () => undefined };

/** Sends BYE to the peer and forgets the call. Gives the BYE. */
export function sayBye(desk: Desk, call: Call, reason: Reason): SipRequest {
  call.inviteOut?.cancel();
  desk.calls.remove(call);
  return desk.sip.request(byeFor(call, reason), call.destination, NOBODY).request;
}

/** Ends a call on both sides: BYE to the peer, and to the client drachtio's unsolicited BYE. */
export function terminate(desk: Desk, call: Call, reason: Reason): void {
  if (call.state === 'ended') return;
  desk.tellUnsolicited(call, sayBye(desk, call, reason));
}

/**
 * The peer's own connection is gone, and nobody can dial a browser: its client gets the BYE that
 * the peer could not send. drachtio-server leaves such calls to their session timers.
 */
export function endForLostPeer(desk: Desk, call: Call): void {
  desk.calls.remove(call);
  const via = `SIP/2.0/${call.destination.transport.toUpperCase()} ${desk.sip.contactHost}`;
  desk.tellUnsolicited(call, withTopVia(byeFor(call, REASON.connectionLost), via));
}

function byeFor(call: Call, reason: Reason): SipRequest {
  const headers = [{ name: 'Reason', value: reason }];
  const [dialog, request] = nextRequest(call.dialog, 'BYE', { headers });
  call.dialog = dialog;
  return request;
}

/** Starts the session timer anew, or stops it where nothing was agreed. */
export function keepSession(desk: Desk, call: Call, expiry: SessionExpiry | undefined): void {
  call.stopExpiry();
  call.expiry = expiry;
  if (!expiry) return;
  call.stopExpiry = desk.outside.after(expiryDelayMs(expiry), () => {
    if (expiry.weRefresh) refresh(desk, call, expiry);
    else terminate(desk, call, REASON.sessionExpired);
  });
}

/** A re-INVITE with what we last said about media; UPDATE where we said nothing. */
function refresh(desk: Desk, call: Call, expiry: SessionExpiry): void {
  const body = call.localSdp;
  const method = body === '' ? 'UPDATE' : 'INVITE';
  const headers = [
    { name: 'Session-Expires', value: `${expiry.expiresS};refresher=uac` },
    { name: 'Min-SE', value: `${MIN_SE_S}` },
    ...(body === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }]),
  ];
  const [dialog, request] = nextRequest(call.dialog, method, {
    headers,
    body,
    contact: call.contact,
  });
  call.dialog = dialog;
  desk.sip.request(request, call.destination, {
    onResponse: (response) => {
      if (response.status < 200) return;
      if (isSuccess(response.status)) {
        call.dialog = receiveResponse(call.dialog, response);
        if (method === 'INVITE') acknowledge(desk, call, cseqOf(response));
      }
      // 491: the peer refreshes just now.
      if (response.status === 491) keepSession(desk, call, expiry);
      else if (isSuccess(response.status))
        renew(desk, call, agreedExpiry(response, 'uac') ?? expiry);
      else terminate(desk, call, REASON.sessionExpired);
    },
    onFailure: () => terminate(desk, call, REASON.sessionExpired),
  });
}

function renew(desk: Desk, call: Call, expiry: SessionExpiry): void {
  if (call.state !== 'ended') keepSession(desk, call, expiry);
}

/** Acknowledges a 2xx on behalf of the client. */
export function acknowledge(desk: Desk, call: Call, cseq: number): void {
  desk.sip.send(ackForAnswer(call.dialog, cseq), call.destination);
}

export function cseqOf(message: SipMessage): number {
  return parseCSeq(header(message, 'CSeq') ?? '').number;
}
