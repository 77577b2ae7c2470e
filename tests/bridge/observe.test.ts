import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOBODY } from '../../bridge/members.ts';
import type { Change, Context, Members } from '../../bridge/members.ts';
import { observe } from '../../bridge/observe.ts';
import type { RoomSighting } from '../../bridge/observe.ts';
import { reconcile, reconcileClosed } from '../../bridge/reconcile.ts';
import type { MemberSeen, RoomListed } from '../../bridge/sighting.ts';
import { NEW_HERE } from '../../bridge/standing.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { Rooms } from '../../protocol/room/room.ts';
import { ROOM, leg } from '../support/bridge-world.ts';

const context: Context = {
  nowMs: 1000,
  whoIs: () => undefined,
  whyLeft: () => 'hung-up',
  standingOf: () => NEW_HERE,
  carrierOf: () => undefined,
  learnedOf: () => undefined,
};

/** A FreeSWITCH with one room, that tells the truth. */
interface Truth {
  conference: string;
  lives: number;
  sequence: number;
  members: MemberSeen[];
}

type Happening =
  | { readonly kind: 'join' | 'leave' | 'mute' | 'unmute' | 'talk'; readonly n: number }
  | { readonly kind: 'empty'; readonly n: number };

const anyHappening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom('join', 'leave', 'mute', 'unmute', 'talk', 'empty'),
  n: fc.integer({ min: 1, max: 4 }),
});

function member(n: number, more: Partial<MemberSeen> = {}): MemberSeen {
  return {
    leg: leg(n),
    memberId: n,
    muted: false,
    deaf: false,
    held: false,
    talking: false,
    volume: {},
    ...more,
  };
}

/** The events of something happening. A leg that left never comes back: its id is new each time. */
function happen(truth: Truth, { kind, n }: Happening): RoomSighting[] {
  const events: RoomSighting[] = [];
  const life = () => ({ room: ROOM, conference: truth.conference });
  const at = () => ++truth.sequence;
  const leave = (one: MemberSeen): void => {
    truth.members = truth.members.filter((other) => other !== one);
    const size = truth.members.length;
    events.push({ kind: 'member-gone', life: life(), at: at(), leg: one.leg, size });
    if (size === 0) events.push({ kind: 'room-destroyed', life: life(), at: at() });
    if (size === 0) truth.conference = '';
  };
  if (kind === 'join') {
    if (truth.conference === '') {
      truth.conference = `life-${++truth.lives}`;
      events.push({ kind: 'room-created', life: life(), at: at() });
    }
    const joining = member(truth.sequence + 100);
    truth.members = [...truth.members, joining];
    const size = truth.members.length;
    events.push({
      kind: 'member-seen',
      life: life(),
      at: at(),
      member: joining,
      joined: true,
      size,
    });
    return events;
  }
  const one = truth.members[n % Math.max(1, truth.members.length)];
  if (one === undefined) return [];
  if (kind === 'empty') truth.members.forEach(leave);
  else if (kind === 'leave') leave(one);
  else {
    const now = { ...one, ...CHANGES[kind] };
    truth.members = truth.members.map((other) => (other === one ? now : other));
    const size = truth.members.length;
    events.push({ kind: 'member-seen', life: life(), at: at(), member: now, joined: false, size });
  }
  return events;
}

const CHANGES = {
  mute: { muted: true, talking: false },
  unmute: { muted: false },
  talk: { talking: true, muted: false },
} as const;

function listOf(truth: Truth): RoomListed {
  return {
    life: { room: ROOM, conference: truth.conference },
    locked: false,
    recording: false,
    ageMs: 0,
    members: truth.members.toReversed().map((one) => ({ ...one, joinedAgoMs: 0 })),
  };
}

/** What we know and what others were told, side by side. */
class Watcher {
  members: Members = NOBODY;
  rooms: Rooms = new Map();

  take(change: Change): boolean {
    this.members = change.members;
    this.rooms = change.facts.reduce(apply, this.rooms);
    return change.doubted;
  }

  see(event: RoomSighting): boolean {
    return this.take(observe(this.members, event, context));
  }

  audit(truth: Truth, askedAt: number): void {
    if (truth.conference === '') this.take(reconcileClosed(this.members, ROOM, askedAt, context));
    else this.take(reconcile(this.members, listOf(truth), askedAt, context));
  }
}

function shownBy(rooms: Rooms): unknown[] {
  return [...(rooms.get(ROOM)?.people.values() ?? [])]
    .map(({ id, muted, talking }) => [id, muted, talking])
    .sort();
}

function truthOf(truth: Truth): unknown[] {
  return truth.members.map(({ leg: id, muted, talking }) => [id, muted, talking]).sort();
}

function history(happenings: readonly Happening[]): [Truth, RoomSighting[]] {
  const truth: Truth = { conference: '', lives: 0, sequence: 0, members: [] };
  const events = happenings.flatMap((happening) => happen(truth, happening));
  return [truth, events];
}

