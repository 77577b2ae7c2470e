import { isIP } from 'node:net';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { nextHop } from '../../protocol/sip/dialog.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { hostAddress, parseUri } from '../../protocol/sip/uri.ts';
import type { Destination, Flow, Transport } from '../sip/endpoint.ts';

/** Where a SIP URI points: a host that may be a name, before anybody looked it up. */
export interface Target {
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
}

export function targetOf(uri: string): Target {
  const { host, port, parameters } = parseUri(uri);
  const transport = (parameters.get('transport') ?? 'udp').toLowerCase();
  if (transport !== 'udp' && transport !== 'tcp' && transport !== 'ws') {
    throw new SipProtocolError(400, 'requested protocol/transport not available');
  }
  return { transport, host: hostAddress(host), port: port ?? 5060 };
}

/**
 * Where requests in a dialog go: over the peer's own connection while there is one; else to the
 * first route or the contact, unless that names another host than the peer was heard from, which
 * means a NAT between: then back to where it was heard (drachtio-server does so for UDP).
 */
export function dialogDestination(dialog: Dialog, heard: Destination): Destination {
  if (heard.connection !== undefined) return heard;
  const next = readable(nextHop(dialog));
  if (!next || isIP(next.host) === 0) return heard;
  if (dialog.routeSet.length === 0 && next.host !== heard.address) return heard;
  return { transport: next.transport, address: next.host, port: next.port };
}

export function destinationOf({ transport, address, port, connection }: Flow): Destination {
  return connection === undefined
    ? { transport, address, port }
    : { transport, address, port, connection };
}

function readable(uri: string): Target | undefined {
  try {
    return targetOf(uri);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}
