import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatIdentity, IDENTITY_HEADER, parseIdentity } from '../../protocol/call/identity.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header } from '../../protocol/sip/message.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { orderOf, registerAs, signed, TO_ANNA } from '../support/calls-out.ts';
import { eventually } from '../support/eventually.ts';
import type { World } from '../support/gateway-world.ts';
import {
  addressOf,
  BROWSER,
  IDENTITY_KEY,
  prove,
  ROOM,
  startWorld,
} from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ several: true });
});
afterEach(async () => {
  await world.stop();
});

const OFFER = SDP(4000);
const ANSWER = SDP(5000);
const OTHER_ANSWER = SDP(6000);

interface Talk {
  readonly phone: SipPeer;
  readonly caller: Dialog;
  readonly room: Dialog;
  readonly leg: string;
}

/** A call that is up on both legs, at the first switch. */
async function talk(dialled = '7000'): Promise<Talk> {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri(dialled), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  const room = world.node.answer(invite, 200, { body: ANSWER });
  const caller = phone.ack(sent, await phone.response('INVITE'));
  await world.node.request('ACK');
  if (!room) throw new Error('no room leg');
  return { phone, caller, room, leg: header(invite, 'Call-ID') ?? '' };
}

/** The first switch is dead, and calls belong to the other. */
function dies(): void {
  world.placement.at = addressOf(world.spare);
  world.gateway.moveCallsFrom(addressOf(world.node));
}

function identityIn(invite: SipRequest): CallIdentity | undefined {
  return parseIdentity(header(invite, IDENTITY_HEADER) ?? '', IDENTITY_KEY);
}

const quiet = () =>
  eventually('nothing left', () => {
    const { calls, incoming, outgoing } = world.drachtio.dump();
    return world.gateway.status().calls + calls + incoming + outgoing === 0;
  });

test('a call goes on at another switch as the same leg, and the phone’s dialog stays', async () => {
  const { phone, caller, leg } = await talk('1234567890');
  dies();
  const invite = await world.spare.request('INVITE');
  expect(invite.body).toBe(OFFER);
  expect(header(invite, 'Call-ID')).toBe(leg);
  expect(identityIn(invite)).toMatchObject({
    replaces: leg,
    destination: { kind: 'meeting', room: ROOM },
  });
  expect(world.placement.asked).toEqual([ROOM, ROOM]);
  world.spare.answer(invite, 200, { body: OTHER_ANSWER });
  const again = await phone.request('INVITE');
  expect(again.body).toBe(OTHER_ANSWER);
  expect(header(again, 'Call-ID')).toBe(caller.callId);
  phone.answer(again, 200, { body: OFFER });
  await phone.request('ACK');
  await world.spare.request('ACK');
  phone.inDialog(caller, 'BYE');
  await world.spare.request('BYE');
  await quiet();
  expect(world.gone).toEqual([]);
});

test('where the reception had led a caller is what the bridge kept, not what was dialled', async () => {
  const { leg } = await talk();
  const who: CallIdentity = {
    destination: { kind: 'meeting', room: ROOM, role: 'moderator' },
    ...{ via: 'phone', name: 'Dora', number: '', source: '127.0.0.1', personId: 'person-5' },
  };
  world.placement.known.set(leg, formatIdentity(who, IDENTITY_KEY));
  dies();
  const invite = await world.spare.request('INVITE');
  expect(identityIn(invite)).toEqual({ ...who, replaces: leg });
});

test('a BYE of the bridge’s that says where the call belongs takes it there; one of a stranger’s ends it', async () => {
  const { phone, caller, room, leg } = await talk();
  world.placement.at = addressOf(world.spare);
  const who: CallIdentity = {
    destination: { kind: 'meeting', room: ROOM, role: 'participant' },
    ...{ via: 'phone', name: 'Anna', number: '1001', source: '127.0.0.1' },
  };
  const value = formatIdentity(who, IDENTITY_KEY);
  world.node.inDialog(room, 'BYE', { headers: [{ name: IDENTITY_HEADER, value }] });
  const invite = await world.spare.request('INVITE');
  expect(identityIn(invite)).toEqual({ ...who, replaces: leg });
  const dialog = world.spare.answer(invite, 200, { body: OTHER_ANSWER });
  phone.answer(await phone.request('INVITE'), 200, { body: OFFER });
  await phone.request('ACK');
  const forged = formatIdentity(who, new Uint8Array(32));
  if (!dialog) throw new Error('no dialog');
  world.spare.inDialog(dialog, 'BYE', { headers: [{ name: IDENTITY_HEADER, value: forged }] });
  await phone.request('BYE');
  expect(header(invite, 'Call-ID')).not.toBe(caller.callId);
});

test('a switch that stops says BYE, and its calls go on elsewhere', async () => {
  const { room } = await talk();
  world.placement.at = addressOf(world.spare);
  const reason = { name: 'Reason', value: 'SIP;cause=701;text="SYSTEM_SHUTDOWN"' };
  world.node.inDialog(room, 'BYE', { headers: [reason] });
  await world.spare.request('INVITE');
  expect(world.gateway.status().switches[0]?.up).toBe(false);
});

