import { expect, test } from 'vitest';
import { isDigestRight, ha1, parseAuthorization } from '../../../protocol/sip/digest.ts';
import type { SipHeader, SipResponse } from '../../../protocol/sip/message.ts';
import type {
  Registration,
  RegistrationEffect,
  RegistrationInput,
} from '../../../sip-gateway/trunks/registration.ts';
import { NEW_REGISTRATION, stepRegistration } from '../../../sip-gateway/trunks/registration.ts';

const WHO = {
  uri: 'sip:telco.example;transport=tcp',
  login: { username: 'partyline', password: 'pw' },
  contactUser: 't-0123',
};
const CHANCE = { jitter: 0.5, cnonce: 'c' };

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Account suspended',
  500: 'x'.repeat(300),
};

function answer(status: number, ...headers: readonly (readonly [string, string])[]): SipResponse {
  const dialog: readonly (readonly [string, string])[] = [
    ['From', '<sip:partyline@telco.example>;tag=f'],
    ['Call-ID', 'call-1'],
    ['CSeq', '7 REGISTER'],
  ];
  const all = [...dialog, ...headers].map(([name, value]): SipHeader => ({ name, value }));
  return { kind: 'response', status, reason: REASONS[status] ?? '', headers: all, body: '' };
}

const challenge = (nonce: string, stale = false) =>
  answer(401, [
    'WWW-Authenticate',
    `Digest realm="telco", nonce="${nonce}", qop="auth"${stale ? ', stale=true' : ''}`,
  ]);

function run(inputs: readonly (RegistrationInput | SipResponse)[], from = NEW_REGISTRATION) {
  let state: Registration = from;
  let effects: readonly RegistrationEffect[] = [];
  for (const input of inputs) {
    const told = 'status' in input ? ({ kind: 'answer', response: input } as const) : input;
    [state, effects] = stepRegistration(state, told, WHO, CHANCE);
  }
  return { state, effects };
}

function sent(effects: readonly RegistrationEffect[]): Readonly<Record<string, string>> {
  const [effect] = effects;
  if (effect?.kind !== 'register') throw new Error('no REGISTER');
  return Object.fromEntries(effect.headers.map(({ name, value }) => [name, value]));
}

const DUE = { kind: 'due' } as const;

test('it registers a Contact that nobody can guess, for ten minutes', () => {
  expect(sent(run([DUE]).effects)).toEqual({
    From: '<sip:partyline@telco.example>',
    To: '<sip:partyline@telco.example>',
    Contact: '<sip:t-0123@localhost;transport=tcp>',
    Expires: '600',
  });
});

test('a challenge is answered in the same call with a higher CSeq', () => {
  const headers = sent(run([DUE, challenge('n1')]).effects);
  expect(headers).toMatchObject({
    From: '<sip:partyline@telco.example>;tag=f',
    'Call-ID': 'call-1',
    CSeq: '8 REGISTER',
  });
  const proof = parseAuthorization(headers.Authorization ?? '');
  const secret = ha1('MD5', { username: 'partyline', realm: 'telco', password: 'pw' });
  expect(proof?.uri).toBe(WHO.uri);
  expect(proof && isDigestRight(proof, 'REGISTER', secret)).toBe(true);
});

test('it is refreshed at about half of what it was granted, with the nonce that was good', () => {
  const granted = answer(
    200,
    ['Contact', '<sip:other@x>;expires=5'],
    ['Contact', '<sip:t-0123@1.2.3.4>;expires=300'],
  );
  const { state, effects } = run([DUE, challenge('n1'), granted]);
  expect(state).toMatchObject({ state: 'registered', trouble: undefined });
  expect(effects).toEqual([{ kind: 'wake-in', ms: 150_000 }]);
  const again = parseAuthorization(sent(run([DUE], state).effects).Authorization ?? '');
  expect(again).toMatchObject({ nonce: 'n1', auth: { nc: 2 } });
});

test('a nonce that grew old is replaced, at the refresh and under a challenge', () => {
  const registered = run([DUE, challenge('n1'), answer(200)]).state;
  const renewed = run([DUE, challenge('n2', true)], registered);
  expect(sent(renewed.effects).Authorization).toContain('nonce="n2"');
  const twice = run([DUE, challenge('n1'), challenge('n2', true)]);
  expect(sent(twice.effects).Authorization).toContain('nonce="n2"');
});

test('a wrong password is told, and tried again only after minutes', () => {
  const { state, effects } = run([DUE, challenge('n1'), challenge('n2')]);
  expect(state.state).toBe('refused');
  expect(state.trouble).toEqual({ kind: 'login-refused', status: 401, reason: 'Unauthorized' });
  expect(effects).toEqual([{ kind: 'wake-in', ms: 600_000 }]);
});

test('a registrar that calls every nonce stale is not asked for ever', () => {
  const { state } = run([DUE, challenge('1'), challenge('2', true), challenge('3', true)]);
  expect(state.state).toBe('refused');
});

test('too brief an interval is made longer, once and not without bounds', () => {
  const { state, effects } = run([DUE, answer(423, ['Min-Expires', '1800'])]);
  expect(sent(effects).Expires).toBe('1800');
  expect(run([answer(423, ['Min-Expires', '1800'])], state).effects[0]?.kind).toBe('wake-in');
  expect(run([DUE, answer(423, ['Min-Expires', '999999999'])]).effects[0]?.kind).toBe('wake-in');
});

test('a provider that does not answer is asked ever more rarely, and as late as it asks itself', () => {
  const waits: number[] = [];
  let { state } = run([DUE]);
  for (let round = 0; round < 9; round += 1) {
    const next = run([answer(503)], state);
    state = next.state;
    for (const effect of next.effects) if (effect.kind === 'wake-in') waits.push(effect.ms);
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 120, 120, 120].map((seconds) => seconds * 1000));
  expect(state).toMatchObject({ state: 'trying', trouble: { kind: 'no-answer' } });
  const asked = run([DUE, answer(503, ['Retry-After', '300'])]);
  expect(asked.effects).toEqual([{ kind: 'wake-in', ms: 300_000 }]);
  expect(run([answer(200)], state).state).toMatchObject({ state: 'registered', failures: 0 });
});

test('a failing refresh is told as such, in the provider’s words and not in too many', () => {
  const registered = run([DUE, answer(200)]).state;
  expect(run([DUE, answer(500)], registered).state).toMatchObject({
    state: 'trying',
    trouble: { kind: 'registration-failed', status: 500, reason: 'x'.repeat(100) },
  });
  expect(run([DUE, answer(403)], registered).state).toMatchObject({
    state: 'refused',
    trouble: { kind: 'registration-refused', status: 403, reason: 'Account suspended' },
  });
});

test('leaving takes the Contact back with the proof at hand', () => {
  const registered = run([DUE, challenge('n1'), answer(200)]).state;
  const headers = sent(run([{ kind: 'leave' }], registered).effects);
  expect(headers).toMatchObject({ Expires: '0' });
  expect(headers.Authorization).toContain('nonce="n1"');
});
