import { describe, expect, test } from 'vitest';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import { toHttp } from '../../../web-phone/feed/to-http.ts';
import { giveUp, isFulfilled, keyOf, settle } from '../../../web-phone/feed/wish.ts';
import type { Facts, Wish } from '../../../web-phone/feed/wish.ts';
import { legId, meeting, person, ROOM } from '../support/people.ts';

interface Scene {
  readonly view?: MeetingView;
  readonly locked?: boolean;
  readonly recording?: boolean;
  readonly calls?: readonly OutboundCall[];
}

function facts(people: readonly Participant[], scene: Scene = {}): Facts {
  const { view = meeting(), locked = false, recording = false, calls = [] } = scene;
  const rooms = fromSnapshots([{ id: ROOM, locked, recording, openedAtMs: 0, calls, people }]);
  return { rooms, meetings: new Map([[ROOM, view]]) };
}

const nothing: Facts = { rooms: new Map(), meetings: new Map() };
const at = { room: ROOM, id: legId(1) } as const;
const mute: Wish = { kind: 'set-muted', ...at, muted: true };
const row = `/meetings/${ROOM}/participants/${legId(1)}`;
const call: OutboundCall = {
  id: legId(1),
  name: 'Grace',
  number: '201',
  state: 'ringing',
  startedAtMs: 0,
};

interface Case {
  readonly wish: Wish;
  readonly before: Facts;
  readonly after: Facts;
  readonly asked: readonly [method: string, path: string, body?: object];
}

/** A wish about one person, whose row is first so and then so. */
function about(
  wish: Wish,
  before: Partial<Participant>,
  after: Partial<Participant>,
  body: object,
) {
  return {
    wish,
    before: facts([person(1, before)]),
    after: facts([person(1, after)]),
    asked: ['PATCH', row, body],
  } satisfies Case;
}

const byOthers = { muted: true, mutedBy: 'moderator' } as const;
const byThemself = { muted: true, mutedBy: 'self' } as const;

