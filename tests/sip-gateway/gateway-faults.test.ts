import { afterEach, expect, test } from 'vitest';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { eventually } from '../support/eventually.ts';
import type { World, WorldOptions } from '../support/gateway-world.ts';
import { BROWSER, prove, ROOM, startWorld } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
const open = async (options?: WorldOptions) => (world = await startWorld(options));
afterEach(async () => {
  await world.stop();
});

const OFFER = SDP(4000);
const ANSWER = SDP(5000);
const TIMER = { name: 'Supported', value: 'timer' };

interface Talk {
  readonly phone: SipPeer;
  readonly caller: Dialog;
  readonly room: Dialog;
}

async function talk(
  headers = [TIMER],
  roomHeaders: { name: string; value: string }[] = [],
): Promise<Talk> {
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER, headers }));
  const invite = await world.node.request('INVITE');
  const room = world.node.answer(invite, 200, { body: ANSWER, headers: roomHeaders });
  const caller = phone.ack(sent, await phone.response('INVITE'));
  await world.node.request('ACK');
  if (!room) throw new Error('no room leg');
  return { phone, caller, room };
}

const quiet = () =>
  eventually('nothing left', () => {
    const { calls, incoming, outgoing } = world.drachtio.dump();
    return world.gateway.status().calls + calls + incoming + outgoing === 0;
  });

/** Timers of drachtio's stand-in that a test lets pass. */
function handClock() {
  const timers = new Set<{ readonly ms: number; readonly run: () => void }>();
  return {
    timers,
    after: (ms: number, run: () => void) => {
      const timer = { ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass: (ms: number) => {
      for (const timer of [...timers]) {
        if (timer.ms === ms && timers.delete(timer)) timer.run();
      }
    },
  };
}

test('a browser whose connection is lost leaves its room at once', async () => {
  await open();
  const browser = await world.phone('ws');
  const from = `<sip:${BROWSER.username}@partyline>`;
  const first = browser.send(browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from }));
  const challenged = await browser.response('INVITE');
  browser.ack(first, challenged);
  const proof = prove(challenged, BROWSER, { method: 'INVITE', uri: world.uri(ROOM) });
  const sent = browser.send(
    browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from, headers: [proof] }),
  );
  world.node.answer(await world.node.request('INVITE'), 200, { body: ANSWER });
  browser.ack(sent, await browser.response('INVITE'));
  await world.node.request('ACK');
  const lostAt = performance.now();
  browser.close();
  await world.node.request('BYE');
  expect(performance.now() - lostAt).toBeLessThan(6_000);
  await quiet();
});

test('a browser of which the switch hears no sound any more is told to call again, a phone is not', async () => {
  await open();
  const headers = [{ name: 'Reason', value: 'SIP;cause=804;text="MEDIA_TIMEOUT"' }];
  const browser = await world.phone('ws');
  const from = `<sip:${BROWSER.username}@partyline>`;
  const first = browser.send(browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from }));
  const challenged = await browser.response('INVITE');
  browser.ack(first, challenged);
  const proof = prove(challenged, BROWSER, { method: 'INVITE', uri: world.uri(ROOM) });
  const sent = browser.send(
    browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from, headers: [proof] }),
  );
  const room = world.node.answer(await world.node.request('INVITE'), 200, { body: ANSWER });
  browser.ack(sent, await browser.response('INVITE'));
  await world.node.request('ACK');
  if (room) world.node.inDialog(room, 'BYE', { headers });
  expect(header(await browser.request('BYE'), 'Reason')).toContain('Call again');
  const talking = await talk();
  world.node.inDialog(talking.room, 'BYE', { headers });
  expect(header(await talking.phone.request('BYE'), 'Reason') ?? '').not.toContain('Call again');
});

test('a browser that is lost while it rings gives the room leg up', async () => {
  await open();
  const browser = await world.phone('ws');
  const from = `<sip:${BROWSER.username}@partyline>`;
  browser.send(browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from }));
  const challenged = await browser.response('INVITE');
  const proof = prove(challenged, BROWSER, { method: 'INVITE', uri: world.uri(ROOM) });
  browser.send(browser.compose('INVITE', world.uri(ROOM), { body: OFFER, from, headers: [proof] }));
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 180);
  await browser.response('INVITE', 180);
  browser.close();
  world.node.answer(await world.node.request('CANCEL'), 200);
  world.node.answer(invite, 487);
  await quiet();
});

