import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../protocol/sdp/agreement.ts';
import { negotiate } from '../../../protocol/sdp/negotiate.ts';

const sample = (name: string) =>
  readFileSync(new URL(`../../data/sdp/${name}.sdp`, import.meta.url), 'utf8');

const phone = (...lines: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 's=-', 'c=IN IP4 192.0.2.9', 't=0 0', ...lines].join('\r\n');

function agreed(text: string): Agreement {
  const outcome = negotiate(text);
  if (outcome.kind !== 'agreed') throw new Error(`refused: ${outcome.reason}`);
  return outcome.agreement;
}

test('Chromium gets Opus, its keypad on the Opus clock, and we wait for its handshake', () => {
  const agreement = agreed(sample('chromium-156-audio'));
  expect(agreement).toMatchObject({
    mediaIndex: 0,
    codec: { name: 'opus', payloadType: 111, clockHz: 48_000 },
    telephoneEvent: { payloadType: 110, clockHz: 48_000 },
    direction: 'sendrecv',
    heldByPeer: false,
    rtcpMux: true,
    security: { ufrag: 'Z9tf', dtlsRole: 'server' },
  });
  expect(agreement.remote).toBeUndefined();
  expect(agreement.security?.fingerprints).toHaveLength(1);
});

test('baresip gets the first codec of its own list', () => {
  expect(agreed(sample('baresip-1.0.0'))).toMatchObject({
    codec: { name: 'PCMU', payloadType: 0, clockHz: 8000 },
    telephoneEvent: { payloadType: 101, clockHz: 8000 },
    remote: { address: '127.0.0.1', port: 43_632, rtcpPort: 43_633 },
    rtcpMux: false,
  });
});

test('sipp gets PCMU and no keypad', () => {
  const agreement = agreed(sample('sipp-3.6.1-uac'));
  expect(agreement).toMatchObject({ codec: { name: 'PCMU' }, remote: { port: 6000 } });
  expect(agreement.telephoneEvent).toBeUndefined();
});

const CODECS: readonly [string, string[], string][] = [
  ['a static number without rtpmap', ['m=audio 4000 RTP/AVP 8'], 'PCMA'],
  ['G722 with its historic clock', ['m=audio 4000 RTP/AVP 9 0'], 'G722'],
  ['a codec after ones that we lack', ['m=audio 4000 RTP/AVP 18 3 8 0'], 'PCMA'],
  ['names in other cases', ['m=audio 4000 RTP/AVP 97', 'a=rtpmap:97 OPUS/48000/2'], 'opus'],
  ['a dynamic number for G.711', ['m=audio 4000 RTP/AVP 99', 'a=rtpmap:99 pcmu/8000'], 'PCMU'],
  [
    'G.711 on a phone that lists Opus later',
    ['m=audio 4000 RTP/AVP 0 97', 'a=rtpmap:97 opus/48000/2'],
    'PCMU',
  ],
  [
    'the second line where the first is rejected',
    ['m=audio 0 RTP/AVP 0', 'm=audio 4000 RTP/AVP 8'],
    'PCMA',
  ],
];
test.each(CODECS)('a phone can offer %s', (_name, lines, codec) => {
  expect(agreed(phone(...lines)).codec.name).toBe(codec);
});

const HOLDS: readonly [string, string[], string, boolean][] = [
  ['sendrecv', ['a=sendrecv'], 'sendrecv', false],
  ['nothing', [], 'sendrecv', false],
  ['sendonly', ['a=sendonly'], 'recvonly', true],
  ['recvonly', ['a=recvonly'], 'sendonly', true],
  ['inactive', ['a=inactive'], 'inactive', true],
  ['an address of zeros', ['c=IN IP4 0.0.0.0'], 'sendrecv', true],
];
test.each(HOLDS)('an offer that says %s is understood', (_name, lines, direction, held) => {
  const agreement = agreed(phone('m=audio 4000 RTP/AVP 0', ...lines));
  expect(agreement).toMatchObject({ direction, heldByPeer: held });
});

test('nothing is sent to an address of zeros', () => {
  expect(agreed(phone('m=audio 4000 RTP/AVP 0', 'c=IN IP4 0.0.0.0')).remote).toBeUndefined();
});

test('a stated RTCP port is used', () => {
  expect(agreed(phone('m=audio 4000 RTP/AVP 0', 'a=rtcp:4555 IN IP4 192.0.2.9')).remote).toEqual({
    address: '192.0.2.9',
    port: 4000,
    rtcpPort: 4555,
  });
});

const chromium = sample('chromium-156-audio');
const REFUSALS: readonly [string, string, string][] = [
  ['no text', '', 'bad-sdp'],
  ['a web page', '<html></html>', 'bad-sdp'],
  ['no o= line', 'v=0\r\nm=audio 4000 RTP/AVP 0', 'bad-sdp'],
  ['no address', 'v=0\r\no=- 1 1 IN IP4 x\r\nm=audio 4000 RTP/AVP 0', 'bad-sdp'],
  ['a port over 65535', phone('m=audio 65536 RTP/AVP 0'), 'bad-sdp'],
  ['a port of letters', phone('m=audio x RTP/AVP 0'), 'bad-sdp'],
  ['no media', phone(), 'no-common-codec'],
  ['video only', phone('m=video 4000 RTP/AVP 96'), 'no-common-codec'],
  ['no codec of ours', phone('m=audio 4000 RTP/AVP 18'), 'no-common-codec'],
  ['only rejected audio', phone('m=audio 0 RTP/AVP 0'), 'no-common-codec'],
  [
    'mono Opus, which does not exist',
    phone('m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 opus/48000'),
    'no-common-codec',
  ],
  [
    'keys in the clear (SDES)',
    phone('m=audio 4000 RTP/SAVP 0', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x'),
    'no-common-codec',
  ],
  ['DTLS without fingerprint', chromium.replace(/a=fingerprint.*\r\n/, ''), 'bad-sdp'],
  ['a fingerprint of a broken hash', chromium.replace('sha-256', 'sha-1'), 'bad-sdp'],
  [
    'a fingerprint cut short',
    chromium.replace(/(a=fingerprint:sha-256 ..):/, '$1\r\na=x:'),
    'bad-sdp',
  ],
  ['DTLS without ICE', chromium.replace(/a=ice-ufrag.*\r\n/, ''), 'bad-sdp'],
  ['a short ICE password', chromium.replace(/a=ice-pwd:.*\r\n/, 'a=ice-pwd:short\r\n'), 'bad-sdp'],
  ['DTLS without rtcp-mux', chromium.replace('a=rtcp-mux\r\n', ''), 'bad-sdp'],
  ['setup:holdconn', chromium.replace('setup:actpass', 'setup:holdconn'), 'bad-sdp'],
];
test.each(REFUSALS)('an offer with %s is refused', (_name, text, reason) => {
  expect(negotiate(text)).toEqual({ kind: 'refused', reason });
});

describe('who begins the DTLS handshake', () => {
  test.each([
    ['actpass', 'server'],
    ['active', 'server'],
    ['passive', 'client'],
  ])('to setup:%s we are the %s', (setup, role) => {
    const offer = chromium.replace('setup:actpass', `setup:${setup}`);
    expect(agreed(offer).security?.dtlsRole).toBe(role);
  });
});
