import { EXPIRES_S, serverParts } from './line.ts';
import type { PhoneLine } from './line.ts';
import { xmlText } from './xml-text.ts';

/** A section of Linphone's settings and what is set there. */
type Section = readonly [name: string, entries: readonly (readonly [string, string])[]];

/**
 * What Linphone fetches from a QR code (its "remote provisioning"; lpconfig.xsd). It takes it once: with
 * `transient_provisioning` the address is forgotten, and no start asks for it again.
 */
export function linphoneFile(line: PhoneLine): string {
  const { host } = serverParts(line.server);
  const identity = `"${quoted(line.name)}" <sip:${line.username}@${host}>`;
  const sections: readonly Section[] = [
    ['misc', [['transient_provisioning', '1']]],
    ['sip', [['default_proxy', '0']]],
    [
      'auth_info_0',
      [
        ['username', line.username],
        ['userid', line.username],
        ['passwd', line.password],
        ['domain', host],
      ],
    ],
    [
      'proxy_0',
      [
        ['reg_proxy', `<sip:${line.server};transport=${line.transport}>`],
        ['reg_identity', identity],
        ['reg_expires', `${EXPIRES_S}`],
        ['reg_sendregister', '1'],
        ['publish', '0'],
      ],
    ],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">',
    ...sections.flatMap(sectionLines),
    '</config>',
    '',
  ].join('\n');
}

function sectionLines([name, entries]: Section): readonly string[] {
  return [
    `  <section name="${name}">`,
    ...entries.map(
      ([entry, value]) => `    <entry name="${entry}" overwrite="true">${xmlText(value)}</entry>`,
    ),
    '  </section>',
  ];
}

/** RFC 3261 section 25.1, quoted-string. */
function quoted(name: string): string {
  return name.replace(/["\\]/g, (character) => `\\${character}`);
}
