import { saidIn } from '../../protocol/call/trunk-trouble.ts';
import type { TrunkTrouble } from '../../protocol/call/trunk-trouble.ts';
import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import { header, headerValues } from '../../protocol/sip/message.ts';
import { isSuccess } from '../../protocol/sip/status.ts';
import type { Challenged, Login } from '../outbound/credentials.ts';
import { challengeIn, credentials } from '../outbound/credentials.ts';
import { sameCall } from '../outbound/persistent-call.ts';

/** What a trunk that registers is registered as. */
export interface Registrant {
  /** The Request-URI of REGISTER. */
  readonly uri: string;
  readonly login: Login;
  /** The user of our Contact. */
  readonly contactUser: string;
}

export type RegistrationState = 'trying' | 'registered' | 'refused';

/** Our registration at one provider (RFC 3261 section 10.2). */
export interface Registration {
  readonly state: RegistrationState;
  /** Why it is not registered. */
  readonly trouble: TrunkTrouble | undefined;
  /** What we ask for. */
  readonly expiresS: number;
  /** The last challenge and how often it was answered; proofs are sent unasked while it holds. */
  readonly challenged: Challenged | undefined;
  readonly uses: number;
  /** Answers to challenges in this round. */
  readonly proofs: number;
  /** Rounds that failed in a row. */
  readonly failures: number;
}

export type RegistrationInput =
  /** The time has come. */
  | { readonly kind: 'due' }
  | { readonly kind: 'answer'; readonly response: SipResponse }
  | { readonly kind: 'leave' };

export type RegistrationEffect =
  | { readonly kind: 'register'; readonly headers: readonly SipHeader[] }
  | { readonly kind: 'wake-in'; readonly ms: number };

/** Chance, handed in: `jitter` between 0 and 1, `cnonce` unguessable. */
export interface Chance {
  readonly jitter: number;
  readonly cnonce: string;
}

const EXPIRES_S = 600;
/** A registrar that grants less is asked again at this pace all the same. */
const LEAST_EXPIRES_S = 20;
const MOST_EXPIRES_S = 86_400;
const FIRST_RETRY_MS = 2_000;
const MOST_RETRY_MS = 120_000;
/** A wrong password stays wrong, and providers lock out whoever keeps guessing. */
const REFUSED_RETRY_MS = 600_000;
/** A second challenge means a wrong password, unless the first nonce was too old. */
const MAX_PROOFS = 2;

export const NEW_REGISTRATION: Registration = {
  state: 'trying',
  trouble: undefined,
  expiresS: EXPIRES_S,
  challenged: undefined,
  uses: 0,
  proofs: 0,
  failures: 0,
};

type Step = readonly [Registration, readonly RegistrationEffect[]];

interface Outside {
  readonly who: Registrant;
  readonly chance: Chance;
}

export function stepRegistration(
  now: Registration,
  input: RegistrationInput,
  who: Registrant,
  chance: Chance,
): Step {
  const outside = { who, chance };
  switch (input.kind) {
    case 'due':
      return send({ ...now, proofs: 0 }, outside, now.expiresS);
    case 'leave':
      return send({ ...now, proofs: 0 }, outside, 0);
    case 'answer':
      return answered(now, input.response, outside);
  }
}

function answered(now: Registration, response: SipResponse, outside: Outside): Step {
  const { status } = response;
  if (isSuccess(status)) return registered(now, response, outside);
  const challenged = challengeIn(response);
  if (challenged) return proved(now, response, challenged, outside);
  if (status === 423) return longer(now, response, outside);
  if ([401, 403, 404, 407].includes(status)) return refused(now, response, outside.chance);
  return failed(now, response, outside.chance);
}

function proved(
  now: Registration,
  response: SipResponse,
  challenged: Challenged,
  outside: Outside,
): Step {
  const isNew = now.proofs === 0 || challenged.challenge.stale;
  if (!isNew || now.proofs >= MAX_PROOFS) return refused(now, response, outside.chance);
  const next = { ...now, challenged, uses: 0, proofs: now.proofs + 1 };
  return send(next, outside, now.expiresS, sameCall(response));
}

