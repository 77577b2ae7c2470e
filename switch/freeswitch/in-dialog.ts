import { nextHop, receiveRequest } from '../../protocol/sip/dialog.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import type { ServerTransaction } from '../sip/endpoint.ts';
import { acknowledge } from './call-in.ts';
import type { Calls } from './calls.ts';
import { destinationWithin } from './destination.ts';
import { parseDigit } from './info-digit.ts';
import type { Leg } from './leg.ts';
import { sessionHeaders, watchSession } from './session.ts';
import { ALLOW, SDP_TYPE, SUPPORTED } from './sip-headers.ts';

/** A request of the peer within a call. */
export function receiveInDialog(calls: Calls, leg: Leg, transaction: ServerTransaction): void {
  const { request, flow } = transaction;
  if (leg.dialog === undefined) return;
  const received = receiveRequest(leg.dialog, request);
  if (received.kind === 'refused') {
    transaction.respond(createResponse(request, received.status));
    return;
  }
  leg.dialog = received.dialog;
  leg.destination = destinationWithin(nextHop(leg.dialog), flow);
  switch (request.method) {
    case 'BYE':
      onBye(calls, leg, transaction);
      break;
    case 'INVITE':
    case 'UPDATE':
      onUpdate(calls, leg, transaction);
      break;
    case 'INFO':
      onInfo(calls, leg, transaction);
      break;
    case 'OPTIONS':
      transaction.respond(createResponse(request, 200, { headers: [ALLOW, SUPPORTED] }));
      break;
    default:
      transaction.respond(createResponse(request, 405, { headers: [ALLOW] }));
  }
}

/** The worker has an answer to the re-INVITE or UPDATE that waits. */
export function answerUpdate(calls: Calls, leg: Leg, sdp: string): void {
  const { update } = leg;
  if (update === undefined) return;
  leg.update = undefined;
  leg.sdp = sdp;
  accept(calls, leg, update);
}

function onBye(calls: Calls, leg: Leg, transaction: ServerTransaction): void {
  const { request } = transaction;
  transaction.respond(createResponse(request, 200));
  calls.remove(leg);
  const reason = header(request, 'Reason');
  const end = reason === undefined ? { kind: 'bye' as const } : { kind: 'bye' as const, reason };
  calls.tell({ kind: 'peer-ended', leg: leg.uuid, end });
}

/** New media, or only a refresh of the session. */
function onUpdate(calls: Calls, leg: Leg, transaction: ServerTransaction): void {
  const { request } = transaction;
  // A request that comes within the dialog proves that our answer came through.
  acknowledge(calls, leg);
  if (leg.update !== undefined) {
    const headers = [{ name: 'Retry-After', value: '1' }];
    transaction.respond(createResponse(request, 500, { headers }));
    return;
  }
  if (request.body === '') {
    accept(calls, leg, transaction);
    return;
  }
  leg.update = transaction;
  calls.tell({ kind: 'reinvited', leg: leg.uuid, offer: request.body });
}

/** 200 with our session description, which a refreshing UPDATE without one does not get. */
function accept(calls: Calls, leg: Leg, transaction: ServerTransaction): void {
  const { request } = transaction;
  const silent = request.method === 'UPDATE' && request.body === '';
  const headers: SipHeader[] = [
    { name: 'Contact', value: leg.contact },
    ALLOW,
    SUPPORTED,
    ...sessionHeaders(request),
  ];
  if (!silent) headers.push(SDP_TYPE);
  watchSession(calls, leg, request);
  transaction.respond(createResponse(request, 200, { headers, body: silent ? '' : leg.sdp }));
}

function onInfo(calls: Calls, leg: Leg, transaction: ServerTransaction): void {
  const { request } = transaction;
  const digit = parseDigit(header(request, 'Content-Type') ?? '', request.body);
  if (digit === 'unreadable') {
    transaction.respond(createResponse(request, 400));
    return;
  }
  transaction.respond(createResponse(request, 200));
  if (digit !== undefined) calls.tell({ kind: 'digit', leg: leg.uuid, ...digit });
}
