import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import { header, headerValues } from '../../protocol/sip/message.ts';
import type { World } from '../support/gateway-world.ts';
import { BROWSER, prove, startWorld } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';

let world: World;
let phone: SipPeer;
beforeEach(async () => {
  world = await startWorld();
  phone = await world.phone();
});
afterEach(async () => {
  await world.stop();
});

const registrar = () => `sip:127.0.0.1:${world.drachtio.sipPort}`;

interface Wish {
  readonly as?: { readonly username: string; readonly password?: string };
  readonly of?: string;
  readonly cseq?: number;
  readonly headers?: readonly SipHeader[];
  readonly algorithm?: 'MD5' | 'SHA-256';
}

async function ask(
  headers: readonly SipHeader[],
  { of = 'anna', cseq = 1 }: Wish,
): Promise<SipResponse> {
  const address = `<sip:${of}@partyline>`;
  const callId = 'register-1';
  const extras = { from: address, to: address, callId, cseq, headers };
  phone.send(phone.compose('REGISTER', registrar(), extras));
  return phone.response('REGISTER');
}

/** A REGISTER that answers its challenge. */
async function register(wish: Wish = {}): Promise<SipResponse> {
  const { cseq = 1, headers = [], as = { username: 'anna' }, algorithm } = wish;
  const challenged = await ask(headers, { ...wish, cseq });
  expect(challenged.status).toBe(401);
  const proof = prove(challenged, as, { method: 'REGISTER', uri: registrar() }, algorithm);
  return ask([...headers, proof], { ...wish, cseq: cseq + 1 });
}

for (const algorithm of ['SHA-256', 'MD5'] as const) {
  test(`a phone registers with ${algorithm} and is bound to where it really is`, async () => {
    const answered = await register({
      algorithm,
      headers: [{ name: 'User-Agent', value: 'Desk/1' }],
    });
    expect(answered.status).toBe(200);
    expect(header(answered, 'Contact')).toBe(`${phone.contact};expires=3600`);
    const [host, port] = phone.host.split(':');
    expect(world.directory.stored.get('anna')).toMatchObject([
      { transport: 'udp', address: host, port: Number(port), userAgent: 'Desk/1' },
    ]);
  });
}

test('a phone refreshes and unregisters', async () => {
  await register({ cseq: 1 });
  await register({ cseq: 3 });
  expect(world.directory.stored.get('anna')).toHaveLength(1);
  const answered = await register({ cseq: 5, headers: [{ name: 'Expires', value: '0' }] });
  expect(answered.status).toBe(200);
  expect(headerValues(answered, 'Contact')).toEqual([]);
  expect(world.directory.stored.get('anna')).toEqual([]);
});

test('nobody registers another one’s address, and a browser none', async () => {
  expect((await register({ of: 'bert' })).status).toBe(403);
  expect((await register({ as: BROWSER, of: BROWSER.username, cseq: 3 })).status).toBe(403);
  expect(world.directory.stored.size).toBe(0);
});

test('a wrong password and an unknown name are answered alike', async () => {
  const shape = ({ status, headers }: SipResponse) => [status, headers.map(({ name }) => name)];
  const wrong = await register({ as: { username: 'anna', password: 'x' } });
  const unknown = await register({
    as: { username: 'nobody', password: 'x' },
    of: 'nobody',
    cseq: 3,
  });
  expect(wrong.status).toBe(401);
  expect(shape(unknown)).toEqual(shape(wrong));
});

test('a captured REGISTER works once', async () => {
  const challenged = await ask([], {});
  const proof = prove(challenged, { username: 'anna' }, { method: 'REGISTER', uri: registrar() });
  expect((await ask([proof], { cseq: 2 })).status).toBe(200);
  const replayed = await ask([proof], { cseq: 3 });
  expect(replayed.status).toBe(401);
  expect(header(replayed, 'WWW-Authenticate')).toContain('stale=true');
});

test('credentials for another address on this server, or without qop, prove nothing', async () => {
  const challenged = await ask([], {});
  const elsewhere = prove(
    challenged,
    { username: 'anna' },
    { method: 'REGISTER', uri: 'sip:other' },
  );
  expect((await ask([elsewhere], { cseq: 2 })).status).toBe(400);
  const proof = prove(challenged, { username: 'anna' }, { method: 'REGISTER', uri: registrar() });
  const bare = { ...proof, value: proof.value.replace(/, qop=.*$/, '') };
  expect((await ask([bare], { cseq: 3 })).status).toBe(401);
});

test('an interval too brief names the smallest', async () => {
  const answered = await register({ headers: [{ name: 'Expires', value: '5' }] });
  expect([answered.status, header(answered, 'Min-Expires')]).toEqual([423, '60']);
});
