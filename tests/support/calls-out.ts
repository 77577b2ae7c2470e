import type { CallIdentity } from '../../protocol/call/identity.ts';
import { formatIdentity } from '../../protocol/call/identity.ts';
import type { CallTarget } from '../../protocol/room/command.ts';
import type { SipHeader, SipRequest } from '../../protocol/sip/message.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type { Binding } from '../../sip-gateway/directory.ts';
import type { ScriptedDirectory, World } from './gateway-world.ts';
import { IDENTITY_KEY, ROOM } from './gateway-world.ts';
import type { SipPeer } from './sip-peer.ts';
import { SDP } from './sip-peer.ts';

/** What FreeSWITCH offers when the meeting calls. */
export const OFFER = SDP(6000);
/** What the called phone answers. */
export const ANSWER = SDP(7000);
export const NUMBER = '+493012345678';

export function orderOf(to: CallTarget, untilMs = Date.now() + 90_000): CallIdentity {
  return {
    destination: { kind: 'outbound', room: ROOM, role: 'participant', to, untilMs },
    via: 'phone',
    name: 'Anna',
    number: 'anna',
    source: '',
  };
}

export const TO_ANNA: CallTarget = { kind: 'account', username: 'anna' };
export const TO_NUMBER: CallTarget = { kind: 'trunk', trunk: 'telco', number: NUMBER };

/** FreeSWITCH brings the bridge's order. */
export function bring(
  world: World,
  order: CallIdentity,
  more: readonly SipHeader[] = [],
  headers: readonly SipHeader[] = [signed(order), ...more],
): SipRequest {
  const { node } = world;
  return node.send(node.compose('INVITE', world.uri('outbound'), { body: OFFER, headers }));
}

export function signed(order: CallIdentity): SipHeader {
  return { name: 'X-Partyline', value: formatIdentity(order, IDENTITY_KEY) };
}

/** Makes phones the account's. Their own address is told wrong, as behind a router. */
export function registerAs(
  { stored }: ScriptedDirectory,
  username: string,
  ...phones: readonly SipPeer[]
): void {
  const bindings = phones.map((phone, at): Binding => {
    const [address = '', port = ''] = phone.host.split(':');
    const transport = /transport=(tcp|ws)/.exec(phone.contact)?.[1] as 'tcp' | 'ws' | undefined;
    const parameter = transport === undefined ? '' : `;transport=${transport}`;
    return {
      contact: `sip:desk-${at}@192.0.2.${at + 1}:5060${parameter}`,
      ...{ transport: transport ?? 'udp', address, port: Number(port) },
      ...{ callId: `r-${at}`, cseq: 1, userAgent: '', expiresAtMs: Date.now() + 60_000 },
    };
  });
  stored.set(username, bindings);
}

/** A provider at a peer's address. */
export function trunkAt(peer: SipPeer, change: Partial<Trunk> = {}): Trunk {
  return {
    name: 'telco',
    server: peer.host,
    transport: 'udp',
    username: 'partyline',
    password: 'trunk-pw',
    register: false,
    addresses: [],
    numbers: [{ number: '+4930990', label: 'Berlin', language: 'de' }],
    outbound: true,
    callerId: '+4930990',
    trustsCallerId: true,
    ...change,
  };
}
