import type { SipRequest } from '../protocol/sip/message.ts';
import { reasonPhrase } from '../protocol/sip/status.ts';
import type { SrfRequest, SrfResponse } from './drachtio-shapes.ts';
import { sourceOf, toSrfContent } from './from-drachtio.ts';
import type { Content, Incoming, IncomingCall } from './leg.ts';

const NO_CONTENT: Content = {};

/** Answers once; `done` hears what went out, or that nothing did. */
export type Answer = (
  res: SrfResponse,
  status: number,
  content?: Content,
  done?: (error: unknown, sent?: { readonly raw?: string }) => void,
) => void;

/** How answers go out while `isOpen` says that there is a way. */
export function answerWhile(isOpen: () => boolean): Answer {
  return (res, status, content = NO_CONTENT, done = () => undefined) => {
    const reason = content.reason ?? reasonPhrase(status);
    if (res.finalResponseSent || !isOpen()) done(new Error('already answered'));
    else res.send(status, reason, toSrfContent(content), done);
  };
}

/** A request of a peer's. */
export function incoming(
  request: SipRequest,
  req: SrfRequest,
  respond: (status: number, content?: Content) => void,
): Incoming {
  return { request, source: sourceOf(request, req), respond };
}

/** A call of a peer's; once it is cancelled nothing more is answered. */
export function incomingCall(
  came: Incoming,
  req: SrfRequest,
  accept: IncomingCall['accept'],
): IncomingCall {
  let cancelled = false;
  let onCancel: () => void = () => undefined;
  req.on('cancel', () => {
    cancelled = true;
    onCancel();
  });
  return {
    request: came.request,
    source: came.source,
    get cancelled() {
      return cancelled;
    },
    onCancel: (listener) => {
      onCancel = listener;
    },
    respond: (status, content) => {
      if (!cancelled) came.respond(status, content);
    },
    accept,
  };
}
