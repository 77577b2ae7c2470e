import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';

const FILES = ['partyline.env', 'freeswitch.env', 'drachtio.env', 'turnserver.conf'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function makeEnv(...args: string[]) {
  return spawnSync('deploy/make-env', args, { encoding: 'utf8' });
}

function text(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function settings(file: string): NodeJS.ProcessEnv {
  return parseEnv(text(file));
}

describe('the settings that deploy/make-env writes', () => {
  test('are such that all three programs take them', () => {
    expect(makeEnv(folder, 'meet.example.org', '203.0.113.10')).toMatchObject({ status: 0 });
    const config = readConfig(settings('partyline.env'));
    const freeswitch = settings('freeswitch.env');
    const drachtio = settings('drachtio.env');
    expect(config.freeswitch[0]?.password).toBe(freeswitch.PARTYLINE_ESL_PASSWORD);
    expect(config.drachtio?.secret).toBe(drachtio.DRACHTIO_SECRET);
    const { PATH } = process.env;
    for (const [start, env] of [
      ['freeswitch-conf/start', { ...freeswitch, PATH, FREESWITCH_BIN: '/bin/true' }],
      ['drachtio-conf/start', { ...drachtio, PATH, DRACHTIO_BIN: '/bin/true' }],
    ] as const)
      expect(spawnSync(start, ['--check'], { env, encoding: 'utf8' }).stderr).toBe('');
  });

  test('are for one pair of eyes, and new each time', () => {
    const secrets = () =>
      FILES.flatMap((file) => text(file).match(/[0-9a-f]{48}/g) ?? []).sort((a, b) =>
        a.localeCompare(b),
      );
    makeEnv(folder, 'meet.example.org', '203.0.113.10');
    for (const file of FILES) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    const first = secrets();
    // The administrator's, and three that are told to the two that share each.
    expect(new Set(first).size).toBe(4);
    expect(first).toHaveLength(7);
    for (const file of FILES) rmSync(join(folder, file));
    makeEnv(folder, 'meet.example.org', '203.0.113.10');
    for (const each of secrets()) expect(first).not.toContain(each);
  });

  test('behind NAT are those of the public address, and the rules that make it ours', () => {
    makeEnv(folder, 'meet.example.org', '203.0.113.10', '10.0.0.5');
    const { publicIp, sip } = readConfig(settings('partyline.env'));
    expect([publicIp, sip.host]).toEqual(['203.0.113.10', '203.0.113.10']);
    for (const file of FILES) expect(text(file)).not.toContain('10.0.0.5');
    expect(text('nat.conf')).toMatch(
      /^define PUBLIC = 203\.0\.113\.10\ndefine INNER = 10\.0\.0\.5$/m,
    );
    expect(settings('nat.env')).toEqual({ PUBLIC_IP: '203.0.113.10' });
  });

  test('lie in a folder that the certificate’s readers may enter', () => {
    makeEnv(join(folder, 'etc', 'partyline'), 'meet.example.org', '203.0.113.10');
    expect(statSync(join(folder, 'etc', 'partyline')).mode & 0o777).toBe(0o755);
  });

  test('are never written over', () => {
    makeEnv(folder, 'meet.example.org', '203.0.113.10');
    const before = FILES.map(text);
    const again = makeEnv(folder, 'meet.example.org', '203.0.113.10');
    expect([again.status, again.stderr]).toEqual([78, expect.stringContaining('is there already')]);
    expect(FILES.map(text)).toEqual(before);
  });

  test.each([
    ['a name with a blank', ['meet example', '203.0.113.10']],
    ['a name with a second line', ['meet\nADMIN_KEY=x', '203.0.113.10']],
    ['an address that is none', ['meet.example.org', '203.0.113.256']],
    ['an inner address that is none', ['meet.example.org', '203.0.113.10', 'eth0']],
    ['no address', ['meet.example.org']],
  ])('are not made of %s', (_, args) => {
    expect(makeEnv(join(folder, 'new'), ...args).status).toBe(78);
    expect(() => statSync(join(folder, 'new'))).toThrow('ENOENT');
  });
});
