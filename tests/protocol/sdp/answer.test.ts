import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LocalMedia } from '../../../protocol/sdp/agreement.ts';
import { formatAnswer } from '../../../protocol/sdp/answer.ts';
import { negotiate, negotiateSession } from '../../../protocol/sdp/negotiate.ts';
import { formatOffer, readAnswer } from '../../../protocol/sdp/offer.ts';
import { parseSdp } from '../../../protocol/sdp/parse.ts';

const sample = (name: string) =>
  readFileSync(new URL(`../../data/sdp/${name}.sdp`, import.meta.url), 'utf8');

const LOCAL: LocalMedia = {
  sessionId: '77',
  sessionVersion: 1,
  address: '198.51.100.5',
  port: 20_000,
  rtcpPort: 20_001,
  ssrc: 1234,
  cname: 'c0ffee',
};
const SECURE: LocalMedia = {
  ...LOCAL,
  rtcpPort: 20_000,
  security: {
    ufrag: 'ours',
    password: 'ourPasswordOf24Characters',
    fingerprint: { hash: 'sha-256', value: 'AA:BB' },
  },
};

function answerTo(offer: string, local: LocalMedia): string {
  const session = parseSdp(offer);
  const outcome = negotiateSession(session);
  if (outcome.kind !== 'agreed') throw new Error(outcome.reason);
  return formatAnswer(session, outcome.agreement, local);
}

test('baresip is answered with one codec and its keypad', () => {
  expect(answerTo(sample('baresip-1.0.0'), LOCAL)).toBe(
    [
      'v=0',
      'o=- 77 1 IN IP4 198.51.100.5',
      's=-',
      'c=IN IP4 198.51.100.5',
      't=0 0',
      'm=audio 20000 RTP/AVP 0 101',
      'c=IN IP4 198.51.100.5',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
      'a=rtcp:20001',
      '',
    ].join('\r\n'),
  );
});

test('Chromium is answered with ICE-lite, our candidate and our certificate', () => {
  const answer = answerTo(sample('chromium-156-audio'), SECURE);
  for (const line of [
    'm=audio 20000 UDP/TLS/RTP/SAVPF 111 110',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'a=mid:0',
    'a=rtcp-mux',
    'a=rtcp:20000',
    'a=ice-ufrag:ours',
    'a=ice-pwd:ourPasswordOf24Characters',
    'a=fingerprint:sha-256 AA:BB',
    'a=setup:passive',
    'a=candidate:1 1 udp 2130706431 198.51.100.5 20000 typ host',
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:110 telephone-event/48000',
    'a=ssrc:1234 cname:c0ffee',
  ]) {
    expect(answer.split('\r\n')).toContain(line);
  }
});

test('video is rejected in its own place and left out of the bundle', () => {
  const answer = parseSdp(answerTo(sample('chromium-156-audio-video'), SECURE));
  expect(answer.media.map((m) => [m.kind, m.port])).toEqual([
    ['audio', 20_000],
    ['video', 0],
  ]);
  expect(answer.attributes).toContainEqual({ name: 'group', value: 'BUNDLE 0' });
  expect(answer.media[1]?.attributes).toContainEqual({ name: 'mid', value: '1' });
});

test.each([
  ['sendonly', 'recvonly'],
  ['recvonly', 'sendonly'],
  ['inactive', 'inactive'],
])('a hold by %s is answered with %s', (asked, said) => {
  const offer = sample('baresip-1.0.0').replace('a=sendrecv', `a=${asked}`);
  const answer = parseSdp(answerTo(offer, LOCAL));
  expect(answer.media[0]?.attributes).toContainEqual({ name: said });
});

test('a media name that is no token does not reach our answer', () => {
  const offer = sample('sipp-3.6.1-uac') + 'm=im"age 9 udp<x> t38"\r\na=mid:a b\r\n';
  const answer = answerTo(offer, LOCAL);
  expect(answer).toContain('m=application 0 RTP/AVP 0\r\n');
  expect(answer).not.toContain('"');
});

test('a phone that takes rtcp-mux gets one port for both', () => {
  const offer = sample('baresip-1.0.0').replace('a=sendrecv', 'a=rtcp-mux\r\na=sendrecv');
  const answer = answerTo(offer, LOCAL);
  expect(answer).toContain('a=rtcp-mux\r\n');
  expect(answer).toContain('a=rtcp:20000\r\n');
});

test('our own offer, answered by our own answer, settles on Opus with keypad', () => {
  const answer = answerTo(formatOffer(LOCAL), { ...LOCAL, port: 30_000, rtcpPort: 30_001 });
  expect(readAnswer(answer)).toMatchObject({
    kind: 'agreed',
    agreement: {
      codec: { name: 'opus', payloadType: 96 },
      telephoneEvent: { payloadType: 97, clockHz: 48_000 },
      remote: { address: '198.51.100.5', port: 30_000, rtcpPort: 30_001 },
    },
  });
});

test.each([
  ['a codec under another number', 'm=audio 9000 RTP/AVP 99\r\na=rtpmap:99 opus/48000/2\r\n'],
  ['DTLS', sample('chromium-156-audio').split('t=0 0\r\n')[1] ?? ''],
])('an answer with %s, which we did not offer, is refused', (_name, media) => {
  const head = 'v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n';
  expect(readAnswer(head + media)).toEqual({ kind: 'refused', reason: 'bad-sdp' });
});

test('our offer reads as an offer', () => {
  expect(negotiate(formatOffer(LOCAL))).toMatchObject({ kind: 'agreed' });
});
