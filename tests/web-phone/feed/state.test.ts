import { describe, expect, test } from 'vitest';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import { SILENT_FEED, step } from '../../../web-phone/feed/state.ts';
import type { FeedInput, FeedState } from '../../../web-phone/feed/state.ts';
import { legId, meeting, person, ROOM } from '../support/people.ts';

const room = {
  id: ROOM,
  locked: false,
  recording: false,
  openedAtMs: 0,
  calls: [],
  people: [person(1)],
};

function hear(message: FeedMessage): FeedInput {
  return { kind: 'message', message };
}

function snapshot(seq: number): FeedInput {
  return hear({ kind: 'snapshot', seq, rooms: [room], meetings: [meeting()] });
}

function muted(seq: number): FeedInput {
  const participant = person(1, { muted: true });
  return hear({
    kind: 'event',
    seq,
    event: { kind: 'participant-updated', room: ROOM, participant },
  });
}

function after(...inputs: readonly FeedInput[]): FeedState {
  return inputs.reduce((state, input) => step(state, input)[0], SILENT_FEED);
}

describe('the feed as a screen follows it', () => {
  test('is live from its first snapshot on', () => {
    const state = after(snapshot(7));
    expect(state).toMatchObject({ link: 'live', seq: 7 });
    expect(state.rooms).toEqual(fromSnapshots([room]));
    expect(state.meetings.get(ROOM)?.name).toBe('Monday round');
  });

  test('shows a mute when the switch tells of it', () => {
    expect(after(snapshot(1), muted(2)).rooms.get(ROOM)?.people.get(legId(1))?.muted).toBe(true);
  });

  test('drops the connection at a gap in the numbers and leaves the rooms as they were', () => {
    const [state, effects] = step(after(snapshot(1)), muted(3));
    expect(effects).toEqual([{ kind: 'drop' }]);
    expect(state.link).toBe('lost');
    expect(state.rooms.get(ROOM)?.people.get(legId(1))?.muted).toBe(false);
  });

  test('hears nothing more after a gap until the next snapshot', () => {
    const state = after(snapshot(1), muted(3), muted(4));
    expect(state.rooms.get(ROOM)?.people.get(legId(1))?.muted).toBe(false);
    expect(after(snapshot(1), muted(3), snapshot(1)).link).toBe('live');
  });

  test('passes over a message that it has heard already', () => {
    const state = after(snapshot(5));
    expect(step(state, muted(5))[0]).toBe(state);
  });

  test('keeps showing the last it heard while the connection is lost', () => {
    const state = after(snapshot(1), { kind: 'closed', chance: 0 });
    expect(state.link).toBe('lost');
    expect(state.rooms.size).toBe(1);
  });

  test('waits longer from try to try, ten seconds at most, and chance halves it at most', () => {
    const waits: number[] = [];
    let state = after(snapshot(1));
    for (let i = 0; i < 7; i++) {
      const [next, effects] = step(state, { kind: 'closed', chance: 1 });
      state = next;
      for (const each of effects) if (each.kind === 'connect-after') waits.push(each.ms);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(step(state, { kind: 'closed', chance: 0 })[1]).toEqual([
      { kind: 'connect-after', ms: 5000 },
    ]);
  });

  test('tells that alarms may have changed, at the start as well', () => {
    const state = after(snapshot(1));
    expect(state.alarmsSeq).toBe(1);
    expect(after(snapshot(1), hear({ kind: 'alarms-updated', seq: 2 })).alarmsSeq).toBe(2);
    expect(after(snapshot(1), muted(2)).alarmsSeq).toBe(1);
  });

  test('learns of new, changed and removed meetings', () => {
    const renamed = meeting({ name: 'Tuesday round' });
    const told = after(snapshot(1), hear({ kind: 'meeting-updated', seq: 2, meeting: renamed }));
    expect(told.meetings.get(ROOM)?.name).toBe('Tuesday round');
    const [gone] = step(told, hear({ kind: 'meeting-removed', seq: 3, id: ROOM }));
    expect(gone.meetings.size).toBe(0);
  });
});
