import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../../protocol/log.ts';
import { nextRequest } from '../../../protocol/sip/dialog.ts';
import type { Dialog } from '../../../protocol/sip/dialog.ts';
import { header } from '../../../protocol/sip/message.ts';
import type { SipRequest } from '../../../protocol/sip/message.ts';
import type { FreeswitchStandIn } from '../../../switch/freeswitch/freeswitch.ts';
import { startFreeswitch } from '../../../switch/freeswitch/freeswitch.ts';
import { EslClient, type Headers } from '../../support/esl-client.ts';
import { ScriptedMedia } from '../../support/scripted-media.ts';
import { SDP, SipPeer } from '../../support/sip-peer.ts';

const log: Log = () => undefined;
const PASSWORD = 'a-password-for-tests-only';
const NAMES =
  'CHANNEL_CREATE CHANNEL_PARK CHANNEL_ANSWER CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE DTMF CHANNEL_EXECUTE_COMPLETE';

let media: ScriptedMedia;
let freeswitch: FreeswitchStandIn;
let esl: EslClient;
let phone: SipPeer;
let sipPort: number;

beforeEach(async () => {
  media = new ScriptedMedia();
  const options = { host: '127.0.0.1', eslPort: 0, sipPort: 0, password: PASSWORD, media, log };
  freeswitch = await startFreeswitch(options);
  sipPort = Number(freeswitch.sipAddress.split(':')[1]);
  esl = await EslClient.connect(freeswitch.eslPort, PASSWORD);
  await esl.send(`event json ${NAMES} CUSTOM conference::maintenance`);
  phone = await SipPeer.udp(sipPort);
});

afterEach(async () => {
  phone.close();
  esl.close();
  await freeswitch.stop();
});

const named = (name: string) => (event: Headers) => event['Event-Name'] === name;
const heard = (name: string, since = 0) => esl.until(name, named(name), since);

function invite(peer = phone, extras: Parameters<SipPeer['compose']>[2] = {}): SipRequest {
  const request = peer.compose('INVITE', `sip:room@${freeswitch.sipAddress}`, {
    body: SDP(),
    from: '"Zoë" <sip:1001@example.org>',
    ...extras,
  });
  return peer.send(request);
}

/** A call that is answered and acknowledged. */
async function answered(peer = phone): Promise<{ uuid: string; dialog: Dialog }> {
  const since = esl.events.length;
  const sent = invite(peer);
  const uuid = (await heard('CHANNEL_PARK', since))['Unique-ID']!;
  await esl.execute(uuid, 'answer');
  const response = await peer.response('INVITE', 200);
  return { uuid, dialog: peer.ack(sent, response) };
}

