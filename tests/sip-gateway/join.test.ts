import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header } from '../../protocol/sip/message.ts';
import { eventually } from '../support/eventually.ts';
import type { World } from '../support/gateway-world.ts';
import { startWorld } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
});

const OFFER = SDP(4000);
const ANSWER = SDP(5000);

interface Talk {
  readonly phone: SipPeer;
  readonly caller: Dialog;
  readonly room: Dialog;
}

/** A call that is up on both legs. */
async function talk(transport: 'udp' | 'tcp' = 'udp'): Promise<Talk> {
  const phone = await world.phone(transport);
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  const room = world.node.answer(invite, 200, { body: ANSWER });
  const answered = await phone.response('INVITE');
  expect(answered.status).toBe(200);
  expect(answered.body).toBe(ANSWER);
  const caller = phone.ack(sent, answered);
  await world.node.request('ACK');
  if (!room) throw new Error('no room leg');
  return { phone, caller, room };
}

const quiet = () =>
  eventually('nothing left', () => {
    const { calls, incoming, outgoing } = world.drachtio.dump();
    return world.gateway.status().calls + calls + incoming + outgoing === 0;
  });

test('the caller hears ringing and early media, and hangs up on both ends', async () => {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 180);
  const ringing = await phone.response('INVITE', 180);
  expect(ringing.body).toBe('');
  expect(header(ringing, 'Contact')).toBe(`<${world.uri('call')}>`);
  world.node.answer(invite, 183, { body: ANSWER });
  expect((await phone.response('INVITE', 183)).body).toBe(ANSWER);
  world.node.answer(invite, 200, { body: ANSWER });
  const caller = phone.ack(sent, await phone.response('INVITE'));
  await world.node.request('ACK');
  phone.inDialog(caller, 'BYE');
  expect((await phone.response('BYE')).status).toBe(200);
  await world.node.request('BYE');
  await quiet();
});

test('the switch hangs up and the phone is free', async () => {
  const { phone, room } = await talk('tcp');
  world.node.inDialog(room, 'BYE');
  expect((await world.node.response('BYE')).status).toBe(200);
  phone.answer(await phone.request('BYE'), 200);
  await quiet();
});

test('a caller who gives up ends the ringing of the room leg', async () => {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 183, { body: ANSWER });
  await phone.response('INVITE', 183);
  phone.cancel(sent);
  expect((await phone.response('CANCEL')).status).toBe(200);
  const ended = await phone.response('INVITE');
  expect(ended.status).toBe(487);
  phone.ack(sent, ended);
  world.node.answer(await world.node.request('CANCEL'), 200);
  world.node.answer(invite, 487);
  await world.node.request('ACK');
  await quiet();
});

test('a call that is answered while it is taken back is hung up at the switch', async () => {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  phone.cancel(sent);
  await phone.response('INVITE', 487);
  world.node.answer(invite, 200, { body: ANSWER });
  await world.node.request('ACK');
  await world.node.request('BYE');
  await quiet();
});

const REFUSALS = [
  { node: 486, caller: 486 },
  { node: 404, caller: 404 },
  { node: 488, caller: 488 },
  { node: 603, caller: 603 },
  { node: 407, caller: 503, retry: '5' },
  { node: 500, caller: 503, retry: '5' },
  { node: 302, caller: 503, retry: '5' },
];
for (const { node, caller, retry } of REFUSALS) {
  test(`the switch's ${node} reaches the caller as ${caller}`, async () => {
    const phone = await world.phone();
    const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
    world.node.answer(await world.node.request('INVITE'), node);
    const refused = await phone.response('INVITE');
    phone.ack(sent, refused);
    expect(refused.status).toBe(caller);
    expect(header(refused, 'Retry-After')).toBe(retry);
    await quiet();
  });
}

