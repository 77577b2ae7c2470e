import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isGood } from '../../check/finding.ts';
import type { Finding, Report } from '../../check/finding.ts';
import { reportsOn } from '../../check/servers.ts';
import { Child } from '../support/child.ts';
import { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product } from '../support/product.ts';
import { DRACHTIO_BIN } from '../support/real-drachtio.ts';

const ROOT = join(import.meta.dirname, '../..');
const SECRET = 'a-drachtio-secret-for-tests-only';
const PATIENCE = { timeout: 90_000 };

const started: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of started.splice(0).reverse()) await undo();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'partyline-check-'));
  started.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function marked(reports: readonly Report[], mark: Finding['mark']): string[] {
  return reports.flatMap(({ findings }) =>
    findings.filter((each) => each.mark === mark).map(({ what }) => what),
  );
}

/** `npm run freeswitch:check`, as its script runs it. */
function program(server: string, env: NodeJS.ProcessEnv, ...args: string[]) {
  const command = ['--import', 'tsx', 'check.ts', server, ...args];
  return spawnSync(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

async function freeswitch(options?: Parameters<typeof RealFreeswitch.start>[0]) {
  const running = await RealFreeswitch.start(options);
  started.push(() => running.stop());
  return running;
}

/** Our configuration with one file changed. */
function spoiled(file: string, was: string, is: string): string {
  const configuration = folder();
  cpSync(join(ROOT, 'freeswitch-conf'), configuration, { recursive: true });
  const path = join(configuration, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(was)) throw new Error(`${file} does not hold ${was}`);
  writeFileSync(path, text.replace(was, is));
  return configuration;
}

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH', () => {
  test(
    'on our configuration has nothing to mend, for a person and for a program',
    PATIENCE,
    async () => {
      const running = await freeswitch();
      const env = { FREESWITCH: running.setting };
      const person = program('freeswitch', env);
      expect(person.stdout).toMatch(/✓ password +taken\n/);
      expect(person.stdout).toMatch(/✓ who may call +our gateway, at 127\.0\.0\.1\n/);
      expect(person.stdout).not.toContain('✗');
      expect(person.stdout).not.toContain(running.password);
      expect(person.status).toBe(0);
      const report = program('freeswitch', env, '--json');
      expect(JSON.parse(report.stdout)).toMatchObject({ good: true });
      expect(report.stdout).not.toContain(running.password);
      const wrong = running.setting.replace(running.password, 'another-password-of-24-characters');
      const refused = program('freeswitch', { FREESWITCH: wrong });
      expect(refused.stdout).toMatch(/✗ password +refused\n/);
      expect(refused.status).toBe(1);
    },
  );

  const SPOILED: readonly [string, string, string, string, readonly string[]][] = [
    [
      'without a module',
      'autoload_configs/modules.conf.xml',
      '<load module="mod_opus"/>',
      '',
      ['mod_opus', 'codecs'],
    ],
    [
      'with a key that hangs up',
      'autoload_configs/conference.conf.xml',
      '<group name="partyline"/>',
      '<group name="partyline"><control action="hangup" digits="#"/></group>',
      ['room’s keys'],
    ],
    [
      'with an event suppressed',
      'autoload_configs/conference.conf.xml',
      '<param name="rate"',
      '<param name="suppress-events" value="add-member"/><param name="rate"',
      ['room’s events'],
    ],
    [
      'with variables that run commands',
      'autoload_configs/switch.conf.xml',
      'name="api-expansion" value="false"',
      'name="api-expansion" value="true"',
      ['API expansion'],
    ],
    [
      'with messages',
      'sip_profiles/partyline.xml',
      'name="enable-chat" value="false"',
      'name="enable-chat" value="true"',
      ['MESSAGE'],
    ],
    [
      'with another dialplan',
      'sip_profiles/partyline.xml',
      'name="context" value="partyline"',
      'name="context" value="public"',
      ['dialplan'],
    ],
  ];
  for (const [name, file, was, is, faults] of SPOILED) {
    test(`${name}: just that is red`, PATIENCE, async () => {
      const { setting } = await freeswitch({ configuration: spoiled(file, was, is) });
      expect(marked(await reportsOn('freeswitch', { FREESWITCH: setting }), 'fault')).toEqual(
        faults,
      );
    });
  }
});

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH', () => {
  test(
    'whose access list leaves us out is red, and /readyz says what to do before anybody calls',
    PATIENCE,
    async () => {
      const environment = { PARTYLINE_GATEWAY_CIDR: '192.0.2.99/32' };
      const { setting } = await freeswitch({ environment });
      const reports = await reportsOn('freeswitch', { FREESWITCH: setting });
      expect(marked(reports, 'fault')).toEqual(['who may call']);
      expect(JSON.stringify(reports)).toContain('Set PARTYLINE_GATEWAY_CIDR to 127.0.0.1/32');
      const product = await Product.start({ FREESWITCH: setting }, /Console/);
      started.push(() => product.stop());
      const readiness = await eventually('told', async () => {
        const { status, text } = await product.readiness();
        return status === 503 && text.includes('refuses our calls') ? text : undefined;
      });
      expect(readiness).toContain('See PARTYLINE_GATEWAY_CIDR.');
    },
  );

  test(
    'whose password is weak is not started; past the script nobody gets in',
    PATIENCE,
    async () => {
      const data = folder();
      const port = await freePort();
      const env = {
        ...process.env,
        FREESWITCH_BIN: RealFreeswitch.program(),
        PARTYLINE_FS_DIR: data,
        PARTYLINE_ESL_PASSWORD: 'ClueCon',
        PARTYLINE_ESL_PORT: `${port}`,
        PARTYLINE_FS_SIP_PORT: `${await freePort()}`,
      };
      const script = new Child(join(ROOT, 'freeswitch-conf/start'), [], env);
      await script.prints(/PARTYLINE_ESL_PASSWORD must be/);
      expect(await script.exit()).toBe(78);
      const folders = ['log', 'db', 'run'].flatMap((name) => [`-${name}`, data]);
      const options = ['-conf', join(ROOT, 'freeswitch-conf'), ...folders, '-nonat', '-nc', '-nf'];
      const child = new Child(RealFreeswitch.program(), options, env);
      started.push(() => child.kill('SIGKILL'));
      const answer = await eventually(
        'the event socket answers',
        () =>
          EslClient.connect(port, 'ClueCon').then(
            () => 'let in',
            (error: NodeJS.ErrnoException) =>
              error.code === 'ECONNREFUSED' ? undefined : error.message,
          ),
        60_000,
      );
      expect(answer).toMatch(/^login refused/);
    },
  );
});

