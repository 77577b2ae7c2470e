import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAuthorization, isDigestRight, ha1 } from '../../protocol/sip/digest.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import {
  ANSWER,
  bring,
  NUMBER,
  OFFER,
  orderOf,
  registerAs,
  TO_ANNA,
  TO_NUMBER,
  trunkAt,
} from '../support/calls-out.ts';
import { eventually } from '../support/eventually.ts';
import type { World } from '../support/gateway-world.ts';
import { prove, startWorld } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
});

const quiet = () =>
  eventually('nothing left', () => {
    const { calls, incoming, outgoing } = world.drachtio.dump();
    return world.gateway.status().calls + calls + incoming + outgoing === 0;
  });

/** A call from the meeting to the account's one phone, up on both legs. */
async function talk(transport: 'udp' | 'tcp' = 'udp') {
  const phone = await world.phone(transport);
  registerAs(world.directory, 'anna', phone);
  const order = bring(world, orderOf(TO_ANNA));
  const invite = await phone.request('INVITE');
  const callee = phone.answer(invite, 200, { body: ANSWER });
  const answered = await world.node.response('INVITE');
  expect(answered).toMatchObject({ status: 200, body: ANSWER });
  const caller = world.node.ack(order, answered);
  await phone.request('ACK');
  if (!callee) throw new Error('no dialog');
  return { phone, invite, caller, callee };
}

/** What FreeSWITCH hears in the end. */
async function outcome(order: SipRequest) {
  const response = await world.node.response('INVITE');
  if (response.status >= 300) world.node.ack(order, response);
  return response;
}

for (const transport of ['udp', 'tcp'] as const) {
  test(`a registered phone is called over ${transport} where it registered from, and hears the meeting's offer`, async () => {
    const { phone, invite, caller } = await talk(transport);
    expect(invite.uri).toContain('sip:desk-0@192.0.2.1:5060');
    expect(invite.body).toBe(OFFER);
    expect(invite.headers.filter(({ name }) => /^X-/i.test(name))).toEqual([]);
    world.node.inDialog(caller, 'BYE');
    phone.answer(await phone.request('BYE'), 200);
    expect((await world.node.response('BYE')).status).toBe(200);
    await quiet();
  });
}

test('the called one hangs up and FreeSWITCH hears so', async () => {
  const { phone, callee } = await talk();
  phone.inDialog(callee, 'BYE');
  world.node.answer(await world.node.request('BYE'), 200);
  expect((await phone.response('BYE')).status).toBe(200);
  await quiet();
});

test('all phones of an account ring, the first that answers has the call and the others stop ringing', async () => {
  const [desk, home] = [await world.phone(), await world.phone('tcp')];
  registerAs(world.directory, 'anna', desk, home);
  const order = bring(world, orderOf(TO_ANNA));
  const [atDesk, atHome] = [await desk.request('INVITE'), await home.request('INVITE')];
  desk.answer(atDesk, 183, { body: SDP(1) });
  const ringing = await world.node.response('INVITE', 180);
  expect(ringing.body).toBe('');
  home.answer(atHome, 180);
  home.answer(atHome, 200, { body: ANSWER });
  const answered = await world.node.response('INVITE');
  expect(answered.body).toBe(ANSWER);
  world.node.ack(order, answered);
  await home.request('ACK');
  desk.answer(await desk.request('CANCEL'), 200);
  desk.answer(atDesk, 487);
  await desk.request('ACK');
  expect(world.gateway.status().calls).toBe(1);
});

test('a phone that answers too late is hung up', async () => {
  const [desk, home] = [await world.phone(), await world.phone()];
  registerAs(world.directory, 'anna', desk, home);
  const order = bring(world, orderOf(TO_ANNA));
  const [atDesk, atHome] = [await desk.request('INVITE'), await home.request('INVITE')];
  desk.answer(atDesk, 180);
  home.answer(atHome, 200, { body: ANSWER });
  world.node.ack(order, await world.node.response('INVITE'));
  await home.request('ACK');
  await desk.request('CANCEL');
  desk.answer(atDesk, 200, { body: SDP(1) });
  await desk.request('ACK');
  desk.answer(await desk.request('BYE'), 200);
  expect(world.gateway.status().calls).toBe(1);
});

