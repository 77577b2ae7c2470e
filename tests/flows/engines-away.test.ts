import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product } from '../support/product.ts';
import { DRACHTIO_BIN, startRealDrachtio } from '../support/real-drachtio.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';
import { SipPeer } from '../support/sip-peer.ts';

const PASSWORD = 'an-event-socket-password-of-the-tests';
const CONFIGURATION = join(import.meta.dirname, '../../freeswitch-conf');
const SECRET = 'a-drachtio-secret-of-the-tests';
const PATIENCE = { timeout: 90_000 };

type AtTheEnd = (undo: () => Promise<void>) => void;

async function product(
  atTheEnd: AtTheEnd,
  settings: NodeJS.ProcessEnv,
  until?: RegExp,
): Promise<Product> {
  const running = await Product.start(settings, until);
  atTheEnd(() => running.stop());
  return running;
}

/** Waits until an administrator reads `status` and `text` at `/readyz`. */
function reads(running: Product, status: number, text: string): Promise<unknown> {
  return eventually(
    `${status} with "${text}"`,
    async () => {
      const readiness = await running.readiness();
      return readiness.status === status && readiness.text.includes(text);
    },
    30_000,
  );
}

/** The log's lines about one engine, their messages in order. */
function logged(running: Product, engine: 'FreeSWITCH' | 'drachtio'): string[] {
  return running.printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { readonly msg: string }).msg)
    .filter((message) => message.includes(engine));
}

/** A FreeSWITCH whose event socket is at `port`, and which answers the gateway's pings. */
async function esl(atTheEnd: AtTheEnd, port: number): Promise<string> {
  const peer = await SipPeer.udp(port);
  peer.onRequest = (request) => void peer.answer(request, 200);
  atTheEnd(() => Promise.resolve(peer.close()));
  return `esl://:${PASSWORD}@127.0.0.1:${port}?sip=${peer.host}`;
}

async function standIn(atTheEnd: AtTheEnd, secret: string, port: number) {
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port,
    secret,
    sip: { host: '127.0.0.1', port: 0, wsPort: 0 },
    log: () => undefined,
  });
  atTheEnd(() => drachtio.stop());
  return drachtio;
}

