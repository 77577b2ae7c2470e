import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import { maskedSource, networkOf } from '../../meetings/rules/sources.ts';
import { parseIdentity } from '../../protocol/call/identity.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { trunkAt } from '../support/calls-out.ts';
import type { World } from '../support/gateway-world.ts';
import { IDENTITY_KEY, ROOM, startWorld } from '../support/gateway-world.ts';
import type { SipPeer } from '../support/sip-peer.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World;
let provider: SipPeer;
beforeEach(async () => {
  world = await startWorld();
  provider = await world.phone();
  provider.onRequest = (request) => {
    if (request.method === 'OPTIONS') provider.answer(request, 200);
  };
});
afterEach(async () => {
  await world.stop();
});

/** The provider's calls come from this machine. */
function trunk(change = {}): void {
  world.directory.setTrunks(trunkAt(provider, { addresses: ['127.0.0.0/8'], ...change }));
}

interface Call {
  readonly dialled?: string;
  readonly from?: string;
  readonly headers?: readonly SipHeader[];
  readonly to?: string;
}

function call(phone: SipPeer, { dialled = '+4930990', from, headers = [], to }: Call = {}) {
  const extras = {
    ...{ body: SDP(), headers },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return phone.send(phone.compose('INVITE', world.uri(dialled), extras));
}

/** What the bridge is told of a call. */
async function vouchedFor(phone: SipPeer, what: Call = {}): Promise<CallIdentity | undefined> {
  call(phone, what);
  const invite = await world.node.request('INVITE');
  world.node.answer(invite, 486);
  return parseIdentity(header(invite, 'X-Partyline') ?? '', IDENTITY_KEY);
}

async function refusal(phone: SipPeer, what: Call = {}): Promise<number> {
  const sent = call(phone, what);
  const response = await phone.response('INVITE');
  phone.ack(sent, response);
  return response.status;
}

test('a caller of a trunk reaches the reception in the dialled number’s language, known by number and trunk', async () => {
  trunk();
  expect(await vouchedFor(provider, { from: '"Otto Maier" <sip:030555123@telco>' })).toEqual({
    destination: { kind: 'reception', dialled: '+4930990' },
    via: 'phone',
    name: 'Otto Maier',
    number: '+4930555123',
    trunk: 'telco',
    language: 'de',
    source: '+4930555123',
  });
});

test('tries of a trunk’s caller count as a number’s, apart from those of addresses', async () => {
  trunk();
  const identity = await vouchedFor(provider, { from: '<sip:0301234567@telco>' });
  expect(networkOf(identity?.source ?? '')).toBe('numbers');
  expect(maskedSource(identity?.source ?? '')).toBe('+49…4567');
});

test('a trunk’s caller is challenged for nothing, whoever it says it is, and is nobody’s account', async () => {
  trunk();
  const identity = await vouchedFor(provider, { from: '"Anna" <sip:anna@partyline>' });
  expect(identity).toMatchObject({ trunk: 'telco', number: 'anna', source: '127.0.0.1' });
  expect(identity?.account).toBeUndefined();
});

const ASSERTED = [{ name: 'P-Asserted-Identity', value: '"Doris" <tel:+43-1-555.123>' }];

test('a trunk that is trusted with it says who calls; another’s word is display, and no one’s budget', async () => {
  trunk();
  const from = '"Somebody" <sip:+4930111111@telco>';
  expect(await vouchedFor(provider, { from, headers: ASSERTED })).toMatchObject({
    ...{ name: 'Doris', number: '+431555123', source: '+431555123' },
  });
  trunk({ trustsCallerId: false });
  expect(await vouchedFor(provider, { from, headers: ASSERTED })).toMatchObject({
    ...{ name: 'Somebody', number: '+4930111111', source: '127.0.0.1' },
  });
});

const WITHHELD: readonly Call[] = [
  {
    from: '"Otto" <sip:+4930555123@telco>',
    headers: [{ name: 'Privacy', value: 'id;critical' }, ...ASSERTED],
  },
  { from: '"Anonymous" <sip:anonymous@anonymous.invalid>', headers: ASSERTED },
];
for (const what of WITHHELD) {
  test(`a caller who withholds the number (${what.headers?.[0]?.name ?? ''}) is anonymous and unnamed`, async () => {
    trunk();
    expect(await vouchedFor(provider, what)).toMatchObject({
      ...{ name: 'Anonymous caller', unnamed: true, number: '', source: '127.0.0.1' },
    });
  });
}

const DIALLED: readonly (Call & { readonly how: string })[] = [
  { how: 'with 00', dialled: '004930990' },
  { how: 'as a national number', dialled: '030990' },
  { how: 'without +', dialled: '4930990' },
  { how: 'in To', dialled: 'trunk-user', to: '<sip:+4930990@telco>' },
  {
    how: 'in P-Called-Party-ID',
    dialled: 'trunk-user',
    headers: [{ name: 'P-Called-Party-ID', value: '<sip:+4930990@telco>' }],
  },
  {
    how: 'in Diversion',
    dialled: 'trunk-user',
    headers: [{ name: 'Diversion', value: '<tel:+4930990>;reason=unconditional' }],
  },
];
for (const { how, ...what } of DIALLED) {
  test(`a number that is dialled ${how} is the trunk’s number`, async () => {
    trunk();
    const identity = await vouchedFor(provider, what);
    expect(identity?.destination).toEqual({ kind: 'reception', dialled: '+4930990' });
    expect(identity?.language).toBe('de');
  });
}

test('a number that is no number of the trunk is 404', async () => {
  trunk();
  expect(await refusal(provider, { dialled: '+4930991' })).toBe(404);
  expect(await refusal(provider, { dialled: '42' })).toBe(404);
});

test('a PBX’s people dial the house’s own access number and codes by its trunk', async () => {
  trunk();
  const from = '<sip:21@pbx>';
  expect(await vouchedFor(provider, { dialled: '7000', from })).toMatchObject({
    destination: { kind: 'reception', dialled: '7000' },
    ...{ name: 'Caller 21', unnamed: true, number: '21', trunk: 'telco' },
  });
  expect((await vouchedFor(provider, { dialled: '1234567890' }))?.destination).toMatchObject({
    kind: 'meeting',
    room: ROOM,
  });
});

test('outsiders are no trunk: neither their headers nor a WebSocket of this machine make them one', async () => {
  trunk({ addresses: ['203.0.113.0/24'] });
  const from = '<sip:+4930555123@telco>';
  const identity = await vouchedFor(provider, { dialled: '7000', from, headers: ASSERTED });
  expect(identity).toMatchObject({ number: '+4930555123', source: '127.0.0.1' });
  expect(identity?.trunk).toBeUndefined();
  trunk();
  const browser = await world.phone('ws');
  expect(await refusal(browser, { dialled: '7000' })).toBe(407);
});

/** No PIN, an unknown code, an extension, the access number itself. */
const WRONG = ['12', '0000000000', '42', '7000'];
for (const at of ['user', 'uri'] as const) {
  test(`a code beside the access number (in the ${at}) opens its meeting, a wrong one leads to the reception`, async () => {
    const phone = await world.phone();
    const uri = (pin: string) =>
      at === 'user' ? world.uri(`7000;pin=${pin}`) : `${world.uri('7000')};pin=${pin}`;
    const goal = async (pin: string) => {
      phone.send(phone.compose('INVITE', uri(pin), { body: SDP() }));
      const invite = await world.node.request('INVITE');
      world.node.answer(invite, 486);
      return parseIdentity(header(invite, 'X-Partyline') ?? '', IDENTITY_KEY);
    };
    expect((await goal('1234567890'))?.destination).toMatchObject({ kind: 'meeting', room: ROOM });
    expect(await goal('5555555555')).toMatchObject({ personId: 'person-5', name: 'Dora' });
    for (const wrong of WRONG) {
      const reception = { kind: 'reception', dialled: '7000' };
      expect((await goal(wrong))?.destination).toEqual(reception);
    }
    expect(world.logged.join('\n')).not.toMatch(/1234567890|5555555555|0000000000/);
  });
}

test('a code beside a trunk’s number opens its meeting as well', async () => {
  trunk();
  const identity = await vouchedFor(provider, { dialled: '+4930990;pin=1234567890' });
  expect(identity?.destination).toMatchObject({ kind: 'meeting', room: ROOM });
});

test('a wrong code beside the access number counts against the caller', async () => {
  const phone = await world.phone();
  await vouchedFor(phone, { dialled: '7000;pin=0000000000' });
  expect(world.directory.lookUps).toEqual(['7000 127.0.0.1', '0000000000 127.0.0.1']);
});