describe.skipIf(DRACHTIO_BIN === undefined)('a real drachtio-server', () => {
  test('with a certificate answers over UDP, TCP, TLS and WebSocket', PATIENCE, async () => {
    const data = folder();
    const [cert, key] = [join(data, 'cert.pem'), join(data, 'key.pem')];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', '30', '-subj', '/CN=127.0.0.1'],
    ]);
    expect(made.status).toBe(0);
    const [port, sip, tls, ws] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const child = new Child(join(ROOT, 'drachtio-conf/start'), [], {
      ...process.env,
      DRACHTIO_BIN,
      DRACHTIO_SECRET: SECRET,
      DRACHTIO_TLS_CERT_FILE: cert,
      DRACHTIO_TLS_KEY_FILE: key,
      PARTYLINE_DRACHTIO_PORT: `${port}`,
      PARTYLINE_SIP_PORT: `${sip}`,
      PARTYLINE_SIP_TLS_PORT: `${tls}`,
      PARTYLINE_SIP_WS_PORT: `${ws}`,
    });
    started.push(() => child.kill('SIGKILL'));
    await child.prints(/Starting sofia event loop/);
    const DRACHTIO = `drachtio://:${SECRET}@127.0.0.1:${port}?ws=127.0.0.1:${ws}`;
    const alone = await reportsOn('drachtio', { DRACHTIO });
    expect([marked(alone, 'fault'), marked(alone, 'warning')]).toEqual([[], []]);
    expect(marked(alone, 'ok')).toEqual(
      expect.arrayContaining(['SIP over UDP', 'SIP over TCP', 'SIP over TLS', 'SIP over WS']),
    );
    expect(JSON.stringify(alone)).toContain('certificate');

    const product = await Product.start({ DRACHTIO, SIP_PORT: `${sip}` });
    started.push(() => product.stop());
    const joined = await reportsOn('drachtio', { DRACHTIO });
    expect(JSON.stringify(joined)).toMatch(/answers OPTIONS at 127\.0\.0\.1:\d+ with 200/);
    expect(JSON.stringify(joined)).not.toContain('503');
    expect(isGood(joined)).toBe(true);

    const wrong = program('drachtio', { DRACHTIO: DRACHTIO.replace(SECRET, `${SECRET}-2`) });
    expect(wrong.stdout).toMatch(/✗ secret +refused\n/);
    expect([wrong.status, wrong.stdout.includes(SECRET)]).toEqual([1, false]);
  });

  test('that was started without a secret takes the word admin: red', PATIENCE, async () => {
    const [port, sip] = [await freePort(), await freePort()];
    const env = { ...process.env, DRACHTIO_SECRET: undefined };
    const child = new Child(
      DRACHTIO_BIN ?? '',
      [
        ...['-f', join(ROOT, 'drachtio-conf/drachtio.conf.xml'), '--port', `${port}`],
        ...['--contact', `sip:127.0.0.1:${sip};transport=udp,tcp`],
      ],
      env,
    );
    started.push(() => child.kill('SIGKILL'));
    await child.prints(/Starting sofia event loop/);
    const DRACHTIO = `drachtio://:${SECRET}@127.0.0.1:${port}`;
    const reports = await reportsOn('drachtio', { DRACHTIO });
    expect(marked(reports, 'fault')).toEqual(['secret']);
    expect(JSON.stringify(reports)).toContain('everybody knows');
  });
});
