import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { formatFrame, FrameDecoder } from '../../../protocol/drachtio/frame.ts';
import { header } from '../../../protocol/sip/message.ts';
import Srf from 'drachtio-srf';
import { startDrachtio } from '../../../switch/drachtio/drachtio.ts';
import { SDP, SipPeer } from '../../support/sip-peer.ts';
import type { App, AppDialog } from '../../support/srf-app.ts';
import { APP_SECRET, Stage } from '../../support/srf-app.ts';

let stage: Stage;
let phone: SipPeer;
beforeEach(async () => {
  stage = await Stage.open();
  phone = await stage.peer();
});
afterEach(async () => {
  await stage.close();
});

const OFFER = SDP(4000);
const ANSWER = SDP(5000);

describe('two applications', () => {
  test('share new requests in turn, and each keeps its own calls', async () => {
    for (const status of [480, 486]) {
      await stage.app((srf) => srf.invite((_req, res) => res.send(status)));
    }
    const heard: number[] = [];
    for (const n of [1, 2, 3, 4]) {
      const sent = phone.send(phone.compose('INVITE', stage.uri(`${n}`), { body: OFFER }));
      const refused = await phone.response('INVITE');
      phone.ack(sent, refused);
      heard.push(refused.status);
    }
    expect(heard).toEqual([480, 486, 480, 486]);
  });

  test('the calls of one that goes end; the other one’s stay', async () => {
    const takers: App[] = [];
    for (const name of ['a', 'b']) {
      takers.push(
        await stage.app((srf) =>
          srf.invite((req, res) => {
            void srf.createUAS(req, res, { localSdp: ANSWER, headers: { 'X-By': name } });
          }),
        ),
      );
    }
    const talks = [];
    for (const who of [await stage.peer(), await stage.peer()]) {
      const sent = who.send(who.compose('INVITE', stage.uri(), { body: OFFER }));
      const answered = await who.response('INVITE');
      talks.push({ who, by: header(answered, 'X-By'), dialog: who.ack(sent, answered) });
    }
    takers[0]?.disconnect();
    const first = talks.find(({ by }) => by === 'a');
    const second = talks.find(({ by }) => by === 'b');
    const bye = await first?.who.request('BYE');
    expect(bye && header(bye, 'Reason')).toContain('Application lost');
    if (second) second.who.inDialog(second.dialog, 'BYE');
    expect((await second?.who.response('BYE'))?.status).toBe(200);
  });
});

describe('in a call', () => {
  async function inCall(set: (dialog: AppDialog) => void = () => undefined) {
    let dialog: AppDialog | undefined;
    const srf = await stage.app((each) =>
      each.invite((req, res) =>
        each.createUAS(req, res, { localSdp: ANSWER }, (_error, made) => {
          dialog = made;
          set(made);
        }),
      ),
    );
    const sent = phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
    const caller = phone.ack(sent, await phone.response('INVITE'));
    return { srf, dialog, caller };
  }

  test('a request out of order is refused with 500', async () => {
    const { caller } = await inCall();
    const [next] = phone.inDialog(caller, 'INFO');
    await phone.response('INFO');
    phone.inDialog({ ...next, localCSeq: next.localCSeq - 1 }, 'INFO');
    expect((await phone.response('INFO')).status).toBe(500);
  });

  test('a re-INVITE that crosses ours gets 491', async () => {
    const { dialog, caller } = await inCall();
    dialog?.modify(SDP(5001)).catch(() => undefined);
    await phone.request('INVITE');
    phone.inDialog(caller, 'INVITE', { body: SDP(4001) });
    expect((await phone.response('INVITE')).status).toBe(491);
  });

  test('a second re-INVITE before the answer to the first gets 500 and when to try again', async () => {
    const { caller } = await inCall((dialog) => void dialog.on('modify', () => undefined));
    const [next] = phone.inDialog(caller, 'INVITE', { body: SDP(4001) });
    phone.inDialog(next, 'INVITE', { body: SDP(4002) });
    const refused = await phone.response('INVITE');
    expect([refused.status, header(refused, 'Retry-After')]).toEqual([500, '5']);
  });

  test('a 200 that comes again is acknowledged again without a word to the application', async () => {
    const { dialog } = await inCall();
    const modifying = dialog?.modify(SDP(5001));
    const offer = await phone.request('INVITE');
    phone.answer(offer, 200, { body: SDP(4001) });
    await modifying;
    await phone.request('ACK');
    phone.answer(offer, 200, { body: SDP(4001) });
    await phone.request('ACK');
  });

  test('a request for an unknown dialog gets 481, on either side', async () => {
    const { srf, caller } = await inCall();
    phone.inDialog({ ...caller, remoteTag: 'x', remoteAddress: '<sip:x@y>;tag=x' }, 'INFO');
    expect((await phone.response('INFO')).status).toBe(481);
    const error = await new Promise((resolve) =>
      srf.request('sip:placeholder', { method: 'BYE', stackDialogId: 'no;from-tag=no' }, resolve),
    );
    expect(error).toMatchObject({ code: 'ENODIALOG' });
  });
});

