import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatRtcp } from '../../../protocol/rtp/rtcp.ts';
import { MediaProbe, OPEN_MIX } from '../../support/media-probe.ts';
import type { RtpPeer } from '../../support/rtp-peer.ts';

let media: MediaProbe;
let rooms = 0;

beforeAll(async () => {
  media = await MediaProbe.start();
});
afterAll(() => media.stop());
afterEach(() => media.hangUp());

function openRoom(): string {
  const room = `m-${(rooms += 1)}`;
  media.command({ kind: 'open-room', room, sampleRateHz: 48_000 });
  return room;
}

/** Where RFC 6716 table 2 has CELT alone. */
const isCelt = ({ payload }: RtpPeer['received'][number]) => (payload[0] ?? 0) >> 3 >= 16;

/** As a phone reports that each tenth of our packets does not come. */
function complainOfLoss(peer: RtpPeer): void {
  const newest = peer.received.at(-1);
  if (!newest) throw new Error('nothing was heard');
  const block = {
    ssrc: newest.ssrc,
    fractionLost: 26,
    lost: 5,
    highestSequence: newest.sequence,
    jitter: 0,
    lastSenderReport: 0,
    delaySinceLast: 0,
  };
  const report = { kind: 'receiver-report', ssrc: peer.ssrc, reports: [block] } as const;
  const name = {
    kind: 'source-description',
    sources: [{ ssrc: peer.ssrc, cname: 'peer' }],
  } as const;
  peer.sendRaw(formatRtcp([report, name]));
}

test('who reports loss is sent what repairs it, alone in the room, and hears on', async () => {
  const room = openRoom();
  await media.join(room, { toneHz: 400 });
  const far = await media.join(room, { codec: 'opus', rtcpMux: true });
  const near = await media.join(room, { codec: 'opus' });
  await Promise.all([far.peer.hearsOnly(400), near.peer.hearsOnly(400)]);
  expect([far, near].map(({ peer }) => isCelt(peer.received.at(-1)!))).toEqual([true, true]);
  complainOfLoss(far.peer);
  await far.peer.until(() => !isCelt(far.peer.received.at(-1)!));
  await Promise.all([far.peer.hearsOnly(400), near.peer.hearsOnly(400)]);
  expect(isCelt(near.peer.received.at(-1)!)).toBe(true);
});

test('a talker who reports loss is sent what repairs it too', async () => {
  const room = openRoom();
  await media.join(room, { toneHz: 400 });
  const { peer } = await media.join(room, { codec: 'opus', toneHz: 620, rtcpMux: true });
  await peer.hearsOnly(400);
  expect(isCelt(peer.received.at(-1)!)).toBe(true);
  complainOfLoss(peer);
  await peer.until(() => !isCelt(peer.received.at(-1)!));
  await peer.hearsOnly(400);
});

test('who was quiet is heard when he speaks, though his quiet was not listened to', async () => {
  const room = openRoom();
  const listener = await media.join(room);
  const { leg, peer } = await media.call({ codec: 'opus' });
  media.command({ kind: 'join-room', room, leg, mix: OPEN_MIX });
  peer.speak();
  await listener.peer.hearsOnly();
  await listener.peer.hearsOnly();
  peer.toneHz = 620;
  await media.event('talking', (event) => event.leg === leg && event.talking);
  await listener.peer.hearsOnly(620);
});
