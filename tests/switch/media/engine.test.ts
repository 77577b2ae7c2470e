import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MemberMix } from '../../../switch/media/contract.ts';
import { MediaProbe, OPEN_MIX } from '../../support/media-probe.ts';
import { RtpPeer } from '../../support/rtp-peer.ts';

let media: MediaProbe;
let room: string;
let rooms = 0;

beforeAll(async () => {
  media = await MediaProbe.start();
});
afterAll(() => media.stop());
afterEach(() => media.hangUp());
beforeEach(() => {
  room = `m-${(rooms += 1)}`;
});

const openRoom = (sampleRateHz = 16_000) =>
  media.command({ kind: 'open-room', room, sampleRateHz });

describe.each([8000, 16_000, 48_000])('in a room of %i Hz', (rate) => {
  test('four phones with four codecs each hear the others and not themselves', async () => {
    openRoom(rate);
    const a = await media.join(room, { codec: 'PCMU', toneHz: 400 });
    const b = await media.join(room, { codec: 'PCMA', toneHz: 620 });
    const c = await media.join(room, { codec: 'G722', toneHz: 900 });
    const d = await media.join(room, { codec: 'opus', toneHz: 1210 });
    await Promise.all([
      a.peer.hearsOnly(620, 900, 1210),
      b.peer.hearsOnly(400, 900, 1210),
      c.peer.hearsOnly(400, 620, 1210),
      d.peer.hearsOnly(400, 620, 900),
    ]);
  });
});

test('rooms do not hear one another', async () => {
  openRoom();
  media.command({ kind: 'open-room', room: 'other', sampleRateHz: 8000 });
  const a = await media.join(room, { toneHz: 400 });
  const b = await media.join(room);
  const c = await media.join('other', { toneHz: 900 });
  const d = await media.join('other');
  await Promise.all([b.peer.hearsOnly(400), d.peer.hearsOnly(900)]);
  await Promise.all([a.peer.hearsOnly(), c.peer.hearsOnly()]);
});

const MIXES: readonly [string, Partial<MemberMix>, heard: number[], hears: number[]][] = [
  ['a muted member is not heard and hears', { canSpeak: false }, [], [400]],
  ['a deaf member hears nothing and is heard', { canHear: false }, [620], []],
  ['a held member neither hears nor is heard', { held: true }, [], []],
  ['a gate above the voice keeps it out', { energyLevel: 30_000 }, [], [400]],
  ['a gate of 0 lets all through', { energyLevel: 0 }, [620], [400]],
];
test.each(MIXES)('%s', async (_name, mix, heard, hears) => {
  openRoom();
  const a = await media.join(room, { toneHz: 400 });
  const b = await media.join(room, { toneHz: 620 });
  await Promise.all([a.peer.hearsOnly(620), b.peer.hearsOnly(400)]);
  media.command({ kind: 'set-mix', leg: b.leg, mix: { ...OPEN_MIX, ...mix } });
  await Promise.all([a.peer.hearsOnly(...heard), b.peer.hearsOnly(...hears)]);
  media.command({ kind: 'set-mix', leg: b.leg, mix: OPEN_MIX });
  await Promise.all([a.peer.hearsOnly(620), b.peer.hearsOnly(400)]);
});

test('volume in and volume out make louder and softer for one alone', async () => {
  openRoom();
  const a = await media.join(room, { toneHz: 400 });
  const b = await media.join(room);
  const c = await media.join(room);
  await Promise.all([b.peer.hearsOnly(400), c.peer.hearsOnly(400)]);
  media.command({ kind: 'set-mix', leg: b.leg, mix: { ...OPEN_MIX, volumeOut: -4 } });
  await b.peer.until(() => b.peer.loudness < c.peer.loudness / 3);
  media.command({ kind: 'set-mix', leg: a.leg, mix: { ...OPEN_MIX, volumeIn: -3 } });
  const before = c.peer.loudness;
  await c.peer.until(() => c.peer.loudness < before / 2);
});

test('talking is told when it begins, ends, and when a talker is muted', async () => {
  openRoom();
  const a = await media.join(room, { toneHz: 400 });
  const began = await media.event('talking', (e) => e.leg === a.leg && e.talking);
  expect(began.energy).toBeGreaterThan(100);
  a.peer.toneHz = undefined;
  await media.event('talking', (e) => e.leg === a.leg && !e.talking);
  media.events.length = 0;
  a.peer.toneHz = 400;
  await media.event('talking', (e) => e.leg === a.leg && e.talking);
  media.command({ kind: 'set-mix', leg: a.leg, mix: { ...OPEN_MIX, canSpeak: false } });
  await media.event('talking', (e) => e.leg === a.leg && !e.talking);
});

test('one who leaves is not heard, and comes back', async () => {
  openRoom();
  const a = await media.join(room, { toneHz: 400 });
  const b = await media.join(room);
  await b.peer.hearsOnly(400);
  media.command({ kind: 'leave-room', leg: a.leg });
  await b.peer.hearsOnly();
  media.command({ kind: 'join-room', room, leg: a.leg, mix: OPEN_MIX });
  await b.peer.hearsOnly(400);
  media.command({ kind: 'close-leg', leg: a.leg });
  await b.peer.hearsOnly();
});