test('without an application, or without a taker, a call gets 503 and when to try again', async () => {
  phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
  const refused = await phone.response('INVITE');
  expect([refused.status, header(refused, 'Retry-After')]).toEqual([503, '5']);
  await stage.app((srf) => srf.options(() => undefined));
  phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
  expect((await phone.response('INVITE')).status).toBe(503);
});

test('a copy of a request that came another way is a loop', async () => {
  await stage.app((srf) => srf.invite((_req, res) => res.send(180)));
  const call = phone.compose('INVITE', stage.uri(), { body: OFFER });
  phone.send(call);
  phone.send(call);
  expect((await phone.response('INVITE')).status).toBe(482);
});

test('an INVITE without Contact gets 400, a method nobody knows 501', async () => {
  await stage.app((srf) => srf.invite(() => undefined));
  const call = phone.compose('INVITE', stage.uri());
  phone.send({ ...call, headers: call.headers.filter(({ name }) => name !== 'Contact') });
  expect((await phone.response('INVITE')).status).toBe(400);
  phone.send(phone.compose('DANCE', stage.uri()));
  expect((await phone.response('DANCE')).status).toBe(501);
});

test('a peer on this machine is given the loopback as Contact, whatever our public address', async () => {
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port: 0,
    secret: APP_SECRET,
    sip: { host: '127.0.0.1', port: 0, publicHost: '203.0.113.7' },
    log: () => undefined,
  });
  const near = await SipPeer.udp(drachtio.sipPort);
  const srf = new Srf() as unknown as App;
  srf.on('error', () => undefined);
  srf.connect({ host: '127.0.0.1', port: drachtio.port, secret: APP_SECRET });
  await once(srf, 'connect');
  srf.createUAC(`sip:room@${near.host}`, { localSdp: OFFER }).catch(() => undefined);
  const invite = await near.request('INVITE');
  expect(header(invite, 'Contact')).toBe(`<sip:127.0.0.1:${drachtio.sipPort}>`);
  srf.disconnect();
  await drachtio.stop();
  near.close();
});

describe('at the applications’ door', () => {
  /** Says these frames and gives what comes back until the connection closes. */
  async function say(...texts: string[]): Promise<string[]> {
    const socket: Socket = connect(stage.drachtio.port, '127.0.0.1');
    const decoder = new FrameDecoder();
    const heard: string[] = [];
    socket.on('data', (chunk) => heard.push(...decoder.push(chunk)));
    for (const text of texts) socket.write(text);
    await once(socket, 'close');
    return heard.map((each) => each.split('|').slice(1).join('|'));
  }

  test('a wrong secret is refused and the connection closed', async () => {
    expect(await say(formatFrame('1|authenticate|wrong|'))).toEqual([
      'response|1|NO|incorrect secret',
    ]);
  });

  test('no command counts before the secret', async () => {
    expect(await say(formatFrame('1|route|invite'))).toEqual(['response|1|NO|authenticate first']);
  });

  test('what is no frame closes the connection', async () => {
    expect(await say('GET / HTTP/1.1\r\n\r\n')).toEqual([]);
  });

  test('a SIP text that does not read is told so, and the connection stays', async () => {
    const srf = await stage.app();
    const [socket] = [...srf.app.client.mapServer.keys()];
    const answer = new Promise<string>((resolve) =>
      srf.app.client.wp.on('msg', (_socket: Socket, text: string) => resolve(text)),
    );
    if (socket) srf.app.client.wp.send(socket, 'sip||\r\nnonsense');
    expect(await answer).toContain('|NOK|');
    expect(stage.drachtio.dump().clients).toBe(1);
  });
});
