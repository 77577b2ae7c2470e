import type { SipRequest } from '../protocol/sip/message.ts';
import { header, headerValues } from '../protocol/sip/message.ts';
import type { Refused } from './failure.ts';
import type { Incoming, IncomingCall } from './leg.ts';
import { ALLOW, SDP_TYPE } from './relay.ts';
import type { Refusal } from './route.ts';
import type { SessionTimer } from './session-timer.ts';
import { agreeSession, MIN_SESSION_S } from './session-timer.ts';

/** Option tags of Require that we understand. */
const EXTENSIONS = ['timer', '100rel'];

export function refuse(call: Incoming, { status, retryAfterS }: Refusal): void {
  const headers =
    retryAfterS === undefined ? [] : [{ name: 'Retry-After', value: `${retryAfterS}` }];
  call.respond(status, { headers });
}

export function turnAway(call: Incoming, { status, headers }: Refused): void {
  call.respond(status, { headers });
}

/** Answers what no user or directory is needed for: false where the call is answered with it. */
export function isTakeable(call: IncomingCall): boolean {
  const { request } = call;
  const unknown = headerValues(request, 'Require').filter((tag) => !EXTENSIONS.includes(tag));
  if (unknown.length > 0) {
    call.respond(420, { headers: unknown.map((value) => ({ name: 'Unsupported', value })) });
    return false;
  }
  // drachtio-server lets it pass, and then has nowhere to send to.
  if (header(request, 'Contact') === undefined) {
    call.respond(400, { reason: 'Missing Contact' });
    return false;
  }
  const type = (header(request, 'Content-Type') ?? SDP_TYPE).split(';')[0] ?? '';
  if (request.body !== '' && type.trim().toLowerCase() !== SDP_TYPE) {
    call.respond(415, { headers: [{ name: 'Accept', value: SDP_TYPE }] });
    return false;
  }
  return true;
}

/** The session timer of the caller's leg; undefined where the call is answered with 422. */
export function sessionOf(call: IncomingCall): SessionTimer | undefined {
  const session = agreeSession(call.request);
  if (session.kind !== 'too-small') return session;
  call.respond(422, { headers: [{ name: 'Min-SE', value: `${MIN_SESSION_S}` }] });
  return undefined;
}

export function answerOptions(incoming: Incoming): void {
  incoming.respond(200, {
    headers: [
      { name: 'Allow', value: `${ALLOW}, REGISTER` },
      { name: 'Accept', value: SDP_TYPE },
      { name: 'Supported', value: EXTENSIONS.join(', ') },
    ],
  });
}

/** RFC 3261 section 20.22; 70 where there is none that reads. */
export function maxForwards(request: SipRequest): number {
  const text = header(request, 'Max-Forwards') ?? '';
  return /^\d{1,3}$/.test(text) ? Number(text) : 70;
}