const cases: Readonly<Record<string, Case>> = {
  mute: about(mute, {}, { muted: true }, { muted: true }),
  unmute: about({ ...mute, muted: false }, byOthers, {}, { muted: false }),
  'ask to unmute': about(
    { kind: 'ask-to-unmute', ...at },
    byThemself,
    { ...byThemself, askedToUnmute: true },
    { muted: false },
  ),
  'raise a hand': about(
    { kind: 'set-hand', ...at, hand: true },
    {},
    { hand: true },
    { hand: true },
  ),
  'lower a hand': about(
    { kind: 'set-hand', ...at, hand: false },
    { hand: true },
    {},
    { hand: false },
  ),
  'ask for help': about(
    { kind: 'set-help', ...at, help: true },
    {},
    { wantsHelp: true },
    { help: true },
  ),
  'help is attended': about(
    { kind: 'set-help', ...at, help: false },
    { wantsHelp: true },
    {},
    { help: false },
  ),
  rename: about(
    { kind: 'rename', ...at, name: 'Ada' },
    { name: 'Eda' },
    { name: 'Ada' },
    { name: 'Ada' },
  ),
  'name an unnamed caller as they were called': about(
    { kind: 'rename', ...at, name: 'Ada' },
    { name: 'Ada', unnamed: true },
    { name: 'Ada' },
    { name: 'Ada' },
  ),
  'change a role': about(
    { kind: 'set-role', ...at, role: 'moderator' },
    {},
    { role: 'moderator' },
    { role: 'moderator' },
  ),
  admit: about({ kind: 'admit', ...at }, { state: 'lobby' }, {}, { admitted: true }),
  refuse: {
    wish: { kind: 'refuse', ...at },
    before: facts([person(1, { state: 'lobby' })]),
    after: facts([]),
    asked: ['PATCH', row, { admitted: false }],
  },
  remove: {
    wish: { kind: 'remove', ...at },
    before: facts([person(1)]),
    after: facts([]),
    asked: ['DELETE', row],
  },
  'remove and ban': {
    wish: { kind: 'remove', ...at, ban: true },
    before: facts([person(1)]),
    after: facts([]),
    asked: ['DELETE', `${row}?ban=true`],
  },
  'cancel a call': {
    wish: { kind: 'cancel-call', ...at },
    before: facts([], { calls: [call] }),
    after: facts([], { calls: [{ ...call, state: 'ended', end: 'cancelled' }] }),
    asked: ['DELETE', `/meetings/${ROOM}/calls/${legId(1)}`],
  },
  'mute all': {
    wish: { kind: 'mute-all', room: ROOM },
    before: facts([person(1), person(2, { muted: true })]),
    after: facts([
      person(1, { muted: true }),
      person(3, { role: 'moderator' }),
      person(4, { state: 'lobby' }),
      person(5, { audioBy: legId(1) }),
    ]),
    asked: ['POST', `/meetings/${ROOM}/mute-all`, { except: 'moderators' }],
  },
  'unmute all': {
    wish: { kind: 'unmute-all', room: ROOM },
    before: facts([person(1, byOthers), person(2, { muted: true, mutedBy: 'entry' })]),
    after: facts([
      person(1),
      person(2, { muted: true, mutedBy: 'entry', askedToUnmute: true }),
      person(3, byThemself),
    ]),
    asked: ['POST', `/meetings/${ROOM}/unmute-all`, {}],
  },
  'admit all': {
    wish: { kind: 'admit-all', room: ROOM },
    before: facts([person(1, { state: 'lobby' })]),
    after: facts([person(1)]),
    asked: ['POST', `/meetings/${ROOM}/lobby`, { action: 'admit' }],
  },
  'refuse all': {
    wish: { kind: 'refuse-all', room: ROOM },
    before: facts([person(1, { state: 'lobby' })]),
    after: nothing,
    asked: ['POST', `/meetings/${ROOM}/lobby`, { action: 'refuse' }],
  },
  lock: {
    wish: { kind: 'set-locked', room: ROOM, locked: true },
    before: facts([person(1)]),
    after: facts([person(1)], { locked: true }),
    asked: ['POST', `/meetings/${ROOM}/lock`, { locked: true }],
  },
  record: {
    wish: { kind: 'set-recording', room: ROOM, recording: true },
    before: facts([person(1)]),
    after: facts([person(1)], { recording: true }),
    asked: ['POST', `/meetings/${ROOM}/recording`, { action: 'start' }],
  },
  end: {
    wish: { kind: 'end', room: ROOM },
    before: facts([]),
    after: facts([], { view: meeting({ state: 'ended' }) }),
    asked: ['POST', `/meetings/${ROOM}/end`],
  },
  delete: {
    wish: { kind: 'delete', room: ROOM },
    before: facts([]),
    after: nothing,
    asked: ['DELETE', `/meetings/${ROOM}`],
  },
};

describe('a wish', () => {
  for (const [name, { wish, before, after, asked }] of Object.entries(cases)) {
    test(`to ${name} waits for the fact`, () => {
      expect(isFulfilled(wish, before)).toBe(false);
      expect(isFulfilled(wish, after)).toBe(true);
    });
    test(`to ${name} is asked of the API`, () => {
      const { method, path, body } = toHttp(wish);
      expect([method, path, ...(body ? [body] : [])]).toEqual(asked);
    });
  }

  test('to unmute oneself, though asked to, still waits for the microphone to open', () => {
    const asked = person(1, { ...byThemself, askedToUnmute: true });
    expect(isFulfilled({ ...mute, muted: false }, facts([asked]))).toBe(false);
  });

  test('that waits is dropped when it is fulfilled, and nothing else changes the list', () => {
    const waiting = [{ wish: mute, sinceMs: 0 }];
    expect(settle(waiting, facts([person(1)]))).toBe(waiting);
    expect(settle(waiting, facts([person(1, { muted: true })]))).toEqual([]);
  });

  test('mute and unmute of one person are the same button', () => {
    expect(keyOf(mute)).toBe(keyOf({ ...mute, muted: false }));
  });

  test('is given up after five seconds', () => {
    const waiting = [
      { wish: mute, sinceMs: 0 },
      { wish: { kind: 'end', room: ROOM } as const, sinceMs: 100 },
    ];
    expect(giveUp(waiting, 4_999).late).toEqual([]);
    expect(giveUp(waiting, 5_000)).toEqual({ late: [waiting[0]], rest: [waiting[1]] });
  });
});
