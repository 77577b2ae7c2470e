import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BEARER, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { ADMIN_KEY } from '../support/meetings.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

const get = (path: string) => request(world.api.url).get(path);

describe('pages', () => {
  test('are served where people expect them', async () => {
    expect((await get('/')).headers.location).toBe('/console');
    expect((await get('/console')).text).toBe('console.html');
    const page = await get('/join/t1.abc.def');
    expect([page.text, page.type, page.headers['cache-control']]).toEqual([
      'join.html',
      'text/html',
      'no-cache',
    ]);
    const asset = await get('/assets/a-1.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('travel compressed; what the API says does not', async () => {
    const big = await get('/assets/big-1.js').set('accept-encoding', 'gzip');
    expect([big.headers['content-encoding'], big.headers.vary]).toEqual([
      'gzip',
      'Accept-Encoding',
    ]);
    expect(big.text).toContain('the same again');
    const told = await get('/api/v1/openapi.json').set('accept-encoding', 'gzip');
    expect(told.headers['content-encoding']).toBeUndefined();
  });

  test('and nothing beside them', async () => {
    for (const path of [
      '/secret.txt',
      '/assets/../secret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/..%2fsecret.txt',
      '/assets/',
      '/console.html',
      '/assets/%00',
      '/join/',
    ]) {
      const answered = await get(path);
      expect([400, 403, 404]).toContain(answered.status);
      expect(answered.text).not.toContain('not for the web');
    }
  });

  test('forbid the browser everything but themselves and the microphone', async () => {
    const { headers } = await get('/console');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain(`ws://${new URL(world.api.url).host}`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['permissions-policy']).toContain('microphone=(self)');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    const odd = await get('/console').set('host', "x; script-src 'unsafe-inline'");
    expect(odd.headers['content-security-policy'] ?? '').not.toContain('unsafe');
  });

  test('that were never built say so', async () => {
    const bare = await startTestApi({ webDir: '/nonexistent' });
    const answered = await request(bare.api.url).get('/console');
    expect([answered.status, answered.text]).toEqual([
      503,
      expect.stringContaining('npm run build'),
    ]);
    await bare.stop();
  });
});

describe('health', () => {
  test('alive is not ready', async () => {
    let ok = false;
    const starting = await startTestApi({
      ready: () => ({
        ok,
        engines: [
          { node: '10.0.0.9:8021', state: ok ? 'joined' : 'refused', detail: 'Wrong password.' },
        ],
      }),
    });
    const ask = (path: string) => request(starting.api.url).get(path);
    expect((await ask('/healthz')).status).toBe(200);
    const stranger = await ask('/readyz');
    expect([stranger.status, stranger.body]).toEqual([
      503,
      { ready: false, engines: [{ node: 'engine 1', state: 'refused' }] },
    ]);
    const admin = await ask('/readyz').set(BEARER);
    expect(admin.body).toMatchObject({
      engines: [{ node: '10.0.0.9:8021', detail: 'Wrong password.' }],
    });
    ok = true;
    expect((await ask('/readyz')).status).toBe(200);
    await starting.stop();
  });

  test('figures for Prometheus, without names or numbers', async () => {
    const { id } = await newMeeting(world);
    world.rooms.tell(arrival(id, somebody(1)));
    await get('/api/v1/meetings').set(BEARER);
    const { text, type } = await get('/metrics');
    expect(type).toBe('text/plain');
    expect(text).toContain('partyline_participants 1');
    expect(text).toContain('partyline_engines_joined 1');
    expect(text).toContain('route="/api/v1/meetings",status="200"');
    expect(text).not.toMatch(/Caller|\+49|127\.0\.0\.1/);
  });
});

describe('starting and stopping', () => {
  test('a port that is taken is told with what to do', async () => {
    const port = Number(new URL(world.api.url).port);
    await expect(startTestApi({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  });

  test('an address that is not ours is told', async () => {
    await expect(startTestApi({ host: '192.0.2.1' })).rejects.toThrow('HTTP_HOST');
  });

  test('stopping waits two seconds at most for a connection that asks for nothing', async () => {
    const stopping = await startTestApi();
    const idle = createConnection(Number(new URL(stopping.api.url).port), '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => undefined).resume();
    await stopping.stop();
    await closed;
  });
});

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('over TLS', () => {
  test('pages, cookies for TLS alone, and a year of TLS only', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'partyline-tls-'));
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    spawnSync('openssl', [...make, ...names, '-keyout', key, '-out', cert]);
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const secure = await startTestApi({ tls });
    expect(secure.api.url).toMatch(/^https:/);
    const answered = await request(secure.api.url)
      .post('/api/v1/session')
      .ca(tls.cert)
      .send({ key: ADMIN_KEY });
    expect(answered.headers['set-cookie']?.[0]).toContain('; Secure');
    expect(answered.headers['strict-transport-security']).toContain('max-age=31536000');
    await secure.stop();
    rmSync(directory, { recursive: true });
  });
});
