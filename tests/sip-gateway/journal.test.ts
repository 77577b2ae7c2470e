import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header } from '../../protocol/sip/message.ts';
import { startGateway } from '../../sip-gateway/gateway.ts';
import type { Gateway } from '../../sip-gateway/gateway.ts';
import type { Journal, KeptDialog } from '../../sip-gateway/journal.ts';
import { farewell } from '../../sip-gateway/journal.ts';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import type { DrachtioStandIn } from '../../switch/drachtio/drachtio.ts';
import { orderOf, registerAs, signed, TO_ANNA } from '../support/calls-out.ts';
import { eventually } from '../support/eventually.ts';
import { IDENTITY_KEY, REALM, ScriptedDirectory, SECRET } from '../support/gateway-world.ts';
import { embeddedDrachtio } from '../support/mortal-engines.ts';
import { SDP, SipPeer } from '../support/sip-peer.ts';

/** A journal in memory, handed from one life of the gateway to the next. */
class Memory implements Journal {
  readonly kept = new Map<string, KeptDialog>();
  leftovers(): readonly KeptDialog[] {
    return [...this.kept.values()];
  }
  add(dialog: KeptDialog): void {
    // As a store would have it: text.
    this.kept.set(dialog.id, JSON.parse(JSON.stringify(dialog)) as KeptDialog);
  }
  remove(id: string): void {
    this.kept.delete(id);
  }
}

const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function life(journal: Journal, node: SipPeer | undefined, sipPort = 0) {
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port: 0,
    secret: SECRET,
    sip: { host: '127.0.0.1', port: sipPort, wsPort: 0 },
    log: () => undefined,
  });
  const at = node ?? (await SipPeer.udp(drachtio.sipPort));
  const directory = new ScriptedDirectory();
  const gateway = await joined(drachtio, journal, at, directory);
  return { drachtio, gateway, node: at, directory };
}

async function joined(
  { port, secret }: { readonly port: number; readonly secret: string },
  journal: Journal,
  node: SipPeer,
  directory = new ScriptedDirectory(),
): Promise<Gateway> {
  const [host = '', nodePort = ''] = node.host.split(':');
  const gateway = startGateway({
    drachtio: { host: '127.0.0.1', port, secret },
    switches: [{ host, port: Number(nodePort) }],
    directory,
    identityKey: IDENTITY_KEY,
    realm: REALM,
    digests: ['MD5'],
    now: Date.now,
    random: randomBytes,
    journal,
    log: () => undefined,
  });
  await eventually('joined', () => gateway.status().drachtio === 'joined');
  return gateway;
}

/** A phone's call to `node` through the drachtio at this port; both ends' dialogs. */
async function call(phone: SipPeer, node: SipPeer, sipPort: number) {
  node.onRequest = (request) => {
    if (request.method === 'OPTIONS') node.answer(request, 200);
  };
  const uri = `sip:7000@127.0.0.1:${sipPort}`;
  const sent = phone.send(phone.compose('INVITE', uri, { body: SDP(4000) }));
  const invite = await node.request('INVITE');
  const room = node.answer(invite, 200, { body: SDP(5000) });
  const caller = phone.ack(sent, await phone.response('INVITE'));
  await node.request('ACK');
  return [
    [phone, caller],
    [node, room],
  ] as const;
}

/** The meeting's call to a phone behind a router; both ends' dialogs. */
async function callOut(
  phone: SipPeer,
  { node, directory, drachtio }: Awaited<ReturnType<typeof life>>,
) {
  node.onRequest = (request) => {
    if (request.method === 'OPTIONS') node.answer(request, 200);
  };
  registerAs(directory, 'anna', phone);
  const uri = `sip:outbound@127.0.0.1:${drachtio.sipPort}`;
  const headers = [signed(orderOf(TO_ANNA))];
  const sent = node.send(node.compose('INVITE', uri, { body: SDP(4000), headers }));
  const invite = await phone.request('INVITE');
  // Its Contact is its address behind the router, as it registered.
  phone.spell = (text) => text.replace(/^Contact: .*$/m, 'Contact: <sip:desk@192.0.2.1:5060>');
  const callee = phone.answer(invite, 200, { body: SDP(5000) });
  phone.spell = (text) => text;
  const caller = node.ack(sent, await node.response('INVITE'));
  await phone.request('ACK');
  return [
    [phone, callee],
    [node, caller],
  ] as const;
}

