import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { formatIdentity } from '../../protocol/call/identity.ts';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { headerValues } from '../../protocol/sip/message.ts';
import { prove } from '../support/gateway-world.ts';
import { udpPorts } from '../support/process-view.ts';
import { SDP, SipPeer } from '../support/sip-peer.ts';
import { UndisturbedCall } from '../support/undisturbed-call.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let call: UndisturbedCall;

beforeAll(async () => {
  call = await UndisturbedCall.begin();
});
afterAll(() => call?.end());
afterEach(() => call.goesOn());

test.each(['X-Partyline', 'x-partyline', 'X-PARTYLINE'])(
  'an identity that a caller writes itself (%j) is nobody’s',
  async (name) => {
    const caller = await SipPeer.udp(call.sipPort);
    caller.onRequest = (request) => {
      if (request.method === 'BYE') caller.answer(request, 200);
    };
    caller.spell = (text) => text.replace('X-Partyline:', `${name}:`);
    const uri = `sip:${call.target.codes.join}@${call.product.sip}`;
    const from = '"Mallory" <sip:mallory@127.0.0.1>';
    const headers: SipHeader[] = [
      { name: 'X-Partyline', value: forgedIdentity(call.meeting) },
      { name: 'P-Asserted-Identity', value: '"The boss" <sip:boss@127.0.0.1>' },
      { name: 'Remote-Party-ID', value: '"The boss" <sip:boss@127.0.0.1>' },
    ];
    const invite = caller.send(caller.compose('INVITE', uri, { from, headers, body: SDP(4000) }));
    const dialog = caller.ack(invite, await caller.response('INVITE', 200));
    const [mallory] = await call.product.participantsWhen(
      call.target,
      'Mallory is in',
      (people) => people.length === 1,
    );
    expect(mallory).toMatchObject({ name: 'Mallory', role: 'participant', via: 'phone' });
    expect(await call.product.participants(call.meeting)).toHaveLength(2);
    caller.inDialog(dialog, 'BYE');
    await caller.response('BYE');
    caller.close();
    await call.targetIsEmpty();
  },
);

test.each(['X-Partyline ', 'x-partyline\t', 'P-Asserted-Identity '])(
  'a header whose name ends in a blank (%j) is refused before anybody can read it in two ways',
  async (name) => {
    const caller = await SipPeer.udp(call.sipPort);
    caller.spell = (text) => text.replace('X-Odd:', `${name}:`);
    const uri = `sip:${call.target.codes.join}@${call.product.sip}`;
    const headers = [{ name: 'X-Odd', value: forgedIdentity(call.meeting) }];
    const invite = caller.send(caller.compose('INVITE', uri, { headers, body: SDP(4000) }));
    const answer = await caller.response('INVITE');
    expect(answer.status).toBe(400);
    caller.ack(invite, answer);
    caller.close();
  },
);

test('a call straight to the switch, past the gateway, gets into no room', async () => {
  const ports = udpPorts(call.product.pid ?? 0).filter((port) => port !== call.sipPort);
  const probes = await Promise.all(ports.map((port) => probe(port)));
  const switchPort = ports[probes.indexOf(true)] ?? 0;
  expect(switchPort).toBeGreaterThan(0);
  for (const value of [forgedIdentity(call.meeting), '', 'v1.e30.e30', 'x'.repeat(5000)]) {
    const caller = await SipPeer.udp(switchPort);
    const uri = `sip:${call.meeting.id}@127.0.0.1:${switchPort}`;
    const headers = value === '' ? [] : [{ name: 'X-Partyline', value }];
    const invite = caller.send(caller.compose('INVITE', uri, { headers, body: SDP(4000) }));
    const answer = await caller.response('INVITE', undefined, 10_000);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    caller.ack(invite, answer);
    caller.close();
  }
  expect(await call.product.participants(call.meeting)).toHaveLength(2);
});

