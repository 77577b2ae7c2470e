import { formatAddress } from '../../protocol/sip/address.ts';
import type { SipHeader } from '../../protocol/sip/message.ts';
import { hostText, parseHostPort } from '../../protocol/sip/uri.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import type { Binding } from '../directory.ts';
import type { Source } from '../leg.ts';
import type { Order } from './voucher.ts';
import type { Login } from './credentials.ts';

/** One INVITE to somebody. */
export interface Callee {
  readonly uri: string;
  /** Past what the URI says: a phone behind a router is where it registered from. */
  readonly towards?: Source;
  readonly headers: readonly SipHeader[];
  readonly login?: Login;
}

/** Who calls accounts. */
const US: SipHeader = { name: 'From', value: '"Partyline" <sip:partyline@localhost>' };
const SIP_PORT = 5060;
const SIPS_PORT = 5061;

/** The phones of an account, where each of them was last heard. */
export function phonesOf(
  bindings: readonly Binding[],
  nowMs: number,
  caller: SipHeader = US,
): readonly Callee[] {
  const living = bindings.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  return living.map(({ contact, transport, address, port }) => ({
    uri: contact,
    towards: { transport, address, port },
    headers: [caller],
  }));
}

/** A browser takes an offer for browsers alone, and a phone none of those. */
export function rungBy({ destination }: Order): (binding: Binding) => boolean {
  const browsers = destination.kind === 'ring' && destination.browsers;
  return ({ transport }) => (transport === 'ws') === browsers;
}

/** Who calls somebody: as the house knows them, with what their phone can call back. A meeting is us. */
export function shownCaller({ destination, name, number }: Order): SipHeader {
  if (destination.kind !== 'ring' || number === '') return US;
  const parameters = new Map<string, string>();
  const uri = `sip:${encodeURIComponent(number)}@localhost`;
  return { name: 'From', value: formatAddress({ displayName: name, uri, parameters }) };
}

/** A number in the telephone network, by a trunk. */
export function numberBy(trunk: Trunk, number: string): Callee {
  const { username, password } = trunk;
  return {
    uri: trunkUri(trunk, number),
    headers: callerHeaders(trunk),
    ...(username === undefined || password === undefined ? {} : { login: { username, password } }),
  };
}

/** An address at the trunk's server; its port where it is not the usual one. */
export function trunkUri(
  { server, transport }: Pick<Trunk, 'server' | 'transport'>,
  user?: string,
): string {
  const { host, port } = parseHostPort(server);
  const usual = transport === 'tls' ? SIPS_PORT : SIP_PORT;
  const shownPort = port === undefined || port === usual ? '' : `:${port}`;
  const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
  return `sip:${user === undefined ? '' : `${user}@`}${hostText(host)}${shownPort}${parameter}`;
}

/** Host alone, as addresses of record have it. */
function trunkHost({ server }: Pick<Trunk, 'server'>): string {
  return hostText(parseHostPort(server).host);
}

/** What is shown to those who are called: the trunk's own number, whoever asked for the call. */
function callerHeaders(trunk: Trunk): readonly SipHeader[] {
  const { callerId, username } = trunk;
  const host = trunkHost(trunk);
  if (callerId !== undefined) {
    const address = `<sip:${callerId}@${host}>`;
    return [
      { name: 'From', value: address },
      { name: 'P-Asserted-Identity', value: address },
    ];
  }
  return [{ name: 'From', value: `<sip:${encodeURIComponent(username ?? 'partyline')}@${host}>` }];
}
