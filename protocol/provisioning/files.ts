import { baresipLine } from './baresip.ts';
import { grandstreamFile } from './grandstream.ts';
import type { PhoneLine } from './line.ts';
import { linphoneFile } from './linphone.ts';
import { plainFile } from './plain.ts';
import { snomFile } from './snom.ts';
import { yealinkFile } from './yealink.ts';

/** The kinds of phones that there is a ready file for. */
export const PHONE_KINDS = [
  'yealink',
  'snom',
  'grandstream',
  'linphone',
  'baresip',
  'plain',
] as const;
export type PhoneKind = (typeof PHONE_KINDS)[number];

/** A file that a phone takes its settings from. */
export interface SettingsFile {
  /** What it is saved as. */
  readonly name: string;
  readonly type: 'text/plain' | 'application/xml';
  readonly text: string;
}

/** The settings of one line as that kind of phone reads them. Holds the password. */
export function settingsFile(kind: PhoneKind, line: PhoneLine): SettingsFile {
  switch (kind) {
    case 'yealink':
      return { name: 'yealink.cfg', type: 'text/plain', text: yealinkFile(line) };
    case 'snom':
      return { name: 'snom.xml', type: 'application/xml', text: snomFile(line) };
    case 'grandstream':
      return { name: 'cfg.xml', type: 'application/xml', text: grandstreamFile(line) };
    case 'linphone':
      return { name: 'linphone.xml', type: 'application/xml', text: linphoneFile(line) };
    case 'baresip':
      return { name: 'accounts', type: 'text/plain', text: baresipLine(line) };
    case 'plain':
      return { name: 'settings.txt', type: 'text/plain', text: plainFile(line) };
  }
}

const MAC = '[0-9a-f]{12}';
/** What phones ask for below an address that they were given, and what we say to type. */
const ASKED: readonly (readonly [RegExp, PhoneKind])[] = [
  [new RegExp(`^(?:yealink|${MAC})\\.cfg$`), 'yealink'],
  [new RegExp(`^(?:cfg|cfg${MAC})\\.xml$`), 'grandstream'],
  [new RegExp(`^snom(?:[a-z0-9]{0,12}(?:-${MAC})?)?\\.(?:xml|htm)$`), 'snom'],
  [/^linphone\.xml$/, 'linphone'],
  [/^accounts$/, 'baresip'],
  [/^settings\.txt$/, 'plain'],
];

/** Which kind of phone asks for a file of that name; phones write their own hardware address into it. */
export function kindOfFile(name: string): PhoneKind | undefined {
  return ASKED.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
}
