import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeRtp } from '../../../protocol/rtp/packet.ts';
import { createEncoder } from '../../../switch/media/dsp/codecs.ts';
import { MediaProbe } from '../../support/media-probe.ts';
import { RtpPeer } from '../../support/rtp-peer.ts';
import { ToneSource } from '../../support/tone-meter.ts';

let media: MediaProbe;
let attacker: Socket;
let stolen = 0;

beforeAll(async () => {
  media = await MediaProbe.start();
  attacker = createSocket('udp4').bind(0, '127.0.0.1');
  attacker.on('message', () => (stolen += 1));
  await once(attacker, 'listening');
});
afterEach(() => media.hangUp());
afterAll(async () => {
  attacker.close();
  await media.stop();
});

/** A steady stream of a 1650 Hz tone, `count` packets of PCMU. */
function spray(port: number, count: number, sequence = 0): void {
  const encoder = createEncoder('PCMU');
  const tone = new ToneSource(1650, 8000);
  const frame = new Int16Array(160);
  for (let n = 0; n < count; n++) {
    tone.fill(frame);
    const packet = Buffer.alloc(172);
    const at = { sequence: (sequence + n) & 0xffff, timestamp: n * 160, ssrc: 666 };
    writeRtp({ payloadType: 0, marker: n === 0, ...at }, encoder.encode(frame), packet);
    attacker.send(packet, port, '127.0.0.1');
  }
}

test('RTP sprayed from another socket is not heard and gets nothing back', async () => {
  media.command({ kind: 'open-room', room: 'm-1', sampleRateHz: 8000 });
  const a = await media.join('m-1', { toneHz: 400 });
  const b = await media.join('m-1', { toneHz: 900 });
  await Promise.all([a.peer.hearsOnly(900), b.peer.hearsOnly(400)]);
  for (let n = 0; n < 20; n++) {
    spray(a.peer.target.port, 20, 20 * n);
    attacker.send(Buffer.from('80c80001deadbeef', 'hex'), a.peer.target.port + 1, '127.0.0.1');
    expect(await b.peer.hears()).toEqual([400]);
  }
  expect(stolen).toBe(0);
});

test('spraying before the phone speaks does not take its place', async () => {
  media.command({ kind: 'open-room', room: 'm-2', sampleRateHz: 8000 });
  const listener = await media.join('m-2');
  const late = await RtpPeer.open({ toneHz: 620 });
  media.command({ kind: 'answer-leg', leg: 'late', offer: late.sdp() });
  const { answer } = await media.event('leg-answered', (e) => e.leg === 'late');
  late.sendTo(answer);
  media.command({ kind: 'start-leg', leg: 'late' });
  spray(late.target.port, 200);
  late.speak();
  const mix = {
    canSpeak: true,
    canHear: true,
    held: false,
    volumeIn: 0,
    volumeOut: 0,
    energyLevel: 100,
  };
  media.command({ kind: 'join-room', room: 'm-2', leg: 'late', mix });
  await listener.peer.hearsOnly(620);
  expect(stolen).toBe(0);
  media.command({ kind: 'close-leg', leg: 'late' });
  late.close();
});

test('20000 junk datagrams on RTP and RTCP ports, a quarter from the phone itself, change nothing', async () => {
  media.command({ kind: 'open-room', room: 'm-3', sampleRateHz: 8000 });
  const a = await media.join('m-3', { toneHz: 400 });
  const b = await media.join('m-3');
  await b.peer.hearsOnly(400);
  const junk = fc.sample(fc.uint8Array({ maxLength: 200 }), { seed: 3550, numRuns: 2000 });
  for (let round = 0; round < 10; round++) {
    for (const [n, bytes] of junk.entries()) {
      const port = a.peer.target.port + (n & 1);
      if ((n & 3) === 0 && bytes.length > 2) {
        // From the phone's own socket: what a broken or taken-over phone could send.
        bytes[0] = 0x80 | ((bytes[0] ?? 0) >> 3);
        a.peer.sendRaw(bytes);
      } else {
        attacker.send(bytes, port, '127.0.0.1');
      }
    }
    await b.peer.hears();
  }
  await b.peer.hearsOnly(400);
  expect(stolen).toBe(0);
});

test('payload types that were not agreed are not heard', async () => {
  media.command({ kind: 'open-room', room: 'm-4', sampleRateHz: 8000 });
  const a = await media.join('m-4');
  const b = await media.join('m-4');
  await b.peer.hearsOnly();
  a.peer.hush();
  const loud = new Uint8Array(160).fill(0x80);
  for (let n = 0; n < 100; n++) a.peer.sendPayload(loud, 8);
  expect(await b.peer.hears()).toEqual([]);
  expect(media.events.some((e) => e.kind === 'talking' && e.leg === a.leg)).toBe(false);
});