test('a phone that vanishes without a word is dropped when its session runs out', async () => {
  const clock = handClock();
  await open({ after: clock.after });
  const { phone } = await talk();
  clock.pass(120_000);
  const bye = await phone.request('BYE');
  expect(header(bye, 'Reason')).toContain('Session timer expired');
  await world.node.request('BYE');
  await eventually('ended', () => world.gateway.status().calls === 0);
});

test('a phone that refreshes keeps its session', async () => {
  const clock = handClock();
  await open({ after: clock.after });
  const { phone, caller } = await talk();
  const [, refresh] = phone.inDialog(caller, 'INVITE', {
    body: OFFER,
    headers: [TIMER, { name: 'Session-Expires', value: '120;refresher=uac' }],
  });
  const before = [...clock.timers].filter(({ ms }) => ms === 120_000);
  phone.ack(refresh, await phone.response('INVITE'));
  const after = [...clock.timers].filter(({ ms }) => ms === 120_000);
  expect(after).toHaveLength(1);
  expect(after[0]).not.toBe(before[0]);
});

test('a switch that stops refreshing the room leg ends the call at the phone', async () => {
  const clock = handClock();
  await open({ after: clock.after });
  const { phone } = await talk([], [{ name: 'Session-Expires', value: '180;refresher=uas' }]);
  clock.pass(180_000);
  await world.node.request('BYE');
  await phone.request('BYE');
  await eventually('ended', () => world.gateway.status().calls === 0);
});

test('drachtio refreshes a session whose phone left that to us, and drops it when nobody answers', async () => {
  const clock = handClock();
  await open({ after: clock.after });
  const { phone } = await talk([TIMER, { name: 'Session-Expires', value: '120;refresher=uas' }]);
  clock.pass(60_000);
  const refresh = await phone.request('INVITE');
  expect(refresh.body).toBe(ANSWER);
  phone.answer(refresh, 200, {
    body: OFFER,
    headers: [{ name: 'Session-Expires', value: '120;refresher=uac' }],
  });
  await phone.request('ACK');
  clock.pass(60_000);
  phone.answer(await phone.request('INVITE'), 481);
  await phone.request('BYE');
  await world.node.request('BYE');
});

test.each(['Contact: <tel:+1>\r\n', 'Contact: <sip:%zz@x>\r\n', 'Record-Route: nonsense\r\n', ''])(
  'a phone that answers our refresh with %j costs nobody a call',
  async (line) => {
    const clock = handClock();
    await open({ after: clock.after });
    const { phone } = await talk([TIMER, { name: 'Session-Expires', value: '120;refresher=uas' }]);
    clock.pass(60_000);
    phone.spell = (text) => text.replace(/Contact: .*\r\n/, line);
    phone.answer(await phone.request('INVITE'), 200, {
      body: OFFER,
      headers: [{ name: 'Session-Expires', value: '120;refresher=uac' }],
    });
    await phone.request('ACK');
    const other = await talk();
    expect(world.gateway.status().calls).toBe(2);
    other.phone.inDialog(other.caller, 'BYE');
    expect((await other.phone.response('BYE')).status).toBe(200);
  },
);

test('a phone that asks for a session of 136 years sets off no storm of refreshes', async () => {
  const clock = handClock();
  await open({ after: clock.after });
  const asked = { name: 'Session-Expires', value: '4294967295;refresher=uas' };
  await talk([TIMER, asked, { name: 'Min-SE', value: '4294967295' }]);
  expect(clock.timers.size).toBeGreaterThan(0);
  for (const { ms } of clock.timers) expect(ms).toBeLessThan(2 ** 31);
});

test.each(['nonsense', '<tel:+1>', '<sip:p1;lr>, <'])(
  'a caller whose Record-Route is %j is refused at once, and nothing is kept of him',
  async (value) => {
    await open({ timing: { t1: 10, t2: 80, t4: 100 } });
    const phone = await world.phone();
    const headers = [{ name: 'Record-Route', value }];
    const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER, headers }));
    const refused = await phone.response('INVITE');
    expect(refused.status).toBe(400);
    phone.ack(sent, refused);
    await quiet();
  },
);

