import { isIP } from 'node:net';
import { parsePort } from './engine-address.ts';

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
    meaning:
      'numbers that reach the reception: "number", "label=number" or "label=number;lang=de", comma-separated',
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
    meaning: 'redis://… keeps state in Redis instead of DATA_DIR; servers that share it are one',
  },
  { name: 'LANGUAGE', fallback: 'en', meaning: 'what new meetings speak: en or de' },
  {
    name: 'PROMPTS_DIR',
    fallback: '',
    meaning: 'your own recordings, laid out as the folder prompts; those there are heard first',
  },
  {
    name: 'CALL_FILES_DIR',
    fallback: '',
    meaning: 'where FreeSWITCH, as another user, may write spoken names and recordings',
  },
  {
    name: 'SHOW_NUMBERS',
    fallback: 'masked',
    meaning: "callers' numbers to moderators: masked (+49…1234), full or hidden",
  },
  {
    name: 'RECORDING',
    fallback: 'off',
    meaning: 'on: moderators may record meetings, to recordings in CALL_FILES_DIR',
  },
  {
    name: 'RECORDING_DAYS',
    fallback: '0',
    meaning: 'days that recordings are kept; 0: until somebody deletes them',
  },
  {
    name: 'HISTORY_DAYS',
    fallback: '90',
    meaning: 'days that it is kept who met, when, and how it sounded',
  },
  {
    name: 'AUDIT_DAYS',
    fallback: '365',
    meaning: 'days that it is kept who did what',
  },
  {
    name: 'WEBHOOK_ALLOW',
    fallback: '',
    meaning:
      'networks that webhooks may go to beside the Internet, by plain HTTP too, such as 10.0.0.0/8,127.0.0.1',
  },
  {
    name: 'DIAL_OUT_PREFIXES',
    fallback: '',
    meaning: 'numbers that meetings may call, such as +49,+4369; absent: none',
  },
  {
    name: 'DIAL_OUT_COUNTRY',
    fallback: '',
    meaning: 'country code, such as 49, of numbers typed with a single 0',
  },
  { name: 'DIAL_OUT_CONCURRENT', fallback: '5', meaning: 'calls to numbers at once' },
  { name: 'DIAL_OUT_PER_DAY', fallback: '100', meaning: 'calls to numbers in any 24 hours' },
  { name: 'DIAL_OUT_MINUTES', fallback: '120', meaning: 'longest call to a number' },
  {
    name: 'OIDC_ISSUER',
    fallback: '',
    meaning: 'OpenID Connect provider that people may sign in with, such as https://id.example.org',
  },
  { name: 'OIDC_CLIENT_ID', fallback: '', meaning: 'what the provider calls this server' },
  { name: 'OIDC_CLIENT_SECRET', fallback: '', meaning: 'secret shared with the provider' },
  {
    name: 'OIDC_SCOPES',
    fallback: 'openid profile email',
    meaning: 'what the provider is asked for',
  },
  {
    name: 'OIDC_ROLE_CLAIM',
    fallback: 'groups',
    meaning: 'claim of the ID token that OIDC_ROLES looks at; dots lead inside',
  },
  {
    name: 'OIDC_ROLES',
    fallback: '',
    meaning: "the claim's values and their roles, such as admins=owner,staff=moderator",
  },
  {
    name: 'OIDC_OTHERWISE',
    fallback: 'none',
    meaning:
      'role of all others: none keeps them out, else owner, moderator, participant or observer',
  },
  {
    name: 'OIDC_LABEL',
    fallback: 'your organisation',
    meaning: 'the button says "Sign in with" this',
  },
  {
    name: 'BBB_SECRET',
    fallback: '',
    meaning: "secret of BigBlueButton's API at /bigbluebutton/api; absent: it is off",
  },
  {
    name: 'BBB_PRIVATE_CALLBACKS',
    fallback: 'off',
    meaning: "on: callbacks of BigBlueButton's API may go to private networks",
  },
  { name: 'FFMPEG_BIN', fallback: '', meaning: 'ffmpeg program, for playing files other than WAV' },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'debug, info, warn or error' },
];

/** The text of `npm start -- --help`. */
export function settingsHelp(): string {
  const width = Math.max(...SETTINGS.map(({ name }) => name.length));
  const lines = SETTINGS.map(({ name, fallback, meaning }) => {
    const shown = fallback === '' ? '' : ` [${fallback}]`;
    return `  ${name.padEnd(width)}  ${meaning}${shown}`;
  });
  return `Settings, from the environment or a file .env:\n${lines.join('\n')}\n`;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Collects faults while settings are read, so that all are told at once. */
export class SettingsReader {
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

  /** A whole number in a range. */
  count(name: string, low: number, high: number): number {
    const text = this.text(name);
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (count >= low && count <= high) return count;
    this.fault(name, `a number from ${low} to ${high}`);
    return low;
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T {
    const word = words.find((each) => each === this.text(name));
    if (word === undefined) this.fault(name, `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
    return word ?? (words[0] as T);
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
  return SECRET.includes(name) ? '(hidden)' : text;
}

const SECRET = [
  ...['FREESWITCH', 'DRACHTIO', 'REDIS_URL', 'ADMIN_KEY', 'TURN_SECRET'],
  ...['BBB_SECRET', 'OIDC_CLIENT_SECRET'],
];
