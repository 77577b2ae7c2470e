import { parseCSeq } from '../../protocol/sip/check.ts';
import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { minSe } from '../../protocol/sip/session-timer.ts';
import type { Attempt, AttemptListener, Content } from '../leg.ts';
import { SESSION_S, sessionOffer } from '../session-timer.ts';
import { challengeIn, credentials } from './credentials.ts';
import type { Login } from './credentials.ts';

/** What to say when a first INVITE was turned away for want of something that we have. */
export interface Terms {
  /** For challenges, where we have any; they go to this server and no other. */
  readonly login?: Login;
  readonly uri: string;
}

/** How far a call has come in proving itself and agreeing on its session timer. */
export interface Tries {
  /** Challenges answered. */
  readonly proofs: number;
  /** The proof that it carries. */
  readonly proof: SipHeader | undefined;
  readonly expiresS: number;
}

const FIRST_TRY: Tries = { proofs: 0, proof: undefined, expiresS: SESSION_S };

/** A wrong password is told by a second challenge; one more is due where only the nonce was too old. */
const MAX_PROOFS = 2;
/** RFC 4028 lets a server ask for any interval; a leg that may be dead for longer is none of ours. */
const LONGEST_S = 7_200;

/** How to go on after a refusal; undefined where it stands. */
export function nextTry(
  tries: Tries,
  response: SipResponse,
  { login, uri }: Terms,
  cnonce: string,
): Tries | undefined {
  const expiresS = response.status === 422 ? minSe(response) : 0;
  if (expiresS > tries.expiresS && expiresS <= LONGEST_S) return { ...tries, expiresS };
  const challenged = challengeIn(response);
  if (!challenged || !login || tries.proofs >= MAX_PROOFS) return undefined;
  if (tries.proofs > 0 && !challenged.challenge.stale) return undefined;
  const request = { method: 'INVITE', uri, cnonce, nc: 1 };
  return { ...tries, proofs: tries.proofs + 1, proof: credentials(challenged, login, request) };
}

/**
 * The headers of the next INVITE: of the same call, with a higher CSeq (RFC 3261 section 22.2). The
 * response repeats what the stack below chose.
 */
export function sameCall(response: SipResponse): SipHeader[] {
  const cseq = parseCSeq(header(response, 'CSeq') ?? '');
  return [
    { name: 'From', value: header(response, 'From') ?? '' },
    { name: 'Call-ID', value: header(response, 'Call-ID') ?? '' },
    { name: 'CSeq', value: `${cseq.number + 1} ${cseq.method}` },
  ];
}

/** Headers of an offer of session timers, this long. */
function timerOffer(expiresS: number): SipHeader[] {
  return sessionOffer({ kind: 'timer', expiresS, weRefresh: false });
}

/** Calls, and calls again where the answer is that something was missing. */
export function callPersistently(
  call: {
    readonly dial: (content: Content, listener: AttemptListener) => Attempt;
    readonly content: Content;
    readonly terms: Terms;
    readonly cnonce: () => string;
  },
  listener: AttemptListener,
): Attempt {
  let cancelled = false;
  let current: Attempt | undefined;
  const start = (tries: Tries, own: readonly SipHeader[]) => {
    const { headers = [] } = call.content;
    const named = new Set(own.map(({ name }) => name));
    const proof = tries.proof ? [tries.proof] : [];
    const all = [
      ...own,
      ...headers.filter(({ name }) => !named.has(name)),
      ...timerOffer(tries.expiresS),
      ...proof,
    ];
    current = call.dial(
      { ...call.content, headers: all },
      {
        ...listener,
        onFailure: (response) => {
          const next = cancelled ? undefined : nextTry(tries, response, call.terms, call.cnonce());
          if (next) start(next, sameCall(response));
          else listener.onFailure(response);
        },
      },
    );
  };
  start(FIRST_TRY, []);
  return {
    cancel: () => {
      cancelled = true;
      current?.cancel();
    },
  };
}
