import { describe, expect, test } from 'vitest';
import {
  answerChallenge,
  digestResponse,
  formatAuthorization,
  formatChallenge,
  ha1,
  isDigestRight,
  parseAuthorization,
  parseChallenge,
} from '../../../protocol/sip/digest.ts';
import { SipProtocolError } from '../../../protocol/sip/errors.ts';

const MUFASA = { username: 'Mufasa', realm: 'http-auth@example.org', password: 'Circle of Life' };
const RFC_7616 = {
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  uri: '/dir/index.html',
  auth: { cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', nc: 1 },
};

describe('the examples of the RFCs', () => {
  const answers = [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const;
  for (const [algorithm, response] of answers) {
    test(`RFC 7616 section 3.9.1 with ${algorithm}`, () => {
      const secret = ha1(algorithm, MUFASA);
      expect(digestResponse({ ...RFC_7616, algorithm }, 'GET', secret)).toBe(response);
    });
  }

  test('RFC 2617 section 3.5', () => {
    const secret = ha1('MD5', {
      ...MUFASA,
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
    });
    const credentials = {
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      uri: '/dir/index.html',
      algorithm: 'MD5',
      auth: { cnonce: '0a4f113b', nc: 1 },
    } as const;
    expect(digestResponse(credentials, 'GET', secret)).toBe('6629fae49393a05397450978507c4ef1');
  });
});

describe('a phone and a gateway', () => {
  const who = {
    username: 'desk "1" \\',
    ha1: ha1('SHA-256', { ...MUFASA, username: 'desk "1" \\' }),
  };
  const challenge = {
    realm: MUFASA.realm,
    nonce: 'n,1',
    algorithm: 'SHA-256',
    opaque: 'o"1',
    stale: true,
    qop: true,
  } as const;
  const use = { method: 'REGISTER', uri: 'sip:example.com', cnonce: 'c1', nc: 0xabc };

  test('what a challenge says is read back, commas and quotes within it too', () => {
    expect(parseChallenge(formatChallenge(challenge))).toEqual(challenge);
  });

  test('a challenge that was answered is proved right, by its method and secret alone', () => {
    const sent = formatAuthorization(answerChallenge(challenge, who, use));
    const received = parseAuthorization(sent)!;
    expect(received).toMatchObject({ username: 'desk "1" \\', auth: { cnonce: 'c1', nc: 0xabc } });
    expect(isDigestRight(received, 'REGISTER', who.ha1)).toBe(true);
    expect(isDigestRight(received, 'INVITE', who.ha1)).toBe(false);
    expect(isDigestRight(received, 'REGISTER', ha1('SHA-256', MUFASA))).toBe(false);
    expect(isDigestRight({ ...received, uri: 'sip:other' }, 'REGISTER', who.ha1)).toBe(false);
  });

  test('a phone of RFC 2069, without qop, is understood', () => {
    const plain = answerChallenge({ ...challenge, qop: false }, who, use);
    expect(plain.auth).toBeUndefined();
    const received = parseAuthorization(formatAuthorization(plain))!;
    expect(isDigestRight(received, 'REGISTER', who.ha1)).toBe(true);
  });
});

describe('what others send', () => {
  const fields = 'username="a", realm="r", nonce="n", uri="sip:x"';
  const md5 = 'd'.repeat(32);

  test('MD5 is meant where no algorithm is named; unquoted values and odd blanks are read', () => {
    const read = parseAuthorization(
      `digest  username=a ,realm="r",nonce=n,uri="sip:x", response="${md5}",qop=auth,nc=00000001,cnonce=c`,
    );
    expect(read).toMatchObject({ algorithm: 'MD5', username: 'a', auth: { cnonce: 'c', nc: 1 } });
  });

  test('other schemes and algorithms are not ours to check', () => {
    expect(parseAuthorization('NoOneKnowsThisScheme opaque-data=here')).toBeUndefined();
    expect(
      parseAuthorization(`Digest ${fields}, response="x", algorithm=MD5-sess`),
    ).toBeUndefined();
    expect(parseChallenge('Bearer realm="x"')).toBeUndefined();
    expect(parseChallenge('Digest realm="x", nonce="n", qop="auth-int"')).toBeUndefined();
  });

  const refused = [
    ['a response of the wrong length', `Digest ${fields}, response="abc"`],
    ['a response of 10 kB', `Digest ${fields}, response="${'d'.repeat(10_000)}"`],
    ['qop of auth-int', `Digest ${fields}, response="${md5}", qop=auth-int, nc=00000001, cnonce=c`],
    ['nc that is no number', `Digest ${fields}, response="${md5}", qop=auth, nc=1, cnonce=c`],
    ['qop without cnonce', `Digest ${fields}, response="${md5}", qop=auth, nc=00000001`],
    ['a user twice', `Digest ${fields}, username="b", response="${md5}"`],
    ['an open quote', `Digest ${fields}, response="${md5}`],
    ['no nonce', `Digest username="a", realm="r", uri="sip:x", response="${md5}"`],
    ['no fields', 'Digest'],
  ] as const;
  for (const [name, value] of refused) {
    test(`${name} is answered 400`, () => {
      expect(() => parseAuthorization(value)).toThrow(SipProtocolError);
    });
  }
});
