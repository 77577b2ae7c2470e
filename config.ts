import { resolve } from 'node:path';
import { parseNetwork } from './api/outward/addresses.ts';
import type { Network } from './api/outward/addresses.ts';
import type { NamedDrachtio } from './engine-address.ts';
import { parseDrachtio, parseFreeswitch, parsePort } from './engine-address.ts';
import type { OidcSettings } from './api/oidc/settings.ts';
import type { DialOutSettings } from './meetings/rules/dial-out.ts';
import { parseStunUrl, parseTurnUrl } from './meetings/rules/ice.ts';
import type { IceSettings } from './meetings/rules/ice.ts';
import type { Language } from './protocol/call/language.ts';
import { isLanguage, LANGUAGES } from './protocol/call/language.ts';
import type { NumberPolicy } from './protocol/call/masked.ts';
import type { LogLevel } from './protocol/log.ts';
import type { DigestAlgorithm } from './protocol/sip/digest.ts';
import { readOidc } from './oidc-settings.ts';
import { SettingsReader } from './settings.ts';
import type { Env } from './settings.ts';

/** One FreeSWITCH: its event socket, its password, and where it takes calls. */
export interface FreeswitchNode {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly sip: { readonly host: string; readonly port: number };
}

/** One drachtio-server's control port. */
export interface DrachtioServer {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

export interface DialInNumber {
  readonly label: string;
  readonly number: string;
  /** What callers are spoken to in; absent: the meeting's own, or LANGUAGE. */
  readonly language?: Language;
}

/** Every setting, checked. Absent engines mean the embedded ones. */
export interface Config {
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly tls?: { readonly cert: string; readonly key: string };
    /** What people type to reach us, without a slash at the end; absent: the address we listen on. */
    readonly publicUrl?: string;
  };
  readonly sip: {
    readonly host: string;
    readonly port: number;
    /** What phones are challenged with, in this order (RFC 8760). */
    readonly digests: readonly DigestAlgorithm[];
  };
  readonly rtpPorts: { readonly first: number; readonly last: number };
  /** The address that phones and browsers are told, in SIP and SDP. */
  readonly publicIp: string;
  /** STUN and TURN servers that browsers are told of. */
  readonly ice: IceSettings;
  readonly dataDir: string;
  /** Where FreeSWITCH may write; absent: below `dataDir`. */
  readonly callFilesDir?: string;
  readonly adminKey?: string;
  readonly dialIn: readonly DialInNumber[];
  readonly freeswitch: readonly FreeswitchNode[];
  readonly drachtio?: DrachtioServer;
  readonly drachtioWs: string;
  readonly redisUrl?: string;
  readonly ffmpeg?: string;
  readonly logLevel: LogLevel;
  /** What new meetings speak. */
  readonly language: Language;
  /** The operator's own recordings, absolute. */
  readonly promptsDir?: string;
  /** How much of callers' numbers moderators see. */
  readonly numbers: NumberPolicy;
  /** Whether meetings may be recorded. */
  readonly recording: boolean;
  /** How long it is kept who met. */
  readonly historyDays: number;
  /** How long the audit log is kept. */
  readonly auditDays: number;
  /** Where webhooks may go beside the Internet. */
  readonly webhookAllow: readonly Network[];
  /** How long recordings are kept; 0: until somebody deletes them. */
  readonly recordingDays: number;
  readonly dialOut: DialOutSettings;
  /** Sign-in by an identity provider; absent: none. */
  readonly oidc?: OidcSettings;
  /** BigBlueButton's API; absent: off. */
  readonly bigbluebutton?: { readonly secret: string; readonly privateCallbacks: boolean };
}

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Wrong settings, all of them at once; the message is for the person who starts the program. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Wrong settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads every setting from `env`. Throws one ConfigError that names each fault. */
export function readConfig(env: Env): Config {
  const read = new SettingsReader(env);
  const sip = {
    host: read.address('SIP_HOST'),
    port: read.port('SIP_PORT'),
    digests: read.list('SIP_DIGEST', 'MD5, SHA-256, or SHA-256,MD5', parseDigest),
  };
  const drachtio = readDrachtio(read);
  const config: Config = {
    http: readHttp(read),
    sip,
    rtpPorts: readRtpPorts(read),
    publicIp: read.text('PUBLIC_IP') === '' ? sip.host : read.address('PUBLIC_IP'),
    ice: readIce(read),
    dataDir: read.text('DATA_DIR'),
    ...optional('callFilesDir', read.text('CALL_FILES_DIR') || undefined),
    ...optional('adminKey', readAdminKey(read)),
    dialIn: read.list(
      'DIAL_IN_NUMBERS',
      'numbers such as 7000, Berlin=7001 or Berlin=7001;lang=de',
      parseDialIn,
    ),
    freeswitch: readFreeswitch(read),
    ...optional('drachtio', drachtio?.server),
    drachtioWs: drachtio?.ws ?? '',
    ...optional('redisUrl', readRedisUrl(read)),
    ...optional('ffmpeg', read.text('FFMPEG_BIN') || undefined),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
    language: read.oneOf('LANGUAGE', LANGUAGES),
    ...optional('promptsDir', readPromptsDir(read)),
    numbers: read.oneOf('SHOW_NUMBERS', ['masked', 'full', 'hidden']),
    historyDays: read.count('HISTORY_DAYS', 1, 3_650),
    auditDays: read.count('AUDIT_DAYS', 1, 3_650),
    webhookAllow: read.list(
      'WEBHOOK_ALLOW',
      'networks or addresses such as 10.0.0.0/8,127.0.0.1',
      parseNetwork,
    ),
    recordingDays: read.count('RECORDING_DAYS', 0, 3_650),
    recording: read.oneOf('RECORDING', ['on', 'off']) === 'on',
    dialOut: readDialOut(read),
    ...optional('oidc', readOidc(read)),
    ...optional('bigbluebutton', readBigBlueButton(read)),
  };
  checkTogether(read, config);
  if (read.faults.length > 0) throw new ConfigError(read.faults);
  return config;
}

