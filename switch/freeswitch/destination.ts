import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { hostAddress, parseUri } from '../../protocol/sip/uri.ts';
import type { Destination, Flow } from '../sip/endpoint.ts';

const SIP_PORT = 5060;

/** Where a URI leads without asking DNS; undefined where it holds a name. */
export function toDestination(uri: string): Destination | undefined {
  const { host, port = SIP_PORT, parameters } = parseUri(uri);
  const address = host === 'localhost' ? '127.0.0.1' : hostAddress(host);
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address) && !address.includes(':')) return undefined;
  const transport = parameters.get('transport')?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
  return { transport, address, port };
}

/**
 * Where requests of ours within a dialog go. On a connection they go back on it; on UDP to the next
 * hop's address, or to where the peer sent from where that is a name or cannot be read.
 */
export function destinationWithin(nextHopUri: string, flow: Flow): Destination {
  if (flow.transport !== 'udp') return fromFlow(flow);
  return readable(nextHopUri) ?? fromFlow(flow);
}

function readable(uri: string): Destination | undefined {
  try {
    return toDestination(uri);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}

function fromFlow({ transport, address, port, connection }: Flow): Destination {
  const base = { transport, address, port };
  return connection === undefined ? base : { ...base, connection };
}