/** The far end hears the BYE of just this dialog, though we sent requests in it that are not known any more. */
async function hearsBye(peer: SipPeer, dialog: Dialog | undefined): Promise<void> {
  const bye = await peer.request('BYE');
  expect(header(bye, 'Call-ID')).toBe(dialog?.callId);
  expect(header(bye, 'To')).toContain(`tag=${dialog?.localTag}`);
  expect(header(bye, 'From')).toContain(`tag=${dialog?.remoteTag}`);
  expect(Number(header(bye, 'CSeq')?.split(' ')[0])).toBeGreaterThan(1000);
  peer.answer(bye, 200);
}

async function end({ gateway, drachtio }: { gateway: Gateway; drachtio: DrachtioStandIn }) {
  await gateway.stop();
  await drachtio.stop();
}

test.each([
  ['calls in', false],
  ['calls out', true],
])('a gateway that died says BYE to both ends of its %s when it is back', async (_what, isOut) => {
  const before = new Memory();
  const first = await life(before, undefined);
  const { node } = first;
  const phone = await SipPeer.udp(first.drachtio.sipPort);
  ends.push(
    () => phone.close(),
    () => node.close(),
  );
  const legs = isOut
    ? await callOut(phone, first)
    : await call(phone, node, first.drachtio.sipPort);
  await eventually('both dialogs kept', () => before.kept.size === 2);

  // What was kept at the moment of death; the orderly end below happens unseen by it.
  const atDeath = new Memory();
  for (const kept of before.leftovers()) atDeath.add(kept);
  const { sipPort } = first.drachtio;
  const orderly = end(first);
  for (const peer of [phone, node]) peer.answer(await peer.request('BYE'), 200);
  await orderly;
  expect(before.kept.size).toBe(0);

  const second = await life(atDeath, node, sipPort);
  ends.push(() => end(second));
  for (const [peer, dialog] of legs) await hearsBye(peer, dialog);
  expect(atDeath.kept.size).toBe(0);
  expect(second.gateway.status().calls).toBe(0);
});

test('when drachtio died, its next life says BYE to both ends of the calls that it had', async () => {
  const drachtio = await embeddedDrachtio();
  ends.push(() => drachtio.stop());
  const node = await SipPeer.udp(drachtio.sipPort);
  const phone = await SipPeer.udp(drachtio.sipPort);
  const journal = new Memory();
  const gateway = await joined(drachtio, journal, node);
  ends.push(
    () => phone.close(),
    () => node.close(),
    () => gateway.stop(),
  );
  const legs = await call(phone, node, drachtio.sipPort);
  await drachtio.die();
  await eventually('the calls are over', () => gateway.status().calls === 0);
  await drachtio.restart();
  for (const [peer, dialog] of legs) await hearsBye(peer, dialog);
  expect(journal.kept.size).toBe(0);
});

const DIALOG: KeptDialog['dialog'] = {
  state: 'confirmed',
  callId: 'c1',
  localTag: 'ours',
  remoteTag: 'theirs',
  localAddress: '<sip:7000@198.51.100.1>;tag=ours',
  remoteAddress: '"Anna" <sip:anna@192.168.1.2>;tag=theirs',
  remoteTarget: 'sip:anna@192.168.1.2:5062',
  routeSet: [],
  localCSeq: 3,
  remoteCSeq: 7,
};

test('a phone behind a router hears BYE at the address it called from', () => {
  const source = { transport: 'udp', address: '203.0.113.9', port: 40_000 } as const;
  expect(farewell({ id: '1', dialog: DIALOG, source })).toMatchObject({
    uri: 'sip:anna@192.168.1.2:5062',
    proxy: 'sip:203.0.113.9:40000',
  });
});

test('a call that came through a proxy ends through it', () => {
  const dialog = { ...DIALOG, routeSet: ['<sip:203.0.113.1;lr>', '<sip:10.0.0.1;lr>'] };
  const { proxy, headers } = farewell({ id: '1', dialog });
  expect(proxy).toBe('sip:203.0.113.1;lr');
  expect(headers.filter(({ name }) => name === 'Route')).toHaveLength(2);
});
