import { expect, test } from 'vitest';
import type { SipHeader, SipMessage } from '../../protocol/sip/message.ts';
import {
  agreedSession,
  agreeSession,
  sessionAnswer,
  sessionOffer,
} from '../../sip-gateway/session-timer.ts';

function message(lines: Readonly<Record<string, string>>): SipMessage {
  const headers: SipHeader[] = Object.entries(lines).map(([name, value]) => ({ name, value }));
  return { kind: 'request', method: 'INVITE', uri: 'sip:x', headers, body: '' };
}
const timer = (expiresS: number, weRefresh: boolean) => ({ kind: 'timer', expiresS, weRefresh });

const ASKED = [
  { lines: {}, agreed: { kind: 'none' } },
  { lines: { 'Session-Expires': '1800' }, agreed: { kind: 'none' } },
  { lines: { Supported: 'timer' }, agreed: timer(120, false) },
  { lines: { Supported: 'timer', 'Session-Expires': '1800' }, agreed: timer(120, false) },
  {
    lines: { Supported: 'timer', 'Session-Expires': '100;refresher=uac' },
    agreed: timer(100, false),
  },
  {
    lines: { Supported: 'timer', 'Session-Expires': '1800;refresher=uas' },
    agreed: timer(120, true),
  },
  {
    lines: { Supported: 'timer', 'Session-Expires': '1800', 'Min-SE': '600' },
    agreed: timer(600, false),
  },
  { lines: { Supported: 'timer', 'Session-Expires': '60' }, agreed: { kind: 'too-small' } },
  { lines: { Supported: 'timer', 'Session-Expires': 'soon' }, agreed: timer(120, false) },
];
for (const { lines, agreed } of ASKED) {
  test(`${JSON.stringify(lines)} agrees to ${JSON.stringify(agreed)}`, () => {
    expect(agreeSession(message(lines))).toEqual(agreed);
  });
}

test('a 200 says who refreshes, and requires what the phone must do', () => {
  expect(sessionAnswer({ kind: 'timer', expiresS: 120, weRefresh: false })).toEqual([
    { name: 'Session-Expires', value: '120;refresher=uac' },
    { name: 'Require', value: 'timer' },
  ]);
  expect(sessionAnswer({ kind: 'timer', expiresS: 120, weRefresh: true })).toEqual([
    { name: 'Session-Expires', value: '120;refresher=uas' },
  ]);
  expect(sessionAnswer({ kind: 'none' })).toEqual([]);
});

test('the switch is asked to refresh, so that a gateway that dies frees its leg', () => {
  expect(sessionOffer({ kind: 'timer', expiresS: 120, weRefresh: false })).toContainEqual({
    name: 'Session-Expires',
    value: '120;refresher=uas',
  });
  expect(agreedSession(message({ 'Session-Expires': '180;refresher=uas' }))).toEqual(
    timer(180, false),
  );
  expect(agreedSession(message({}))).toEqual({ kind: 'none' });
});
