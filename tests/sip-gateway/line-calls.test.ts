import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseIdentity } from '../../protocol/call/identity.ts';
import type { SipHeader, SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { eventually } from '../support/eventually.ts';
import { IDENTITY_KEY, prove, startWorld } from '../support/gateway-world.ts';
import type { World } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.stop();
});

/** Anna's phone dials, and proves who it is. */
async function dial(
  phone: SipPeer,
  user: string,
  callId: string,
  more: readonly SipHeader[] = [],
): Promise<SipRequest> {
  const uri = world.uri(user);
  const common = { from: '<sip:anna@partyline>', callId, body: SDP(4000) };
  phone.send(phone.compose('INVITE', uri, common));
  const challenged = await phone.response('INVITE', 407);
  const proof = prove(challenged, { username: 'anna' }, { method: 'INVITE', uri });
  return phone.send(
    phone.compose('INVITE', uri, { ...common, cseq: 2, headers: [proof, ...more] }),
  );
}

function identityOf(request: SipRequest) {
  return parseIdentity(header(request, 'X-Partyline') ?? '', IDENTITY_KEY);
}

test('somebody registered dials an extension: the switch is told whom, and who calls', async () => {
  await dial(await world.phone(), '22', 'anna-calls');
  const identity = identityOf(await world.node.request('INVITE'));
  expect(identity?.account).toBe('anna');
  expect(identity?.destination).toEqual({
    kind: 'call',
    to: { kind: 'account', username: 'bert' },
    called: { name: 'Bert', number: '22' },
  });
});

test('a stranger reaches nobody by an extension', async () => {
  const phone = await world.phone();
  phone.send(phone.compose('INVITE', world.uri('22'), { body: SDP(4000) }));
  expect((await phone.response('INVITE')).status).toBe(404);
});

test('a number is booked until the call ends; one that is not allowed is 403', async () => {
  const phone = await world.phone();
  const invite = await dial(phone, '+4930123456', 'anna-outside');
  const { destination } = identityOf(await world.node.request('INVITE')) ?? {};
  expect(destination).toMatchObject({ kind: 'call', to: { number: '+4930123456' } });
  expect(world.directory.booked).toHaveLength(1);
  expect(world.directory.planned).toEqual([
    { number: '+4930123456', by: { account: 'anna', source: '127.0.0.1' } },
  ]);
  phone.cancel(invite);
  await eventually('nothing is booked', () => world.directory.booked.length === 0);
  const abroad = await world.phone();
  await dial(abroad, '+33123456', 'anna-abroad');
  expect((await abroad.response('INVITE', 403)).status).toBe(403);
});

test('what was booked for a call that is not taken is given back', async () => {
  const phone = await world.phone();
  const timer = [
    { name: 'Supported', value: 'timer' },
    { name: 'Session-Expires', value: '30' },
  ];
  await dial(phone, '+4930123456', 'anna-impatient', timer);
  await phone.response('INVITE', 422);
  expect(world.directory.givenBack).toHaveLength(1);
  expect(world.directory.booked).toEqual([]);
});

test('REFER rings somebody else in the place of who asks, who is told how it ends', async () => {
  const phone = await world.phone();
  const invite = await dial(phone, '22', 'anna-transfers');
  const atSwitch = await world.node.request('INVITE');
  world.node.answer(atSwitch, 200, { body: SDP(5000) });
  const dialog = phone.ack(invite, await phone.response('INVITE', 200));
  phone.inDialog(dialog, 'REFER', {
    headers: [{ name: 'Refer-To', value: `<${world.uri('22')}>` }],
  });
  expect((await phone.response('REFER')).status).toBe(202);
  const statuses: string[] = [];
  for (let news = 0; news < 2; news++) {
    const notify = await phone.request('NOTIFY');
    statuses.push(notify.body.trim());
    phone.answer(notify, 200);
  }
  expect(statuses.sort()).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
  expect(world.transfers).toEqual([
    {
      leg: header(atSwitch, 'Call-ID'),
      to: { to: { kind: 'account', username: 'bert' }, called: { name: 'Bert', number: '22' } },
    },
  ]);
});

test('a transfer to a number that nobody could carry out gives back what was booked, and says so', async () => {
  const phone = await world.phone();
  const invite = await dial(phone, '22', 'anna-transfers-out');
  world.node.answer(await world.node.request('INVITE'), 200, { body: SDP(5000) });
  const dialog = phone.ack(invite, await phone.response('INVITE', 200));
  world.directory.fails = true;
  phone.inDialog(dialog, 'REFER', {
    headers: [{ name: 'Refer-To', value: `<${world.uri('+4930123456')}>` }],
  });
  const news = [await phone.request('NOTIFY')];
  phone.answer(news[0]!, 200);
  news.push(await phone.request('NOTIFY'));
  expect(news.map(({ body }) => body.trim()).sort()).toEqual([
    'SIP/2.0 100 Trying',
    'SIP/2.0 500 Server Internal Error',
  ]);
  expect(world.directory.givenBack).toHaveLength(1);
});
