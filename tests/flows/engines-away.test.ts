import { afterEach, describe, expect, test } from 'vitest';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product } from '../support/product.ts';
import { DRACHTIO_BIN, startRealDrachtio } from '../support/real-drachtio.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';
import { SipPeer } from '../support/sip-peer.ts';

const PASSWORD = 'an-event-socket-password-of-the-tests';
const SECRET = 'a-drachtio-secret-of-the-tests';
const PATIENCE = { timeout: 90_000 };

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of started.splice(0).reverse()) await undo();
});

async function product(settings: NodeJS.ProcessEnv, until?: RegExp): Promise<Product> {
  const running = await Product.start(settings, until);
  started.push(() => running.stop());
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
async function esl(port: number): Promise<string> {
  const peer = await SipPeer.udp(port);
  peer.onRequest = (request) => void peer.answer(request, 200);
  started.push(() => Promise.resolve(peer.close()));
  return `esl://:${PASSWORD}@127.0.0.1:${port}?sip=${peer.host}`;
}

async function standIn(secret: string, port: number) {
  const drachtio = await startDrachtio({
    host: '127.0.0.1',
    port,
    secret,
    sip: { host: '127.0.0.1', port: 0, wsPort: 0 },
    log: () => undefined,
  });
  started.push(() => drachtio.stop());
  return drachtio;
}

describe('a FreeSWITCH that is away', () => {
  test(
    'is named at the start, awaited, and missed again, a line in the log each',
    PATIENCE,
    async () => {
      const port = await freePort();
      const running = await product({ FREESWITCH: await esl(port) }, /is up, but/);
      expect(running.printed).toMatch(
        /- FreeSWITCH at 127\.0\.0\.1:\d+ is not connected yet: .*ECONNREFUSED/,
      );
      expect(running.printed).toMatch(/Console +http/);
      expect((await fetch(`${running.url}/console`)).status).toBe(200);
      await reads(running, 503, 'ECONNREFUSED');

      const freeswitch = new ScriptedFreeSwitch();
      freeswitch.wire.password = PASSWORD;
      freeswitch.wire.greeting = 'Content-Type: text/rude-rejection\nContent-Length: 0\n\n';
      await freeswitch.wire.listen(port);
      started.push(() => freeswitch.wire.close());
      await reads(running, 503, 'access list refuses this address');

      freeswitch.wire.greeting = 'Content-Type: auth/request\n\n';
      freeswitch.wire.password = 'another one';
      await reads(running, 503, 'refuses the event socket password');

      freeswitch.wire.password = PASSWORD;
      await reads(running, 200, '"joined"');

      await freeswitch.wire.close();
      await reads(running, 503, 'ECONNREFUSED');
      await freeswitch.wire.listen(port);
      await reads(running, 200, '"joined"');
      expect(logged(running, 'FreeSWITCH')).toEqual([
        'cannot reach FreeSWITCH',
        'FreeSWITCH refuses us',
        'joined FreeSWITCH',
        'lost FreeSWITCH',
        'joined FreeSWITCH',
      ]);
      expect(running.printed).not.toContain(PASSWORD);
    },
  );

  test('whose name nobody knows does not keep the console from coming up', PATIENCE, async () => {
    const setting = `esl://:${PASSWORD}@no-such-host.invalid:8021?sip=127.0.0.1:9`;
    const running = await product({ FREESWITCH: setting }, /is up, but/);
    await reads(running, 503, 'no-such-host.invalid');
  });

  test('is not described to strangers', PATIENCE, async () => {
    const port = await freePort();
    const running = await product({ FREESWITCH: await esl(port) }, /is up, but/);
    const response = await fetch(`${running.url}/readyz`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toEqual({
      ready: false,
      engines: [{ node: 'engine 1', state: 'connecting' }],
    });
  });
});

describe('a drachtio-server that is away', () => {
  const setting = (port: number) => `drachtio://:${SECRET}@127.0.0.1:${port}?ws=127.0.0.1:9`;

  test(
    'is named at the start, awaited, and missed again, a line in the log each',
    PATIENCE,
    async () => {
      const port = await freePort();
      const running = await product({ DRACHTIO: setting(port), SIP_PORT: '5999' }, /is up, but/);
      expect(running.printed).toMatch(/- The connection to drachtio-server failed: .*ECONNREFUSED/);
      expect(running.printed).toMatch(/Phones +sip:7000@127\.0\.0\.1:5999/);
      await reads(running, 503, 'Phones and browsers cannot call.');

      const stranger = await standIn('another secret', port);
      await reads(running, 503, 'refuses the secret');
      await stranger.stop();
      await reads(running, 503, 'ECONNREFUSED');

      const drachtio = await standIn(SECRET, port);
      await reads(running, 200, '"ready":true');
      await drachtio.stop();
      await reads(running, 503, 'drachtio-server');
      await standIn(SECRET, port);
      await reads(running, 200, '"ready":true');
      expect(logged(running, 'drachtio')).toEqual([
        'cannot reach drachtio',
        'drachtio refused the secret',
        'cannot reach drachtio',
        'joined drachtio',
        'lost drachtio',
        'joined drachtio',
      ]);
      expect(running.printed).not.toContain(SECRET);
    },
  );
});

describe.skipIf(RealFreeswitch.program() === '')('a real FreeSWITCH', () => {
  test('refuses a wrong password', PATIENCE, async () => {
    const freeswitch = await RealFreeswitch.start();
    started.push(() => freeswitch.stop());
    const wrong = freeswitch.setting.replace(freeswitch.password, PASSWORD);
    const running = await product({ FREESWITCH: wrong }, /is up, but/);
    await reads(running, 503, 'refuses the event socket password');
    expect(logged(running, 'FreeSWITCH')).toEqual(['FreeSWITCH refuses us']);
  });

  test('dies and is joined again', { timeout: 120_000 }, async () => {
    const freeswitch = await RealFreeswitch.start();
    started.push(() => freeswitch.stop());
    const running = await product({ FREESWITCH: freeswitch.setting });
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
  test('refuses a wrong secret', PATIENCE, async () => {
    const drachtio = await startRealDrachtio('another-secret');
    started.push(() => drachtio.stop());
    const DRACHTIO = drachtio.setting.replace('another-secret', SECRET);
    const running = await product({ DRACHTIO, SIP_PORT: `${drachtio.sipPort}` }, /is up, but/);
    await reads(running, 503, 'refuses the secret');
    expect(logged(running, 'drachtio')).toEqual(['drachtio refused the secret']);
  });

  test('dies and is joined again', PATIENCE, async () => {
    const drachtio = await startRealDrachtio(SECRET);
    const running = await product({
      DRACHTIO: drachtio.setting,
      SIP_PORT: `${drachtio.sipPort}`,
    });
    await drachtio.stop();
    await reads(running, 503, 'ECONNREFUSED');
    const next = await startRealDrachtio(SECRET, drachtio);
    started.push(() => next.stop());
    await reads(running, 200, '"ready":true');
    expect(logged(running, 'drachtio')).toEqual([
      'joined drachtio',
      'lost drachtio',
      'joined drachtio',
    ]);
  });
});
