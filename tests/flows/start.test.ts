import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SETTINGS } from '../../settings.ts';
import { bundled } from '../support/bundled.ts';
import type { Child } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { AS_NPM_STARTS, ended, program } from '../support/program.ts';

/** What the person who types `npm start` meets. */

const CONSOLE = /Console +(https?:\/\/\S+)\/console/;

let folder: string;
/** The same program in one file, which starts with less work. */
let built: string;
let running: Child[] = [];

beforeAll(async () => {
  built = await bundled(join(import.meta.dirname, '../../main.ts'));
}, 60_000);

function start(settings: Readonly<Record<string, string>> = {}, run = [built]): Child {
  const child = program(run, { DATA_DIR: join(folder, 'data'), ...settings });
  running.push(child);
  return child;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-start-'));
});

afterEach(async () => {
  for (const child of running) await child.kill('SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

test('npm start runs what these tests run', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts.start).toBe(['node', ...AS_NPM_STARTS].join(' '));
});

test('it becomes ready and says where everything is', { timeout: 40_000 }, async () => {
  const startedAt = Date.now();
  const child = start({}, [...AS_NPM_STARTS]);
  await child.prints(/Partyline is ready\./, 30_000);
  console.log(`ready after ${Date.now() - startedAt} ms`);
  expect(child.printed).toMatch(CONSOLE);
  expect(child.printed).toMatch(/Phones +sip:7000@127\.0\.0\.1:\d+/);
});

test('--help lists every setting and starts nothing', async () => {
  const { text, code } = await ended(start({}, [built, '--help']));
  for (const { name } of SETTINGS) expect(text).toContain(`  ${name} `);
  expect(code).toBe(0);
});

test(
  'the admin key is shown at the first start alone and kept where nobody else reads it',
  { timeout: 40_000 },
  async () => {
    const first = start();
    const [, key = ''] = await first.prints(/Admin key +(\S{20,}) /, 20_000);
    const file = join(folder, 'data', 'admin-key');
    expect(readFileSync(file, 'utf8').trim()).toBe(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
    await first.kill('SIGTERM');
    const second = start();
    await second.prints(/is ready/, 20_000);
    expect(second.printed).not.toContain(key);
    const [, url = ''] = CONSOLE.exec(second.printed) ?? [];
    const answer = await fetch(`${url}/api/v1/meetings`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(answer.status).toBe(200);
  },
);

describe('what stops the start', { timeout: 20_000 }, () => {
  test('wrong settings: one message names each', async () => {
    const wrong = { HTTP_PORT: '70000', SIP_HOST: 'nowhere', ADMIN_KEY: 'hunter2' };
    const { text, code } = await ended(start(wrong));
    expect(code).toBe(1);
    for (const name of Object.keys(wrong)) expect(text).toMatch(new RegExp(`^ {2}- ${name} `, 'm'));
    expect(text).not.toContain('hunter2');
    expectNoTrace(text);
  });

  test('the port of the web server is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { text, code } = await ended(start({ HTTP_PORT: `${port}` }));
    server.close();
    expect(code).toBe(1);
    expect(lastLine(text)).toMatch(new RegExp(`${port}.* taken.*HTTP_PORT`));
    expectNoTrace(text);
  });

  test.each(['tcp', 'udp'])('the port of SIP is taken over %s', async (transport) => {
    const port = await freePort();
    const release = transport === 'udp' ? await takeUdp(port) : await takeTcp(port);
    const { text, code } = await ended(start({ SIP_PORT: `${port}` }));
    release();
    expect(code).toBe(1);
    expect(lastLine(text)).toMatch(new RegExp(`${port}/${transport}.* taken.*SIP_PORT`));
    expectNoTrace(text);
  });

  test('the data folder cannot be written to', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { text, code } = await ended(start({ DATA_DIR: join(file, 'data') }));
    expect(code).toBe(1);
    expect(lastLine(text)).toMatch(/DATA_DIR .* cannot be written to/);
    expectNoTrace(text);
  });

  test('another Partyline has the data folder, which stays as it was', async () => {
    const first = start();
    await first.prints(/is ready/, 20_000);
    const { text, code } = await ended(start());
    expect(code).toBe(1);
    expect(lastLine(text)).toMatch(/DATA_DIR .* is in use by another Partyline/);
    expectNoTrace(text);
    const [, url = ''] = CONSOLE.exec(first.printed) ?? [];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test('a certificate that is no file, or not the key’s', async () => {
    const { cert } = selfSigned('one');
    const missing = await ended(start({ TLS_CERT: cert, TLS_KEY: join(folder, 'none.pem') }));
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.text).toMatch(/TLS_KEY must be a file that can be read/);
    const { key } = selfSigned('two');
    const strange = await ended(start({ TLS_CERT: cert, TLS_KEY: key }));
    expect(strange).toMatchObject({ code: 1 });
    expect(strange.text).toMatch(/TLS_CERT and TLS_KEY must be a certificate and its key/);
    expectNoTrace(missing.text + strange.text);
  });
});

test('with a certificate all is on TLS: pages, feed, SIP', { timeout: 30_000 }, async () => {
  const { cert, key } = selfSigned('tls');
  const ADMIN_KEY = 'an-admin-key-for-tests-0123';
  const child = start({ TLS_CERT: cert, TLS_KEY: key, ADMIN_KEY });
  const [, url = ''] = await child.prints(CONSOLE, 20_000);
  await child.prints(/is ready/);
  expect(url).toMatch(/^https:/);
  const ca = readFileSync(cert);
  expect(await statusOver(`${url}/console`, ca)).toBe(200);
  const wss = url.replace('https', 'wss');
  const feed = new WebSocket(`${wss}/api/v1/events`, ['partyline.v1', `bearer.${ADMIN_KEY}`], {
    ca,
  });
  const [snapshot] = (await once(feed, 'message')) as [Buffer];
  expect(snapshot.toString()).toContain('snapshot');
  feed.terminate();
  const sip = new WebSocket(`${wss}/sip`, 'sip', { ca, origin: url });
  await once(sip, 'open');
  const via = 'SIP/2.0/WSS a.invalid;branch=z9hG4bK1';
  const head = ['OPTIONS sip:ping@127.0.0.1 SIP/2.0', `Via: ${via}`, 'Max-Forwards: 70'];
  const ids = ['From: <sip:a@a.invalid>;tag=1', 'To: <sip:ping@127.0.0.1>', 'Call-ID: 1'];
  sip.send([...head, ...ids, 'CSeq: 1 OPTIONS', 'Content-Length: 0', '', ''].join('\r\n'));
  const [answer] = (await once(sip, 'message')) as [Buffer];
  expect(answer.toString()).toMatch(/^SIP\/2\.0 200 /);
  sip.terminate();
});

test(
  'SIGHUP takes up a renewed certificate while feeds go on, and a bad one not',
  { timeout: 30_000 },
  async () => {
    const [old, renewed] = [selfSigned('in-use'), selfSigned('renewed')];
    const ADMIN_KEY = 'an-admin-key-for-tests-0123';
    const child = start({ TLS_CERT: old.cert, TLS_KEY: old.key, ADMIN_KEY });
    const [, url = ''] = await child.prints(CONSOLE, 20_000);
    await child.prints(/is ready/);
    const [oldCa, newCa] = [readFileSync(old.cert), readFileSync(renewed.cert)];
    const feed = new WebSocket(
      `${url.replace('https', 'wss')}/api/v1/events`,
      ['partyline.v1', `bearer.${ADMIN_KEY}`],
      { ca: oldCa },
    );
    await once(feed, 'message');

    writeFileSync(old.cert, newCa);
    child.process.kill('SIGHUP');
    await child.prints(/the certificate stays the old one/);
    expect(await statusOver(`${url}/console`, oldCa)).toBe(200);

    writeFileSync(old.key, readFileSync(renewed.key));
    child.process.kill('SIGHUP');
    await child.prints(/the certificate was read anew/);
    expect(await statusOver(`${url}/console`, newCa)).toBe(200);
    await expect(statusOver(`${url}/console`, oldCa)).rejects.toThrow(/certificate/);
    feed.ping();
    await once(feed, 'pong');
    feed.terminate();
  },
);

function selfSigned(name: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    ...[...request, '-nodes', '-days', '2', ...names],
    ...['-keyout', key, '-out', cert],
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return { cert, key };
}

function statusOver(url: string, ca: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject).end();
  });
}

async function takeTcp(port: number): Promise<() => void> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => server.close();
}

async function takeUdp(port: number): Promise<() => void> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return () => socket.close();
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function expectNoTrace(text: string): void {
  expect(text).not.toMatch(/^\s+at /m);
}