/** `{ [name]: value }`, or nothing where there is no value. */
function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
}

function readHttp(read: SettingsReader): Config['http'] {
  const cert = read.text('TLS_CERT');
  const key = read.text('TLS_KEY');
  if ((cert === '') !== (key === ''))
    read.faults.push('TLS_CERT and TLS_KEY go together: set both or neither.');
  const tls = cert !== '' && key !== '' ? { cert, key } : undefined;
  return {
    host: read.address('HTTP_HOST'),
    port: read.port('HTTP_PORT'),
    ...optional('tls', tls),
    ...optional('publicUrl', readPublicUrl(read)),
  };
}

function readPublicUrl(read: SettingsReader): string | undefined {
  const text = read.text('PUBLIC_URL');
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/';
  if (!isPlain || url.search !== '' || url.username !== '') {
    read.fault('PUBLIC_URL', 'an address such as https://meet.example.org, without a path');
  }
  return url?.origin;
}

function readRtpPorts(read: SettingsReader): Config['rtpPorts'] {
  const match = /^(\d+)-(\d+)$/.exec(read.text('RTP_PORTS'));
  const first = parsePort(match?.[1] ?? '');
  const last = parsePort(match?.[2] ?? '');
  if (first !== undefined && last !== undefined && first >= 1024 && last - first >= 9)
    return { first, last };
  read.fault('RTP_PORTS', 'a range of at least 10 ports above 1023, such as 20000-24999');
  return { first: 0, last: 0 };
}

function readIce(read: SettingsReader): IceSettings {
  const stunUrls = read.list('STUN_URLS', 'stun:host or stun:host:port', parseStunUrl);
  const turnUrls = read.list(
    'TURN_URLS',
    'turn:host:port or turns:host:port, with ?transport=tcp or udp at the end or nothing',
    parseTurnUrl,
  );
  const turnSecret = read.text('TURN_SECRET');
  if (turnUrls.length > 0 !== (turnSecret !== ''))
    read.faults.push('TURN_URLS and TURN_SECRET go together: set both or neither.');
  if (turnSecret !== '' && !/^[\x21-\x7e]{24,200}$/.test(turnSecret))
    read.fault('TURN_SECRET', 'at least 24 printable characters without blanks');
  return { stunUrls, turnUrls, turnSecret: turnSecret || undefined };
}

