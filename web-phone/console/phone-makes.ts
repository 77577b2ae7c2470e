import type { AccountView } from '../../protocol/http/views.ts';
import type { PhoneKind, SettingsFile } from '../../protocol/provisioning/files.ts';
import { settingsFile } from '../../protocol/provisioning/files.ts';
import { serverParts } from '../../protocol/provisioning/line.ts';
import type { PhoneLine } from '../../protocol/provisioning/line.ts';

/** The kinds of phones that people are shown settings for, what holds for all of them first. */
export const PHONE_MAKES = [
  'other',
  'yealink',
  'snom',
  'grandstream',
  'linphone',
  'zoiper',
  'baresip',
] as const;
export type PhoneMake = (typeof PHONE_MAKES)[number];

/** A field of a phone's own settings page, by the name that stands there. */
export interface PhoneField {
  readonly label: string;
  readonly value: string;
  /** A call works without it: a name to show, or what the phone has by itself. */
  readonly isOptional: boolean;
}

export interface MakeSettings {
  readonly fields: readonly PhoneField[];
  /** A file that the phone takes as it is. */
  readonly file?: SettingsFile;
  /** What the phone is given to fetch it: a whole address, or the part that it adds a name to. */
  readonly fetches?: { readonly address: string; readonly asQr: boolean };
  /** Tried with the phone itself, in our tests. */
  readonly isTried: boolean;
}

const TRIED: ReadonlySet<PhoneMake> = new Set(['linphone', 'baresip', 'other']);

const KINDS: Readonly<Partial<Record<PhoneMake, PhoneKind>>> = {
  yealink: 'yealink',
  snom: 'snom',
  grandstream: 'grandstream',
  linphone: 'linphone',
  baresip: 'baresip',
};

/** What to type, save or fetch for a phone of that make. `account` is as the answer with its password has it. */
export function makeSettings(make: PhoneMake, account: AccountView): MakeSettings {
  const line = lineOf(account);
  const kind = KINDS[make];
  const url = account.provisioning?.url;
  const fetches = url === undefined ? undefined : fetchedBy(make, url);
  return {
    fields: fieldsOf(make, line),
    ...(kind !== undefined && { file: settingsFile(kind, line) }),
    ...(fetches && { fetches }),
    isTried: TRIED.has(make),
  };
}

function lineOf({ username, name, password = '', server }: AccountView): PhoneLine {
  const transport = server.transports[0] ?? 'udp';
  return { username, name, password, server: server.address, transport };
}

type Pairs = readonly (readonly [label: string, value: string, isOptional?: boolean])[];

const FIELDS: Readonly<Record<PhoneMake, (line: PhoneLine) => Pairs>> = {
  yealink: ({ username, name, password, server, transport }) => {
    const { host, port } = serverParts(server);
    return [
      ['Line Active', 'Enabled'],
      ['Register Name', username],
      ['User Name', username],
      ['Password', password],
      ['SIP Server 1: Server Host', host],
      ['SIP Server 1: Port', port, port === '5060'],
      ['SIP Server 1: Transport', transport.toUpperCase(), transport === 'udp'],
      ['Label', name, true],
      ['Display Name', name, true],
    ];
  },
  snom: ({ username, name, password, server }) => [
    ['Account', username],
    ['Password', password],
    ['Registrar', server],
    ['Authentication Username', username],
    ['Identity active', 'on', true],
    ['Displayname', name, true],
  ],
  grandstream: ({ username, name, password, server }) => [
    ['Account Active', 'Yes'],
    ['SIP Server', server],
    ['SIP User ID', username],
    ['SIP Authentication ID', username],
    ['SIP Authentication Password', password],
    ['Account Name', name, true],
    ['Name', name, true],
  ],
  linphone: ({ username, name, password, server, transport }) => [
    ['Username', username],
    ['Password', password],
    ['Domain', server],
    ['Transport', transport.toUpperCase()],
    ['Display name', name, true],
  ],
  zoiper: ({ username, password, server, transport }) => [
    ['Username', `${username}@${server}`],
    ['Password', password],
    ['Hostname', server],
    ['Authentication username', username],
    ['Transport', `SIP ${transport.toUpperCase()}`],
  ],
  baresip: () => [],
  other: ({ username, password, server }) => [
    ['SIP server', server],
    ['User name', username],
    ['Password', password],
  ],
};

function fieldsOf(make: PhoneMake, line: PhoneLine): readonly PhoneField[] {
  return FIELDS[make](line).map(([label, value, isOptional = false]) => ({
    label,
    value,
    isOptional,
  }));
}

function fetchedBy(make: PhoneMake, url: string): MakeSettings['fetches'] {
  switch (make) {
    case 'yealink':
      return { address: url, asQr: false };
    case 'snom':
      return { address: `${url}snom.xml`, asQr: false };
    case 'grandstream':
      // Its field wants no scheme, and adds the file's name after a slash of its own.
      return { address: url.replace(/^https?:\/\//, '').replace(/\/$/, ''), asQr: false };
    case 'linphone':
      return { address: `${url}linphone.xml`, asQr: true };
    default:
      return undefined;
  }
}

/** Whether somebody on the way could read along: plain HTTP to anywhere but this machine. */
export function isOpenOnTheWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
