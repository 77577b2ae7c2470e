import type { SipRequest } from './message.ts';

/**
 * The peer broke SIP. `status` is what a request deserves as its answer; `request` is the request as
 * far as it could be read, to build that answer from. Without `request` silence is the answer.
 */
export class SipProtocolError extends Error {
  readonly status: number;
  readonly request: SipRequest | undefined;

  constructor(status: number, message: string, request?: SipRequest) {
    super(message);
    this.name = 'SipProtocolError';
    this.status = status;
    this.request = request;
  }
}
