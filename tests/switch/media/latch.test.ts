import { expect, test } from 'vitest';
import { Latch } from '../../../switch/media/latch.ts';
import type { SocketAddress } from '../../../switch/media/address.ts';

const PHONE = { address: '203.0.113.9', port: 4000 };
const SAME_HOST = { address: '203.0.113.9', port: 4999 };
const STRANGER = { address: '198.51.100.66', port: 4000 };

/** Sends `count` steady packets 20 ms apart from a source; says how many were admitted. */
function stream(
  latch: Latch,
  from: SocketAddress,
  { count = 40, startMs = 0, sequence = 100, ssrc = 1 } = {},
): number {
  let admitted = 0;
  for (let n = 0; n < count; n++) {
    const packet = { from, ssrc, sequence: (sequence + n) & 0xffff };
    if (latch.admits(packet, startMs + 20 * n)) admitted += 1;
  }
  return admitted;
}

test('the address of the SDP is heard from its first packet and locked after five', () => {
  const latch = new Latch(PHONE);
  expect(latch.target).toEqual(PHONE);
  expect(stream(latch, PHONE, { count: 4 })).toBe(4);
  expect(latch.locked).toBe(false);
  stream(latch, PHONE, { count: 1 });
  expect(latch.locked).toBe(true);
});

test('a router may have changed the port: after 300 ms of one steady stream it is followed', () => {
  const latch = new Latch(PHONE);
  expect(stream(latch, SAME_HOST, { count: 15 })).toBe(0);
  expect(latch.target).toEqual(PHONE);
  expect(stream(latch, SAME_HOST, { count: 5, startMs: 300, sequence: 115 })).toBe(5);
  expect(latch.target).toEqual(SAME_HOST);
  expect(stream(latch, PHONE, { startMs: 500 })).toBe(0);
});

test.each(['192.168.1.7', '10.0.0.7', '172.20.1.1', '100.64.0.1', '169.254.3.3'])(
  'behind a router (%s) any steady source is followed',
  (address) => {
    const latch = new Latch({ address, port: 4000 });
    expect(stream(latch, STRANGER)).toBeGreaterThan(20);
    expect(latch.target).toEqual(STRANGER);
  },
);

test('where the SDP gave no address, five steady packets are enough', () => {
  const latch = new Latch(undefined);
  expect(latch.target).toBeUndefined();
  expect(stream(latch, STRANGER, { count: 10 })).toBe(6);
  expect(latch.target).toEqual(STRANGER);
});

test('a stranger is never followed where the SDP gave a public address', () => {
  const latch = new Latch(PHONE);
  expect(stream(latch, STRANGER, { count: 1000 })).toBe(0);
  expect(latch.target).toEqual(PHONE);
});

test('once the phone has spoken nobody else is followed, locked or not', () => {
  for (const packets of [1, 4, 5, 50]) {
    const latch = new Latch(PHONE);
    stream(latch, PHONE, { count: packets });
    expect(stream(latch, SAME_HOST, { count: 1000, startMs: 1000 })).toBe(0);
    expect(latch.target).toEqual(PHONE);
  }
});

test('packets that are no stream win nothing: changing SSRC, wild sequence, single shots', () => {
  const latch = new Latch(PHONE);
  for (let n = 0; n < 500; n++) {
    const spray = { from: SAME_HOST, ssrc: n, sequence: n };
    expect(latch.admits(spray, 20 * n)).toBe(false);
    const wild = { from: SAME_HOST, ssrc: 1, sequence: (n * 977) & 0xffff };
    expect(latch.admits(wild, 20 * n + 1)).toBe(false);
  }
  expect(stream(latch, PHONE, { count: 5, startMs: 20_000 })).toBe(5);
});

test('a new address in a new SDP is followed; the same one changes nothing', () => {
  const latch = new Latch(PHONE);
  stream(latch, PHONE, { count: 10 });
  latch.signal({ ...PHONE });
  expect(latch.locked).toBe(true);
  latch.signal(STRANGER);
  expect(latch.target).toEqual(STRANGER);
  expect(stream(latch, PHONE, { startMs: 1000 })).toBe(0);
  expect(stream(latch, STRANGER, { startMs: 1000, count: 10 })).toBe(10);
});
