import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { hangUpAll, startEndpoint, tcpPhone } from './phones.ts';

afterEach(hangUpAll);

describe('a port that is taken', () => {
  test('by TCP is named with its transport', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(startEndpoint({ port })).rejects.toThrow(
      `SIP cannot listen on 127.0.0.1:${port}/tcp: the port is taken by another program (EADDRINUSE)`,
    );
    other.close();
  });

  test('by UDP is named, and TCP is not left open', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();
    await expect(startEndpoint({ port })).rejects.toThrow(`127.0.0.1:${port}/udp`);
    await expect(tcpPhone(port)).rejects.toThrow('ECONNREFUSED');
    other.close();
  });

  test('by a web server is named, and nothing is left open', async () => {
    const first = await startEndpoint({ wsPort: 0 });
    const { wsPort = 0 } = first.endpoint;
    const { port } = await freePort();
    await expect(startEndpoint({ port, wsPort })).rejects.toThrow(`127.0.0.1:${wsPort}/ws`);
    await startEndpoint({ port });
  });
});

test('an address of another machine is refused in words', async () => {
  await expect(startEndpoint({ host: '192.0.2.1' })).rejects.toThrow('does not have that address');
});

test('UDP and TCP share one port; Contact names the public host', async () => {
  const { endpoint } = await startEndpoint({ publicHost: 'sip.example.com' });
  expect(endpoint.contactHost).toBe(`sip.example.com:${endpoint.port}`);
  await tcpPhone(endpoint.port);
});

test('a stopped endpoint has let go of its ports and connections', async () => {
  const { endpoint } = await startEndpoint({ wsPort: 0 });
  const { port, wsPort = 0 } = endpoint;
  const phone = await tcpPhone(port);
  await endpoint.stop();
  await phone.closed;
  await startEndpoint({ port, wsPort });
});

test('it listens on IPv6 too', async () => {
  const { endpoint } = await startEndpoint({ host: '::1' });
  expect(endpoint.contactHost).toBe(`[::1]:${endpoint.port}`);
});

async function freePort(): Promise<{ port: number }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return { port };
}
