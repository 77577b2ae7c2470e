import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatRtcp } from '../../../protocol/rtp/rtcp.ts';
import { MediaProbe } from '../../support/media-probe.ts';

let media: MediaProbe;
beforeAll(async () => {
  media = await MediaProbe.start({ rtpTimeoutMs: 600 });
});
afterEach(() => media.hangUp());
afterAll(() => media.stop());

test('a phone that goes silent is told gone once, after the time-out', async () => {
  const { peer, leg } = await media.call();
  peer.speak();
  await peer.until(() => peer.received.length > 50);
  expect(media.events.some((e) => e.kind === 'media-timeout')).toBe(false);
  const from = performance.now();
  peer.hush();
  await media.event('media-timeout', (e) => e.leg === leg);
  expect(performance.now() - from).toBeGreaterThan(550);
  const count = peer.received.length;
  await peer.until(() => peer.received.length > count + 50);
  expect(media.events.filter((e) => e.kind === 'media-timeout' && e.leg === leg)).toHaveLength(1);
});

test('a phone that never speaks is told gone too', async () => {
  const { leg } = await media.call();
  await media.event('media-timeout', (e) => e.leg === leg);
});

test('a phone on hold is not gone', async () => {
  const { peer, leg } = await media.call();
  media.command({ kind: 'update-leg', leg, offer: peer.sdp('recvonly') });
  const count = peer.received.length;
  await peer.until(() => peer.received.length > count + 60);
  expect(media.events.some((e) => e.kind === 'media-timeout' && e.leg === leg)).toBe(false);
});

test('a phone that sends only reports is not gone; it gets ours every five seconds', async () => {
  const { peer, leg } = await media.call();
  const bytes = formatRtcp([{ kind: 'receiver-report', ssrc: peer.ssrc, reports: [] }]);
  const { port } = peer.target;
  let sent = 0;
  await peer.until(() => {
    if (peer.received.length >= 10 * sent) {
      peer.sendReport(bytes, port + 1);
      sent += 1;
    }
    return peer.reports.length > 0;
  });
  expect(media.events.some((e) => e.kind === 'media-timeout' && e.leg === leg)).toBe(false);
  expect(peer.reports[0]).toMatchObject({ kind: 'sender-report', ssrc: peer.received[0]?.ssrc });
  expect(peer.reports[1]).toMatchObject({ kind: 'source-description' });
  const { stats } = await media.event('stats', (e) => e.leg === leg);
  expect(stats.packetsOut).toBeGreaterThan(200);
  media.command({ kind: 'close-leg', leg });
  await peer.until(() => peer.reports.some((report) => report.kind === 'bye'));
});