/** The addresses of engines are nobody's business but an administrator's. */
async function isNotDescribedToStrangers({ url }: Product): Promise<void> {
  const response = await fetch(`${url}/readyz`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toEqual({
    ready: false,
    engines: [{ node: 'engine 1', state: 'connecting' }],
  });
}

// They wait most of the time, so they wait together.
describe.concurrent('a FreeSWITCH that is away', () => {
  test(
    'is named at the start, awaited, missed again, and told when it is old, a line in the log each',
    PATIENCE,
    async ({ onTestFinished: atTheEnd }) => {
      const port = await freePort();
      const running = await product(
        atTheEnd,
        { FREESWITCH: await esl(atTheEnd, port) },
        /is up, but/,
      );
      expect(running.printed).toMatch(
        /- FreeSWITCH at 127\.0\.0\.1:\d+ is not connected yet: .*ECONNREFUSED/,
      );
      expect(running.printed).toMatch(/Console +http/);
      expect((await fetch(`${running.url}/console`)).status).toBe(200);
      await reads(running, 503, 'ECONNREFUSED');
      await isNotDescribedToStrangers(running);

      const freeswitch = new ScriptedFreeSwitch();
      freeswitch.wire.password = PASSWORD;
      freeswitch.wire.greeting = 'Content-Type: text/rude-rejection\nContent-Length: 0\n\n';
      await freeswitch.wire.listen(port);
      atTheEnd(() => freeswitch.wire.close());
      await reads(running, 503, 'access list refuses this address');

      freeswitch.wire.greeting = 'Content-Type: auth/request\n\n';
      freeswitch.wire.password = 'another one';
      await reads(running, 503, 'refuses the event socket password');

      freeswitch.wire.password = PASSWORD;
      await reads(running, 200, '"joined"');

      await freeswitch.wire.close();
      await reads(running, 503, 'ECONNREFUSED');
      freeswitch.version = '1.10.12';
      await freeswitch.wire.listen(port);
      await reads(running, 200, 'is 1.10.12-scripted: update it to 1.11');
      expect(logged(running, 'FreeSWITCH')).toEqual([
        'cannot reach FreeSWITCH',
        'FreeSWITCH refuses us',
        'joined FreeSWITCH',
        'lost FreeSWITCH',
        'FreeSWITCH is not as it should be',
        'joined FreeSWITCH',
      ]);
      expect(running.printed).not.toContain(PASSWORD);
    },
  );

  test(
    'whose name nobody knows does not keep the console from coming up',
    PATIENCE,
    async ({ onTestFinished: atTheEnd }) => {
      const setting = `esl://:${PASSWORD}@no-such-host.invalid:8021?sip=127.0.0.1:9`;
      const running = await product(atTheEnd, { FREESWITCH: setting }, /is up, but/);
      await reads(running, 503, 'no-such-host.invalid');
    },
  );
});

describe.concurrent('a drachtio-server that is away', () => {
  const setting = (port: number) => `drachtio://:${SECRET}@127.0.0.1:${port}?ws=127.0.0.1:9`;

  test(
    'is named at the start, awaited, and missed again, a line in the log each',
    PATIENCE,
    async ({ onTestFinished: atTheEnd }) => {
      const port = await freePort();
      const running = await product(
        atTheEnd,
        { DRACHTIO: setting(port), SIP_PORT: '5999' },
        /is up, but/,
      );
      expect(running.printed).toMatch(/- The connection to drachtio-server failed: .*ECONNREFUSED/);
      expect(running.printed).toMatch(/Phones +sip:7000@127\.0\.0\.1:5999/);
      await reads(running, 503, 'Phones and browsers cannot call.');

      const stranger = await standIn(atTheEnd, 'another secret', port);
      await reads(running, 503, 'refuses the secret');
      await stranger.stop();

      const drachtio = await standIn(atTheEnd, SECRET, port);
      await reads(running, 200, '"ready":true');
      await drachtio.stop();
      await reads(running, 503, 'drachtio-server');
      await standIn(atTheEnd, SECRET, port);
      await reads(running, 200, '"ready":true');
      expect(logged(running, 'drachtio')).toEqual([
        'cannot reach drachtio',
        'drachtio refused the secret',
        'joined drachtio',
        'lost drachtio',
        'joined drachtio',
      ]);
      expect(running.printed).not.toContain(SECRET);
    },
  );
});

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH', () => {
  test('refuses a wrong password', PATIENCE, async ({ onTestFinished: atTheEnd }) => {
    const freeswitch = await RealFreeswitch.start();
    atTheEnd(() => freeswitch.stop());
    const wrong = freeswitch.setting.replace(freeswitch.password, PASSWORD);
    const running = await product(atTheEnd, { FREESWITCH: wrong }, /is up, but/);
    await reads(running, 503, 'refuses the event socket password');
    expect(logged(running, 'FreeSWITCH')).toEqual(['FreeSWITCH refuses us']);
  });

  test(
    'whose event socket is not for us says so, and is joined once that is mended',
    { timeout: 120_000 },
    async ({ onTestFinished: atTheEnd }) => {
      const configuration = mkdtempSync(join(tmpdir(), 'partyline-freeswitch-conf-'));
      cpSync(CONFIGURATION, configuration, { recursive: true });
      const file = join(configuration, 'autoload_configs/event_socket.conf.xml');
      const ours = readFileSync(file, 'utf8');
      expect(ours).toContain('value="loopback.auto"');
      writeFileSync(file, ours.replace('value="loopback.auto"', 'value="rfc1918.auto"'));
      const freeswitch = await RealFreeswitch.launch(configuration);
      atTheEnd(() => freeswitch.stop());
      const running = await product(atTheEnd, { FREESWITCH: freeswitch.setting }, /is up, but/);
      await reads(running, 503, 'access list refuses this address');
      await freeswitch.die();
      writeFileSync(file, ours);
      await freeswitch.restart();
      await reads(running, 200, '"ready":true');
      rmSync(configuration, { recursive: true });
    },
  );

  test('dies and is joined again', { timeout: 120_000 }, async ({ onTestFinished: atTheEnd }) => {
    const freeswitch = await RealFreeswitch.start();
    atTheEnd(() => freeswitch.stop());
    const running = await product(atTheEnd, { FREESWITCH: freeswitch.setting });
    await freeswitch.die();
    await reads(running, 503, 'ECONNREFUSED');
    await freeswitch.restart();
    await reads(running, 200, '"ready":true');
    expect(logged(running, 'FreeSWITCH')).toEqual([
      'joined FreeSWITCH',
      'lost FreeSWITCH',
      'FreeSWITCH was restarted; its calls are lost',
      'joined FreeSWITCH',
    ]);
  });
});

describe.skipIf(DRACHTIO_BIN === undefined)('a real drachtio-server', () => {
  test('refuses a wrong secret', PATIENCE, async ({ onTestFinished: atTheEnd }) => {
    const drachtio = await startRealDrachtio('another-secret');
    atTheEnd(() => drachtio.stop());
    const DRACHTIO = drachtio.setting.replace('another-secret', SECRET);
    const running = await product(
      atTheEnd,
      { DRACHTIO, SIP_PORT: `${drachtio.sipPort}` },
      /is up, but/,
    );
    await reads(running, 503, 'refuses the secret');
    expect(logged(running, 'drachtio')).toEqual(['drachtio refused the secret']);
  });

  test('dies and is joined again', PATIENCE, async ({ onTestFinished: atTheEnd }) => {
    const drachtio = await startRealDrachtio(SECRET);
    const running = await product(atTheEnd, {
      DRACHTIO: drachtio.setting,
      SIP_PORT: `${drachtio.sipPort}`,
    });
    await drachtio.stop();
    await reads(running, 503, 'ECONNREFUSED');
    const next = await startRealDrachtio(SECRET, drachtio);
    atTheEnd(() => next.stop());
    await reads(running, 200, '"ready":true');
    expect(logged(running, 'drachtio')).toEqual([
      'joined drachtio',
      'lost drachtio',
      'joined drachtio',
    ]);
  });
});
