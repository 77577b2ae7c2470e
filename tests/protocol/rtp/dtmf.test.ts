import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DTMF_DIGITS, dtmfPackets, DtmfReceiver } from '../../../protocol/rtp/dtmf.ts';
import type { DtmfDigit } from '../../../protocol/rtp/dtmf.ts';

interface Sent {
  readonly timestamp: number;
  readonly payload: Uint8Array;
  readonly marker: boolean;
}

const CLOCK_HZ = 8000;

/** The packets of keys of 100 ms, one every 200 ms. */
function typed(keys: string, clockHz = CLOCK_HZ, first = 1000): Sent[] {
  return [...keys].flatMap((key, n) =>
    dtmfPackets(key, { clockHz, durationMs: 100 }).map((packet) => ({
      ...packet,
      timestamp: (first + (n * clockHz) / 5) >>> 0,
    })),
  );
}

function hear(packets: readonly Sent[], receiver = new DtmfReceiver(CLOCK_HZ)): DtmfDigit[] {
  return packets
    .map(({ timestamp, payload, marker }) => receiver.push(timestamp, payload, marker))
    .filter((digit) => digit !== undefined);
}

const digits = (heard: readonly DtmfDigit[]): string => heard.map(({ digit }) => digit).join('');

test('a key is sent as updates of growing duration, then its end three times', () => {
  const packets = dtmfPackets('5', { clockHz: 8000, durationMs: 100, volume: 7 });
  expect(packets.map(({ atMs, marker }) => [atMs, marker])).toEqual([
    [0, true],
    [20, false],
    [40, false],
    [60, false],
    [80, false],
    [100, false],
    [120, false],
  ]);
  expect(packets.map(({ payload }) => Buffer.from(payload).toString('hex'))).toEqual([
    '050700a0',
    '05070140',
    '050701e0',
    '05070280',
    '05870320',
    '05870320',
    '05870320',
  ]);
});

test('what is on no keypad is not sent', () => {
  for (const text of ['', 'x', '12', 'E']) {
    expect(() => dtmfPackets(text, { clockHz: 8000, durationMs: 100 })).toThrow(RangeError);
  }
});

test('sixteen keys are heard once each, with their length', () => {
  const heard = hear(typed(DTMF_DIGITS));
  expect(digits(heard)).toBe(DTMF_DIGITS);
  expect(new Set(heard.map(({ durationMs }) => durationMs))).toEqual(new Set([100]));
});

test('at the 48 kHz clock of a browser a key lasts as long', () => {
  expect(hear(typed('7', 48_000), new DtmfReceiver(48_000))).toEqual([
    { digit: '7', durationMs: 100 },
  ]);
});

test('the same key twice is two keys', () => {
  expect(digits(hear(typed('55')))).toBe('55');
});

const losses: readonly { name: string; lost: (n: number) => boolean }[] = [
  { name: 'the first packet', lost: (n) => n === 0 },
  { name: 'all but one end packet', lost: (n) => n !== 5 },
  { name: 'the first two end packets', lost: (n) => n === 4 || n === 5 },
  { name: 'every update', lost: (n) => n < 4 },
  { name: 'every second packet', lost: (n) => n % 2 === 0 },
];
for (const { name, lost } of losses) {
  test(`a key is heard once where the network loses ${name}`, () => {
    const packets = typed('1597').filter((_, n) => !lost(n % 7));
    const heard = hear(packets);
    expect(digits(heard)).toBe('1597');
    expect(heard[0]?.durationMs).toBe(100);
  });
}

test('where every end packet is lost, the next key brings the one before', () => {
  const packets = typed('12').filter((_, n) => n < 4 || n > 6);
  expect(hear(packets)).toEqual([
    { digit: '1', durationMs: 80 },
    { digit: '2', durationMs: 100 },
  ]);
});