test('a second INVITE with the name of a live call is refused, and the call can still be ended', async () => {
  await open();
  const phone = await world.phone();
  const first = phone.compose('INVITE', world.uri('7000'), { body: OFFER });
  const sent = phone.send(first);
  const room = await world.node.request('INVITE');
  const again = phone.send({ ...first, headers: withCSeq(first.headers, '2 INVITE') });
  const merged = await phone.response('INVITE');
  expect([merged.status, header(merged, 'CSeq')]).toEqual([482, '2 INVITE']);
  phone.ack(again, merged);
  world.node.answer(room, 200, { body: ANSWER });
  const caller = phone.ack(sent, await phone.response('INVITE'));
  const late = phone.send({ ...first, headers: withCSeq(first.headers, '3 INVITE') });
  const refused = await phone.response('INVITE');
  expect(refused.status).toBe(482);
  phone.ack(late, refused);
  phone.inDialog({ ...caller, localCSeq: 3 }, 'BYE');
  expect((await phone.response('BYE')).status).toBe(200);
  await world.node.request('BYE');
  await eventually('ended', () => world.gateway.status().calls === 0);
});

function withCSeq(headers: readonly SipHeader[], cseq: string): SipHeader[] {
  return headers.map(({ name, value }) => ({ name, value: name === 'CSeq' ? cseq : value }));
}

test('a 200 that the phone never acknowledges ends the call on both legs', async () => {
  await open({ timing: { t1: 10, t2: 80, t4: 100 } });
  const phone = await world.phone();
  phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  world.node.answer(await world.node.request('INVITE'), 200, { body: ANSWER });
  expect((await phone.response('INVITE')).status).toBe(200);
  expect(header(await phone.request('BYE'), 'Reason')).toContain('ACK timeout');
  await world.node.request('BYE');
  await eventually('ended', () => world.gateway.status().calls === 0);
});

test('after drachtio’s restart its old calls are gone at the switch and new ones work', async () => {
  await open();
  const { phone } = await talk();
  await world.restartDrachtio();
  await phone.request('BYE');
  await world.node.request('BYE');
  expect(world.gateway.status().calls).toBe(0);
  await talk();
});

test('a gateway that dies leaves no leg behind: both ends hear BYE', async () => {
  await open();
  const { phone } = await talk();
  const ringing = await world.phone();
  ringing.send(ringing.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 180);
  await ringing.response('INVITE', 180);
  await world.gateway.stop();
  await phone.request('BYE');
  await world.node.request('BYE');
  expect((await ringing.response('INVITE')).status).toBe(503);
  await world.node.request('CANCEL');
});

test('without a gateway a call is told to come back', async () => {
  await open();
  await world.gateway.stop();
  const phone = await world.phone();
  phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const refused = await phone.response('INVITE');
  expect(refused.status).toBe(503);
  expect(header(refused, 'Retry-After')).toBe('5');
});

test('a gateway that shuts down takes no new call and waits for the last to end', async () => {
  await open();
  const { phone, caller } = await talk();
  let ended = false;
  const shutdown = world.gateway.shutdown().then(() => (ended = true));
  const late = await world.phone();
  late.send(late.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const refused = await late.response('INVITE');
  expect([refused.status, header(refused, 'Retry-After')]).toEqual([503, '30']);
  expect(ended).toBe(false);
  phone.inDialog(caller, 'BYE');
  await shutdown;
  expect(world.gateway.status()).toMatchObject({ accepting: false, calls: 0 });
});

test('a switch that misses three pings loses its calls; new ones hear 503 until it is back', async () => {
  await open({ pingEveryMs: 100 });
  const { phone } = await talk();
  world.node.onRequest = undefined;
  await phone.request('BYE');
  const refusedCaller = await world.phone();
  refusedCaller.send(refusedCaller.compose('INVITE', world.uri('7000'), { body: OFFER }));
  const refused = await refusedCaller.response('INVITE');
  expect([refused.status, header(refused, 'Retry-After')]).toEqual([503, '10']);
  world.node.onRequest = (request) => {
    if (request.method === 'OPTIONS' || request.method === 'BYE') world.node.answer(request, 200);
  };
  await eventually('switch is back', () => world.gateway.status().switches[0]?.up === true);
  await talk();
});

test('a switch that has died under an INVITE costs the caller seconds and a 503', async () => {
  await open({ pingEveryMs: 1_000 });
  const phone = await world.phone();
  const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
  await world.node.request('INVITE');
  world.node.onRequest = undefined;
  const refused = await phone.response('INVITE', 503, 9_000);
  phone.ack(sent, refused);
  expect(header(refused, 'Retry-After')).toBe('5');
});
