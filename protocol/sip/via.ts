import { SipProtocolError } from './errors.ts';
import type { Parameters } from './parameters.ts';
import { formatParameters, parseParameters } from './parameters.ts';
import { parseHostPort } from './uri.ts';

/** One Via value (RFC 3261 section 20.42). */
export interface Via {
  /** `UDP`, `TCP`, `TLS`, `WS`, `WSS` or what else stood there, in upper case. */
  readonly transport: string;
  readonly host: string;
  readonly port?: number;
  readonly parameters: Parameters;
}

/** What a branch made under RFC 3261 starts with. */
export const MAGIC_COOKIE = 'z9hG4bK';

const PLAIN = /^SIP\/2\.0\/([A-Za-z0-9-]+) ([^\s;]+)((?:;[^\s]*)?)$/;
const SPACED =
  /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+([^\s;]+(?:\s*:\s*\d+)?)\s*((?:;[^]*)?)$/i;

export function parseVia(text: string): Via {
  const plain = PLAIN.exec(text);
  const found = plain ?? SPACED.exec(text);
  if (!found) throw new SipProtocolError(400, 'Bad Via');
  const [, transport = '', hostport = '', parameters = ''] = found;
  return {
    transport: transport.toUpperCase(),
    ...parseHostPort(plain ? hostport : hostport.replace(/\s+/g, '')),
    parameters: parseParameters(parameters),
  };
}

export function formatVia(via: Via): string {
  const port = via.port === undefined ? '' : `:${via.port}`;
  return `SIP/2.0/${via.transport} ${via.host}${port}${formatParameters(via.parameters)}`;
}

/**
 * The Via as a server must mark it on arrival: `received` where sent-by is not the source address
 * (RFC 3261 section 18.2.1), `rport` filled in where it was asked for (RFC 3581 section 4).
 */
export function markSource(via: Via, address: string, port: number): Via {
  const parameters = new Map(via.parameters);
  const asked = parameters.has('rport');
  if (asked) parameters.set('rport', String(port));
  // What the sender wrote there itself must not steer the answer.
  parameters.delete('received');
  if (asked || via.host !== address) parameters.set('received', address);
  return { ...via, parameters };
}

/** What can be made out of a Via that may be faulty, so as to answer that it is; undefined for nothing. */
export function salvageVia(text: string): Via | undefined {
  try {
    return parseVia(text);
  } catch (error) {
    if (!(error instanceof SipProtocolError)) throw error;
    const found = /^SIP\/2\.0\/[A-Za-z]+ +[A-Za-z0-9.:[\]-]+/i.exec(text);
    const branch = /;\s*branch=[\w.~*+-]+/i.exec(text)?.[0] ?? '';
    const rport = /;\s*rport\s*(?:;|$)/i.test(text) ? ';rport' : '';
    return found ? salvaged(`${found[0]}${branch}${rport}`) : undefined;
  }
}

function salvaged(text: string): Via | undefined {
  try {
    return parseVia(text);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}
