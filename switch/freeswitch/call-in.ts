import { dialogOfServer, nextRequest } from '../../protocol/sip/dialog.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import type { Calls } from './calls.ts';
import type { ExtraHeader } from './core/effect.ts';
import type { Leg } from './leg.ts';
import { sessionHeaders, watchSession } from './session.ts';
import { ALLOW, SDP_TYPE, SUPPORTED, USER_AGENT } from './sip-headers.ts';

/** 180: somebody is called for them. */
export function ring(leg: Leg): void {
  if (leg.life.kind !== 'invited') return;
  const headers = [{ name: 'Contact', value: leg.contact }, ALLOW];
  const { transaction, tag } = leg.life;
  transaction.respond(createResponse(transaction.request, 180, { toTag: tag, headers }));
}

/** Early media: 183 with our session description. */
export function progress(leg: Leg, sdp: string): void {
  if (leg.life.kind !== 'invited') return;
  leg.sdp = sdp;
  const headers = [{ name: 'Contact', value: leg.contact }, ALLOW, SDP_TYPE];
  const { transaction, tag } = leg.life;
  transaction.respond(createResponse(transaction.request, 183, { toTag: tag, headers, body: sdp }));
}

/** 200 with our session description; the dialog begins. */
export function answerInvite(calls: Calls, leg: Leg, sdp: string): void {
  if (leg.life.kind !== 'invited') return;
  const { transaction, tag } = leg.life;
  leg.sdp = sdp;
  const response = createResponse(transaction.request, 200, {
    toTag: tag,
    headers: [
      { name: 'Contact', value: leg.contact },
      ALLOW,
      SUPPORTED,
      USER_AGENT,
      ...sessionHeaders(transaction.request),
      SDP_TYPE,
    ],
    body: sdp,
  });
  leg.dialog = dialogOfServer(transaction.request, response);
  leg.life = { kind: 'unacknowledged', transaction, bye: undefined };
  calls.index(leg);
  watchSession(calls, leg, transaction.request);
  transaction.respond(response);
}

export function refuse(
  calls: Calls,
  leg: Leg,
  status: number,
  headers: readonly ExtraHeader[],
): void {
  if (leg.life.kind !== 'invited') return;
  const { transaction, tag } = leg.life;
  transaction.respond(
    createResponse(transaction.request, status, { toTag: tag, headers: [ALLOW, ...headers] }),
  );
  calls.remove(leg);
}

/** The ACK to our 2xx came, or never will. A BYE that waited for it goes out. */
export function acknowledge(calls: Calls, leg: Leg): void {
  if (leg.life.kind !== 'unacknowledged') return;
  const { bye } = leg.life;
  leg.life = { kind: 'talking' };
  if (bye !== undefined) sayBye(calls, leg, bye);
}

/** Ends the dialog. Before the ACK it only notes the wish. */
export function sayBye(calls: Calls, leg: Leg, headers: readonly ExtraHeader[]): void {
  if (leg.life.kind === 'unacknowledged') {
    leg.life = { ...leg.life, bye: headers };
    return;
  }
  if (leg.dialog === undefined) return;
  const [, request] = nextRequest(leg.dialog, 'BYE', { headers: [USER_AGENT, ...headers] });
  calls.remove(leg);
  calls.sayFarewell(request, leg.destination);
}
