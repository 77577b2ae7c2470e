import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Agreement } from '../../../../protocol/sdp/agreement.ts';
import { BrowserPort } from '../../../../switch/media/browser/browser-port.ts';
import {
  BrowserTransport,
  CONSENT_LASTS_MS,
} from '../../../../switch/media/browser/browser-transport.ts';
import { kindOf } from '../../../../switch/media/browser/demultiplex.ts';
import { createDtlsIdentity, DtlsAssociation } from '../../../../switch/media/browser/dtls.ts';
import type { DtlsIdentity } from '../../../../switch/media/browser/dtls.ts';
import { SrtpReceiver, SrtpSender } from '../../../../switch/media/browser/srtp.ts';
import { formatCheck, mappedAddressOf, parseStun } from '../../../../switch/media/browser/stun.ts';

let ours: DtlsIdentity;
let theirs: DtlsIdentity;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([createDtlsIdentity(), createDtlsIdentity()]);
});

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

let nowMs: number;
let port: BrowserPort;
let transport: BrowserTransport;
let sockets: Socket[];
let rtp: Uint8Array[];
let told: string[];
let notify: () => void;

const remote = () => ({
  ufrag: 'them',
  password: 'theirPasswordOf24Letters',
  fingerprints: [theirs.fingerprint],
  dtlsRole: 'server' as const,
});

beforeEach(async () => {
  nowMs = 1000;
  rtp = [];
  told = [];
  sockets = [];
  notify = () => undefined;
  port = new BrowserPort(await bound());
  const newCredentials = () => ({
    ufrag: randomBytes(8).toString('hex'),
    password: randomBytes(24).toString('hex'),
  });
  transport = new BrowserTransport(
    { port, identity: ours, remote: remote(), newCredentials, now: () => nowMs },
    {
      onRtp: (packet) => {
        rtp.push(packet);
        notify();
      },
      onRtcp: () => undefined,
      onConnected: () => told.push('connected'),
      onGone: () => told.push('gone'),
    },
  );
});
afterEach(() => {
  transport.close();
  port.close();
  for (const socket of sockets) socket.close();
});

async function socket(): Promise<Socket> {
  const one = await bound();
  sockets.push(one);
  return one;
}

interface CheckChange {
  readonly username?: string;
  readonly password?: string;
  readonly nominate?: boolean;
}

/** Sends a connectivity check. */
function check(from: Socket, change: CheckChange = {}): void {
  const { ufrag, password } = transport.credentials;
  const { username = `${ufrag}:them`, nominate = true } = change;
  const bytes = formatCheck(
    randomBytes(12),
    { username, nominate, priority: 1 },
    change.password ?? password,
  );
  from.send(bytes, port.port, '127.0.0.1');
}

/** A whole browser: check, handshake; resolves with its SRTP ends. */
async function connect(from: Socket): Promise<{ sender: SrtpSender; receiver: SrtpReceiver }> {
  const keys = new Promise<{ sender: SrtpSender; receiver: SrtpReceiver }>((resolve) => {
    const association = new DtlsAssociation(
      { role: 'client', identity: theirs, fingerprints: [ours.fingerprint] },
      {
        send: (datagram) => from.send(datagram, port.port, '127.0.0.1'),
        onKeys: ({ local, remote: other }) =>
          resolve({ sender: new SrtpSender(local), receiver: new SrtpReceiver(other) }),
        onEnd: () => undefined,
      },
    );
    from.on('message', (bytes) => {
      const kind = kindOf(bytes);
      if (kind === 'stun' && parseStun(bytes)?.kind === 'success') association.start();
      if (kind === 'dtls') association.receive(bytes);
    });
  });
  check(from);
  const ends = await keys;
  while (!told.includes('connected')) await new Promise((resolve) => setImmediate(resolve));
  return ends;
}

const packet = (sequence: number) => {
  const bytes = Buffer.alloc(32, 7);
  bytes.writeUInt16BE(0x806f, 0);
  bytes.writeUInt16BE(sequence, 2);
  return bytes;
};

/** Sends until the transport has heard `count` packets. */
async function heard(count: number): Promise<void> {
  if (rtp.length < count) {
    await new Promise<void>((resolve) => (notify = () => rtp.length >= count && resolve()));
  }
}

test('a check is answered with the address that it came from', async () => {
  const browser = await socket();
  check(browser);
  const [answer] = (await once(browser, 'message')) as [Buffer];
  expect(mappedAddressOf(answer)).toEqual({
    address: '127.0.0.1',
    port: browser.address().port,
  });
});