/** Whether the embedded switch's SIP answers there. */
async function probe(port: number): Promise<boolean> {
  const peer = await SipPeer.udp(port);
  peer.send(peer.compose('OPTIONS', `sip:x@127.0.0.1:${port}`));
  const answer = await peer.response('OPTIONS', undefined, 1_000).catch(() => undefined);
  peer.close();
  return answer?.status === 200;
}

test('an account cannot register as another, nor be replayed', async () => {
  const [eve, anna_] = await Promise.all(['eve', 'anna'].map((username) => account(username)));
  const phone = await SipPeer.udp(call.sipPort);
  const uri = `sip:${call.product.sip}`;
  const aor = (user: string) => `<sip:${user}@${call.product.sip}>`;
  let cseq = 0;
  const register = async (as: string, to: string, headers: SipHeader[] = []) => {
    cseq += 1;
    const parts = { from: aor(as), to: aor(to), callId: 'hijack', cseq, headers };
    phone.send(phone.compose('REGISTER', uri, parts));
    return phone.response('REGISTER');
  };
  const challenge = async (): Promise<Parameters<typeof prove>[0]> => {
    const answer = await register('eve', 'eve');
    expect(answer.status).toBe(401);
    return answer;
  };
  const proof = async (nc = 1) =>
    prove(await challenge(), eve!, { method: 'REGISTER', uri, nc }, 'MD5');
  expect((await register('eve', 'anna', [await proof()])).status).toBe(403);
  expect((await register('anna', 'anna', [await proof()])).status).toBe(403);
  const wrong = prove(
    await challenge(),
    { ...eve!, username: 'anna' },
    { method: 'REGISTER', uri },
    'MD5',
  );
  expect((await register('anna', 'anna', [wrong])).status).toBe(401);
  const good = await proof();
  expect((await register('eve', 'eve', [good])).status).toBe(200);
  const replayed = await register('eve', 'eve', [good]);
  expect(replayed.status).toBe(401);
  expect(headerValues(replayed, 'WWW-Authenticate').join()).toMatch(/stale=true/i);
  const stranger = prove(
    await challenge(),
    { username: 'nobody', password: 'x' },
    { method: 'REGISTER', uri },
    'MD5',
  );
  expect((await register('nobody', 'nobody', [stranger])).status).toBe(401);
  phone.close();
  const accounts = await call.product.api<AccountView[]>('GET', '/accounts');
  expect(accounts.find(({ username }) => username === anna_?.username)?.registered).toEqual([]);
});

async function account(username: string): Promise<{ username: string; password: string }> {
  const made = await call.product.api<AccountView>('POST', '/accounts', {
    username,
    name: username,
  });
  return { username, password: made.password ?? '' };
}

test('CANCEL, BYE and re-INVITE of a third party find no call', async () => {
  const third = await SipPeer.udp(call.sipPort);
  const { callId, remoteTag, remoteTarget } = call.anna.dialog;
  const to = `<sip:${call.meeting.codes.join}@${call.product.sip}>`;
  for (const tags of [
    { from: '<sip:visitor@127.0.0.1>', to },
    { from: '<sip:visitor@127.0.0.1>', to: `${to};tag=${remoteTag}` },
    { from: '<sip:visitor@127.0.0.1>', to: `${to};tag=guess` },
  ]) {
    for (const method of ['BYE', 'CANCEL', 'UPDATE', 'INFO', 'PRACK']) {
      third.send(third.compose(method, remoteTarget, { ...tags, callId, cseq: 1 }));
      expect((await third.response(method)).status).toBeGreaterThanOrEqual(400);
    }
  }
  third.close();
  expect(await call.product.participants(call.meeting)).toHaveLength(2);
});

/** What somebody would write who does not have the key. */
function forgedIdentity(meeting: MeetingView): string {
  return formatIdentity(
    {
      destination: { kind: 'meeting', room: meeting.id, role: 'moderator' },
      via: 'browser',
      name: 'The boss',
      number: '1',
      source: '127.0.0.1',
    },
    Buffer.from('not the key'),
  );
}
