import { EXPIRES_S } from './line.ts';
import type { PhoneLine } from './line.ts';
import { xmlText } from './xml-text.ts';

/** Grandstream's configuration template for GXP: P130. */
const TRANSPORTS = { udp: '0', tcp: '1' } as const;

/** A configuration file for Grandstream phones (GXP, GRP), by P values, for account 1. */
export function grandstreamFile(line: PhoneLine): string {
  const values: readonly (readonly [number, string])[] = [
    // Account Active
    [271, '1'],
    // Account Name
    [270, line.name],
    // SIP Server
    [47, line.server],
    // SIP User ID
    [35, line.username],
    // SIP Authentication ID
    [36, line.username],
    // SIP Authentication Password
    [34, line.password],
    // Name
    [3, line.name],
    // SIP Registration
    [31, '1'],
    // Register Expiration, in minutes
    [32, `${EXPIRES_S / 60}`],
    // SIP Transport
    [130, TRANSPORTS[line.transport]],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gs_provision version="1">',
    '  <config version="1">',
    ...values.map(([number, value]) => `    <P${number}>${xmlText(value)}</P${number}>`),
    '  </config>',
    '</gs_provision>',
    '',
  ].join('\n');
}
