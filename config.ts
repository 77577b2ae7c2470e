import { isIP } from 'node:net';
import type { NamedDrachtio } from './engine-address.ts';
import { parseDrachtio, parseFreeswitch, parsePort } from './engine-address.ts';
import { parseStunUrl, parseTurnUrl } from './meetings/rules/ice.ts';
import type { IceSettings } from './meetings/rules/ice.ts';
import type { LogLevel } from './protocol/log.ts';
import type { DigestAlgorithm } from './protocol/sip/digest.ts';

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
  readonly adminKey?: string;
  readonly dialIn: readonly DialInNumber[];
  readonly freeswitch: readonly FreeswitchNode[];
  readonly drachtio?: DrachtioServer;
  readonly drachtioWs: string;
  readonly redisUrl?: string;
  readonly ffmpeg?: string;
  readonly logLevel: LogLevel;
}

interface Setting {
  readonly name: string;
  /** The value where none is given, as it would be typed; empty: none. */
  readonly fallback: string;
  readonly meaning: string;
}

/** The settings in the order in which help and README list them. */
export const SETTINGS: readonly Setting[] = [
  { name: 'HTTP_HOST', fallback: '127.0.0.1', meaning: 'address the web server listens on' },
  { name: 'HTTP_PORT', fallback: '8080', meaning: 'port of the web server' },
  {
    name: 'TLS_CERT',
    fallback: '',
    meaning: 'certificate file (PEM); with TLS_KEY the web server speaks HTTPS',
  },
  { name: 'TLS_KEY', fallback: '', meaning: 'private key file (PEM)' },
  {
    name: 'PUBLIC_URL',
    fallback: '',
    meaning:
      'web address people use when it is not HTTP_HOST:HTTP_PORT, such as https://meet.example.org',
  },
  { name: 'SIP_HOST', fallback: '127.0.0.1', meaning: 'address phones reach, UDP and TCP' },
  { name: 'SIP_PORT', fallback: '5060', meaning: 'port phones reach, UDP and TCP' },
  {
    name: 'SIP_DIGEST',
    fallback: 'MD5',
    meaning:
      'digests phones are challenged with: MD5, SHA-256, or SHA-256,MD5 (many phones fail on any but MD5 alone)',
  },
  { name: 'RTP_PORTS', fallback: '20000-24999', meaning: 'UDP ports for audio (embedded switch)' },
  {
    name: 'PUBLIC_IP',
    fallback: '',
    meaning: 'address told to phones and browsers when it is not SIP_HOST (NAT)',
  },
  {
    name: 'STUN_URLS',
    fallback: '',
    meaning: 'STUN servers for browsers, such as stun:turn.example.org, comma-separated',
  },
  {
    name: 'TURN_URLS',
    fallback: '',
    meaning:
      'TURN servers for browsers, such as turn:turn.example.org,turns:turn.example.org?transport=tcp',
  },
  { name: 'TURN_SECRET', fallback: '', meaning: 'secret shared with the TURN servers' },
  { name: 'DATA_DIR', fallback: './data', meaning: 'where meetings, accounts and keys are kept' },
  {
    name: 'ADMIN_KEY',
    fallback: '',
    meaning: 'key for console and API; made and kept in DATA_DIR when absent',
  },
  {
    name: 'DIAL_IN_NUMBERS',
    fallback: '7000',
    meaning: 'numbers that reach the reception: "number" or "label=number", comma-separated',
  },
  {
    name: 'FREESWITCH',
    fallback: '',
    meaning: 'esl://:password@host:8021?sip=host:5080, comma-separated; absent: embedded',
  },
  {
    name: 'DRACHTIO',
    fallback: '',
    meaning: 'drachtio://:secret@host:9022, with ?ws=host:port if not host:5066; absent: embedded',
  },
  {
    name: 'REDIS_URL',
    fallback: '',
    meaning: 'redis://… keeps state in Redis instead of DATA_DIR',
  },
  { name: 'FFMPEG_BIN', fallback: '', meaning: 'ffmpeg program, for playing files other than WAV' },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'debug, info, warn or error' },
];

