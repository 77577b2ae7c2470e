import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dialogOfClient } from '../../../protocol/sip/dialog.ts';
import { header } from '../../../protocol/sip/message.ts';
import { eventually } from '../../support/eventually.ts';
import type { SipPeer } from '../../support/sip-peer.ts';
import { SDP } from '../../support/sip-peer.ts';
import type { AppRequest, AppResponse } from '../../support/srf-app.ts';
import { DRACHTIO_BIN } from '../../support/real-drachtio.ts';
import { Stage } from '../../support/srf-app.ts';

const SERVERS = [
  { server: 'the stand-in', open: () => Stage.open() },
  ...(DRACHTIO_BIN === undefined
    ? []
    : [{ server: 'drachtio-server itself', open: () => Stage.openReal() }]),
];

const OFFER = SDP(4000);
const ANSWER = SDP(5000);

let stage: Stage;
let phone: SipPeer;

/** Each test of this suite gets a server of its own. */
function onEach(open: () => Promise<Stage>): void {
  beforeEach(async () => {
    stage = await open();
    phone = await stage.peer();
  });
  afterEach(async () => {
    await stage.close();
  });
}

describe.each(SERVERS)(
  'an unchanged drachtio-srf application that is called on $server',
  ({ open }) => {
    onEach(open);

    test('answers a call, gets its ACK, INFO and BYE in the dialog', async () => {
      const heard: string[] = [];
      await stage.app((srf) => {
        srf.invite((req, res) => {
          void srf.createUAS(req, res, { localSdp: ANSWER }).then((dialog) => {
            dialog.on('ack', () => heard.push('ack'));
            dialog.on('info', (_req: AppRequest, answer: AppResponse) => {
              heard.push('info');
              answer.send(200);
            });
            dialog.on('destroy', () => heard.push('destroy'));
          });
        });
      });
      const sent = phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
      const answered = await phone.response('INVITE');
      expect([answered.status, answered.body]).toEqual([200, ANSWER]);
      const dialog = phone.ack(sent, answered);
      await eventually('ack', () => heard.includes('ack'));
      const [next] = phone.inDialog(dialog, 'INFO');
      expect((await phone.response('INFO')).status).toBe(200);
      phone.inDialog(next, 'BYE');
      expect((await phone.response('BYE')).status).toBe(200);
      expect(heard).toEqual(['ack', 'info', 'destroy']);
      expect(stage.drachtio.dump()).toMatchObject({ calls: 0, incoming: 0, outgoing: 0 });
    });

    test('sees the true source of a request and whatever letters it holds', async () => {
      const seen: (string | number)[][] = [];
      await stage.app((srf) => {
        srf.options((req, res) => {
          seen.push([req.source_address, req.source_port, req.protocol, req.get('From')]);
          res.send(200, { headers: { 'X-Who': 'Zoë 😀' } });
        });
      });
      const from = '"Jürgen 😀" <sip:j@x>';
      phone.send(phone.compose('OPTIONS', stage.uri(), { from }));
      const answered = await phone.response('OPTIONS');
      expect(header(answered, 'X-Who')).toBe('Zoë 😀');
      const [address, port] = phone.host.split(':');
      expect(seen[0]?.slice(0, 3)).toEqual([address, Number(port), 'udp']);
      expect(seen[0]?.[3]).toContain('Jürgen 😀');
    });

    test('answers REGISTER with several contacts', async () => {
      await stage.app((srf) => {
        srf.register((_req, res) => {
          res.send(200, { headers: { Contact: '<sip:a@b>;expires=60, <sip:c@d>;expires=70' } });
        });
      });
      phone.send(phone.compose('REGISTER', stage.uri()));
      const answered = await phone.response('REGISTER');
      expect(answered.headers.filter(({ name }) => name === 'Contact')).toHaveLength(2);
    });

    test('sends a provisional response until its PRACK comes', async () => {
      let pracked = false;
      await stage.app((srf) => {
        srf.invite((_req, res) => {
          const options = { headers: { Require: '100rel' }, body: ANSWER };
          res.send(183, options, undefined, () => {
            pracked = true;
            res.send(486);
          });
        });
      });
      const sent = phone.send(
        phone.compose('INVITE', stage.uri(), {
          body: OFFER,
          headers: [{ name: 'Supported', value: '100rel' }],
        }),
      );
      const early = await phone.response('INVITE', 183);
      const sequence = header(early, 'RSeq') ?? '';
      expect(sequence).toMatch(/^\d+$/);
      phone.inDialog(dialogOfClient(sent, early), 'PRACK', {
        headers: [{ name: 'RAck', value: `${sequence} 1 INVITE` }],
      });
      expect((await phone.response('PRACK')).status).toBe(200);
      phone.ack(sent, await phone.response('INVITE', 486));
      expect(pracked).toBe(true);
    });

    test('hears a CANCEL while the 487 is sent for it', async () => {
      let cancelled = false;
      await stage.app((srf) => {
        srf.invite((req, res) => {
          req.on('cancel', () => (cancelled = true));
          res.send(180);
        });
      });
      const sent = phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
      await phone.response('INVITE', 180);
      phone.cancel(sent);
      expect((await phone.response('CANCEL')).status).toBe(200);
      phone.ack(sent, await phone.response('INVITE', 487));
      await eventually('cancel heard', () => cancelled);
      expect(stage.drachtio.dump()).toMatchObject({ calls: 0, incoming: 0 });
    });
  },
);

