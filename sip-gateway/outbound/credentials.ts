import {
  answerChallenge,
  formatAuthorization,
  ha1,
  parseChallenge,
} from '../../protocol/sip/digest.ts';
import type { DigestChallenge } from '../../protocol/sip/digest.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import { headerValues } from '../../protocol/sip/message.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A 401 or 407 that can be answered, and under which header. */
export interface Challenged {
  readonly challenge: DigestChallenge;
  readonly header: 'Authorization' | 'Proxy-Authorization';
}

/** The first challenge that we know an answer to (RFC 8760 section 2.4). */
export function challengeIn(response: SipResponse): Challenged | undefined {
  if (response.status !== 401 && response.status !== 407) return undefined;
  const isProxy = response.status === 407;
  const offered = headerValues(response, isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
  const challenge = offered.map(readChallenge).find((each) => each !== undefined);
  return challenge && { challenge, header: isProxy ? 'Proxy-Authorization' : 'Authorization' };
}

/** The header that proves who we are, for one request. `cnonce` is chance; `nc` counts from 1. */
export function credentials(
  { challenge, header }: Challenged,
  { username, password }: Login,
  request: {
    readonly method: string;
    readonly uri: string;
    readonly cnonce: string;
    readonly nc: number;
  },
): SipHeader {
  const { algorithm, realm } = challenge;
  const secret = ha1(algorithm, { username, realm, password });
  const proof = answerChallenge(challenge, { username, ha1: secret }, request);
  return { name: header, value: formatAuthorization(proof) };
}

function readChallenge(value: string): DigestChallenge | undefined {
  try {
    return parseChallenge(value);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}
