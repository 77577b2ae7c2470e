import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const START = join(import.meta.dirname, '../../drachtio-conf/start');
const SECRET = '3f9c0d5be1a847f2c6b0e9d4a7135c8f';
const folder = mkdtempSync(join(tmpdir(), 'partyline-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pem = join(folder, 'a.pem');
writeFileSync(pem, 'what is in it, drachtio-server says');

/** `echo` in drachtio-server's place prints how it would be started. */
const GOOD = { PATH: process.env.PATH, DRACHTIO_BIN: 'echo', DRACHTIO_SECRET: SECRET };
const TLS = { DRACHTIO_TLS_CERT_FILE: pem, DRACHTIO_TLS_KEY_FILE: pem };

function start(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(START, args, {
    env: { ...GOOD, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), faults: stderr.trim().split('\n') };
}

const COMMON = `-f ${join(START, '../drachtio.conf.xml')} --address 127.0.0.1 --port 9022`;

const STARTS: readonly [string, NodeJS.ProcessEnv, string][] = [
  [
    'a secret alone listens on loopback',
    {},
    '--contact sip:127.0.0.1:5060;transport=udp,tcp --contact sip:127.0.0.1:5066;transport=ws',
  ],
  [
    'with a certificate phones may encrypt',
    { ...TLS, PARTYLINE_SIP_IP: '192.0.2.10' },
    '--contact sip:192.0.2.10:5060;transport=udp,tcp --contact sips:192.0.2.10:5061;transport=tls --contact sip:127.0.0.1:5060;transport=udp,tcp --contact sip:127.0.0.1:5066;transport=ws',
  ],
  [
    'behind NAT phones are told the public address, and browsers are not',
    { PARTYLINE_SIP_IP: '192.0.2.10', PARTYLINE_EXTERNAL_IP: '198.51.100.7' },
    '--contact sip:192.0.2.10:5060;transport=udp,tcp --external-ip 198.51.100.7 --contact sip:127.0.0.1:5060;transport=udp,tcp --contact sip:127.0.0.1:5066;transport=ws',
  ],
  [
    'IPv6 stands in brackets',
    { PARTYLINE_SIP_IP: 'fd00::2' },
    '--contact sip:[fd00::2]:5060;transport=udp,tcp --contact sip:127.0.0.1:5060;transport=udp,tcp --contact sip:127.0.0.1:5066;transport=ws',
  ],
];
for (const [name, environment, contacts] of STARTS) {
  test(name, () => {
    expect(start(environment)).toMatchObject({ status: 0, stdout: `${COMMON} ${contacts}` });
  });
}

test('the secret is not on the command line, and more arguments go last', () => {
  const { stdout } = start({}, '--loglevel', 'error');
  expect(stdout).toMatch(/--loglevel error$/);
  expect(stdout).not.toContain(SECRET);
});

const FAULTS: readonly [string, string, NodeJS.ProcessEnv][] = [
  ['no secret', 'DRACHTIO_SECRET', { DRACHTIO_SECRET: '' }],
  ['the secret of every example', 'DRACHTIO_SECRET', { DRACHTIO_SECRET: 'cymru' }],
  ['drachtio-server’s own', 'DRACHTIO_SECRET', { DRACHTIO_SECRET: 'admin' }],
  ['23 characters', 'DRACHTIO_SECRET', { DRACHTIO_SECRET: SECRET.slice(0, 23) }],
  ['a secret that drachtio’s wire would cut', 'DRACHTIO_SECRET', { DRACHTIO_SECRET: `${SECRET}|` }],
  ['every address', 'PARTYLINE_SIP_IP', { PARTYLINE_SIP_IP: '*' }],
  ['an address and more', 'PARTYLINE_SIP_IP', { PARTYLINE_SIP_IP: '127.0.0.1 --secret x' }],
  ['a port that is none', 'PARTYLINE_SIP_PORT', { PARTYLINE_SIP_PORT: '70000' }],
  ['a port for browsers that is none', 'PARTYLINE_SIP_WS_PORT', { PARTYLINE_SIP_WS_PORT: 'ws' }],
  ['a port for us that is none', 'PARTYLINE_DRACHTIO_PORT', { PARTYLINE_DRACHTIO_PORT: '0' }],
  ['a public name', 'PARTYLINE_EXTERNAL_IP', { PARTYLINE_EXTERNAL_IP: 'sip.example.org' }],
  ['a certificate alone', 'DRACHTIO_TLS_KEY_FILE', { DRACHTIO_TLS_CERT_FILE: pem }],
  ['a key alone', 'DRACHTIO_TLS_CERT_FILE', { DRACHTIO_TLS_KEY_FILE: pem }],
  [
    'a certificate that is not there',
    'DRACHTIO_TLS_CERT_FILE',
    { ...TLS, DRACHTIO_TLS_CERT_FILE: '/no/such.pem' },
  ],
  ['a TLS port that is none', 'PARTYLINE_SIP_TLS_PORT', { ...TLS, PARTYLINE_SIP_TLS_PORT: 'x' }],
  ['a program that is not there', 'DRACHTIO_BIN', { DRACHTIO_BIN: '/no/such/program' }],
];
for (const [name, variable, environment] of FAULTS) {
  test(`${name}: refused in one line that names ${variable}`, () => {
    const { status, stdout, faults } = start(environment, '--check');
    expect([status, stdout]).toEqual([78, '']);
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} must be `))]);
  });
}