describe('a call over SIP', () => {
  test('is tried, parked unanswered, and tells who calls', async () => {
    invite(phone, { headers: [{ name: 'X-Partyline', value: 'v1.signed' }] });
    await phone.response('INVITE', 100);
    const park = await heard('CHANNEL_PARK');
    expect(park).toMatchObject({
      'Answer-State': 'ringing',
      'Caller-Caller-ID-Name': 'Zoë',
      'Caller-Caller-ID-Number': '1001',
      'Caller-Destination-Number': 'room',
      'Caller-Network-Addr': '127.0.0.1',
      'Channel-Name': 'sofia/partyline/1001@example.org',
      'variable_sip_h_X-Partyline': 'v1.signed',
      variable_sip_from_host: 'example.org',
      variable_sip_req_user: 'room',
      variable_sofia_profile_name: 'partyline',
    });
  });

  test('takes its caller from the identity that a proxy asserts', async () => {
    const asserted = { name: 'P-Asserted-Identity', value: '"Bob" <sip:2002@example.org>' };
    invite(phone, { headers: [asserted] });
    expect(await heard('CHANNEL_PARK')).toMatchObject({
      'Caller-Caller-ID-Name': 'Bob',
      'Caller-Caller-ID-Number': '2002',
    });
  });

  test('is answered with the worker’s description, and the worker starts', async () => {
    const { uuid } = await answered();
    expect(media.last('answer-leg')).toMatchObject({ leg: uuid, offer: SDP() });
    expect(media.last('start-leg')).toEqual({ kind: 'start-leg', leg: uuid });
    expect(await heard('CHANNEL_ANSWER')).toMatchObject({ 'Answer-State': 'answered' });
  });

  for (const [cause, status] of [
    ['USER_BUSY', 486],
    ['CALL_REJECTED', 603],
    ['UNALLOCATED_NUMBER', 404],
    ['NORMAL_TEMPORARY_FAILURE', 503],
  ] as const) {
    test(`killed for ${cause} gets ${status} and the reason`, async () => {
      const sent = invite();
      const uuid = (await heard('CHANNEL_PARK'))['Unique-ID'];
      await esl.api(`uuid_kill ${uuid} ${cause}`);
      const response = await phone.response('INVITE', status);
      expect(header(response, 'Reason')).toContain(cause);
      phone.ack(sent, response);
      expect(freeswitch.dump()).toMatchObject({ channels: 0, dialogs: 0 });
    });
  }

  test('that the caller cancels ends with 487', async () => {
    const sent = invite();
    await heard('CHANNEL_PARK');
    phone.cancel(sent);
    phone.ack(sent, await phone.response('INVITE', 487));
    const event = await heard('CHANNEL_HANGUP_COMPLETE');
    expect(event['Hangup-Cause']).toBe('ORIGINATOR_CANCEL');
  });

  test('ends when the caller says BYE', async () => {
    const { dialog } = await answered();
    phone.inDialog(dialog, 'BYE');
    expect((await phone.response('BYE')).status).toBe(200);
    expect(await heard('CHANNEL_HANGUP_COMPLETE')).toMatchObject({
      'Hangup-Cause': 'NORMAL_CLEARING',
      variable_sip_hangup_disposition: 'recv_bye',
    });
    expect(freeswitch.dump()).toMatchObject({ channels: 0, dialogs: 0 });
  });

  test('ends with our BYE when a controller kills it', async () => {
    const { uuid } = await answered();
    await esl.api(`uuid_kill ${uuid}`);
    const bye = await phone.request('BYE');
    expect(header(bye, 'Reason')).toBe('Q.850;cause=16;text="NORMAL_CLEARING"');
    phone.answer(bye, 200);
  });

  test('gets its BYE only after its ACK', async () => {
    const sent = invite();
    const uuid = (await heard('CHANNEL_PARK'))['Unique-ID']!;
    await esl.execute(uuid, 'answer');
    const response = await phone.response('INVITE', 200);
    await esl.api(`uuid_kill ${uuid}`);
    expect(phone.heard.some((each) => each.kind === 'request')).toBe(false);
    phone.ack(sent, response);
    phone.answer(await phone.request('BYE'), 200);
    expect(freeswitch.dump().dialogs).toBe(0);
  });

  test('ends when its sound dries up', async () => {
    const { uuid } = await answered();
    media.emit({ kind: 'media-timeout', leg: uuid });
    phone.answer(await phone.request('BYE'), 200);
    expect((await heard('CHANNEL_HANGUP'))['Hangup-Cause']).toBe('MEDIA_TIMEOUT');
  });

  test('over TCP is answered and ended on its connection', async () => {
    const peer = await SipPeer.tcp(sipPort);
    const { uuid } = await answered(peer);
    await esl.api(`uuid_kill ${uuid}`);
    peer.answer(await peer.request('BYE'), 200);
    peer.close();
  });

  test('without a session description is refused', async () => {
    const sent = invite(phone, { body: '' });
    phone.ack(sent, await phone.response('INVITE', 488));
  });

  test('to somewhere unreadable is refused and leaves nothing behind', async () => {
    const bad = phone.compose('INVITE', 'tel:+123', { body: SDP() });
    phone.send(bad);
    expect((await phone.response('INVITE')).status).toBeGreaterThanOrEqual(400);
    expect(freeswitch.dump()).toMatchObject({ channels: 0, dialogs: 0 });
  });
});

