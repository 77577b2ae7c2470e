import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const START = join(import.meta.dirname, '../../freeswitch-conf/start');
const PASSWORD = '3f9c0d5be1a847f2c6b0e9d4a7135c8f';
const folder = mkdtempSync(join(tmpdir(), 'partyline-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `echo` in FreeSWITCH's place prints how it would be started. */
const GOOD = {
  PATH: process.env.PATH,
  FREESWITCH_BIN: 'echo',
  PARTYLINE_ESL_PASSWORD: PASSWORD,
  PARTYLINE_FS_DIR: join(folder, 'fs'),
};

function start(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(START, args, {
    env: { ...GOOD, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, faults: stderr.trim().split('\n') };
}

test('a password is all that must be given; FreeSWITCH gets folders that nobody else can read', () => {
  const { status, stdout } = start({});
  expect(status).toBe(0);
  const at = join(folder, 'fs');
  expect(stdout.trim()).toBe(
    `-conf ${join(START, '..')} -log ${at}/log -db ${at}/db -run ${at}/run -recordings ${at}/recordings -nonat -nc -nf -np`,
  );
  expect(stdout).not.toContain(PASSWORD);
  expect(readdirSync(at).toSorted()).toEqual(['db', 'log', 'recordings', 'run']);
  for (const name of readdirSync(at)) expect(statSync(join(at, name)).mode & 0o007).toBe(0);
  // The configuration, password and all, is written there.
  expect(statSync(join(at, 'log')).mode & 0o777).toBe(0o700);
});

test('an empty variable is one that is not given', () => {
  const empty = { PARTYLINE_ESL_PORT: '', PARTYLINE_FS_SIP_IP: '', PARTYLINE_RTP_PORTS: '' };
  expect(start(empty, '--check')).toMatchObject({ status: 0 });
});

const FAULTS: readonly [string, string, string][] = [
  ['no password', 'PARTYLINE_ESL_PASSWORD', ''],
  ['FreeSWITCH’s own password', 'PARTYLINE_ESL_PASSWORD', 'ClueCon'],
  ['23 characters', 'PARTYLINE_ESL_PASSWORD', PASSWORD.slice(0, 23)],
  ['one key held down', 'PARTYLINE_ESL_PASSWORD', 'a'.repeat(32)],
  ['a password that ends an XML attribute', 'PARTYLINE_ESL_PASSWORD', `${PASSWORD}"/>`],
  ['a password of two lines', 'PARTYLINE_ESL_PASSWORD', `${PASSWORD}\n${PASSWORD}`],
  ['a port that is none', 'PARTYLINE_ESL_PORT', '80210'],
  ['port 0', 'PARTYLINE_FS_SIP_PORT', '0'],
  ['a name for an address', 'PARTYLINE_FS_SIP_IP', 'localhost'],
  ['an address out of range', 'PARTYLINE_MEDIA_IP', '256.0.0.1'],
  ['an address with more behind it', 'PARTYLINE_MEDIA_IP', '127.0.0.1"/>\n<x y="'],
  ['a public name', 'PARTYLINE_EXTERNAL_IP', 'voice.example.org'],
  ['a gateway without its mask', 'PARTYLINE_GATEWAY_CIDR', '127.0.0.1'],
  ['everybody', 'PARTYLINE_GATEWAY_CIDR', '0.0.0.0/0'],
  ['everybody among others', 'PARTYLINE_GATEWAY_CIDR', '127.0.0.1/32,::/0'],
  ['ports upside down', 'PARTYLINE_RTP_PORTS', '24999-20000'],
  ['ports below 1024', 'PARTYLINE_RTP_PORTS', '1000-24999'],
  ['nine ports', 'PARTYLINE_RTP_PORTS', '20000-20008'],
  ['a program that is not there', 'FREESWITCH_BIN', '/no/such/program'],
  ['a folder from nowhere', 'PARTYLINE_FS_DIR', 'relative/folder'],
];
for (const [name, variable, value] of FAULTS) {
  test(`${name}: refused in one line that names ${variable} and not its value`, () => {
    const { status, stdout, faults } = start({ [variable]: value }, '--check');
    expect([status, stdout]).toEqual([78, '']);
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} must be `))]);
    if (variable === 'PARTYLINE_ESL_PASSWORD' && value.length > 10)
      expect(faults.join()).not.toContain(value.slice(0, 10));
  });
}

const TAKEN: readonly [string, string, string][] = [
  ['several gateways', 'PARTYLINE_GATEWAY_CIDR', '192.0.2.10/32,10.1.0.0/16,fd00::2/128'],
  ['an IPv6 address', 'PARTYLINE_MEDIA_IP', 'fd00::2'],
  ['ten ports', 'PARTYLINE_RTP_PORTS', '20000-20009'],
  ['24 characters', 'PARTYLINE_ESL_PASSWORD', PASSWORD.slice(0, 24)],
];
for (const [name, variable, value] of TAKEN) {
  test(`${name}: taken`, () => {
    expect(start({ [variable]: value }, '--check')).toMatchObject({
      status: 0,
      stdout: 'The environment is right.\n',
    });
  });
}

test('every fault is told at once', () => {
  const { faults } = start({ PARTYLINE_ESL_PASSWORD: 'ClueCon', PARTYLINE_ESL_PORT: 'x' });
  expect(faults).toHaveLength(2);
});
