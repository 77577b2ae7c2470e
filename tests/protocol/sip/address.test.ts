import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, tagOf, withTag } from '../../../protocol/sip/address.ts';
import { SipProtocolError } from '../../../protocol/sip/errors.ts';
import {
  minSe,
  parseSessionExpires,
  formatSessionExpires,
  sessionDeadlines,
  sessionExpires,
  supportsTimer,
} from '../../../protocol/sip/session-timer.ts';
import { formatVia, markSource, parseVia } from '../../../protocol/sip/via.ts';
import { someRequest } from './play.ts';

describe('addresses', () => {
  const readable: readonly (readonly [string, string, string, Record<string, string>])[] = [
    ['sip:a@b;tag=1', '', 'sip:a@b', { tag: '1' }],
    ['<sip:a@b;x=1>;tag=1', '', 'sip:a@b;x=1', { tag: '1' }],
    ['Alice Bell <sip:a@b>', 'Alice Bell', 'sip:a@b', {}],
    ['"Bell \\"A\\", <x>" <sip:a@b> ; Q = "0;5"', 'Bell "A", <x>', 'sip:a@b', { q: '0;5' }],
    ['Zoë<tel:+1>', 'Zoë', 'tel:+1', {}],
  ];
  for (const [text, displayName, uri, parameters] of readable) {
    test(`${text} is read, and the same once written`, () => {
      const read = parseAddress(text);
      expect({ ...read, parameters: Object.fromEntries(read.parameters) }).toEqual({
        displayName,
        uri,
        parameters,
      });
      expect(parseAddress(formatAddress(read))).toEqual(read);
    });
  }

  for (const text of [
    '',
    'sip:a@b c',
    '<sip:a@b',
    'a, b <sip:c@d>',
    '"a <sip:a@b>',
    '"a"b <sip:a@b>',
    '<sip:a@b>x',
    '<sip:a@b>;tag=1;tag=2',
    '<>',
    'sip:a@b,sip:c@d',
    '*',
  ]) {
    test(`${text || 'nothing'} is refused`, () => {
      expect(() => parseAddress(text)).toThrow(SipProtocolError);
    });
  }

  test('a tag is found, added and replaced', () => {
    expect(tagOf('<sip:tag@b>')).toBeUndefined();
    expect(tagOf('<sip:a@b>;TAG=x')).toBe('x');
    expect(withTag('Alice <sip:a@b>', 'y')).toBe('Alice <sip:a@b>;tag=y');
    expect(withTag('<sip:a@b>;tag=x;z', 'y')).toBe('<sip:a@b>;tag=y;z');
  });
});

describe('Via', () => {
  test('the source is marked where it differs from sent-by, its port where rport asks', () => {
    const mark = (text: string) => formatVia(markSource(parseVia(text), '192.0.2.9', 1024));
    expect(mark('SIP/2.0/UDP 192.0.2.9:5060;branch=b')).toBe('SIP/2.0/UDP 192.0.2.9:5060;branch=b');
    expect(mark('SIP/2.0/UDP 10.0.0.1:5060;branch=b')).toBe(
      'SIP/2.0/UDP 10.0.0.1:5060;branch=b;received=192.0.2.9',
    );
    expect(mark('SIP/2.0/UDP 10.0.0.1;rport;branch=b')).toBe(
      'SIP/2.0/UDP 10.0.0.1;rport=1024;branch=b;received=192.0.2.9',
    );
  });

  test('a received that the sender wrote itself is overwritten', () => {
    const lying = parseVia('SIP/2.0/UDP 192.0.2.9;received=203.0.113.1;branch=b');
    expect(markSource(lying, '192.0.2.9', 5060).parameters.has('received')).toBe(false);
  });

  for (const text of [
    '',
    'SIP/3.0/UDP a',
    'SIP/2.0/UDP',
    'SIP/2.0/UDP a b',
    'SIP/2.0/UDP a;;',
    'UDP a',
  ]) {
    test(`${text || 'nothing'} is refused`, () => {
      expect(() => parseVia(text)).toThrow(SipProtocolError);
    });
  }
});

describe('session timers', () => {
  test('are read and written', () => {
    expect(parseSessionExpires('1800; refresher=UAC')).toEqual({ seconds: 1800, refresher: 'uac' });
    expect(parseSessionExpires('90')).toEqual({ seconds: 90, refresher: undefined });
    expect(formatSessionExpires({ seconds: 90, refresher: 'uas' })).toBe('90;refresher=uas');
    expect(formatSessionExpires({ seconds: 90, refresher: undefined })).toBe('90');
    for (const text of ['', 'x', '-1', '90;refresher=me', '99999999999']) {
      expect(() => parseSessionExpires(text)).toThrow(SipProtocolError);
    }
  });

  test('Min-SE is 90 seconds where nobody says; support is seen in Supported or Require', () => {
    const request = someRequest('INVITE');
    const having = (name: string, value: string) => ({ ...request, headers: [{ name, value }] });
    expect([minSe(request), minSe(having('Min-SE', '120;x'))]).toEqual([90, 120]);
    expect(
      [request, having('Supported', 'timer'), having('Require', 'timer')].map(supportsTimer),
    ).toEqual([false, true, true]);
  });

  test('a session of 136 years is one of 23 days, which a timer can count', () => {
    expect(parseSessionExpires('4294967295').seconds).toBe(2_000_000);
    expect(2_000_000 * 1000).toBeLessThan(2 ** 31);
  });

  test('headers that do not read count as none', () => {
    const headers = ['Session-Expires', 'Min-SE'].map((name) => ({ name, value: '90x' }));
    const request = { ...someRequest('INVITE'), headers };
    expect([sessionExpires(request), minSe(request)]).toEqual([undefined, 90]);
  });

  test('half-way is refreshed, and given up a third or 32 seconds before the end', () => {
    expect(sessionDeadlines(1_800)).toEqual({ refresh: 900, giveUp: 1_768 });
    expect(sessionDeadlines(90)).toEqual({ refresh: 45, giveUp: 60 });
  });
});