/** Wrong settings, all of them at once; the message is for the person who starts the program. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Wrong settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The text of `npm start -- --help`. */
export function settingsHelp(): string {
  const width = Math.max(...SETTINGS.map(({ name }) => name.length));
  const lines = SETTINGS.map(({ name, fallback, meaning }) => {
    const shown = fallback === '' ? '' : ` [${fallback}]`;
    return `  ${name.padEnd(width)}  ${meaning}${shown}`;
  });
  return `Settings, from the environment or a file .env:\n${lines.join('\n')}\n`;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Collects faults while settings are read, so that all are told at once. */
class Reader {
  readonly faults: string[] = [];
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  text(name: string): string {
    const fallback = SETTINGS.find((setting) => setting.name === name)?.fallback ?? '';
    return this.#env[name]?.trim() || fallback;
  }

  fault(name: string, expected: string): void {
    this.faults.push(`${name} must be ${expected}; it is "${shown(name, this.text(name))}".`);
  }

  address(name: string): string {
    const text = this.text(name);
    if (isIP(text) === 0 && text !== 'localhost') this.fault(name, 'an IP address of this machine');
    return text;
  }

  port(name: string): number {
    const port = parsePort(this.text(name));
    if (port === undefined) this.fault(name, 'a port number, 0 to 65535');
    return port ?? 0;
  }

  list<T>(name: string, expected: string, parse: (item: string) => T | undefined): T[] {
    const items = this.text(name)
      .split(',')
      .map((item) => item.trim());
    const parsed = items.filter((item) => item !== '').map(parse);
    if (parsed.includes(undefined)) this.fault(name, expected);
    return parsed.filter((item) => item !== undefined);
  }
}

/** Settings with secrets in them are never repeated on the screen. */
function shown(name: string, text: string): string {
  return ['FREESWITCH', 'DRACHTIO', 'REDIS_URL', 'ADMIN_KEY', 'TURN_SECRET'].includes(name)
    ? '(hidden)'
    : text;
}

/** Reads every setting from `env`. Throws one ConfigError that names each fault. */
export function readConfig(env: Env): Config {
  const read = new Reader(env);
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
    ...optional('adminKey', readAdminKey(read)),
    dialIn: read.list('DIAL_IN_NUMBERS', 'numbers such as 7000 or Berlin=7001', parseDialIn),
    freeswitch: readFreeswitch(read),
    ...optional('drachtio', drachtio?.server),
    drachtioWs: drachtio?.ws ?? '',
    ...optional('redisUrl', readRedisUrl(read)),
    ...optional('ffmpeg', read.text('FFMPEG_BIN') || undefined),
    logLevel: readLogLevel(read),
  };
  checkTogether(read, config);
  if (read.faults.length > 0) throw new ConfigError(read.faults);
  return config;
}

/** `{ [name]: value }`, or nothing where there is no value. */
function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
}

function readHttp(read: Reader): Config['http'] {
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

function readPublicUrl(read: Reader): string | undefined {
  const text = read.text('PUBLIC_URL');
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/';
  if (!isPlain || url.search !== '' || url.username !== '') {
    read.fault('PUBLIC_URL', 'an address such as https://meet.example.org, without a path');
  }
  return url?.origin;
}

function readRtpPorts(read: Reader): Config['rtpPorts'] {
  const match = /^(\d+)-(\d+)$/.exec(read.text('RTP_PORTS'));
  const first = parsePort(match?.[1] ?? '');
  const last = parsePort(match?.[2] ?? '');
  if (first !== undefined && last !== undefined && first >= 1024 && last - first >= 9)
    return { first, last };
  read.fault('RTP_PORTS', 'a range of at least 10 ports above 1023, such as 20000-24999');
  return { first: 0, last: 0 };
}

function readIce(read: Reader): IceSettings {
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

function readAdminKey(read: Reader): string | undefined {
  const key = read.text('ADMIN_KEY');
  if (key === '') return undefined;
  if (!/^[\x21-\x7e]{20,200}$/.test(key))
    read.fault('ADMIN_KEY', 'at least 20 printable characters without blanks');
  return key;
}

function readRedisUrl(read: Reader): string | undefined {
  const url = read.text('REDIS_URL');
  if (url !== '' && !/^rediss?:\/\/\S+$/.test(url))
    read.fault('REDIS_URL', 'redis://host:port or rediss://host:port');
  return url || undefined;
}

function readLogLevel(read: Reader): LogLevel {
  const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
  const level = levels.find((each) => each === read.text('LOG_LEVEL'));
  if (level === undefined) read.fault('LOG_LEVEL', 'debug, info, warn or error');
  return level ?? 'info';
}

function readFreeswitch(read: Reader): FreeswitchNode[] {
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

function readDrachtio(read: Reader): NamedDrachtio | undefined {
  const text = read.text('DRACHTIO');
  if (text === '') return undefined;
  const drachtio = parseDrachtio(text);
  if (drachtio.kind === 'ok') return drachtio.value;
  read.faults.push(`DRACHTIO${drachtio.why}`);
  return undefined;
}

function checkTogether(read: Reader, config: Config): void {
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
function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function parseDigest(item: string): DigestAlgorithm | undefined {
  return item === 'MD5' || item === 'SHA-256' ? item : undefined;
}

function parseDialIn(item: string): DialInNumber | undefined {
  const match = /^(?:([^=]{1,40})=)?(\+?\d{2,15})$/.exec(item);
  if (match?.[2] === undefined) return undefined;
  return { label: match[1] ?? 'Dial in', number: match[2] };
}
