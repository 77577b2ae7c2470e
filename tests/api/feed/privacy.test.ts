import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import request from 'supertest';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { parseFeedMessage } from '../../../protocol/room/feed.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import { newMeeting, newPerson, startTestApi, TestFeed } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { arrival, calling, callTo, somebody } from '../../support/scripted-rooms.ts';

const SECRETS = ['Caller 2', 'Caller 3', '…62', '…63'];

let world: TestApi;
let meeting: Meeting;
let own: { readonly personId: string; readonly feedToken: string };
let feed: TestFeed;

beforeEach(async () => {
  world = await startTestApi();
  meeting = await newMeeting(world);
  own = await newPerson(world, meeting);
  world.rooms.tell(arrival(meeting.id, somebody(2)));
  world.rooms.tell(calling(meeting.id, callTo(3)));
  await world.recorded.recorder.written();
});
afterEach(async () => {
  feed.close();
  await world.stop();
});

function open(from?: number): Promise<readonly FeedMessage[]> {
  const query = from === undefined ? '' : `?from=${from}`;
  feed = new TestFeed(`${world.api.url}/api/v1/events${query}`, { token: own.feedToken });
  return feed.heard(1);
}

const me = (more: object = {}) =>
  arrival(meeting.id, somebody(1, { name: 'Ada', personId: own.personId, ...more }));
const left = (n: number) =>
  ({ kind: 'participant-left', room: meeting.id, id: somebody(n).id, reason: 'hung-up' }) as const;

function expectNoOthers(messages: readonly FeedMessage[]): void {
  const text = JSON.stringify(messages);
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  for (const message of messages)
    expect(parseFeedMessage(JSON.stringify(message))).toEqual(message);
}

describe('what a participant reads who is not inside', () => {
  test('nobody’s name and nobody’s state, before they call and in the lobby', async () => {
    await open();
    world.rooms.tell(arrival(meeting.id, somebody(2, { talking: true })));
    world.rooms.tell(arrival(meeting.id, somebody(3, { state: 'lobby' })));
    world.rooms.tell(left(2));
    world.rooms.tell(me({ state: 'lobby', joinedAtMs: 1_790_000_000_009 }));
    const messages = await feed.heard(3);
    expect(messages).toMatchObject([
      {
        kind: 'snapshot',
        rooms: [{ id: meeting.id, people: [], calls: [] }],
        waiting: { moderatorInside: false },
      },
      { kind: 'waiting', place: 2, moderatorInside: false },
      { kind: 'event', event: { participant: { name: 'Ada', state: 'lobby' } } },
    ]);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expectNoOthers(messages);
  });

  test('their place as it changes, and that a moderator came', async () => {
    world.rooms.tell(arrival(meeting.id, somebody(3, { state: 'lobby' })));
    world.rooms.tell(me({ state: 'lobby', joinedAtMs: 1_790_000_000_009 }));
    await world.recorded.recorder.written();
    const [first] = await open();
    expect(first).toMatchObject({ waiting: { place: 2 } });
    world.rooms.tell(left(3));
    world.rooms.tell(arrival(meeting.id, somebody(2, { role: 'moderator' })));
    const messages = await feed.heard(3);
    expect(messages.slice(1)).toMatchObject([
      { kind: 'waiting', place: 1, moderatorInside: false },
      { kind: 'waiting', place: 1, moderatorInside: true },
    ]);
    expectNoOthers(messages);
  });

  test('that the room is recorded or locked, and the calls to themselves', async () => {
    await open();
    const { id: room } = meeting;
    world.rooms.tell({ kind: 'room-updated', room, locked: true, recording: true });
    world.rooms.tell(calling(room, callTo(3, { state: 'asked' })));
    world.rooms.tell(calling(room, callTo(4, { name: 'Ada', personId: own.personId })));
    const messages = await feed.heard(3);
    expect(messages.slice(1)).toMatchObject([
      { event: { kind: 'room-updated', locked: true, recording: true } },
      { event: { kind: 'call-updated', call: { name: 'Ada' } } },
    ]);
    expectNoOthers(messages);
  });

  test('everybody in a fresh snapshot when they come in, and nobody once they left', async () => {
    await open();
    world.rooms.tell(me());
    world.rooms.tell(arrival(meeting.id, somebody(2, { hand: true })));
    const inside = await feed.heard(4);
    expect(inside.slice(1)).toMatchObject([
      { kind: 'event', event: { participant: { name: 'Ada', state: 'joined' } } },
      { kind: 'snapshot', rooms: [{ people: [{ name: 'Caller 2' }, { name: 'Ada' }] }] },
      { kind: 'event', event: { participant: { name: 'Caller 2', hand: true } } },
    ]);
    expect((inside[3]?.seq ?? 0) - (inside[2]?.seq ?? 0)).toBe(1);
    world.rooms.tell(left(1));
    world.rooms.tell(arrival(meeting.id, somebody(2, { name: 'Caller 3' })));
    world.rooms.tell(me({ state: 'lobby' }));
    const messages = await feed.heard(8);
    expect(messages.slice(4)).toMatchObject([
      { kind: 'event', event: { kind: 'participant-left', id: somebody(1).id } },
      { kind: 'snapshot', rooms: [{ people: [] }] },
      { kind: 'waiting', place: 1 },
      { kind: 'event', event: { participant: { name: 'Ada' } } },
    ]);
    expectNoOthers(messages.slice(5));
  });

  test('nothing of before they came back, whatever number they ask for', async () => {
    world.rooms.tell(me());
    await world.recorded.recorder.written();
    const [snapshot] = await open();
    world.rooms.tell(left(1));
    world.rooms.tell(arrival(meeting.id, somebody(2, { name: 'Said in their absence' })));
    world.rooms.tell(arrival(meeting.id, somebody(2)));
    world.rooms.tell(me());
    await world.recorded.recorder.written();
    feed.close();
    const seq = snapshot?.seq ?? 0;
    for (const from of [seq, seq + 1, seq + 2, seq + 3, seq + 4]) {
      const messages = await open(from);
      expect(messages[0]).toMatchObject({ kind: 'snapshot', seq: seq + 4 });
      feed.close();
    }
    void open(seq + 5);
    await new Promise((resolve) => feed.socket.once('open', resolve));
    world.rooms.tell(arrival(meeting.id, somebody(2, { muted: true })));
    expect(await feed.heard(1)).toMatchObject([{ kind: 'event', seq: seq + 5 }]);
  });

  test('lists of people and calls alike', async () => {
    const list = async (what: string) => {
      const path = `${world.api.url}/api/v1/meetings/${meeting.id}/${what}`;
      const answer = await request(path).get('').set('authorization', `Bearer ${own.feedToken}`);
      return (answer.body as { name: string }[]).map(({ name }) => name);
    };
    await open();
    expect([await list('participants'), await list('calls')]).toEqual([[], []]);
    world.rooms.tell(me({ state: 'lobby' }));
    expect(await list('participants')).toEqual(['Ada']);
    world.rooms.tell(me());
    expect(await list('participants')).toEqual(['Ada', 'Caller 2']);
    expect(await list('calls')).toEqual(['Caller 3']);
  });
});

test('a moderator sees who is there before they come in', async () => {
  own = await newPerson(world, meeting, 'moderator');
  expect(await open()).toMatchObject([{ rooms: [{ people: [{ name: 'Caller 2' }] }] }]);
});