test('one no of a person is a no of all phones; one busy phone is not', async () => {
  const [desk, home] = [await world.phone(), await world.phone()];
  registerAs(world.directory, 'anna', desk, home);
  const order = bring(world, orderOf(TO_ANNA));
  const [atDesk, atHome] = [await desk.request('INVITE'), await home.request('INVITE')];
  desk.answer(atDesk, 486);
  home.answer(atHome, 180);
  await world.node.response('INVITE', 180);
  home.answer(atHome, 603);
  expect((await outcome(order)).status).toBe(603);
  await quiet();
});

test('FreeSWITCH takes the call back and all phones stop ringing', async () => {
  const [desk, home] = [await world.phone(), await world.phone()];
  registerAs(world.directory, 'anna', desk, home);
  const order = bring(world, orderOf(TO_ANNA));
  for (const phone of [desk, home]) phone.answer(await phone.request('INVITE'), 180);
  await world.node.response('INVITE', 180);
  world.node.cancel(order);
  for (const phone of [desk, home]) await phone.request('CANCEL');
  expect((await outcome(order)).status).toBe(487);
});

test('an account without a phone is not reached, and FreeSWITCH is told that nobody is there', async () => {
  const refused = await outcome(bring(world, orderOf(TO_ANNA)));
  expect(refused.status).toBe(480);
  expect(header(refused, 'Reason')).toContain('Q.850;cause=20');
});

test('an order works once and in time, and one that is for a meeting is a loop', async () => {
  const phone = await world.phone();
  registerAs(world.directory, 'anna', phone);
  const order = orderOf(TO_ANNA);
  const first = bring(world, order);
  phone.answer(await phone.request('INVITE'), 486);
  expect((await outcome(first)).status).toBe(486);
  expect((await outcome(bring(world, order))).status).toBe(403);
  expect((await outcome(bring(world, orderOf(TO_ANNA, Date.now() - 1)))).status).toBe(403);
  const loop = { ...order, destination: { kind: 'reception', dialled: '7000' } as const };
  expect((await outcome(bring(world, loop))).status).toBe(482);
  world.node.spell = (text) => text.replace('Max-Forwards: 70', 'Max-Forwards: 0');
  expect((await outcome(bring(world, orderOf(TO_ANNA)))).status).toBe(483);
  const calls = phone.heard.filter((each) => each.kind === 'request' && each.method === 'INVITE');
  expect(calls).toEqual([]);
});

test('an order that is signed by nobody of ours is a visitor’s call to an unknown number', async () => {
  const forged = [{ name: 'X-Partyline', value: 'v1.e30.AAAA' }];
  const { status } = await outcome(bring(world, orderOf(TO_ANNA), [], forged));
  expect(status).toBe(404);
});

const CHALLENGE = 'Digest realm="telco", nonce="n-1", algorithm=MD5, qop="auth"';

async function telco(change = {}): Promise<SipPeer> {
  const peer = await world.phone();
  world.directory.setTrunks(trunkAt(peer, change));
  peer.onRequest = (request) => {
    if (request.method === 'OPTIONS') peer.answer(request, 200);
  };
  return peer;
}

test('a number is called by its trunk, which hears the trunk’s own number and nothing of ours', async () => {
  const provider = await telco();
  bring(world, orderOf(TO_NUMBER));
  const invite = await provider.request('INVITE');
  expect(invite.uri).toBe(`sip:${NUMBER}@${provider.host}`);
  expect(invite.body).toBe(OFFER);
  expect(header(invite, 'From')).toContain('<sip:+4930990@127.0.0.1>');
  expect(header(invite, 'P-Asserted-Identity')).toBe('<sip:+4930990@127.0.0.1>');
  expect(header(invite, 'X-Partyline')).toBeUndefined();
  provider.answer(invite, 183, { body: SDP(9) });
  expect((await world.node.response('INVITE', 183)).body).toBe(SDP(9));
});

