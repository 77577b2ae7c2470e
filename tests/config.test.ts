import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';
import { SETTINGS, settingsHelp } from '../settings.ts';

const REAL = {
  FREESWITCH: 'esl://:a-long-random-password-of-the-tests@10.0.0.2:8021?sip=10.0.0.2:5080',
  DRACHTIO: 'drachtio://:a-long-random-secret-of-the-tests@127.0.0.1:9022',
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('no settings at all give the embedded switch on loopback', () => {
  const config = readConfig({});
  expect(config.http).toEqual({ host: '127.0.0.1', port: 8080 });
  expect(config.sip).toEqual({ host: '127.0.0.1', port: 5060, digests: ['MD5'] });
  expect(config.publicIp).toBe('127.0.0.1');
  expect(config.rtpPorts).toEqual({ first: 20_000, last: 24_999 });
  expect(config.dialIn).toEqual([{ label: 'Dial in', number: '7000' }]);
  expect(config.freeswitch).toEqual([]);
  expect(config.drachtio).toBeUndefined();
});

test('real engines are read from their addresses', () => {
  const config = readConfig(REAL);
  expect(config.freeswitch[0]).toEqual({
    host: '10.0.0.2',
    port: 8021,
    password: 'a-long-random-password-of-the-tests',
    sip: { host: '10.0.0.2', port: 5080 },
  });
  expect(config.drachtio).toEqual({
    host: '127.0.0.1',
    port: 9022,
    secret: 'a-long-random-secret-of-the-tests',
  });
});

test('no calls out, numbers masked, no recording, English: unless somebody says otherwise', () => {
  const { dialOut, numbers, recording, language, promptsDir } = readConfig({});
  expect(dialOut).toEqual({ prefixes: [], concurrent: 5, perDay: 100, minutes: 120 });
  expect(readConfig({})).toMatchObject({ recordingDays: 0, historyDays: 90 });
  expect({ numbers, recording, language }).toEqual({
    numbers: 'masked',
    recording: false,
    language: 'en',
  });
  expect(promptsDir).toBeUndefined();
});

test("BigBlueButton's API is off without a secret, and calls nobody behind our firewall", () => {
  const BBB_SECRET = '639259d4-9dd8-4b25-bf01-95f9567eaf4b';
  expect(readConfig({}).bigbluebutton).toBeUndefined();
  expect(readConfig({ BBB_SECRET }).bigbluebutton).toEqual({
    secret: BBB_SECRET,
    privateCallbacks: false,
  });
  const both = { BBB_SECRET, BBB_PRIVATE_CALLBACKS: 'on' };
  expect(readConfig(both).bigbluebutton?.privateCallbacks).toBe(true);
});

test('what meetings may do is read from its settings', () => {
  const config = readConfig({
    DIAL_OUT_PREFIXES: '+49, +4369',
    DIAL_OUT_COUNTRY: '+49',
    DIAL_OUT_MINUTES: '30',
    DIAL_IN_NUMBERS: '7000,Büro=7001;lang=de',
    PROMPTS_DIR: '/srv/prompts',
    SHOW_NUMBERS: 'hidden',
    RECORDING: 'on',
    LANGUAGE: 'de',
  });
  expect(config.dialOut).toMatchObject({ prefixes: ['+49', '+4369'], country: '49', minutes: 30 });
  expect(config.dialIn).toEqual([
    { label: 'Dial in', number: '7000' },
    { label: 'Büro', number: '7001', language: 'de' },
  ]);
  expect(config).toMatchObject({ promptsDir: '/srv/prompts', numbers: 'hidden', recording: true });
  expect(config.language).toBe('de');
});

test('every wrong setting is named, in one go', () => {
  const faults = faultsOf({
    HTTP_PORT: '70000',
    SIP_HOST: 'nowhere',
    RTP_PORTS: '5',
    ADMIN_KEY: 'short',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'SIP_HOST',
    'HTTP_PORT',
    'RTP_PORTS',
    'ADMIN_KEY',
  ]);
});

describe('a fault in one setting is told', () => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['half a certificate', { TLS_CERT: '/c.pem' }, /TLS_CERT and TLS_KEY go together/],
    [
      'a web server on every address without one to show',
      { HTTP_HOST: '0.0.0.0' },
      /PUBLIC_URL must/,
    ],
    ['a public address with a path', { PUBLIC_URL: 'https://a.example/x' }, /PUBLIC_URL must be/],
    ['any-address without a public one', { SIP_HOST: '0.0.0.0' }, /PUBLIC_IP must be set/],
    [
      'a FreeSWITCH without its SIP address',
      { ...REAL, FREESWITCH: 'esl://:pw@h:8021' },
      /FREESWITCH must be/,
    ],
    [
      'the password everybody knows',
      { ...REAL, FREESWITCH: 'esl://:ClueCon@h:8021?sip=h:5080' },
      /^FREESWITCH: the secret is one that everybody knows\. Make one with: openssl rand -hex 24\.$/,
    ],
    [
      'a FreeSWITCH without a password',
      { ...REAL, FREESWITCH: 'esl://h:8021?sip=h:5080' },
      /^FREESWITCH: the secret is missing\./,
    ],
    [
      'a password that is soon guessed, of the second of two',
      { ...REAL, FREESWITCH: `${REAL.FREESWITCH},esl://:short@h:8021?sip=h:5080` },
      /^FREESWITCH: the secret is shorter than 24 characters\./,
    ],
    [
      'a password with half an escape',
      { ...REAL, FREESWITCH: 'esl://:100%25%@h:8021?sip=h:5080' },
      /^FREESWITCH: the secret is not well-formed\./,
    ],
    [
      'a drachtio without its secret',
      { DRACHTIO: 'drachtio://127.0.0.1' },
      /^DRACHTIO: the secret is missing/,
    ],
    [
      'the secret of every example',
      { DRACHTIO: 'drachtio://:cymru@h' },
      /^DRACHTIO: the secret is one that everybody/,
    ],
    [
      "drachtio-server's own secret",
      { DRACHTIO: 'drachtio://:admin@h' },
      /^DRACHTIO: the secret is one that everybody/,
    ],
    ['a short secret', { DRACHTIO: 'drachtio://:hunter2@h' }, /^DRACHTIO: the secret is shorter/],
    ['a dial-in number with letters', { DIAL_IN_NUMBERS: '7000,seven' }, /DIAL_IN_NUMBERS must be/],
    ['TURN without its secret', { TURN_URLS: 'turn:a.example' }, /TURN_URLS and TURN_SECRET go/],
    [
      'a TURN secret that can be guessed',
      { TURN_URLS: 'turn:a.example', TURN_SECRET: 'secret' },
      /TURN_SECRET must be .*\(hidden\)/,
    ],
    [
      "a secret for BigBlueButton's clients that can be guessed",
      { BBB_SECRET: 'secret' },
      /BBB_SECRET must be .*\(hidden\)/,
    ],
    ['a STUN address of another kind', { STUN_URLS: 'https://a.example' }, /STUN_URLS must be/],
    ['a language nobody speaks', { LANGUAGE: 'tlh' }, /LANGUAGE must be en or de/],
    [
      'a number of an unknown language',
      { DIAL_IN_NUMBERS: 'Office=7000;lang=tlh' },
      /DIAL_IN_NUMBERS must be/,
    ],
    [
      'prompts at a path that commands could be made of',
      { PROMPTS_DIR: '/a;b' },
      /PROMPTS_DIR must/,
    ],
    [
      'numbers shown in another way',
      { SHOW_NUMBERS: 'some' },
      /SHOW_NUMBERS must be masked, full or/,
    ],
    ['a recording that is maybe', { RECORDING: 'yes' }, /RECORDING must be on or off/],
    ['a prefix without its +', { DIAL_OUT_PREFIXES: '+49,0043' }, /DIAL_OUT_PREFIXES must be/],
    ['a country that is none', { DIAL_OUT_COUNTRY: 'DE' }, /DIAL_OUT_COUNTRY must be/],
    [
      'no call at once',
      { DIAL_OUT_CONCURRENT: '0' },
      /DIAL_OUT_CONCURRENT must be a number from 1/,
    ],
    ['calls without end', { DIAL_OUT_MINUTES: '9999' }, /DIAL_OUT_MINUTES must be .* to 1440/],
    ['half a call a day', { DIAL_OUT_PER_DAY: '0.5' }, /DIAL_OUT_PER_DAY must be/],
    ['a Redis address of another kind', { REDIS_URL: 'http://x' }, /REDIS_URL must be/],
  ];
  for (const [name, env, expected] of cases) {
    test(name, () => {
      expect(faultsOf(env).join('\n')).toMatch(expected);
    });
  }
});

test('a secret in a wrong setting is not repeated on the screen', () => {
  const text = faultsOf({
    ADMIN_KEY: 'hunter2',
    FREESWITCH: 'esl://:hunter2@h',
    REDIS_URL: 'hunter2',
  }).join();
  expect(text).not.toContain('hunter2');
});

test('help and README list every setting', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { name } of SETTINGS) {
    expect(settingsHelp()).toContain(name);
    expect(readme).toContain(`\`${name}\``);
  }
});