test('a phone that moves its media when it is asked is told to the new switch', async () => {
  const { phone } = await talk();
  dies();
  world.spare.answer(await world.spare.request('INVITE'), 200, { body: OTHER_ANSWER });
  phone.answer(await phone.request('INVITE'), 200, { body: SDP(4004) });
  const told = await world.spare.request('INVITE');
  expect(told.body).toBe(SDP(4004));
  world.spare.answer(told, 200, { body: OTHER_ANSWER });
});

test('a phone that offers at the same moment is asked once more', async () => {
  const { phone } = await talk();
  dies();
  world.spare.answer(await world.spare.request('INVITE'), 200, { body: OTHER_ANSWER });
  phone.answer(await phone.request('INVITE'), 491);
  phone.answer(await phone.request('INVITE'), 200, { body: OFFER });
  await phone.request('ACK');
});

test('a switch that cannot take it is tried again; the caller who hangs up meanwhile leaves nothing', async () => {
  const { phone, caller, leg } = await talk();
  dies();
  world.spare.answer(await world.spare.request('INVITE'), 503);
  const second = await world.spare.request('INVITE');
  world.spare.answer(second, 180);
  phone.inDialog(caller, 'BYE');
  world.spare.answer(await world.spare.request('CANCEL'), 200);
  world.spare.answer(second, 487);
  await quiet();
  expect(world.gone).toEqual([leg]);
});

test('a phone that refuses to be moved, and a room that will not have it, end the call at once', async () => {
  const refusing = await talk();
  const banned = await talk();
  dies();
  const [one, other] = [await world.spare.request('INVITE'), await world.spare.request('INVITE')];
  const isRefusing = (invite: SipRequest) => header(invite, 'Call-ID') === refusing.leg;
  for (const invite of [one, other])
    world.spare.answer(invite, isRefusing(invite) ? 200 : 603, {
      ...(isRefusing(invite) && { body: OTHER_ANSWER }),
    });
  refusing.phone.answer(await refusing.phone.request('INVITE'), 488);
  refusing.phone.answer(await refusing.phone.request('BYE'), 200);
  banned.phone.answer(await banned.phone.request('BYE'), 200);
  await world.spare.request('BYE');
  await quiet();
  expect([...world.gone].sort()).toEqual([refusing.leg, banned.leg].sort());
});

test('a browser is told to call again, and the call that it makes goes on for the same leg', async () => {
  const browser = await world.phone('ws');
  const call = async (): Promise<{ readonly sent: SipRequest }> => {
    const from = `<sip:${BROWSER.username}@partyline>`;
    const first = browser.send(browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from }));
    const challenged = await browser.response('INVITE');
    browser.ack(first, challenged);
    const proof = prove(challenged, BROWSER, { method: 'INVITE', uri: world.uri(ROOM) });
    const headers = [proof];
    return {
      sent: browser.send(
        browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from, headers }),
      ),
    };
  };
  const { sent } = await call();
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 200, { body: ANSWER });
  browser.ack(sent, await browser.response('INVITE'));
  dies();
  const bye = await browser.request('BYE');
  expect(header(bye, 'Reason')).toBe('SIP;cause=503;text="Call again"');
  browser.answer(bye, 200);
  await call();
  const again = await world.spare.request('INVITE');
  expect(header(again, 'Call-ID')).toBe(header(invite, 'Call-ID'));
  expect(identityIn(again)?.replaces).toBe(header(invite, 'Call-ID'));
});

test('somebody whom the meeting called goes on at another switch too', async () => {
  const phone = await world.phone();
  registerAs(world.directory, 'anna', phone);
  const leg = '00000000-0000-4000-8000-000000000009';
  const composed = world.node.compose('INVITE', world.uri('outbound'), {
    body: OFFER,
    headers: [signed(orderOf(TO_ANNA))],
  });
  const named = composed.headers.map((each) =>
    each.name === 'Call-ID' ? { ...each, value: leg } : each,
  );
  const order = world.node.send({ ...composed, headers: named });
  const callee = phone.answer(await phone.request('INVITE'), 200, { body: SDP(7000) });
  world.node.ack(order, await world.node.response('INVITE'));
  await phone.request('ACK');
  dies();
  const invite = await world.spare.request('INVITE');
  expect(invite.body).toBe(SDP(7000));
  expect(identityIn(invite)).toMatchObject({ replaces: leg, destination: { kind: 'outbound' } });
  const room = world.spare.answer(invite, 200, { body: OTHER_ANSWER });
  const again = await phone.request('INVITE');
  expect([again.body, header(again, 'Call-ID')]).toEqual([OTHER_ANSWER, callee?.callId]);
  phone.answer(again, 200, { body: SDP(7000) });
  await phone.request('ACK');
  if (!room) throw new Error('no room leg');
  world.spare.inDialog(room, 'BYE');
  phone.answer(await phone.request('BYE'), 200);
  await quiet();
});