test('a silent room sends on, fifty packets a second, so that nobody times out', async () => {
  openRoom();
  const { peer } = await media.join(room);
  await peer.until(() => peer.received.length > 5);
  const fifty = async (): Promise<number> => {
    const [count, from] = [peer.received.length, performance.now()];
    await peer.until(() => peer.received.length >= count + 50);
    return performance.now() - from;
  };
  // A machine that stood still makes one late, and the next early.
  const took = [await fifty(), await fifty(), await fifty()];
  expect(took.some((ms) => ms > 800 && ms < 1500)).toBe(true);
  const sequences = peer.received.map((packet) => packet.sequence);
  expect(sequences).toEqual(sequences.map((_, n) => ((sequences[0] ?? 0) + n) & 0xffff));
  const steps = peer.received.map(
    (packet) => packet.timestamp - (peer.received[0]?.timestamp ?? 0),
  );
  expect(steps).toEqual(steps.map((_, n) => n * 160));
});

describe('digits', () => {
  test.each(['PCMU', 'opus'] as const)(
    'pressed by a phone with %s are told once each',
    async (codec) => {
      const { peer, leg } = await media.call({ codec });
      for (const digit of '159*#D') peer.press(digit);
      await media.event('digit', (e) => e.leg === leg && e.digit === 'D');
      const told = media.events.filter((e) => e.kind === 'digit' && e.leg === leg);
      expect(told.map((e) => (e.kind === 'digit' ? e.digit : '')).join('')).toBe('159*#D');
      expect(told[0]).toMatchObject({ durationMs: 100 });
    },
  );

  test('whose end packets are all lost are told when the voice goes on', async () => {
    const { peer, leg } = await media.call();
    peer.press('7', 3);
    peer.speak();
    await media.event('digit', (e) => e.leg === leg && e.digit === '7');
  });

  test.each(['PCMU', 'G722', 'opus'] as const)('are sent to a phone with %s', async (codec) => {
    const { peer, leg } = await media.call({ codec });
    await peer.until(() => peer.received.length > 3);
    media.command({ kind: 'send-digits', leg, digits: '12x#' });
    await peer.until(() => peer.digits.length >= 3);
    expect(peer.digits).toBe('12#');
  });
});

describe('offers and answers', () => {
  test('a bad offer and one without our codecs are refused', async () => {
    media.command({ kind: 'answer-leg', leg: 'bad', offer: 'v=9' });
    media.command({
      kind: 'answer-leg',
      leg: 'g729',
      offer: 'v=0\r\no=- 1 1 IN IP4 x\r\nc=IN IP4 127.0.0.1\r\nm=audio 4 RTP/AVP 18',
    });
    expect((await media.event('leg-refused', (e) => e.leg === 'bad')).reason).toBe('bad-sdp');
    expect((await media.event('leg-refused', (e) => e.leg === 'g729')).reason).toBe(
      'no-common-codec',
    );
  });

  test('a call out is offered all codecs and speaks the one that was answered', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const peer = await RtpPeer.open({ codec: 'G722', toneHz: 900 });
    media.command({ kind: 'offer-leg', leg: 'out' });
    media.command({ kind: 'start-leg', leg: 'out' });
    const { offer } = await media.event('leg-offered');
    peer.sendTo(offer);
    media.command({ kind: 'accept-answer', leg: 'out', answer: peer.sdp() });
    expect((await media.event('leg-answered', (e) => e.leg === 'out')).codec).toBe('G722');
    media.command({ kind: 'start-leg', leg: 'out' });
    media.command({ kind: 'join-room', room, leg: 'out', mix: OPEN_MIX });
    peer.speak();
    await Promise.all([a.peer.hearsOnly(900), peer.hearsOnly(400)]);
    media.command({ kind: 'close-leg', leg: 'out' });
    peer.close();
  });

  test('a phone that holds hears nothing, and hears again when it comes back', async () => {
    openRoom();
    await media.join(room, { toneHz: 400 });
    const { peer, leg } = await media.join(room, { toneHz: 620 });
    await peer.hearsOnly(400);
    media.events.length = 0;
    media.command({ kind: 'update-leg', leg, offer: peer.sdp('sendonly') });
    expect((await media.event('leg-answered')).heldByPeer).toBe(true);
    const count = peer.received.length;
    media.events.length = 0;
    media.command({ kind: 'update-leg', leg, offer: 'garbage' });
    expect((await media.event('leg-refused')).reason).toBe('bad-sdp');
    expect(peer.received.length - count).toBeLessThan(3);
    media.command({ kind: 'update-leg', leg, offer: peer.sdp() });
    expect((await media.event('leg-answered')).heldByPeer).toBe(false);
    await peer.hearsOnly(400);
  });

  test('a phone that changes its codec in mid-call goes on', async () => {
    openRoom();
    const a = await media.join(room, { toneHz: 400 });
    const { leg, peer } = await media.join(room, { codec: 'PCMU' });
    await peer.hearsOnly(400);
    peer.hush();
    const wide = await RtpPeer.open({ codec: 'opus', toneHz: 900 });
    media.events.length = 0;
    media.command({ kind: 'update-leg', leg, offer: wide.sdp() });
    const { answer, codec } = await media.event('leg-answered');
    expect(codec).toBe('opus');
    wide.sendTo(answer);
    wide.speak();
    await Promise.all([wide.hearsOnly(400), a.peer.hearsOnly(900)]);
    wide.close();
  });

  test('no free port is a refusal', async () => {
    const taken = createSocket('udp4').bind(0, '127.0.0.1');
    await once(taken, 'listening');
    const first = taken.address().port & ~1;
    const small = await MediaProbe.start({ ports: { first, last: first + 1 } });
    const peer = await RtpPeer.open();
    small.command({ kind: 'answer-leg', leg: 'one', offer: peer.sdp() });
    expect((await small.event('leg-refused')).reason).toBe('no-ports');
    peer.close();
    taken.close();
    await small.stop();
  });
});
