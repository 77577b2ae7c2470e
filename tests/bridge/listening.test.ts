import { expect, test } from 'vitest';
import { Ledger } from '../../bridge/ledger.ts';
import { Listening } from '../../bridge/listening.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';

const LEG = '00000000-0000-4000-8000-000000000001' as ParticipantId;
const LIFE = { room: 'm-abcdefghijklmnop' as RoomId, conference: 'c-1' };
const REPORTED_EVERY_MS = 5_000;

/** What a row says after each of these reports, of 250 packets each, of which so many were lost. */
function heardOf(lost: readonly number[]): readonly (number | undefined)[] {
  let nowMs = 0;
  const now = () => nowMs;
  const ledger = new Ledger({
    publish: () => undefined,
    now,
    remember: () => Promise.resolve(true),
    moved: () => undefined,
  });
  ledger.observe({ kind: 'room-created', life: LIFE, at: 1 });
  ledger.observe({
    ...{ kind: 'member-seen', life: LIFE, at: 2, joined: true, size: 1 },
    member: {
      ...{ leg: LEG, memberId: 1, muted: false, deaf: false, held: false, talking: false },
      volume: { in: 0, out: 0 },
    },
  });
  const listening = new Listening({ ledger, now });
  let sum = 0;
  return lost.map((count, n) => {
    nowMs += REPORTED_EVERY_MS;
    sum += count;
    const report = { ssrc: 'a1', highestSequence: 250 * (n + 1), lost: sum, jitterTicks: 16 };
    listening.received(LEG, report);
    return ledger.find(LEG)?.row.quality?.lossPercent;
  });
}

test('a row says how somebody is heard as soon as two reports tell', () => {
  expect(heardOf([0, 0])).toEqual([undefined, 0]);
});

test('after that it changes every ten seconds, and tells of all of them', () => {
  expect(heardOf([0, 0, 50, 50, 100, 100])).toEqual([undefined, 0, 0, 20, 20, 40]);
});

test('it stays as it is where nobody would notice the change', () => {
  expect(heardOf([0, 0, 1, 0])).toEqual([undefined, 0, 0, 0]);
});