/** RFC 3261 section 10.3 step 7: the registrar knows how long is long enough. */
function longer(now: Registration, response: SipResponse, outside: Outside): Step {
  const least = seconds(header(response, 'Min-Expires'));
  if (least === undefined || least <= now.expiresS || least > MOST_EXPIRES_S) {
    return failed(now, response, outside.chance);
  }
  return send({ ...now, expiresS: least, proofs: 0 }, outside, least);
}

function registered(now: Registration, response: SipResponse, { who, chance }: Outside): Step {
  const granted = grantedSeconds(response, who.contactUser) ?? now.expiresS;
  const refreshMs = Math.max(granted, LEAST_EXPIRES_S) * 1000 * (0.45 + 0.1 * chance.jitter);
  return [
    { ...now, state: 'registered', trouble: undefined, failures: 0, proofs: 0 },
    [{ kind: 'wake-in', ms: Math.round(refreshMs) }],
  ];
}

function refused(now: Registration, response: SipResponse, { jitter }: Chance): Step {
  const isLogin = response.status === 401 || response.status === 407;
  const kind = isLogin ? 'login-refused' : 'registration-refused';
  const trouble: TrunkTrouble = { kind, ...saidIn(response) };
  const failures = now.failures + 1;
  return [
    { ...now, state: 'refused', trouble, challenged: undefined, failures },
    [{ kind: 'wake-in', ms: Math.round(REFUSED_RETRY_MS * (0.75 + 0.5 * jitter)) }],
  ];
}

function failed(now: Registration, response: SipResponse, { jitter }: Chance): Step {
  const { status } = response;
  const asked = seconds(header(response, 'Retry-After')) ?? 0;
  const backoff = Math.min(FIRST_RETRY_MS * 2 ** Math.min(now.failures, 10), MOST_RETRY_MS);
  const ms = Math.max(Math.min(asked * 1000, REFUSED_RETRY_MS), backoff * (0.5 + jitter));
  const trouble: TrunkTrouble =
    status === 408 || status === 503
      ? { kind: 'no-answer' }
      : { kind: 'registration-failed', ...saidIn(response) };
  const next: Registration = { ...now, state: 'trying', trouble, failures: now.failures + 1 };
  return [next, [{ kind: 'wake-in', ms: Math.round(ms) }]];
}

function send(
  now: Registration,
  { who: { uri, login, contactUser }, chance: { cnonce } }: Outside,
  expiresS: number,
  call: readonly SipHeader[] = [],
): Step {
  const uses = now.challenged ? now.uses + 1 : 0;
  const request = { method: 'REGISTER', uri, cnonce, nc: uses };
  const proof = now.challenged ? [credentials(now.challenged, login, request)] : [];
  const transport = /;transport=\w+/.exec(uri)?.[0] ?? '';
  const own = `<${addressOfRecord(uri, login)}>`;
  const from = call.some(({ name }) => name === 'From') ? [] : [{ name: 'From', value: own }];
  const headers = [
    ...call,
    ...from,
    { name: 'To', value: own },
    { name: 'Contact', value: `<sip:${contactUser}@localhost${transport}>` },
    { name: 'Expires', value: `${expiresS}` },
    ...proof,
  ];
  return [{ ...now, uses }, [{ kind: 'register', headers }]];
}

function addressOfRecord(uri: string, { username }: Login): string {
  const host = uri.replace(/^sip:/, '').replace(/;.*$/, '').replace(/:\d+$/, '');
  return `sip:${encodeURIComponent(username)}@${host}`;
}

/** What our Contact got; other phones' bindings may stand beside it. */
function grantedSeconds(response: SipResponse, contactUser: string): number | undefined {
  const ours = headerValues(response, 'Contact').find((value) => value.includes(contactUser));
  const own = /;\s*expires\s*=\s*(\d+)/i.exec(ours ?? '')?.[1];
  return seconds(own ?? header(response, 'Expires'));
}

function seconds(text: string | undefined): number | undefined {
  const found = /^\s*(\d{1,9})/.exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
