import { randomUUID } from 'node:crypto';
import { formatAddress } from '../../protocol/sip/address.ts';
import { ackForAnswer, confirm, dialogOfClient, nextHop } from '../../protocol/sip/dialog.ts';
import { parseCSeq } from '../../protocol/sip/check.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { createRequest } from '../../protocol/sip/request.ts';
import { tagOf } from '../../protocol/sip/address.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import type { Destination } from '../sip/endpoint.ts';
import { sayBye } from './call-in.ts';
import type { Calls } from './calls.ts';
import type { SipOrder } from './core/effect.ts';
import { toDestination } from './destination.ts';
import type { Leg } from './leg.ts';
import { ALLOW, SDP_TYPE, SUPPORTED, USER_AGENT, newTag } from './sip-headers.ts';

type Invite = Extract<SipOrder, { kind: 'invite' }>;

/** Sends the INVITE of a call that we make. What cannot be reached is told as refused. */
export function callOut(calls: Calls, order: Invite): void {
  const destination = reach(order.target);
  if (destination === undefined) {
    end(calls, order.leg, 503);
    return;
  }
  const contact = calls.contact(destination.transport);
  const request = inviteOf(calls, order, contact);
  const transaction = calls.endpoint.request(request, destination, {
    onResponse: (response) => onResponse(calls, leg, request, response),
    onFailure: (reason) => {
      calls.remove(leg);
      end(calls, leg.uuid, reason === 'timeout' ? 408 : 503);
    },
  });
  const leg: Leg = {
    uuid: order.leg,
    life: { kind: 'calling', transaction },
    dialog: undefined,
    destination,
    contact,
    sdp: order.sdp,
    update: undefined,
    expiry: undefined,
  };
  calls.add(leg);
}

/** Cancels our INVITE, and says why. */
export function giveUp(leg: Leg, headers: readonly SipHeader[]): void {
  if (leg.life.kind !== 'calling') return;
  const { transaction } = leg.life;
  leg.life = { kind: 'giving-up', transaction };
  transaction.cancel(headers);
}

function onResponse(calls: Calls, leg: Leg, invite: SipRequest, response: SipResponse): void {
  if (response.status >= 300) {
    calls.remove(leg);
    if (leg.life.kind === 'calling')
      end(calls, leg.uuid, response.status, header(response, 'Reason'));
  } else if (response.status >= 200) {
    onAnswer(calls, leg, invite, response);
  } else if (response.status > 100 && leg.life.kind === 'calling') {
    const sdp = response.body;
    calls.tell({ kind: 'progressed', leg: leg.uuid, ...(sdp === '' ? {} : { sdp }) });
  }
}

function onAnswer(calls: Calls, leg: Leg, invite: SipRequest, response: SipResponse): void {
  const fresh = dialogOfClient(invite, response);
  if (leg.dialog !== undefined && tagOf(header(response, 'To') ?? '') !== leg.dialog.remoteTag) {
    endFork(calls, leg, fresh, invite);
    return;
  }
  const first = leg.dialog === undefined;
  leg.dialog = confirm(fresh, response);
  leg.destination = reach(nextHop(leg.dialog)) ?? leg.destination;
  sendAck(calls, leg, invite);
  if (!first) return;
  const wanted = leg.life.kind === 'calling';
  leg.life = { kind: 'talking' };
  calls.index(leg);
  if (wanted) calls.tell({ kind: 'answered', leg: leg.uuid, sdp: response.body });
  else sayBye(calls, leg, []);
}

/**
 * A second phone answered as well (RFC 3261 section 13.2.2.4): it gets its ACK and a BYE. It has a
 * name of its own, so that ending it leaves the call alone that was answered first.
 */
function endFork(
  calls: Calls,
  leg: Leg,
  dialog: NonNullable<Leg['dialog']>,
  invite: SipRequest,
): void {
  const fork: Leg = {
    ...leg,
    uuid: `${leg.uuid} fork`,
    dialog,
    life: { kind: 'talking' },
    expiry: undefined,
  };
  sendAck(calls, fork, invite);
  sayBye(calls, fork, []);
}

function sendAck(calls: Calls, leg: Leg, invite: SipRequest): void {
  if (leg.dialog === undefined) return;
  const { number } = parseCSeq(header(invite, 'CSeq') ?? '');
  calls.endpoint.send(ackForAnswer(leg.dialog, number), leg.destination);
}

function inviteOf(calls: Calls, order: Invite, contact: string): SipRequest {
  const parameters = new Map([['tag', newTag()]]);
  const user = encodeURIComponent(order.callerNumber);
  const uri = `sip:${user}@${calls.address.replace(/:\d+$/, '')}`;
  return createRequest({
    method: 'INVITE',
    uri: order.target,
    from: formatAddress({ displayName: order.callerName, uri, parameters }),
    to: `<${order.target}>`,
    callId: order.callId ?? randomUUID(),
    cseq: 1,
    contact,
    headers: [ALLOW, SUPPORTED, USER_AGENT, ...order.headers, SDP_TYPE],
    body: order.sdp,
  });
}

function reach(uri: string): Destination | undefined {
  try {
    return toDestination(uri);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}

function end(calls: Calls, leg: string, status: number, reason?: string): void {
  const said = reason === undefined ? {} : { reason };
  calls.tell({ kind: 'peer-ended', leg, end: { kind: 'refused', status, ...said } });
}
