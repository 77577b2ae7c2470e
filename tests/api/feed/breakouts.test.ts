import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { parseFeedMessage } from '../../../protocol/room/feed.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { ADMIN_KEY, TestTimers } from '../../support/meetings.ts';
import { ask, newMeeting, newPerson, startTestApi, TestFeed } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let own: { readonly personId: string; readonly feedToken: string };
const feeds: TestFeed[] = [];
const [grace, bob] = [somebody(2, { name: 'Grace' }), somebody(3, { name: 'Bob' })];
const me = () => somebody(1, { name: 'Ada', personId: own.personId, via: 'browser' });

beforeEach(async () => {
  world = await startTestApi({}, { after: new TestTimers().after });
  world.parts.run(world.rooms);
  meeting = await newMeeting(world);
  own = await newPerson(world, meeting);
  for (const each of [me(), grace, bob]) world.rooms.tell(arrival(meeting.id, each));
  await world.recorded.recorder.written();
  // As the bridge does: they leave the one and are seen in the other.
  world.rooms.took = (command) => {
    if (command.kind !== 'move') return;
    const { room, id, to } = command;
    const row = world.rooms.rooms().get(room)!.people.get(id)!;
    world.rooms.tell({ kind: 'participant-left', room, id, reason: 'moved' });
    world.rooms.tell(arrival(to, row));
  };
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.close();
  await world.stop();
});

function read(token: string, query = ''): TestFeed {
  const feed = new TestFeed(`${world.api.url}/api/v1/events${query}`, { token });
  feeds.push(feed);
  return feed;
}

/** Red with Ada and Bob, Blue with Grace. */
async function open(more: object = {}): Promise<readonly [red: RoomId, blue: RoomId]> {
  const answer = await ask(world, 'post', `/meetings/${meeting.id}/breakouts`, {
    rooms: [
      { name: 'Red', participants: [me().id, bob.id] },
      { name: 'Blue', participants: [grace.id] },
    ],
    assign: 'given',
    ...more,
  });
  const { rooms } = answer.body as { rooms: readonly { id: RoomId }[] };
  return [rooms[0]!.id, rooms[1]!.id];
}

const move = (to: string, leg: string) =>
  ask(world, 'post', `/meetings/${meeting.id}/breakouts/${to}/move`, { participants: [leg] });

function rows(message: FeedMessage | undefined): readonly (readonly [string, readonly string[]])[] {
  if (message?.kind !== 'snapshot') throw new Error(`no snapshot: ${message?.kind}`);
  return message.rooms.map(({ id, people }) => [id, people.map(({ name }) => name)]);
}

const snapshots = (feed: TestFeed) => feed.messages.filter(({ kind }) => kind === 'snapshot');

/** The newest snapshot, once it shows them in that room. */
async function shownIn(feed: TestFeed, room: RoomId): Promise<FeedMessage> {
  await expect.poll(() => rows(snapshots(feed).at(-1)).map(([id]) => id)).toEqual([room]);
  await world.recorded.recorder.written();
  return snapshots(feed).at(-1)!;
}

function expectWhole(messages: readonly FeedMessage[]): void {
  for (const message of messages)
    expect(parseFeedMessage(JSON.stringify(message))).toEqual(message);
}

describe('the feed of somebody who is moved', () => {
  test('tells of the room that they are in, by its name, and no more of the one they left', async () => {
    const feed = read(own.feedToken);
    await feed.heard(1);
    const [red] = await open({ minutes: 10 });
    const shown = await shownIn(feed, red);
    expect(shown).toMatchObject({
      breakouts: [
        {
          meeting: meeting.id,
          rooms: [{ id: red, name: 'Red', number: 1 }, { name: 'Blue' }],
          endsAtMs: world.clock.nowMs + 600_000,
        },
      ],
    });
    const before = feed.messages.length;
    world.rooms.tell(arrival(meeting.id, somebody(4, { name: 'Late' })));
    world.rooms.tell(arrival(red, { ...bob, hand: true, handAtMs: 5 }));
    const news = (await feed.heard(before + 1)).slice(feed.messages.indexOf(shown) + 1);
    expect(JSON.stringify(news)).not.toContain('Late');
    expect(news.at(-1)).toMatchObject({
      event: { room: red, participant: { name: 'Bob', hand: true } },
    });
    const seqs = news.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, n) => shown.seq + n + 1));
    expectWhole(feed.messages);
  });

  test('tells nothing of the other breakout room', async () => {
    const feed = read(own.feedToken);
    await feed.heard(1);
    const [red, blue] = await open();
    const shown = await shownIn(feed, red);
    world.rooms.tell(arrival(blue, { ...grace, name: 'Grace in Blue', talking: true }));
    world.rooms.tell({ kind: 'room-updated', room: blue, locked: true, recording: true });
    world.rooms.tell(arrival(red, { ...bob, talking: true }));
    await expect.poll(() => JSON.stringify(feed.messages.at(-1))).toContain('"talking":true');
    const told = JSON.stringify(feed.messages.slice(feed.messages.indexOf(shown)));
    expect(told).not.toContain('Grace');
    expect(told).not.toContain(`"room":"${blue}"`);
  });

  test('shows the others of the main room again once they are back', async () => {
    const feed = read(own.feedToken);
    await feed.heard(1);
    const [red] = await open();
    await shownIn(feed, red);
    await move('main', me().id);
    const back = await shownIn(feed, meeting.id);
    expect(rows(back)).toEqual([[meeting.id, ['Ada']]]);
    await move('main', grace.id);
    await expect.poll(() => JSON.stringify(feed.messages.at(-1))).toContain('Grace');
  });

  test('begins in the breakout room for who connects there, and goes on after a break', async () => {
    const [red] = await open();
    await world.recorded.recorder.written();
    const first = read(own.feedToken);
    const shown = await shownIn(first, red);
    first.close();
    world.rooms.tell(arrival(red, { ...bob, muted: true }));
    await world.recorded.recorder.written();
    const again = read(own.feedToken, `?from=${shown.seq + 1}`);
    expect(await again.heard(1)).toMatchObject([
      { kind: 'event', seq: shown.seq + 1, event: { participant: { name: 'Bob', muted: true } } },
    ]);
  });

  test('resumes by no number of the room they were in before', async () => {
    const feed = read(own.feedToken);
    const [{ seq } = { seq: 0 }] = await feed.heard(1);
    const [red] = await open();
    const { seq: inRed } = await shownIn(feed, red);
    for (const from of [seq, seq + 1, seq + 2, seq + 3]) {
      const again = read(own.feedToken, `?from=${from}`);
      expect(rows((await again.heard(1))[0])).toEqual([[red, ['Ada', 'Bob']]]);
    }
    await move('main', me().id);
    await shownIn(feed, meeting.id);
    const again = read(own.feedToken, `?from=${inRed + 1}`);
    expect(rows((await again.heard(1))[0])).toEqual([[meeting.id, ['Ada']]]);
  });
});