test('a trunk’s challenge is answered once, in the same call', async () => {
  const provider = await telco();
  const order = bring(world, orderOf(TO_NUMBER));
  const first = await provider.request('INVITE');
  provider.answer(first, 407, { headers: [{ name: 'Proxy-Authenticate', value: CHALLENGE }] });
  await provider.request('ACK');
  const second = await provider.request('INVITE');
  expect(header(second, 'Call-ID')).toBe(header(first, 'Call-ID'));
  expect(header(second, 'From')).toBe(header(first, 'From'));
  expect(header(second, 'CSeq')).toBe(`${Number.parseInt(header(first, 'CSeq') ?? '') + 1} INVITE`);
  const proof = parseAuthorization(header(second, 'Proxy-Authorization') ?? '');
  const who = { username: 'partyline', realm: 'telco', password: 'trunk-pw' };
  expect(proof).toMatchObject({ username: 'partyline', uri: second.uri });
  expect(proof && isDigestRight(proof, 'INVITE', ha1('MD5', who))).toBe(true);
  provider.answer(second, 200, { body: ANSWER });
  const answered = await outcome(order);
  world.node.ack(order, answered);
  await provider.request('ACK');
  expect(answered.body).toBe(ANSWER);
});

test('a trunk that takes no password of ours is asked no third time', async () => {
  const provider = await telco();
  const order = bring(world, orderOf(TO_NUMBER));
  for (let tries = 0; tries < 2; tries += 1) {
    provider.answer(await provider.request('INVITE'), 401, {
      headers: [{ name: 'WWW-Authenticate', value: CHALLENGE }],
    });
  }
  expect((await outcome(order)).status).toBe(503);
});

test('a challenge by a trunk that has no password, or by a phone, is answered with nothing', async () => {
  const provider = await telco({ username: undefined, password: undefined });
  const order = bring(world, orderOf(TO_NUMBER));
  provider.answer(await provider.request('INVITE'), 407, {
    headers: [{ name: 'Proxy-Authenticate', value: CHALLENGE }],
  });
  expect((await outcome(order)).status).toBe(503);
});

test('a trunk that wants longer sessions gets them', async () => {
  const provider = await telco();
  bring(world, orderOf(TO_NUMBER));
  const first = await provider.request('INVITE');
  expect(header(first, 'Session-Expires')).toBe('120;refresher=uas');
  provider.answer(first, 422, { headers: [{ name: 'Min-SE', value: '600' }] });
  const second = await provider.request('INVITE');
  expect(header(second, 'Session-Expires')).toBe('600;refresher=uas');
});

const REFUSALS = [
  { said: 486, trunk: 486, account: 486 },
  { said: 603, trunk: 603, account: 603 },
  { said: 404, trunk: 404, account: 404 },
  { said: 480, trunk: 480, account: 480 },
  { said: 403, trunk: 503, account: 403 },
  { said: 302, trunk: 480, account: 480 },
  { said: 500, trunk: 503, account: 503 },
];
for (const { said, trunk, account } of REFUSALS) {
  test(`${said} of a trunk is told to FreeSWITCH as ${trunk}, of a phone as ${account}`, async () => {
    const provider = await telco();
    const order = bring(world, orderOf(TO_NUMBER));
    provider.answer(await provider.request('INVITE'), said, {
      headers: [{ name: 'Contact', value: '<sip:+1900@elsewhere>' }],
    });
    expect((await outcome(order)).status).toBe(trunk);
    const desk = await world.phone();
    registerAs(world.directory, 'anna', desk);
    const second = bring(world, orderOf(TO_ANNA));
    desk.answer(await desk.request('INVITE'), said);
    expect((await outcome(second)).status).toBe(account);
    await quiet();
  });
}

test('trunks that are not there, or make no calls, make none', async () => {
  expect((await outcome(bring(world, orderOf(TO_NUMBER)))).status).toBe(503);
  await telco({ outbound: false });
  expect((await outcome(bring(world, orderOf(TO_NUMBER)))).status).toBe(503);
});

test('one number is not called more than five times at once', async () => {
  const provider = await telco();
  for (let calls = 0; calls < 5; calls += 1) {
    const order = bring(world, orderOf(TO_NUMBER, Date.now() + 60_000 + calls));
    provider.answer(await provider.request('INVITE'), 486);
    expect((await outcome(order)).status).toBe(486);
  }
  const sixth = await outcome(bring(world, orderOf(TO_NUMBER)));
  expect([sixth.status, header(sixth, 'Retry-After')]).toEqual([503, '10']);
  expect(world.logged.join('\n')).not.toContain(NUMBER.slice(1));
});