describe('within a call', () => {
  test('a re-INVITE that holds is answered and told, and so is its end', async () => {
    const { dialog } = await answered();
    const [next, sent] = phone.inDialog(dialog, 'INVITE', { body: SDP(4000, 'a=sendonly') });
    phone.ack(sent, await phone.response('INVITE', 200));
    await heard('CHANNEL_HOLD');
    const [, again] = phone.inDialog(next, 'INVITE', { body: SDP() });
    phone.ack(again, await phone.response('INVITE', 200));
    await heard('CHANNEL_UNHOLD');
  });

  test('a re-INVITE without an offer is answered with what we last said', async () => {
    const { dialog } = await answered();
    const [, sent] = phone.inDialog(dialog, 'INVITE');
    const response = await phone.response('INVITE', 200);
    expect(response.body).toContain('m=audio 40000');
    phone.ack(sent, response);
  });

  test('an UPDATE without a body refreshes the session', async () => {
    const { dialog } = await answered();
    const headers = [
      { name: 'Session-Expires', value: '120;refresher=uac' },
      { name: 'Supported', value: 'timer' },
    ];
    phone.inDialog(dialog, 'UPDATE', { headers });
    const response = await phone.response('UPDATE', 200);
    expect(header(response, 'Session-Expires')).toBe('120;refresher=uac');
    expect(response.body).toBe('');
  });

  test('OPTIONS is answered', async () => {
    const { dialog } = await answered();
    phone.inDialog(dialog, 'OPTIONS');
    expect((await phone.response('OPTIONS')).status).toBe(200);
  });

  for (const [type, body, digit] of [
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
    ['application/dtmf-relay', 'Signal= #\r\n', '#'],
    ['application/dtmf', '*', '*'],
  ] as const) {
    test(`INFO ${type} tells ${digit}`, async () => {
      const { dialog } = await answered();
      const headers = [{ name: 'Content-Type', value: type }];
      const [, request] = nextRequest(dialog, 'INFO', { headers, body, contact: phone.contact });
      phone.send(request);
      expect((await phone.response('INFO')).status).toBe(200);
      expect(await heard('DTMF')).toMatchObject({ 'DTMF-Digit': digit, 'DTMF-Source': 'ENDPOINT' });
    });
  }

  test('a request of another dialog is 481', async () => {
    const { dialog } = await answered();
    phone.inDialog({ ...dialog, remoteTag: 'x', remoteAddress: '<sip:a@b>;tag=x' }, 'BYE');
    expect((await phone.response('BYE')).status).toBe(481);
  });
});

describe('calls that we make', () => {
  test('ring, are answered and join their room', async () => {
    const dial = `{origination_uuid=u-1,ignore_early_media=true}sofia/partyline/sip:bob@${phone.host}`;
    const result = esl.api(`originate ${dial} &conference(m-1@partyline)`);
    const request = await phone.request('INVITE');
    expect(request.body).toContain('m=audio 40000');
    phone.answer(request, 180);
    const dialog = phone.answer(request, 200, { body: SDP() });
    await phone.request('ACK');
    expect(await result).toBe('+OK u-1\n');
    const joined = await esl.until('add-member', (event) => event.Action === 'add-member');
    expect(joined['Unique-ID']).toBe('u-1');
    phone.inDialog(dialog!, 'BYE');
    await heard('CHANNEL_HANGUP_COMPLETE');
  });

  test('that are refused say why', async () => {
    const result = esl.api(`originate sofia/partyline/sip:bob@${phone.host} &park()`);
    phone.answer(await phone.request('INVITE'), 486);
    expect(await result).toBe('-ERR USER_BUSY\n');
    await phone.request('ACK');
    expect(freeswitch.dump()).toMatchObject({ channels: 0, dialogs: 0 });
  });

  test('are cancelled when a controller loses patience', async () => {
    const dial = `{origination_uuid=u-1}sofia/partyline/sip:bob@${phone.host}`;
    await esl.send(`bgapi originate ${dial} &park()`);
    const request = await phone.request('INVITE');
    phone.answer(request, 180);
    await heard('CHANNEL_CREATE');
    const other = await EslClient.connect(freeswitch.eslPort, PASSWORD);
    await other.api('uuid_kill u-1');
    other.close();
    const cancel = await phone.request('CANCEL');
    phone.answer(cancel, 200);
    phone.answer(request, 487);
    await phone.request('ACK');
  });
});

test('OPTIONS from outside is answered with what we can', async () => {
  phone.send(phone.compose('OPTIONS', `sip:${freeswitch.sipAddress}`));
  const response = await phone.response('OPTIONS');
  expect(response.status).toBe(200);
  expect(header(response, 'Allow')).toContain('INVITE');
});

test('other methods are not implemented', async () => {
  phone.send(phone.compose('SUBSCRIBE', `sip:${freeswitch.sipAddress}`));
  expect((await phone.response('SUBSCRIBE')).status).toBe(501);
});

test('a stop hangs every call up', async () => {
  await answered();
  const stopped = freeswitch.stop();
  const bye = await phone.request('BYE');
  expect(header(bye, 'Reason')).toContain('SYSTEM_SHUTDOWN');
  await stopped;
});