test('where every end packet is lost and no key follows, the voice that goes on tells its end', () => {
  const receiver = new DtmfReceiver(CLOCK_HZ);
  expect(hear(typed('9').slice(0, 4), receiver)).toEqual([]);
  expect(receiver.expire(1000 + 640)).toBeUndefined();
  expect(receiver.expire(1000 + 640 + 801)).toEqual({ digit: '9', durationMs: 80 });
  expect(receiver.expire(1000 + 640 + 2000)).toBeUndefined();
});

test('the end of a key that comes again, even after the next has begun, is not a key', () => {
  const [one, two] = [typed('1'), typed('12').slice(7)];
  const packets = [...one, ...two.slice(0, 2), ...one.slice(4), ...two.slice(2), ...two.slice(4)];
  expect(digits(hear(packets))).toBe('12');
});

test('a key is heard over the end of the timestamps', () => {
  expect(digits(hear(typed('123', CLOCK_HZ, 0xffff_ffff - 1700)))).toBe('123');
});

test('a key held for 20 seconds, in segments of 65535 ticks, is one key', () => {
  const update = (timestamp: number, ticks: number, end = false): Sent => ({
    timestamp,
    marker: timestamp === 0 && ticks === 160,
    payload: Uint8Array.of(5, (end ? 0x80 : 0) | 10, ticks >> 8, ticks),
  });
  const packets: Sent[] = [];
  for (let ticks = 160; ticks <= 160_000; ticks += 160) {
    const segment = Math.floor((ticks - 1) / 0xffff);
    const inSegment = ticks - segment * 0xffff;
    if (inSegment <= 160 && segment > 0) packets.push(update((segment - 1) * 0xffff, 0xffff));
    packets.push(update(segment * 0xffff, inSegment));
  }
  packets.push(update(2 * 0xffff, 160_000 - 2 * 0xffff, true));
  expect(hear(packets)).toEqual([{ digit: '5', durationMs: 20_000 }]);
});

test('a sender whose clock begins anew is heard', () => {
  const receiver = new DtmfReceiver(CLOCK_HZ);
  expect(digits(hear(typed('1', CLOCK_HZ, 900_000), receiver))).toBe('1');
  expect(digits(hear(typed('2', CLOCK_HZ, 5000), receiver))).toBe('2');
});

test('flash, tones beyond the keypad and cut packets are no keys', () => {
  const packets = [Uint8Array.of(16, 0x8a, 3, 32), Uint8Array.of(5, 0x8a, 3), new Uint8Array(0)];
  const sent = packets.map((payload, n) => ({ timestamp: n * 1000, payload, marker: true }));
  expect(hear(sent)).toEqual([]);
});

test('at any loss, doubling and disorder of neighbours no key is heard twice or made up', () => {
  const keys = '0123456789';
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('ok', 'ok', 'ok', 'lost', 'doubled', 'swapped'), {
        minLength: 70,
        maxLength: 70,
      }),
      (fates) => {
        const packets = typed(keys);
        const arrived: Sent[] = [];
        packets.forEach((packet, n) => {
          if (fates[n] === 'lost') return;
          arrived.push(packet);
          if (fates[n] === 'doubled') arrived.push(packet);
          if (fates[n] === 'swapped' && arrived.length > 1)
            arrived.splice(-2, 2, packet, arrived.at(-2)!);
        });
        const receiver = new DtmfReceiver(CLOCK_HZ);
        const heard = digits(hear(arrived, receiver));
        const last = receiver.expire(1_000_000);
        const all = heard + (last?.digit ?? '') + (receiver.expire(1_000_001)?.digit ?? '');
        const wholly = packets.filter((packet) => arrived.includes(packet));
        const present = new Set(wholly.map(({ payload }) => DTMF_DIGITS[payload[0]!]));
        expect(all).toBe([...keys].filter((key) => present.has(key)).join(''));
      },
    ),
    { seed: 4733, numRuns: 1000 },
  );
});