const anyHistory = fc.array(anyHappening, { minLength: 1, maxLength: 40 });

describe('what is observed', () => {
  test('in order is the truth, and nothing is in doubt', () => {
    fc.assert(
      fc.property(anyHistory, (happenings) => {
        const [truth, events] = history(happenings);
        const watcher = new Watcher();
        const doubts = events.filter((event) => watcher.see(event));
        expect(doubts).toEqual([]);
        expect(shownBy(watcher.rooms)).toEqual(truthOf(truth));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('twice, or the whole history twice over, is the same as once', () => {
    fc.assert(
      fc.property(anyHistory, (happenings) => {
        const [truth, events] = history(happenings);
        const doubled = new Watcher();
        for (const event of events.flatMap((one) => [one, one])) doubled.see(event);
        expect(shownBy(doubled.rooms)).toEqual(truthOf(truth));
        const replayed = new Watcher();
        for (const event of [...events, ...events]) replayed.see(event);
        expect(shownBy(replayed.rooms)).toEqual(truthOf(truth));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test('of one member out of order ends with the newest', () => {
    const see = (at: number, muted: boolean): RoomSighting => ({
      kind: 'member-seen',
      life: { room: ROOM, conference: 'a' },
      at,
      member: member(1, { muted }),
      joined: at === 1,
      size: 1,
    });
    const watcher = new Watcher();
    for (const event of [see(1, false), see(3, true), see(2, false)]) watcher.see(event);
    expect(shownBy(watcher.rooms)).toEqual([[leg(1), true, false]]);
  });

  test('with any events lost, repeated or late is the truth after one audit', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.nat(200)), (happenings, picks) => {
        const [truth, events] = history(happenings);
        const watcher = new Watcher();
        for (const pick of picks) {
          const event = events[pick % Math.max(1, events.length)];
          if (event !== undefined) watcher.see(event);
        }
        watcher.audit(truth, watcher.members.tick);
        expect(shownBy(watcher.rooms)).toEqual(truthOf(truth));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('is the truth in the end when the audit was asked for at any moment before', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyHistory, (before, during, after) => {
        const truth: Truth = { conference: '', lives: 0, sequence: 0, members: [] };
        const watcher = new Watcher();
        const run = (happenings: readonly Happening[]): RoomSighting[] =>
          happenings.flatMap((happening) => happen(truth, happening));
        for (const event of run(before)) watcher.see(event);
        const askedAt = watcher.members.tick;
        // The list is made here; these events reach us before its answer does.
        const late = run(during);
        const listed = structuredClone(truth);
        for (const event of late) watcher.see(event);
        const later = run(after);
        watcher.audit(listed, askedAt);
        for (const event of later) watcher.see(event);
        watcher.audit(truth, watcher.members.tick);
        expect(shownBy(watcher.rooms)).toEqual(truthOf(truth));
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test('that told the codec is remembered where a list, which does not tell it, comes after', () => {
    const life = { room: ROOM, conference: 'one' };
    const told = { kind: 'member-seen', life, at: 1, joined: true, size: 1 } as const;
    const seen = observe(NOBODY, { ...told, member: member(1, { codec: 'opus/48000' }) }, context);
    const listed: RoomListed = {
      life,
      locked: false,
      recording: false,
      ageMs: 0,
      members: [{ ...member(1, { muted: true }), joinedAgoMs: 0 }],
    };
    const { members } = reconcile(seen.members, listed, seen.members.tick + 1, context);
    const row = members.rooms.get(ROOM)?.members.get(leg(1))?.row;
    expect(row).toMatchObject({ codec: 'opus/48000', muted: true });
  });

  test('of an old life of the room does not touch the new one', () => {
    const watcher = new Watcher();
    const life = (conference: string) => ({ room: ROOM, conference });
    watcher.see({ kind: 'room-created', life: life('old'), at: 1 });
    const joined = { joined: true, size: 1 } as const;
    watcher.see({ kind: 'member-seen', life: life('old'), at: 2, member: member(1), ...joined });
    watcher.see({ kind: 'room-created', life: life('new'), at: 3 });
    watcher.see({ kind: 'member-seen', life: life('new'), at: 4, member: member(2), ...joined });
    watcher.see({ kind: 'member-gone', life: life('old'), at: 5, leg: leg(1), size: 0 });
    watcher.see({ kind: 'room-destroyed', life: life('old'), at: 6 });
    expect(shownBy(watcher.rooms)).toEqual([[leg(2), false, false]]);
  });

  test('a room whose list was asked for before it opened is not closed by the answer', () => {
    const watcher = new Watcher();
    const life = { room: ROOM, conference: 'a' };
    watcher.see({ kind: 'member-seen', life, at: 1, member: member(1), joined: true, size: 1 });
    watcher.take(reconcileClosed(watcher.members, ROOM, 0, context));
    expect(watcher.rooms.has(ROOM)).toBe(true);
  });
});
