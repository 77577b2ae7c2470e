import { expect, test } from 'vitest';
import { toneFor } from '../../../web-phone/line/alerts.ts';
import { afterNews } from '../../../web-phone/line/calls.ts';
import type { CallNews, LineCall } from '../../../web-phone/line/calls.ts';
import { matching, nameOf, toDial } from '../../../web-phone/line/dialled.ts';
import { KEPT, withRecent } from '../../../web-phone/line/recent.ts';

const ANNA = { name: 'Anna', number: '21' };
const PLACED: CallNews = { kind: 'placed', id: '1', peer: ANNA };
const CAME: CallNews = { kind: 'came', id: '2', peer: ANNA };

function play(...news: readonly CallNews[]): readonly LineCall[] {
  let calls: readonly LineCall[] = [];
  for (const each of news) calls = afterNews(calls, each);
  return calls;
}

test.each([
  { status: 486, rang: true, end: 'busy' },
  { status: 603, rang: true, end: 'declined' },
  { status: 480, rang: true, end: 'no-answer' },
  { status: 480, rang: false, end: 'away' },
  { status: 404, rang: false, end: 'unknown' },
  { status: 403, rang: false, end: 'not-allowed' },
  { status: 503, rang: false, end: 'failed' },
])('a call that ends with $status (rang: $rang) stays and says $end', ({ status, rang, end }) => {
  const rings: CallNews[] = rang ? [{ kind: 'rings', id: '1' }] : [];
  const [call] = play(PLACED, ...rings, { kind: 'over', id: '1', status });
  expect([call?.state, call?.end]).toEqual(['ended', end]);
});

test('a call that is hung up, taken back or missed leaves the screen', () => {
  const answered: CallNews = { kind: 'answered', id: '1', nowMs: 5 };
  expect(play(PLACED, answered, { kind: 'over', id: '1' })).toEqual([]);
  expect(play(PLACED, { kind: 'over', id: '1', status: 487 })).toEqual([]);
  expect(play(CAME, { kind: 'over', id: '2' })).toEqual([]);
});

test('a call whose sound is gone stays and says so, whoever began it', () => {
  const answered = (id: string): CallNews => ({ kind: 'answered', id, nowMs: 5 });
  const calls = play(PLACED, answered('1'), CAME, answered('2'), { kind: 'lost', id: '2' });
  expect(calls.map(({ state, end }) => [state, end])).toEqual([
    ['talking', undefined],
    ['ended', 'lost'],
  ]);
});

test('a transfer that fails leaves the call up and says why', () => {
  const [call] = play(
    PLACED,
    { kind: 'answered', id: '1', nowMs: 5 },
    { kind: 'transfers', id: '1', to: 'Bert' },
    { kind: 'transfer-failed', id: '1', status: 486 },
  );
  expect(call?.state).toBe('talking');
  expect(call?.transfer).toEqual({ kind: 'failed', to: 'Bert', why: 'busy' });
});

test('it rings aloud, softly while one talks, and back to who calls', () => {
  const talking: CallNews[] = [PLACED, { kind: 'answered', id: '1', nowMs: 5 }];
  expect(toneFor(play(CAME))).toBe('ring');
  expect(toneFor(play(...talking, CAME))).toBe('waiting');
  expect(toneFor(play(PLACED))).toBeUndefined();
  expect(toneFor(play(PLACED, { kind: 'rings', id: '1' }))).toBe('ringback');
  expect(toneFor(play(...talking))).toBeUndefined();
});

const PEOPLE = [
  { username: 'anna', name: 'Anna Blum', extension: '201' },
  { username: 'bert', name: 'Bert Anders' },
  { username: 'me', name: 'Myself', extension: '203' },
];

test.each([
  { typed: '201', dialled: '201' },
  { typed: '+49 (30) 123-456', dialled: '+4930123456' },
  { typed: '*43', dialled: '*43' },
  { typed: 'blum', dialled: '201' },
  { typed: 'Bert', dialled: 'bert' },
  { typed: 'an', dialled: undefined },
  { typed: 'anna', dialled: '201' },
  { typed: 'nobody', dialled: undefined },
  { typed: '', dialled: undefined },
])('“$typed” dials $dialled', ({ typed, dialled }) => {
  expect(toDial(PEOPLE, typed, 'me')).toBe(dialled);
});

test('the list shows whom one means, and never oneself', () => {
  expect(matching(PEOPLE, '', 'me').map(({ username }) => username)).toEqual(['anna', 'bert']);
  expect(matching(PEOPLE, '20', 'me').map(({ username }) => username)).toEqual(['anna']);
  expect([nameOf(PEOPLE, '201'), nameOf(PEOPLE, '999')]).toEqual(['Anna Blum', '999']);
});

test('the last calls are the newest first, at most so many; one that was not answered is missed', () => {
  const [call] = play(CAME);
  if (!call) throw new Error('no call');
  const once = withRecent([], call, 1000);
  expect(once).toEqual([{ ...ANNA, kind: 'missed', atMs: 1000 }]);
  const many = Array.from({ length: KEPT + 3 }).reduce<ReturnType<typeof withRecent>>(
    (calls, _each, at) => withRecent(calls, { ...call, answeredAtMs: 1 }, at),
    [],
  );
  expect([many.length, many[0]?.kind, many[0]?.atMs]).toEqual([KEPT, 'in', KEPT + 2]);
});
