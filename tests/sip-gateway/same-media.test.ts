import { expect, test } from 'vitest';
import { sameMedia } from '../../sip-gateway/same-media.ts';
import { SDP } from '../support/sip-peer.ts';

const CASES = [
  {
    what: 'fewer codecs in another order',
    other: SDP(4000).replace('AVP 0', 'AVP 8 0'),
    same: true,
  },
  { what: 'a newer version', other: SDP(4000).replace('o=- 1 1', 'o=- 1 2'), same: true },
  { what: 'bare line feeds', other: SDP(4000).replaceAll('\r\n', '\n'), same: true },
  { what: 'another port', other: SDP(4002), same: false },
  {
    what: 'another address',
    other: SDP(4000).replace('c=IN IP4 127.0.0.1', 'c=IN IP4 192.0.2.7'),
    same: false,
  },
  {
    what: 'another key',
    other: SDP(4000, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x'),
    same: false,
  },
  { what: 'no media at all', other: SDP(0), same: false },
];
for (const { what, other, same } of CASES)
  test(`${what} is ${same ? 'the same' : 'another'} place for media`, () => {
    expect(sameMedia(SDP(4000), other)).toBe(same);
  });
