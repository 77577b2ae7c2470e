import type { SipResponse } from '../protocol/sip/message.ts';
import type { Attempt, AttemptListener, Content } from './leg.ts';
import { ALLOW } from './relay.ts';
import { GATEWAY } from './switch-call.ts';

/** A call without an offer, which mod_sofia refuses before its dialplan (480) unless 3PCC is on. */
const TRIAL: Content = {
  headers: [GATEWAY, { name: 'Allow', value: ALLOW }],
};

type Dial = (uri: string, content: Content, listener: AttemptListener) => Attempt;

/** Calls `uri` to learn what a call is answered with; whatever comes of it is hung up. */
export function tryCall(dial: Dial, uri: string, done: (answer: SipResponse) => void): void {
  dial(uri, TRIAL, {
    onProvisional: () => undefined,
    onAnswer: (leg, final) => {
      final.ack();
      leg.hangUp();
      done(final.response);
    },
    onFailure: done,
    onRequest: (incoming) => incoming.respond(481),
    onAck: () => undefined,
    onEnd: () => undefined,
  });
}

/** `listener`, with `tell` told how the call was answered. */
export function watched(
  listener: AttemptListener,
  tell: (answer: SipResponse) => void,
): AttemptListener {
  return {
    ...listener,
    onAnswer: (leg, final) => {
      tell(final.response);
      listener.onAnswer(leg, final);
    },
    onFailure: (response) => {
      tell(response);
      listener.onFailure(response);
    },
  };
}
