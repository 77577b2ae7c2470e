import { expect, test } from 'vitest';
import { fromEsl } from '../../bridge/from-esl.ts';
import { lookedAt, measured, overall, reported, UNHEARD } from '../../bridge/heard.ts';
import type { ReceptionReport } from '../../bridge/heard.ts';
import { isNoticed } from '../../protocol/room/quality.ts';

function report(highestSequence: number, lost: number, more: Partial<ReceptionReport> = {}) {
  return { ssrc: 'a1', highestSequence, lost, jitterTicks: 16, ...more };
}

test('what was lost between two reports counts, and not what was before them', () => {
  const first = reported(UNHEARD, report(10_000, 500));
  const second = reported(first, report(10_250, 505));
  expect(lookedAt(second)[0]).toMatchObject({ lossPercent: 2, jitterMs: 2 });
});

test('a look sees the time since the look before; the whole call keeps it all', () => {
  let heard = reported(reported(UNHEARD, report(0, 0)), report(500, 50));
  const [bad, after] = lookedAt(heard);
  heard = reported(after, report(1_000, 50));
  expect(bad?.lossPercent).toBe(10);
  expect(lookedAt(heard)[0]?.lossPercent).toBe(0);
  expect(overall(heard)?.lossPercent).toBe(5);
});

test('a stream that begins anew is no loss', () => {
  const before = reported(reported(UNHEARD, report(0, 0)), report(500, 0));
  const anew = reported(before, report(60_000, 0, { ssrc: 'b2' }));
  expect(overall(reported(anew, report(60_500, 5, { ssrc: 'b2' })))?.lossPercent).toBe(0.5);
});

test('packets that come twice are no gain, and too few say nothing', () => {
  const twice = reported(reported(UNHEARD, report(0, 0)), report(500, -20));
  expect(overall(twice)?.lossPercent).toBe(0);
  expect(overall(reported(reported(UNHEARD, report(0, 0)), report(20, 1)))).toBeUndefined();
});

test('jitter is in milliseconds of the codec; an unbelievable one is left out', () => {
  const opus = measured(UNHEARD, { clockHz: 48_000, roundTripMs: 80.4 });
  const one = reported(reported(opus, report(0, 0)), report(500, 0, { jitterTicks: 480 }));
  const wild = reported(one, report(1_000, 0, { jitterTicks: 4_000_000 }));
  expect(overall(wild)).toMatchObject({ jitterMs: 10, roundTripMs: 80 });
  expect(measured(UNHEARD, { clockHz: 16_000 }).clockHz).toBe(8_000);
});

test('a row says another quality only where people would notice', () => {
  const good = { mos: 4.39, lossPercent: 0, jitterMs: 1 };
  expect(isNoticed(undefined, good)).toBe(true);
  expect(isNoticed(good, { ...good, mos: 4.2, lossPercent: 2 })).toBe(false);
  expect(isNoticed(good, { ...good, mos: 4.0, lossPercent: 4 })).toBe(true);
});

const LEG = '00000000-0000-4000-8000-000000000001';

test("FreeSWITCH's events of RTCP tell how a leg is received", () => {
  const sent = new Map([
    ['Unique-ID', LEG],
    ['Source-SSRC', '1a2b3c4d'],
    ['Source-Fraction', '0'],
    ['Source-Lost', '4294967295'],
    ['Source-Highest-Sequence-Number-Received', '21044'],
    ['Source-Jitter', '12'],
  ]);
  expect(fromEsl({ name: 'SEND_RTCP_MESSAGE', headers: sent, body: '' })).toEqual({
    kind: 'leg-received',
    leg: LEG,
    report: { ssrc: '1a2b3c4d', lost: -1, highestSequence: 21_044, jitterTicks: 12 },
  });
  const got = new Map([
    ['Unique-ID', LEG],
    ['RTP-Rate', '48000'],
    ['Rtt0-Avg', '0.041000'],
  ]);
  expect(fromEsl({ name: 'RECV_RTCP_MESSAGE', headers: got, body: '' })).toEqual({
    kind: 'leg-measured',
    leg: LEG,
    trip: { clockHz: 48_000, roundTripMs: 41 },
  });
});
