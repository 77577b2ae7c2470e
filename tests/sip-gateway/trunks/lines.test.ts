import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseIdentity } from '../../../protocol/call/identity.ts';
import { ha1, isDigestRight, parseAuthorization } from '../../../protocol/sip/digest.ts';
import type { SipRequest } from '../../../protocol/sip/message.ts';
import { header } from '../../../protocol/sip/message.ts';
import { trunkAt } from '../../support/calls-out.ts';
import { eventually } from '../../support/eventually.ts';
import type { World } from '../../support/gateway-world.ts';
import { IDENTITY_KEY, startWorld } from '../../support/gateway-world.ts';
import type { SipPeer } from '../../support/sip-peer.ts';
import { SDP } from '../../support/sip-peer.ts';

let world: World;
let provider: SipPeer;
beforeEach(async () => {
  world = await startWorld();
  provider = await world.phone();
});
afterEach(async () => {
  await world.stop();
});

const status = () => world.gateway.status().trunks;
const CHALLENGE = 'Digest realm="telco", nonce="n-1", algorithm=MD5, qop="auth"';

/** A registrar that knows the password. */
function registrar(request: SipRequest): void {
  if (request.method !== 'REGISTER') return;
  const proof = parseAuthorization(header(request, 'Authorization') ?? '');
  const secret = ha1('MD5', { username: 'partyline', realm: 'telco', password: 'trunk-pw' });
  if (!proof || !isDigestRight(proof, 'REGISTER', secret)) {
    const headers = [{ name: 'WWW-Authenticate', value: CHALLENGE }];
    provider.answer(request, 401, { headers });
  } else {
    const headers = [{ name: 'Expires', value: header(request, 'Expires') ?? '' }];
    provider.answer(request, 200, { headers });
  }
}

async function registered(change = {}): Promise<string> {
  provider.onRequest = registrar;
  world.directory.setTrunks(trunkAt(provider, { register: true, ...change }));
  await eventually('registered', () => status()[0]?.state === 'registered');
  await provider.request('REGISTER');
  const last = await provider.request('REGISTER');
  return /<(sip:[^>]+)>/.exec(header(last, 'Contact') ?? '')?.[1] ?? '';
}

/** The identity of a call by `uri`, that comes from `phone`. */
async function vouchedFor(phone: SipPeer, uri: string, to: string) {
  phone.send(
    phone.compose('INVITE', uri, { body: SDP(), to: `<${to}>`, from: '<sip:0301234567@t>' }),
  );
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 486);
  return parseIdentity(header(invite, 'X-Partyline') ?? '', IDENTITY_KEY);
}

test('a trunk that wants it is registered at, and its calls to our Contact are its own', async () => {
  const contact = await registered();
  expect(contact).toMatch(/^sip:t-[0-9a-f]{32}@127\.0\.0\.1:\d+$/);
  expect(status()).toEqual([{ name: 'telco', state: 'registered' }]);
  const other = await world.phone();
  expect(await vouchedFor(other, contact, 'sip:+4930990@telco')).toMatchObject({
    destination: { kind: 'reception', dialled: '+4930990' },
    ...{ trunk: 'telco', number: '+49301234567' },
  });
});

test('a call to our Contact that names no number is for the only one there is', async () => {
  const contact = await registered();
  const identity = await vouchedFor(provider, contact, 'sip:partyline@telco');
  expect(identity?.destination).toEqual({ kind: 'reception', dialled: '+4930990' });
});

test('calls from where the registrar answers are the trunk’s, whatever they dial', async () => {
  await registered();
  const identity = await vouchedFor(provider, world.uri('030990'), 'sip:030990@telco');
  expect(identity).toMatchObject({ trunk: 'telco', language: 'de' });
  const stranger = await world.phone();
  expect((await vouchedFor(stranger, world.uri('7000'), 'sip:7000@x'))?.trunk).toBeUndefined();
});

test('a wrong password is told in one sentence and no secret', async () => {
  provider.onRequest = registrar;
  world.directory.setTrunks(trunkAt(provider, { register: true, password: 'wrong-pw' }));
  await eventually('refused', () => status()[0]?.state === 'refused');
  expect(status()[0]).toMatchObject({
    trouble: { kind: 'login-refused', status: 401 },
    detail: 'The provider does not take the user name and password.',
  });
  expect(world.logged.join('\n')).not.toContain('wrong-pw');
});

test('what the provider said of its refusal is told, and not logged', async () => {
  provider.onRequest = (request) => {
    if (request.method === 'REGISTER') provider.answer(request, 403);
  };
  world.directory.setTrunks(trunkAt(provider, { register: true }));
  await eventually('refused', () => status()[0]?.state === 'refused');
  const trouble = { kind: 'registration-refused', status: 403, reason: 'Forbidden' };
  expect(status()[0]?.trouble).toEqual(trouble);
  expect(world.logged.join('\n')).toContain('(403)');
  expect(world.logged.join('\n')).not.toContain('Forbidden');
});

test('one that is to register without a name says so, and sends nothing', async () => {
  const { username, password, ...trunk } = trunkAt(provider, { register: true });
  expect([username, password]).not.toContain(undefined);
  world.directory.setTrunks(trunk);
  await eventually('read', () => status().length === 1);
  expect(status()[0]).toMatchObject({ state: 'refused', trouble: { kind: 'no-login' } });
});

test('a trunk that is deleted or changed is left, and a changed one registered at anew', async () => {
  await registered();
  world.directory.setTrunks(trunkAt(provider, { register: true, callerId: '+4930991' }));
  expect(header(await provider.request('REGISTER'), 'Expires')).toBe('0');
  expect(header(await provider.request('REGISTER'), 'Expires')).toBe('600');
  world.directory.setTrunks();
  await eventually('none', () => status().length === 0);
});

test('a gateway that stops takes its Contact back', async () => {
  await registered();
  const stopped = world.gateway.stop();
  expect(header(await provider.request('REGISTER'), 'Expires')).toBe('0');
  await stopped;
});

test('a new drachtio is registered from at once', async () => {
  await registered();
  await world.restartDrachtio();
  expect(header(await provider.request('REGISTER'), 'Expires')).toBe('600');
});

test('a trunk for calls out that does not register is asked whether it lives', async () => {
  world.directory.setTrunks(trunkAt(provider), trunkAt(provider, { name: 'in', outbound: false }));
  provider.answer(await provider.request('OPTIONS'), 200);
  await eventually('reachable', () => status()[0]?.state === 'reachable');
  expect(status()).toEqual([
    { name: 'telco', state: 'reachable' },
    { name: 'in', state: 'off' },
  ]);
});

test('a test asks the server at once and tells its answer, whatever it is', async () => {
  world.directory.setTrunks(trunkAt(provider, {}));
  await eventually('there', () => status().length === 1);
  provider.onRequest = (request) => {
    const headers = [{ name: 'Server', value: 'Telco SBC 1' }];
    if (request.method === 'OPTIONS') provider.answer(request, 403, { headers });
  };
  const told = await world.gateway.testTrunk(status()[0]?.name ?? '');
  expect(told).toMatchObject({ answered: true, status: 403, agent: 'Telco SBC 1' });
  expect(await world.gateway.testTrunk('nobody')).toBeUndefined();
});
