import type { SipHeader, SipRequest } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { isSuccess } from '../protocol/sip/status.ts';
import type { Incoming, Leg } from './leg.ts';
import type { SessionTimer } from './session-timer.ts';
import { agreeSession, MIN_SESSION_S, sessionAnswer, sessionOffer } from './session-timer.ts';

/** One side of a joined call: its leg, and what was last said there about media. */
export interface Side {
  readonly leg: Leg;
  timer: SessionTimer;
  /** The last session description that this side sent us. */
  heard: string;
  /** The last one that we sent it. */
  told: string;
}

export const SDP_TYPE = 'application/sdp';

/** What INFO may carry across: keypad digits and the picture requests of RFC 5168. */
const INFO_TYPES = ['application/dtmf-relay', 'application/dtmf', 'application/media_control+xml'];
const MAX_INFO_CHARS = 1000;

export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER';
const ALLOWED: SipHeader = { name: 'Allow', value: ALLOW };

/** How a request in a call is treated. */
export type Treatment =
  'relay-offer' | 'relay-info' | 'refresh' | 'fine' | 'no-fax' | 'wrong-type' | 'refuse';

/** Decides on a request by one side of a call; relay.ts carries it out. */
export function treat(request: SipRequest, heard: string): Treatment {
  if (isFaxOffer(request)) return 'no-fax';
  switch (request.method) {
    case 'INVITE':
      return request.body !== '' && request.body === heard ? 'refresh' : 'relay-offer';
    case 'UPDATE':
      return request.body === '' || request.body === heard ? 'refresh' : 'relay-offer';
    case 'INFO':
      return isRelayable(request) ? 'relay-info' : 'wrong-type';
    case 'OPTIONS':
      return 'fine';
    default:
      return 'refuse';
  }
}

/** A fax machine that heard no other goes over to T.38: `m=image … udptl t38` (ITU-T T.38 annex D). */
function isFaxOffer({ method, body }: SipRequest): boolean {
  return (method === 'INVITE' || method === 'UPDATE') && /^m=image [1-9]\d* /m.test(body);
}

function isRelayable({ body, headers }: SipRequest): boolean {
  const type = headers.find(({ name }) => name === 'Content-Type')?.value ?? '';
  const essence = (type.split(';')[0] ?? '').trim().toLowerCase();
  return INFO_TYPES.includes(essence) && body.length <= MAX_INFO_CHARS;
}

/**
 * Passes requests inside a call between its two sides: media offers, digits. Only the session
 * description or the digits cross, never a header of the peer's.
 */
export class Relay {
  /** An offer is under way; a second one, from either side, gets 491. */
  #offering = false;
  #awaitedAck: { readonly from: Side; readonly ack: (body?: string) => void } | undefined;

  onRequest(incoming: Incoming, from: Side, to: Side): void {
    switch (treat(incoming.request, from.heard)) {
      case 'relay-offer':
        return this.#relayOffer(incoming, from, to);
      case 'relay-info':
        return relayInfo(incoming, to);
      case 'refresh':
        return refresh(incoming, from);
      case 'fine':
        return incoming.respond(200, { headers: [ALLOWED] });
      case 'no-fax':
        return incoming.respond(488);
      case 'wrong-type':
        return incoming.respond(415, {
          headers: [{ name: 'Accept', value: INFO_TYPES.join(', ') }],
        });
      case 'refuse':
        return refuseMethod(incoming);
    }
  }

  /** The ACK to a re-INVITE that came without an offer carries the answer. */
  onAck(body: string, from: Side): void {
    const awaited = this.#awaitedAck;
    if (awaited?.from !== from) return;
    this.#awaitedAck = undefined;
    from.heard = body;
    awaited.ack(body === '' ? undefined : body);
  }

  #relayOffer(incoming: Incoming, from: Side, to: Side): void {
    const { method, body } = incoming.request;
    if (this.#offering || this.#awaitedAck) return incoming.respond(491);
    const agreed = agree(incoming, from);
    if (!agreed) return;
    this.#offering = true;
    const headers = [...contentType(body), ...sessionOffer(to.timer)];
    to.leg.request(method, { headers, body }, (final) => {
      const { response } = final;
      this.#offering = false;
      if (!isSuccess(response.status)) return incoming.respond(offerFailure(response.status));
      from.timer = agreed;
      to.heard = response.body;
      from.told = response.body;
      if (body !== '') {
        from.heard = body;
        to.told = body;
        final.ack();
      } else this.#awaitedAck = { from, ack: (answer) => final.ack(answer) };
      incoming.respond(200, sdpAnswer(response.body, agreed));
    });
  }
}

function relayInfo(incoming: Incoming, to: Side): void {
  const { body } = incoming.request;
  const type = header(incoming.request, 'Content-Type') ?? '';
  const headers = [{ name: 'Content-Type', value: type }];
  to.leg.request('INFO', { headers, body }, ({ response }) => incoming.respond(response.status));
}

/** Nothing new about media: only the session timer runs on, and the other side need not know. */
function refresh(incoming: Incoming, from: Side): void {
  const agreed = agree(incoming, from);
  if (!agreed) return;
  from.timer = agreed;
  incoming.respond(200, sdpAnswer(incoming.request.body === '' ? '' : from.told, agreed));
}

/** The session timer after this request, unless it was refused with 422. */
function agree(incoming: Incoming, from: Side): SessionTimer | undefined {
  if (header(incoming.request, 'Session-Expires') === undefined) return from.timer;
  const agreed = agreeSession(incoming.request);
  if (agreed.kind !== 'too-small') return agreed;
  incoming.respond(422, { headers: [{ name: 'Min-SE', value: `${MIN_SESSION_S}` }] });
  return undefined;
}

function sdpAnswer(body: string, timer: SessionTimer) {
  return { body, headers: [ALLOWED, ...contentType(body), ...sessionAnswer(timer)] };
}

export function contentType(body: string): SipHeader[] {
  return body === '' ? [] : [{ name: 'Content-Type', value: SDP_TYPE }];
}

/** A refused offer leaves the call as it was; answers that would end it must not cross. */
function offerFailure(status: number): number {
  return [488, 491, 606, 415].includes(status) ? status : 488;
}

/** Requests that this gateway serves nobody with, in a call or outside (RFC 3261, RFC 6665). */
export function refuseMethod(incoming: Incoming): void {
  const isEvent = ['SUBSCRIBE', 'NOTIFY', 'PUBLISH'].includes(incoming.request.method);
  incoming.respond(isEvent ? 489 : 405, { headers: [ALLOWED] });
}