test('checks with another password, another name or no integrity are dropped unanswered', async () => {
  const stranger = await socket();
  let answers = 0;
  stranger.on('message', () => (answers += 1));
  check(stranger, { password: 'x'.repeat(24) });
  check(stranger, { username: `${transport.credentials.ufrag}:else` });
  check(stranger, { username: 'else:them' });
  const unsigned = Buffer.from(`000100002112a442${'00'.repeat(12)}`, 'hex');
  stranger.send(unsigned, port.port, '127.0.0.1');
  const browser = await socket();
  check(browser);
  await once(browser, 'message');
  expect(answers).toBe(0);
});

test('voice goes both ways once ICE and DTLS are through', async () => {
  const browser = await socket();
  const { sender, receiver } = await connect(browser);
  expect(transport.ready).toBe(true);
  browser.send(sender.protectRtp(packet(1)), port.port, '127.0.0.1');
  await heard(1);
  expect(rtp[0]).toEqual(packet(1));
  browser.removeAllListeners('message');
  transport.sendRtp(packet(9));
  const [bytes] = (await once(browser, 'message')) as [Buffer];
  expect(receiver.unprotectRtp(bytes)).toEqual(packet(9));
});

test('200 bad SRTP packets and plain RTP are not heard and do not harm', async () => {
  const browser = await socket();
  const { sender } = await connect(browser);
  for (let n = 0; n < 200; n++) {
    const bad = sender.protectRtp(packet(n));
    bad[bad.length - 1] = (bad.at(-1) ?? 0) ^ 1;
    browser.send(bad, port.port, '127.0.0.1');
    browser.send(packet(n), port.port, '127.0.0.1');
    // The port's own reading needs its turn, lest the kernel drop what we mean it to see.
    if (n % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
  }
  browser.send(sender.protectRtp(packet(500)), port.port, '127.0.0.1');
  await heard(1);
  expect(rtp).toEqual([packet(500)]);
});

test('hellos from another address do not spoil the handshake (CVE-2023-51443)', async () => {
  const [browser, stranger] = [await socket(), await socket()];
  let answers = 0;
  stranger.on('message', () => (answers += 1));
  const hello = Buffer.from('16fefd0000000000000000000c010000000000000000000000', 'hex');
  const spray = () => {
    for (let n = 0; n < 50; n++) stranger.send(hello, port.port, '127.0.0.1');
  };
  spray();
  const connecting = connect(browser);
  spray();
  await connecting;
  spray();
  expect(transport.ready).toBe(true);
  expect(answers).toBe(0);
});

test('sealed voice from an address without a check is not heard', async () => {
  const [browser, other] = [await socket(), await socket()];
  const { sender } = await connect(browser);
  other.send(sender.protectRtp(packet(1)), port.port, '127.0.0.1');
  browser.send(sender.protectRtp(packet(2)), port.port, '127.0.0.1');
  await heard(1);
  expect(rtp).toEqual([packet(2)]);
});

test('media follows the browser to another network when it nominates it', async () => {
  const [browser, elsewhere] = [await socket(), await socket()];
  const { receiver } = await connect(browser);
  check(elsewhere, { nominate: false });
  await once(elsewhere, 'message');
  browser.removeAllListeners('message');
  transport.sendRtp(packet(1));
  const [here] = (await once(browser, 'message')) as [Buffer];
  expect(receiver.unprotectRtp(here)).toEqual(packet(1));
  check(elsewhere);
  await once(elsewhere, 'message');
  transport.sendRtp(packet(2));
  const [there] = (await once(elsewhere, 'message')) as [Buffer];
  expect(receiver.unprotectRtp(there)).toEqual(packet(2));
});

test('a browser that checks no more for ten seconds is told gone, once', async () => {
  const browser = await socket();
  await connect(browser);
  nowMs += CONSENT_LASTS_MS;
  transport.tick(nowMs);
  expect(told).toEqual(['connected']);
  transport.tick(nowMs + 1);
  transport.tick(nowMs + 2);
  expect(told).toEqual(['connected', 'gone']);
});

test('an ICE restart takes new checks and no old ones; another certificate is refused', async () => {
  const browser = await socket();
  await connect(browser);
  const before = transport.credentials;
  const agreement = { security: { ...remote(), ufrag: 'anew' } } as unknown as Agreement;
  expect(transport.update(agreement)).toBe(true);
  expect(transport.credentials).not.toEqual(before);
  browser.removeAllListeners('message');
  check(browser, { username: `${before.ufrag}:them`, password: before.password });
  check(browser, { username: `${transport.credentials.ufrag}:anew` });
  const [answer] = (await once(browser, 'message')) as [Buffer];
  expect(parseStun(answer)?.kind).toBe('success');
  const stranger = { security: { ...remote(), fingerprints: [ours.fingerprint] } };
  expect(transport.update(stranger as unknown as Agreement)).toBe(false);
});