for (const how of ['INVITE', 'UPDATE'] as const) {
  test(`a called phone holds and resumes by ${how}, and a fax machine hears 488`, async () => {
    const { phone, callee } = await talk();
    const ask = async (dialog: typeof callee, body: string, answer: string) => {
      const [after, sent] = phone.inDialog(dialog, how, { body });
      const passed = await world.node.request(how);
      expect(passed.body).toBe(body);
      world.node.answer(passed, 200, { body: answer });
      const answered = await phone.response(how);
      expect(answered.body).toBe(answer);
      if (how === 'INVITE') {
        phone.ack(sent, answered);
        await world.node.request('ACK');
      }
      return after;
    };
    const held = await ask(callee, SDP(7000, 'a=sendonly'), SDP(6000, 'a=recvonly'));
    const quietly = await ask(held, SDP(7000, 'a=inactive'), SDP(6000, 'a=inactive'));
    const back = await ask(quietly, SDP(7000), SDP(6000));
    const fax = SDP(7000).replace(/m=audio.*\r\n/, 'm=image 7000 udptl t38\r\n');
    const [, sent] = phone.inDialog(back, how, { body: fax });
    const refused = await phone.response(how);
    if (how === 'INVITE') phone.ack(sent, refused);
    expect(refused.status).toBe(488);
    expect(world.gateway.status().calls).toBe(1);
  });
}

test('digits of a called phone reach FreeSWITCH, and FreeSWITCH’s re-INVITE the phone', async () => {
  const { phone, callee, caller } = await talk();
  phone.inDialog(callee, 'INFO', {
    body: 'Signal=1\r\nDuration=160',
    headers: [{ name: 'Content-Type', value: 'application/dtmf-relay' }],
  });
  const digits = await world.node.request('INFO');
  expect(digits.body).toContain('Signal=1');
  world.node.answer(digits, 200);
  expect((await phone.response('INFO')).status).toBe(200);
  const [, sent] = world.node.inDialog(caller, 'INVITE', { body: SDP(6001) });
  const passed = await phone.request('INVITE');
  expect(passed.body).toBe(SDP(6001));
  phone.answer(passed, 200, { body: SDP(7001) });
  const answered = await world.node.response('INVITE');
  expect(answered.body).toBe(SDP(7001));
  world.node.ack(sent, answered);
  await phone.request('ACK');
});

test('a switch that has lost its calls leaves no called phone off the hook', async () => {
  const { phone } = await talk();
  const [host = '', port = ''] = world.node.host.split(':');
  world.gateway.endCallsAt({ host, port: Number(port) });
  phone.answer(await phone.request('BYE'), 200);
  await quiet();
});

test('a gateway that stops takes no order', async () => {
  const { phone } = await talk();
  void world.gateway.shutdown();
  expect((await outcome(bring(world, orderOf(TO_ANNA)))).status).toBe(503);
  expect(phone.heard).toEqual([]);
});

test('a browser is called over its WebSocket, with the caller, and by an order for browsers alone', async () => {
  const phone = await world.phone('ws');
  const registrar = `sip:127.0.0.1:${world.drachtio.sipPort}`;
  const address = '<sip:anna@partyline>';
  const common = { from: address, to: address, callId: 'register-ws' };
  phone.send(phone.compose('REGISTER', registrar, common));
  const challenged = await phone.response('REGISTER');
  const proof = prove(challenged, { username: 'anna' }, { method: 'REGISTER', uri: registrar });
  phone.send(phone.compose('REGISTER', registrar, { ...common, cseq: 2, headers: [proof] }));
  expect((await phone.response('REGISTER')).status).toBe(200);
  expect((await outcome(bring(world, orderOf(TO_ANNA)))).status).toBe(480);
  const order = bring(world, RING_BROWSERS);
  const invite = await phone.request('INVITE');
  expect(header(invite, 'From')).toMatch(/^"Bernd" <sip:12@127\.0\.0\.1:\d+>/);
  phone.answer(invite, 200, { body: ANSWER });
  const answered = await outcome(order);
  expect(answered.body).toBe(ANSWER);
  const caller = world.node.ack(order, answered);
  await phone.request('ACK');
  world.node.inDialog(caller, 'BYE');
  phone.answer(await phone.request('BYE'), 200);
});

const RING_BROWSERS: CallIdentity = {
  destination: { kind: 'ring', to: TO_ANNA, browsers: true, untilMs: Date.now() + 90_000 },
  via: 'phone',
  name: 'Bernd',
  number: '12',
  source: '',
};
