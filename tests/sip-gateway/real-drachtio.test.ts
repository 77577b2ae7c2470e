import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { header } from '../../protocol/sip/message.ts';
import type { World } from '../support/gateway-world.ts';
import { BROWSER, prove, ROOM, startWorld } from '../support/gateway-world.ts';
import { DRACHTIO_BIN } from '../support/real-drachtio.ts';
import { SDP } from '../support/sip-peer.ts';

const OFFER = SDP(4000);
const ANSWER = SDP(5000);

describe.skipIf(DRACHTIO_BIN === undefined)('on drachtio-server itself', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ real: true });
  });
  afterEach(async () => {
    await world.stop();
  });

  for (const transport of ['udp', 'tcp'] as const) {
    test(`a call over ${transport} is joined, held and ended by the switch`, async () => {
      const phone = await world.phone(transport);
      const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
      const invite = await world.node.request('INVITE');
      expect(invite.body).toBe(OFFER);
      const room = world.node.answer(invite, 200, { body: ANSWER });
      const caller = phone.ack(sent, await phone.response('INVITE'));
      await world.node.request('ACK');
      const held = SDP(4000, 'a=sendonly');
      const [, hold] = phone.inDialog(caller, 'INVITE', { body: held });
      const passed = await world.node.request('INVITE');
      expect(passed.body).toBe(held);
      world.node.answer(passed, 200, { body: SDP(5000, 'a=recvonly') });
      phone.ack(hold, await phone.response('INVITE'));
      await world.node.request('ACK');
      if (room) world.node.inDialog(room, 'BYE');
      phone.answer(await phone.request('BYE'), 200);
      expect((await world.node.response('BYE')).status).toBe(200);
    });
  }

  test('a browser proves itself and a refusal of the switch reaches it', async () => {
    const browser = await world.phone('ws');
    const from = `<sip:${BROWSER.username}@partyline>`;
    const uri = world.uri(ROOM);
    const first = browser.send(browser.compose('INVITE', uri, { body: OFFER, from }));
    const challenged = await browser.response('INVITE');
    browser.ack(first, challenged);
    expect(challenged.status).toBe(407);
    const proof = prove(challenged, BROWSER, { method: 'INVITE', uri }, 'MD5');
    browser.send(browser.compose('INVITE', uri, { body: OFFER, from, headers: [proof] }));
    world.node.answer(await world.node.request('INVITE'), 486);
    expect((await browser.response('INVITE', 486)).status).toBe(486);
  });

  test('a browser that is known to be lost leaves its room, and no other call does', async () => {
    const phone = await world.phone();
    phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
    await world.node.request('INVITE');
    const browser = await world.phone('ws');
    const from = `<sip:${BROWSER.username}@partyline>`;
    const uri = world.uri(ROOM);
    browser.send(browser.compose('INVITE', uri, { body: OFFER, from }));
    const proof = prove(
      await browser.response('INVITE'),
      BROWSER,
      { method: 'INVITE', uri },
      'MD5',
    );
    const sent = browser.send(
      browser.compose('INVITE', uri, { body: OFFER, from, headers: [proof] }),
    );
    world.node.answer(await world.node.request('INVITE'), 200, { body: ANSWER });
    browser.ack(sent, await browser.response('INVITE'));
    await world.node.request('ACK');
    const { address, port } = browser.line;
    browser.close();
    world.gateway.endCallsFrom({ address, port });
    await world.node.request('BYE');
    expect(world.gateway.status().calls).toBe(1);
  });

  test('a caller who gives up ends the ringing of the room leg', async () => {
    const phone = await world.phone();
    const sent = phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
    const invite = await world.node.request('INVITE');
    world.node.answer(invite, 183, { body: ANSWER });
    expect((await phone.response('INVITE', 183)).body).toBe(ANSWER);
    phone.cancel(sent);
    expect((await phone.response('INVITE', 487)).status).toBe(487);
    world.node.answer(await world.node.request('CANCEL'), 200);
    world.node.answer(invite, 487);
    await world.node.request('ACK');
  });

  test('a phone registers', async () => {
    const phone = await world.phone();
    const uri = `sip:127.0.0.1:${world.drachtio.sipPort}`;
    const address = '<sip:anna@partyline>';
    const ids = { from: address, to: address, callId: 'r1' };
    phone.send(phone.compose('REGISTER', uri, ids));
    const challenged = await phone.response('REGISTER');
    const proof = prove(challenged, { username: 'anna' }, { method: 'REGISTER', uri });
    phone.send(phone.compose('REGISTER', uri, { ...ids, cseq: 2, headers: [proof] }));
    const answered = await phone.response('REGISTER');
    expect([answered.status, header(answered, 'Contact')]).toEqual([
      200,
      `${phone.contact};expires=3600`,
    ]);
  });
});

describe.skipIf(DRACHTIO_BIN === undefined)('what drachtio-server does by itself', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ real: true });
  });
  afterEach(async () => {
    await world.stop();
  });

  test('an INVITE without Contact, which drachtio-server lets pass, is answered 400', async () => {
    const phone = await world.phone();
    const call = phone.compose('INVITE', world.uri('7000'), { body: OFFER });
    phone.send({ ...call, headers: call.headers.filter(({ name }) => name !== 'Contact') });
    expect((await phone.response('INVITE')).status).toBe(400);
  });

  for (const method of ['REFER', 'DANCE', 'PRACK']) {
    test(`${method} outside a call gets no answer, and drachtio-server lives on`, async () => {
      const phone = await world.phone();
      phone.send(phone.compose(method, world.uri('7000')));
      phone.send(phone.compose('OPTIONS', world.uri('7000')));
      expect((await phone.response('OPTIONS')).status).toBe(200);
      expect(phone.heard).toEqual([]);
    });
  }

  test('a scanner that names itself is turned away before the gateway hears of it', async () => {
    const phone = await world.phone();
    const headers = [{ name: 'User-Agent', value: 'friendly-scanner' }];
    phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER, headers }));
    expect((await phone.response('INVITE')).status).toBe(603);
    expect(world.directory.lookUps).toEqual([]);
  });

  test('without a gateway a call gets 503, and no word when to try again', async () => {
    await world.gateway.stop();
    const phone = await world.phone();
    phone.send(phone.compose('INVITE', world.uri('7000'), { body: OFFER }));
    const refused = await phone.response('INVITE');
    expect([refused.status, header(refused, 'Retry-After')]).toEqual([503, undefined]);
  });
});
