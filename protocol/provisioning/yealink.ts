import { EXPIRES_S, oneLine, serverParts } from './line.ts';
import type { PhoneLine } from './line.ts';

/** Yealink's administrator guide for T2, T3, T4 and T5: `account.X.sip_server.Y.transport_type`. */
const TRANSPORTS = { udp: 0, tcp: 1 } as const;
/** `account.X.dtmf.type`: RFC 2833. */
const DTMF_EVENTS = 1;

/** A configuration file for Yealink phones, for its first account. */
export function yealinkFile(line: PhoneLine): string {
  const { host, port } = serverParts(line.server);
  const settings: readonly (readonly [string, string | number])[] = [
    ['enable', 1],
    ['label', line.name],
    ['display_name', line.name],
    ['user_name', line.username],
    ['auth_name', line.username],
    ['password', line.password],
    ['sip_server.1.address', host],
    ['sip_server.1.port', port],
    ['sip_server.1.transport_type', TRANSPORTS[line.transport]],
    ['sip_server.1.expires', EXPIRES_S],
    ['outbound_proxy_enable', 0],
    ['dtmf.type', DTMF_EVENTS],
  ];
  const lines = settings.map(([name, value]) => `account.1.${name} = ${oneLine(`${value}`)}`);
  return ['#!version:1.0.0.1', ...lines, ''].join('\n');
}
