import type { Dialog } from '../../../protocol/sip/dialog.ts';
import { dialogOfClient } from '../../../protocol/sip/dialog.ts';
import { header } from '../../../protocol/sip/message.ts';
import { SDP } from '../../support/sip-peer.ts';
import type { SipPeer } from '../../support/sip-peer.ts';
import type { Application } from './application.ts';
import { dialogOf, transactionOf } from './application.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

const TYPED = 'Content-Type: application/sdp';
const OK = `SIP/2.0 200 OK\r\n${TYPED}\r\n\r\n${SDP(5000)}`;
const REFUSALS = [302, 403, 404, 480, 486, 487, 488, 503, 603];

interface Talk {
  readonly application: Application;
  readonly phone: SipPeer;
  readonly dialog: Dialog;
  /** The server's name for it. */
  readonly id: string;
}

/** Calls that phones make. */
export const callsIn: readonly Scene[] = [
  {
    name: 'call-in',
    async play(stage) {
      const talk = await answered(stage);
      const after = await requestsOfThePhone(talk);
      await requestsOfTheApplication(talk);
      talk.phone.inDialog(after, 'BYE');
      const bye = await talk.application.sip('BYE');
      await talk.application.say(`sip|${transactionOf(bye)}|`, 'SIP/2.0 200 OK\r\n\r\n');
      await talk.phone.response('BYE');
    },
  },
  {
    name: 'call-in-ended',
    async play(stage) {
      const { application, phone, id } = await answered(stage);
      const reason = 'Reason: Q.850;cause=16;text="NORMAL_CLEARING"';
      await application.say(`sip||${id}`, `BYE sip:placeholder SIP/2.0\r\n${reason}\r\n\r\n`);
      phone.answer(await phone.request('BYE'), 200);
      await application.sip('SIP/2.0 200');
    },
  },
  {
    name: 'refusals',
    async play(stage) {
      const application = await stage.application('invite');
      const phone = await stage.phone();
      for (const status of REFUSALS) {
        const sent = phone.send(phone.compose('INVITE', stage.uri, { body: SDP(4000) }));
        const invite = await application.sip('INVITE');
        const contact = status === 302 ? 'Contact: <sip:else@192.0.2.1>\r\n' : '';
        await application.say(
          `sip|${transactionOf(invite)}|`,
          `SIP/2.0 ${status} Said So\r\n${contact}\r\n`,
        );
        phone.ack(sent, await phone.response('INVITE'));
      }
    },
  },
  {
    name: 'reliable',
    async play(stage) {
      const application = await stage.application('invite', 'prack');
      const phone = await stage.phone();
      const headers = [{ name: 'Supported', value: '100rel' }];
      const sent = phone.send(phone.compose('INVITE', stage.uri, { body: SDP(4000), headers }));
      const invite = await application.sip('INVITE');
      const early = `SIP/2.0 183 Session Progress\r\nRequire: 100rel\r\n${TYPED}\r\n\r\n${SDP(5000)}`;
      await application.say(`sip|${transactionOf(invite)}|`, early);
      const progress = await phone.response('INVITE', 183);
      const rack = `${header(progress, 'RSeq') ?? ''} ${header(progress, 'CSeq') ?? ''}`;
      const prack = [{ name: 'RAck', value: rack }];
      phone.inDialog(dialogOfClient(sent, progress), 'PRACK', { headers: prack });
      const heard = await application.sip('PRACK');
      await application.say(`sip|${transactionOf(heard)}|`, 'SIP/2.0 200 OK\r\n\r\n');
      await phone.response('PRACK');
      await application.say(`sip|${transactionOf(invite)}|`, 'SIP/2.0 486 Busy Here\r\n\r\n');
      phone.ack(sent, await phone.response('INVITE', 486));
    },
  },
  {
    name: 'cancelled',
    async play(stage) {
      const application = await stage.application('invite');
      const phone = await stage.phone();
      const sent = phone.send(phone.compose('INVITE', stage.uri, { body: SDP(4000) }));
      const invite = await application.sip('INVITE');
      await application.say(`sip|${transactionOf(invite)}|`, 'SIP/2.0 180 Ringing\r\n\r\n');
      await phone.response('INVITE', 180);
      phone.cancel(sent);
      await application.sip('CANCEL');
      phone.ack(sent, await phone.response('INVITE', 487));
    },
  },
];

async function answered(stage: Stage): Promise<Talk> {
  const application = await stage.application('invite');
  const phone = await stage.phone();
  const headers = [{ name: 'X-Partyline', value: 'v1.abc' }];
  const sent = phone.send(phone.compose('INVITE', stage.uri, { body: SDP(4000), headers }));
  const invite = await application.sip('INVITE');
  for (const start of ['180 Ringing', '183 Session Progress'])
    await application.say(`sip|${transactionOf(invite)}|`, `SIP/2.0 ${start}\r\n\r\n`);
  const receipt = await application.say(`sip|${transactionOf(invite)}|`, OK);
  const dialog = phone.ack(sent, await phone.response('INVITE', 200));
  await application.sip('ACK');
  return { application, phone, dialog, id: dialogOf(receipt) };
}

async function requestsOfThePhone({ application, phone, dialog }: Talk): Promise<Dialog> {
  let state = dialog;
  for (const method of ['INFO', 'UPDATE', 'REFER', 'OPTIONS', 'INVITE']) {
    const headers = method === 'REFER' ? [{ name: 'Refer-To', value: '<sip:x@192.0.2.9>' }] : [];
    const body = method === 'INVITE' ? SDP(4001) : '';
    const [next, sent] = phone.inDialog(state, method, { headers, body });
    state = next;
    const request = await application.sip(method);
    const answer = method === 'REFER' ? 'SIP/2.0 603 Decline\r\n\r\n' : OK;
    await application.say(`sip|${transactionOf(request)}|`, answer);
    const response = await phone.response(method);
    if (method === 'INVITE') {
      phone.ack(sent, response);
      await application.sip('ACK');
    }
  }
  return state;
}

async function requestsOfTheApplication({ application, phone, id }: Talk): Promise<void> {
  for (const [method, status] of [
    ['INFO', 200],
    ['UPDATE', 488],
    ['OPTIONS', 405],
  ] as const) {
    await application.say(`sip||${id}`, `${method} sip:placeholder SIP/2.0\r\n\r\n`);
    phone.answer(await phone.request(method), status);
    await application.sip(`SIP/2.0 ${status}`);
  }
  await application.say(
    `sip||${id}`,
    `INVITE sip:placeholder SIP/2.0\r\n${TYPED}\r\n\r\n${SDP(5001)}`,
  );
  phone.answer(await phone.request('INVITE'), 200, { body: SDP(4002) });
  await application.sip('SIP/2.0 200');
  await application.say(`sip||${id}`, 'ACK sip:placeholder SIP/2.0\r\n\r\n');
  await phone.request('ACK');
}