function readAdminKey(read: SettingsReader): string | undefined {
  const key = read.text('ADMIN_KEY');
  if (key === '') return undefined;
  if (!/^[\x21-\x7e]{20,200}$/.test(key))
    read.fault('ADMIN_KEY', 'at least 20 printable characters without blanks');
  return key;
}

function readRedisUrl(read: SettingsReader): string | undefined {
  const url = read.text('REDIS_URL');
  if (url !== '' && !/^rediss?:\/\/\S+$/.test(url))
    read.fault('REDIS_URL', 'redis://host:port or rediss://host:port');
  return url || undefined;
}

/** What FreeSWITCH is told to play must be a name that no command of its can be made of. */
function readPromptsDir(read: SettingsReader): string | undefined {
  const text = read.text('PROMPTS_DIR');
  if (text === '') return undefined;
  const path = resolve(text);
  if (!/^\/[\w /.,+@()~-]{1,200}$/.test(path))
    read.fault('PROMPTS_DIR', 'a path of letters, digits, blanks and _.,+@()~- only');
  return path;
}

function readDialOut(read: SettingsReader): DialOutSettings {
  const country = read.text('DIAL_OUT_COUNTRY').replace(/^\+/, '');
  if (country !== '' && !/^[1-9]\d{0,2}$/.test(country))
    read.fault('DIAL_OUT_COUNTRY', 'a country code such as 49');
  return {
    prefixes: read.list('DIAL_OUT_PREFIXES', 'prefixes such as +49,+4369', (item) =>
      /^\+[1-9]\d{0,13}$/.test(item) ? item : undefined,
    ),
    concurrent: read.count('DIAL_OUT_CONCURRENT', 1, 1_000),
    perDay: read.count('DIAL_OUT_PER_DAY', 1, 10_000),
    minutes: read.count('DIAL_OUT_MINUTES', 1, 1_440),
    ...optional('country', country || undefined),
  };
}

function readBigBlueButton(read: SettingsReader): Config['bigbluebutton'] {
  const privateCallbacks = read.oneOf('BBB_PRIVATE_CALLBACKS', ['on', 'off']) === 'on';
  const secret = read.text('BBB_SECRET');
  if (secret === '') return undefined;
  if (!/^[\x21-\x7e]{24,200}$/.test(secret))
    read.fault('BBB_SECRET', 'at least 24 printable characters without blanks');
  return { secret, privateCallbacks };
}

function readFreeswitch(read: SettingsReader): FreeswitchNode[] {
  const items = read
    .text('FREESWITCH')
    .split(',')
    .map((item) => item.trim());
  return items
    .filter((item) => item !== '')
    .flatMap((item) => {
      const node = parseFreeswitch(item);
      if (node.kind === 'ok') return [node.value];
      read.faults.push(`FREESWITCH${node.why}`);
      return [];
    });
}

function readDrachtio(read: SettingsReader): NamedDrachtio | undefined {
  const text = read.text('DRACHTIO');
  if (text === '') return undefined;
  const drachtio = parseDrachtio(text);
  if (drachtio.kind === 'ok') return drachtio.value;
  read.faults.push(`DRACHTIO${drachtio.why}`);
  return undefined;
}

function checkTogether(read: SettingsReader, config: Config): void {
  if (isAny(config.http.host) && config.http.publicUrl === undefined) {
    read.faults.push(
      `PUBLIC_URL must be set when HTTP_HOST is ${config.http.host}: join links need an address.`,
    );
  }
  if (isAny(config.sip.host) && isAny(config.publicIp)) {
    read.faults.push(
      `PUBLIC_IP must be set when SIP_HOST is ${config.sip.host}: phones need an address to answer to.`,
    );
  }
}

/** Listening on every address names none. */
export function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function parseDigest(item: string): DigestAlgorithm | undefined {
  return item === 'MD5' || item === 'SHA-256' ? item : undefined;
}

/** `7000`, `Office=7000` or `Office=7000;lang=de`. */
function parseDialIn(item: string): DialInNumber | undefined {
  const match = /^(?:([^=;]{1,40})=)?(\+?\d{2,15})(?:;lang=(\w+))?$/.exec(item);
  const [, label = 'Dial in', number, language] = match ?? [];
  if (number === undefined) return undefined;
  if (language === undefined) return { label, number };
  return isLanguage(language) ? { label, number, language } : undefined;
}
