import { transactionOf } from './application.ts';
import type { Scene } from './scenes.ts';

/** Who may in, what is routed to whom, and requests outside of calls. */
export const doors: readonly Scene[] = [
  {
    name: 'door',
    async play(stage) {
      const wrong = await stage.stranger();
      await wrong.say('authenticate|not the secret');
      await wrong.ended;
      stage.note('the connection with the wrong secret was closed');
      const right = await stage.application('invite', 'OPTIONS', 'nosuchmethod');
      await right.say('ping');
      await right.say('remove_route|options');
      await right.say('sip|no-such-transaction|', 'SIP/2.0 200 OK\r\nX: y\r\n\r\n');
      await right.say('sip||no-such-dialog', 'BYE sip:placeholder SIP/2.0\r\n\r\n');
    },
  },
  {
    name: 'registration',
    async play(stage) {
      const application = await stage.application('register', 'options', 'message', 'invite');
      for (const transport of ['udp', 'tcp', 'ws'] as const) {
        const phone = await stage.phone(transport);
        phone.send(phone.compose('REGISTER', stage.uri));
        const first = await application.sip('REGISTER');
        const challenge =
          'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5, qop="auth"';
        await application.say(
          `sip|${transactionOf(first)}|`,
          `SIP/2.0 401 Unauthorized\r\n${challenge}\r\n\r\n`,
        );
        await phone.response('REGISTER', 401);
        const headers = [{ name: 'Authorization', value: 'Digest username="u", realm="r"' }];
        phone.send(phone.compose('REGISTER', stage.uri, { headers, cseq: 2 }));
        const second = await application.sip('REGISTER');
        await application.say(
          `sip|${transactionOf(second)}|`,
          'SIP/2.0 200 OK\r\nExpires: 60\r\n\r\n',
        );
        await phone.response('REGISTER', 200);
        for (const method of ['OPTIONS', 'MESSAGE']) {
          phone.send(phone.compose(method, stage.uri));
          const request = await application.sip(method);
          await application.say(`sip|${transactionOf(request)}|`, 'SIP/2.0 200 OK\r\n\r\n');
          await phone.response(method, 200);
        }
      }
    },
  },
  {
    name: 'nobody',
    async play(stage) {
      const phone = await stage.phone();
      const invite = phone.send(phone.compose('INVITE', stage.uri));
      const refused = await phone.response('INVITE');
      phone.ack(invite, refused);
      await stage.application('invite');
      phone.send(phone.compose('REGISTER', stage.uri));
      await phone.response('REGISTER');
    },
  },
];
