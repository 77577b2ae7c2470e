import type { Address } from '../../../protocol/sip/address.ts';
import { parseAddress } from '../../../protocol/sip/address.ts';
import type { SipRequest } from '../../../protocol/sip/message.ts';
import { header } from '../../../protocol/sip/message.ts';
import type { SipUri } from '../../../protocol/sip/uri.ts';
import { parseUri } from '../../../protocol/sip/uri.ts';
import type { IncomingCall } from './input.ts';

/** Where an INVITE came from and where it came in. */
export interface Arrival {
  readonly leg: string;
  readonly transport: string;
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly profile: string;
  /** Our SIP address, `host:port`. */
  readonly sipAddress: string;
  readonly nowUs: number;
}

type Pair = readonly [string, string];

/**
 * What mod_sofia makes of an INVITE: the caller, and the channel variables in its order. Throws
 * SipProtocolError where From, To, Contact or the Request-URI cannot be read.
 */
export function toIncomingCall(invite: SipRequest, arrival: Arrival): IncomingCall {
  const from = parseAddress(textOf(invite, 'From'));
  const fromUri = parseUri(from.uri);
  const requestUri = parseUri(invite.uri);
  const username = fromUri.user ?? '';
  return {
    leg: arrival.leg,
    name: `sofia/${arrival.profile}/${username}@${hostPort(fromUri)}`,
    caller: {
      username,
      ...callerOf(from, fromUri, assertedIdentity(invite)),
      networkAddress: arrival.address,
      destination: requestUri.user ?? '',
    },
    variables: [
      ...networkVariables(arrival),
      ...fromVariables(from, fromUri),
      ...profileVariables(arrival),
      ...assertedVariables(invite),
      ['sip_full_via', textOf(invite, 'Via')],
      ['sip_full_from', textOf(invite, 'From')],
      ['sip_full_to', textOf(invite, 'To')],
      ...uriVariables('sip_req', requestUri),
      ...addressVariables('sip_to', header(invite, 'To')),
      ...addressVariables('sip_contact', header(invite, 'Contact')),
      ['endpoint_disposition', 'DELAYED NEGOTIATION'],
      ['sip_call_id', textOf(invite, 'Call-ID')],
      ['sip_user_agent', textOf(invite, 'User-Agent')],
      ['max_forwards', textOf(invite, 'Max-Forwards')],
      ...extensionVariables(invite),
      ['switch_r_sdp', invite.body],
    ],
    offer: invite.body === '' ? undefined : invite.body,
  };
}

/** A caller without a name is called by his number. */
function callerOf(
  from: Address,
  uri: SipUri,
  asserted: Asserted | undefined,
): { callerIdName: string; callerIdNumber: string } {
  const callerIdNumber = asserted?.number ?? uri.user ?? '';
  const name = asserted?.name ?? from.displayName;
  return { callerIdName: name === '' ? callerIdNumber : name, callerIdNumber };
}

function fromVariables(from: Address, uri: SipUri): Pair[] {
  return [
    ...uriVariables('sip_from', uri),
    ['sip_from_user_stripped', (uri.user ?? '').replace(/^\+/, '')],
    ['sip_from_tag', from.parameters.get('tag') ?? ''],
    ['sip_from_display', from.displayName],
  ];
}

function textOf(invite: SipRequest, name: string): string {
  return header(invite, name) ?? '';
}

/** `X-…` and `P-…` headers become `sip_h_…`, names as they stand. */
function extensionVariables(invite: SipRequest): Pair[] {
  return invite.headers
    .filter(({ name }) => /^[XP]-/i.test(name) && !/^P-Asserted-Identity$/i.test(name))
    .map(({ name, value }) => [`sip_h_${name}`, value] as const);
}

function networkVariables(arrival: Arrival): Pair[] {
  return [
    ['sip_local_network_addr', arrival.localAddress],
    ['sip_network_ip', arrival.address],
    ['sip_network_port', String(arrival.port)],
    ['sip_invite_stamp', String(Math.round(arrival.nowUs))],
    ['sip_received_ip', arrival.address],
    ['sip_received_port', String(arrival.port)],
    ['sip_via_protocol', arrival.transport],
  ];
}

function profileVariables({ profile, sipAddress, localAddress }: Arrival): Pair[] {
  return [
    ['sofia_profile_name', profile],
    ['sofia_profile_url', `sip:mod_sofia@${sipAddress}`],
    ['recovery_profile_name', profile],
    ['sofia_profile_domain_name', localAddress],
  ];
}

function assertedVariables(invite: SipRequest): Pair[] {
  const asserted = assertedIdentity(invite);
  if (asserted === undefined) return [];
  return [
    ['sip_P-Asserted-Identity', asserted.number],
    ['sip_cid_type', 'pid'],
  ];
}

interface Asserted {
  readonly name: string | undefined;
  readonly number: string;
}

function assertedIdentity(invite: SipRequest): Asserted | undefined {
  const value = header(invite, 'P-Asserted-Identity');
  if (value === undefined) return undefined;
  const { displayName, uri } = parseAddress(value);
  if (!/^sips?:/i.test(uri)) return undefined;
  const name = displayName === '' ? undefined : displayName;
  return { name, number: parseUri(uri).user ?? '' };
}

function addressVariables(prefix: string, value: string | undefined): Pair[] {
  if (value === undefined) return [];
  const address: Address = parseAddress(value);
  return uriVariables(prefix, parseUri(address.uri));
}

/** `url_set_chanvars`: user, port, uri and host of one URI. */
function uriVariables(prefix: string, uri: SipUri): Pair[] {
  const user = uri.user ?? '';
  return [
    [`${prefix}_user`, user],
    [`${prefix}_port`, uri.port === undefined ? '' : String(uri.port)],
    [`${prefix}_uri`, user === '' ? hostPort(uri) : `${user}@${hostPort(uri)}`],
    [`${prefix}_host`, uri.host],
  ];
}

function hostPort(uri: SipUri): string {
  return uri.port === undefined ? uri.host : `${uri.host}:${uri.port}`;
}