describe.each(SERVERS)(
  'an unchanged drachtio-srf application that calls on $server',
  ({ open, server }) => {
    onEach(open);

    test('calls out, holds, and hangs up', async () => {
      const far = await stage.peer();
      const srf = await stage.app();
      const calling = srf.createUAC(`sip:room@${far.host}`, {
        localSdp: OFFER,
        headers: { 'X-Own': 'yes' },
      });
      const invite = await far.request('INVITE');
      expect(header(invite, 'X-Own')).toBe('yes');
      far.answer(invite, 180);
      far.answer(invite, 200, { body: ANSWER });
      const dialog = await calling;
      await far.request('ACK');
      expect(dialog.remote.sdp).toBe(ANSWER);
      const holding = dialog.modify('hold');
      const hold = await far.request('INVITE');
      expect(hold.body).toContain('a=inactive');
      far.answer(hold, 200, { body: ANSWER });
      await holding;
      await far.request('ACK');
      const ending = dialog.destroy();
      far.answer(await far.request('BYE'), 200);
      await ending;
      await eventually('gone', () => stage.drachtio.dump().calls === 0);
    });

    test('hears a busy far end, and the ACK is sent for it', async () => {
      const far = await stage.peer();
      const srf = await stage.app();
      const calling = srf.createUAC(`sip:room@${far.host}`, { localSdp: OFFER });
      calling.catch(() => undefined);
      far.answer(await far.request('INVITE'), 486);
      await far.request('ACK');
      await expect(calling).rejects.toMatchObject({ status: 486 });
    });

    test('takes its call back', async () => {
      const far = await stage.peer();
      const srf = await stage.app();
      const calling = srf.createUAC(
        `sip:room@${far.host}`,
        { localSdp: OFFER },
        { cbProvisional: () => request?.cancel(), cbRequest: (_error, req) => (request = req) },
      );
      calling.catch(() => undefined);
      let request: AppRequest | undefined;
      const invite = await far.request('INVITE');
      far.answer(invite, 180);
      far.answer(await far.request('CANCEL'), 200);
      far.answer(invite, 487);
      await expect(calling).rejects.toMatchObject({ status: 487 });
      await far.request('ACK');
    });

    // drachtio-server keeps the RFC's 32 seconds.
    test.skipIf(server !== 'the stand-in')('hears that nobody answers as 408', async () => {
      const srf = await stage.app();
      const silent = await stage.peer();
      const calling = srf.createUAC(`sip:room@${silent.host}`, { localSdp: OFFER });
      await expect(calling).rejects.toMatchObject({ status: 408 });
    });

    test('joins two legs with createB2BUA, early media and all', async () => {
      const far = await stage.peer();
      await stage.app((srf) => {
        srf.invite((req, res) => {
          void srf.createB2BUA(req, res, `sip:room@${far.host}`, {}).then(({ uas, uac }) => {
            uas.on('destroy', () => void uac.destroy());
            uac.on('destroy', () => void uas.destroy());
          });
        });
      });
      const sent = phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER }));
      const invite = await far.request('INVITE');
      expect(invite.body).toBe(OFFER);
      far.answer(invite, 183, { body: ANSWER });
      expect((await phone.response('INVITE', 183)).body).toBe(ANSWER);
      const room = far.answer(invite, 200, { body: ANSWER });
      phone.ack(sent, await phone.response('INVITE'));
      await far.request('ACK');
      if (room) far.inDialog(room, 'BYE');
      phone.answer(await phone.request('BYE'), 200);
      expect((await far.response('BYE')).status).toBe(200);
      await eventually('gone', () => stage.drachtio.dump().calls === 0);
    });

    test('acknowledges a reliable provisional response of the far end', async () => {
      const far = await stage.peer();
      const srf = await stage.app();
      const calling = srf.createUAC(`sip:room@${far.host}`, {
        localSdp: OFFER,
        headers: { Supported: '100rel' },
      });
      const invite = await far.request('INVITE');
      const reliable = [
        { name: 'Require', value: '100rel' },
        { name: 'RSeq', value: '7' },
      ];
      far.answer(invite, 183, { body: ANSWER, headers: reliable });
      const prack = await far.request('PRACK');
      expect(header(prack, 'RAck')).toBe(`7 ${header(invite, 'CSeq')}`);
      far.answer(prack, 200);
      far.answer(invite, 200, { body: ANSWER });
      await far.request('ACK');
      await calling;
    });
  },
);

describe.each(SERVERS)(
  'an application that says nothing about session timers on $server',
  ({ open }) => {
    onEach(open);

    const OFFERED = [
      { offered: '120;refresher=uac', agreed: '120;refresher=uac' },
      { offered: '120;refresher=uas', agreed: '120;refresher=uas' },
      { offered: '120', agreed: undefined },
    ];
    for (const { offered, agreed } of OFFERED) {
      test(`agrees to a session of ${offered} as ${agreed ?? 'none'}`, async () => {
        await stage.app((srf) => {
          srf.invite((req, res) => void srf.createUAS(req, res, { localSdp: ANSWER }));
        });
        const headers = [
          { name: 'Supported', value: 'timer' },
          { name: 'Session-Expires', value: offered },
        ];
        const sent = phone.send(phone.compose('INVITE', stage.uri(), { body: OFFER, headers }));
        const answered = await phone.response('INVITE');
        phone.ack(sent, answered);
        expect(header(answered, 'Session-Expires')).toBe(agreed);
      });
    }
  },
);
