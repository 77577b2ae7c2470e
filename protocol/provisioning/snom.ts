import { EXPIRES_S } from './line.ts';
import type { PhoneLine } from './line.ts';
import { xmlText } from './xml-text.ts';

/** A settings file for snom phones (D and 7 series), for identity 1. `perm="RW"`: people may change it. */
export function snomFile(line: PhoneLine): string {
  const settings: readonly (readonly [string, string])[] = [
    ['user_active', 'on'],
    ['user_realname', line.name],
    ['user_name', line.username],
    ['user_pname', line.username],
    ['user_pass', line.password],
    ['user_host', line.server],
    ['user_outbound', `sip:${line.server};transport=${line.transport}`],
    ['user_expiry', `${EXPIRES_S}`],
    // SRTP from desk phones is not taken.
    ['user_srtp', 'off'],
  ];
  const lines = settings.map(
    ([name, value]) => `    <${name} idx="1" perm="RW">${xmlText(value)}</${name}>`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<settings>',
    '  <phone-settings>',
    ...lines,
    '  </phone-settings>',
    '</settings>',
    '',
  ].join('\n');
}
