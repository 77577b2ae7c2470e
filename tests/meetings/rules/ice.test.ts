import { describe, expect, test } from 'vitest';
import { iceServers, parseStunUrl, parseTurnUrl } from '../../../meetings/rules/ice.ts';

const LOAN = { borrower: 'web-abc', expiresAtMs: Date.UTC(2026, 10, 22, 12) + 999 };
const TURN = {
  stunUrls: [],
  turnUrls: ['turn:turn.example.org'],
  turnSecret: 'north-of-the-river-and-far-away',
};

describe('servers that browsers are told of', () => {
  test('none where none are set', () => {
    expect(iceServers({ stunUrls: [], turnUrls: [] }, LOAN)).toEqual([]);
  });

  test('STUN needs no name', () => {
    const settings = { stunUrls: ['stun:a.example', 'stun:b.example'], turnUrls: [] };
    expect(iceServers(settings, LOAN)).toEqual([{ urls: ['stun:a.example', 'stun:b.example'] }]);
  });

  // openssl dgst -sha1 -hmac north-of-the-river-and-far-away -binary | base64
  test('TURN’s name says until when, its password is the HMAC-SHA-1 of the name', () => {
    expect(iceServers(TURN, LOAN)).toEqual([
      {
        urls: ['turn:turn.example.org'],
        username: '1795348800:web-abc',
        credential: 'kcbGhdLWrC1MXimDYyalT8eAKgo=',
      },
    ]);
  });

  test('TURN without a secret is not told of', () => {
    expect(iceServers({ ...TURN, turnSecret: undefined }, LOAN)).toEqual([]);
  });

  test('the secret itself is never handed out', () => {
    expect(JSON.stringify(iceServers(TURN, LOAN))).not.toContain(TURN.turnSecret);
  });
});

describe('addresses', () => {
  const good = [
    'turn:turn.example.org',
    'turn:192.0.2.1:3478',
    'turn:[2001:db8::1]:3478?transport=udp',
    'turns:turn.example.org:5349?transport=tcp',
  ];
  test.each(good)('%s is one of TURN', (url) => expect(parseTurnUrl(url)).toBe(url));

  const bad = [
    'stun:a.example',
    'turn:',
    'turn:a b',
    'turn:user@a.example',
    'turn:a.example?transport=sctp',
    'turn:a.example:port',
    'http://a.example',
  ];
  test.each(bad)('%s is none of TURN', (url) => expect(parseTurnUrl(url)).toBeUndefined());

  test('STUN has no transport', () => {
    expect(parseStunUrl('stun:a.example:3478')).toBe('stun:a.example:3478');
    expect(parseStunUrl('stun:a.example?transport=udp')).toBeUndefined();
    expect(parseStunUrl('turn:a.example')).toBeUndefined();
  });
});