describe('all rooms of a meeting', () => {
  const readers = {
    'the feed of one meeting': () => Promise.resolve([ADMIN_KEY, `?meeting=${meeting.id}`]),
    'a moderator’s own feed': async () => [
      (await newPerson(world, meeting, 'moderator')).feedToken,
      '',
    ],
  };
  test.each(Object.entries(readers))(
    'are in %s, from its snapshot to their end',
    async (_, who) => {
      const [token = '', query] = await who();
      const early = read(token, query);
      await early.heard(1);
      const [red, blue] = await open();
      await world.recorded.recorder.written();
      const late = read(token, query);
      const [shown] = await late.heard(1);
      expect(new Map(rows(shown))).toEqual(
        new Map([
          [meeting.id, []],
          [red, ['Ada', 'Bob']],
          [blue, ['Grace']],
        ]),
      );
      expect(shown).toMatchObject({ breakouts: [{ rooms: [{ name: 'Red' }, { name: 'Blue' }] }] });
      world.rooms.tell({ kind: 'room-closed', room: blue });
      await expect.poll(() => JSON.stringify(early.messages.at(-1))).toContain('room-closed');
      const seqs = early.messages.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, n) => seqs[0]! + n));
      expectWhole(early.messages);
    },
  );

  test('are in its log of past events, and it says when there are no breakout rooms any more', async () => {
    const [red] = await open();
    await ask(world, 'post', `/meetings/${meeting.id}/end`);
    world.rooms.tell({ kind: 'room-closed', room: red });
    await expect
      .poll(async () => {
        await world.recorded.recorder.written();
        const page = await ask(world, 'get', `/meetings/${meeting.id}/events?limit=200`);
        return (
          page.body as { events: { kind: string; breakouts?: { rooms: unknown[] } }[] }
        ).events
          .filter(({ kind }) => kind === 'breakouts-updated')
          .map(({ breakouts }) => breakouts?.rooms.length);
      })
      .toEqual([2, 0]);
    const { events } = await world.recorded.events.read(meeting.id, 1, 200);
    expect(events.at(-1)?.note).toEqual({
      kind: 'event',
      event: { kind: 'room-closed', room: red },
    });
    expect((await world.recorded.events.read(red, 1, 10)).events).toEqual([]);
  });
});

describe('lists', () => {
  const as = async (path: string, token: string) =>
    (
      await request(`${world.api.url}/api/v1/meetings/${meeting.id}`)
        .get(path)
        .set('authorization', `Bearer ${token}`)
    ).body as unknown;

  test('name the breakout room of each, to participants that of their own room alone', async () => {
    const [red, blue] = await open();
    const everybody = (await as('/participants', ADMIN_KEY)) as {
      name: string;
      breakout?: string;
    }[];
    expect(Object.fromEntries(everybody.map(({ name, breakout }) => [name, breakout]))).toEqual({
      Ada: red,
      Bob: red,
      Grace: blue,
    });
    const theirs = (await as('/participants', own.feedToken)) as { name: string }[];
    expect(theirs.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    const { rooms } = (await as('/breakouts', own.feedToken)) as { rooms: { people: object[] }[] };
    expect(rooms.map(({ people }) => people.length)).toEqual([2, 0]);
  });

  test('somebody acts on their own row where they are, and on nobody else’s', async () => {
    const [red] = await open();
    const change = (leg: string) =>
      request(world.api.url)
        .patch(`/api/v1/meetings/${meeting.id}/participants/${leg}`)
        .set('authorization', `Bearer ${own.feedToken}`)
        .send({ hand: true });
    expect((await change(me().id)).status).toBe(202);
    expect(world.rooms.wishes.at(-1)).toMatchObject({ kind: 'set-hand', room: red, id: me().id });
    expect((await change(bob.id)).status).toBe(403);
  });
});
