import { SDP } from '../../support/sip-peer.ts';
import type { SipPeer } from '../../support/sip-peer.ts';
import type { Application } from './application.ts';
import { dialogOf, transactionOf } from './application.ts';
import type { Scene } from './scenes.ts';

const STATUSES = [302, 401, 403, 404, 407, 408, 480, 486, 488, 500, 503, 600, 603];

/** Calls that the application makes. */
export const callsOut: readonly Scene[] = [
  {
    name: 'call-out',
    async play(stage) {
      const application = await stage.application('invite');
      const phone = await stage.phone();
      await invite(application, phone);
      const request = await phone.request('INVITE');
      phone.answer(request, 180);
      await application.sip('SIP/2.0 180');
      phone.answer(request, 183, { body: SDP(4000) });
      await application.sip('SIP/2.0 183');
      const dialog = phone.answer(request, 200, { body: SDP(4000) });
      const id = dialogOf(await application.sip('SIP/2.0 200'));
      await application.say(`sip||${id}`, 'ACK sip:placeholder SIP/2.0\r\n\r\n');
      await phone.request('ACK');
      if (dialog === undefined) throw new Error('no dialog');
      phone.inDialog(dialog, 'BYE', { headers: [{ name: 'Reason', value: 'Q.850;cause=31' }] });
      const bye = await application.sip('BYE');
      await application.say(`sip|${transactionOf(bye)}|`, 'SIP/2.0 200 OK\r\n\r\n');
      await phone.response('BYE');
    },
  },
  {
    name: 'refused-out',
    async play(stage) {
      const application = await stage.application('invite');
      const phone = await stage.phone();
      for (const status of STATUSES) {
        await invite(application, phone);
        const challenge = { 401: 'WWW-Authenticate', 407: 'Proxy-Authenticate' }[status];
        const headers =
          challenge === undefined
            ? []
            : [{ name: challenge, value: 'Digest realm="r", nonce="n", algorithm=MD5' }];
        phone.answer(await phone.request('INVITE'), status, { headers });
        await application.sip(`SIP/2.0 ${status}`);
        await phone.request('ACK');
      }
    },
  },
  {
    name: 'given-up',
    async play(stage) {
      const application = await stage.application('invite');
      const phone = await stage.phone();
      const sent = await invite(application, phone);
      const request = await phone.request('INVITE');
      phone.answer(request, 180);
      await application.sip('SIP/2.0 180');
      const reason = 'Reason: Q.850;cause=16;text="gone"';
      await application.say(
        `sip|${sent}|`,
        `CANCEL sip:bob@${phone.host} SIP/2.0\r\n${reason}\r\n\r\n`,
      );
      phone.answer(await phone.request('CANCEL'), 200);
      phone.answer(request, 487);
      await application.sip('SIP/2.0 487');
      await phone.request('ACK');
    },
  },
];

/** The id of the transaction. */
async function invite(application: Application, phone: SipPeer): Promise<string> {
  const head = [
    `INVITE sip:bob@${phone.host} SIP/2.0`,
    'From: "Gateway" <sip:gateway@localhost>',
    `To: <sip:bob@${phone.host}>`,
    'Contact: <sip:localhost>',
    'X-Partyline: v1.abc',
    'Content-Type: application/sdp',
  ].join('\r\n');
  const receipt = await application.say('sip|||', `${head}\r\n\r\n${SDP(5000)}`);
  return receipt.fields[8] ?? '';
}