test('hold and resume pass through, and a refused offer leaves the call up', async () => {
  const { phone, caller } = await talk();
  const held = SDP(4000, 'a=sendonly');
  const [after, hold] = phone.inDialog(caller, 'INVITE', { body: held });
  const passed = await world.node.request('INVITE');
  expect(passed.body).toBe(held);
  world.node.answer(passed, 200, { body: SDP(5000, 'a=recvonly') });
  const answered = await phone.response('INVITE');
  expect(answered.body).toBe(SDP(5000, 'a=recvonly'));
  phone.ack(hold, answered);
  await world.node.request('ACK');
  const [last] = phone.inDialog(after, 'INVITE', { body: SDP(1) });
  world.node.answer(await world.node.request('INVITE'), 488);
  expect((await phone.response('INVITE')).status).toBe(488);
  phone.inDialog(last, 'BYE');
  await world.node.request('BYE');
});

test('a re-INVITE of the switch passes to the phone', async () => {
  const { phone, room } = await talk();
  const [, sent] = world.node.inDialog(room, 'INVITE', { body: SDP(5001) });
  const passed = await phone.request('INVITE');
  expect(passed.body).toBe(SDP(5001));
  phone.answer(passed, 200, { body: SDP(4001) });
  const answered = await world.node.response('INVITE');
  expect(answered.body).toBe(SDP(4001));
  world.node.ack(sent, answered);
  await phone.request('ACK');
});

test('a session refresh with the same offer is answered without troubling the switch', async () => {
  const { phone, caller } = await talk();
  const [, refresh] = phone.inDialog(caller, 'INVITE', {
    body: OFFER,
    headers: [
      { name: 'Session-Expires', value: '120;refresher=uac' },
      { name: 'Supported', value: 'timer' },
    ],
  });
  const answered = await phone.response('INVITE');
  expect(answered.body).toBe(ANSWER);
  expect(header(answered, 'Session-Expires')).toBe('120;refresher=uac');
  phone.ack(refresh, answered);
  expect(
    world.node.heard.filter((each) => each.kind === 'request' && each.method === 'INVITE'),
  ).toEqual([]);
});

test('a call without offer takes the switch’s, and its answer goes in the ACK', async () => {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000')));
  const invite = await world.node.request('INVITE');
  expect(invite.body).toBe('');
  world.node.answer(invite, 200, { body: ANSWER });
  const answered = await phone.response('INVITE');
  expect(answered.body).toBe(ANSWER);
  phone.ack(sent, answered, OFFER);
  expect((await world.node.request('ACK')).body).toBe(OFFER);
});

test('digits sent by INFO cross; other things in INFO, REFER and MESSAGE do not', async () => {
  const { phone, caller } = await talk();
  const digits = {
    body: 'Signal=5\r\nDuration=160',
    headers: [{ name: 'Content-Type', value: 'application/dtmf-relay' }],
  };
  let [dialog] = phone.inDialog(caller, 'INFO', digits);
  const passed = await world.node.request('INFO');
  expect(passed.body).toBe(digits.body);
  world.node.answer(passed, 200);
  expect((await phone.response('INFO')).status).toBe(200);
  [dialog] = phone.inDialog(dialog, 'INFO', {
    body: 'x',
    headers: [{ name: 'Content-Type', value: 'text/plain' }],
  });
  expect((await phone.response('INFO')).status).toBe(415);
  [dialog] = phone.inDialog(dialog, 'REFER', {
    headers: [{ name: 'Refer-To', value: '<sip:a@b>' }],
  });
  expect((await phone.response('REFER')).status).toBe(603);
  [dialog] = phone.inDialog(dialog, 'MESSAGE', {
    body: 'hi',
    headers: [{ name: 'Content-Type', value: 'text/plain' }],
  });
  expect((await phone.response('MESSAGE')).status).toBe(405);
  phone.inDialog(dialog, 'OPTIONS');
  expect((await phone.response('OPTIONS')).status).toBe(200);
});
