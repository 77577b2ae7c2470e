import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { parseFeedMessage } from '../../../protocol/room/feed.ts';
import {
  BEARER,
  handshake,
  newMeeting,
  newPerson,
  startTestApi,
  TestFeed,
} from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { placeOnLmdb } from '../../support/event-logs.ts';
import { ADMIN_KEY, FROM } from '../../support/meetings.ts';
import { arrival, calling, callTo, somebody } from '../../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let events: string;
const feeds: TestFeed[] = [];

beforeEach(async () => {
  world = await startTestApi();
  meeting = await newMeeting(world, { name: 'Standup' });
  events = `${world.api.url}/api/v1/events`;
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.close();
  await world.stop();
});

function read(query = '', token: string | undefined = ADMIN_KEY): TestFeed {
  const feed = new TestFeed(events + query, token === undefined ? {} : { token });
  feeds.push(feed);
  return feed;
}

async function everybodyIsGone(): Promise<void> {
  for (const feed of feeds.splice(0)) feed.close();
  const metrics = async () => (await fetch(`${world.api.url}/metrics`)).text();
  await expect.poll(metrics).toMatch(/^partyline_feed_sockets 0$/m);
}

const talk = (n: number, talking: boolean) => arrival(meeting.id, somebody(n, { talking }));

describe('what a reader hears', () => {
  test('a snapshot, then each fact with the next number', async () => {
    world.rooms.tell(arrival(meeting.id, somebody(1)));
    await world.recorded.recorder.written();
    const feed = read();
    await feed.heard(1);
    world.rooms.tell(talk(1, true));
    world.rooms.tell({ kind: 'room-closed', room: meeting.id });
    const [snapshot, ...rest] = await feed.heard(3);
    expect(snapshot).toMatchObject({
      kind: 'snapshot',
      rooms: [{ id: meeting.id, people: [{ name: 'Caller 1', number: '+49301234561' }] }],
      meetings: [{ id: meeting.id, name: 'Standup', participants: 1, codes: meeting.codes }],
    });
    const first = snapshot?.seq ?? 0;
    expect(rest).toEqual([
      { kind: 'event', seq: first + 1, event: talk(1, true) },
      { kind: 'event', seq: first + 2, event: { kind: 'room-closed', room: meeting.id } },
    ]);
    for (const message of feed.messages)
      expect(parseFeedMessage(JSON.stringify(message))).toEqual(message);
  });

  test('news of meetings, to those who run them', async () => {
    const feed = read();
    await feed.heard(1);
    const made = await newMeeting(world, { name: 'Second' });
    await world.parts.meetings.end(made.id);
    await world.parts.meetings.delete(made.id);
    const messages = await feed.heard(4);
    expect(messages.slice(1)).toMatchObject([
      { kind: 'meeting-updated', meeting: { id: made.id, state: 'open' } },
      { kind: 'meeting-updated', meeting: { id: made.id, state: 'ended' } },
      { kind: 'meeting-removed', id: made.id },
    ]);
  });

  test('one meeting alone, numbered by itself', async () => {
    const other = await newMeeting(world, { name: 'Other' });
    world.rooms.tell(arrival(other.id, somebody(9)));
    const feed = read(`?meeting=${meeting.id}`);
    const [snapshot] = await feed.heard(1);
    expect(snapshot).toMatchObject({ rooms: [], meetings: [{ id: meeting.id }] });
    world.rooms.tell(arrival(other.id, somebody(8)));
    world.rooms.tell(arrival(meeting.id, somebody(1)));
    const messages = await feed.heard(2);
    expect(messages[1]).toMatchObject({ kind: 'event', seq: (snapshot?.seq ?? 0) + 1 });
    expect(JSON.stringify(messages)).not.toContain(other.id);
  });

  test('a participant inside hears the own room without numbers, codes and others’ person ids', async () => {
    const own = await newPerson(world, meeting);
    world.rooms.tell(arrival(meeting.id, somebody(1, { personId: own.personId })));
    const hidden = { personId: 'secret-person', device: 'Desk/1' };
    world.rooms.tell(arrival(meeting.id, somebody(2, hidden)));
    await world.recorded.recorder.written();
    const feed = read(`?meeting=${meeting.id}`, own.feedToken);
    const [snapshot] = await feed.heard(1);
    await world.parts.meetings.change(meeting.id, { name: 'Renamed' });
    world.rooms.tell(arrival(meeting.id, somebody(3, hidden)));
    world.rooms.tell(arrival(meeting.id, somebody(1, { personId: own.personId, muted: true })));
    const messages = await feed.heard(3);
    expect(messages.map(({ seq }) => seq - (snapshot?.seq ?? 0))).toEqual([0, 1, 2]);
    expect(messages[2]).toMatchObject({
      event: { participant: { personId: own.personId, number: '…61' } },
    });
    const text = JSON.stringify(messages);
    const { join, moderator } = meeting.codes;
    for (const secret of ['+49', 'secret-person', 'Desk/1', join, moderator])
      expect(text).not.toContain(secret);
  });

  test('a moderator hears numbers as the bridge masks them and what calls, and no one else’s person id', async () => {
    const chair = await newPerson(world, meeting, 'moderator');
    world.rooms.tell(arrival(meeting.id, somebody(2, { number: '+49…1234', personId: 'secret' })));
    await world.recorded.recorder.written();
    const feed = read('', chair.feedToken);
    await feed.heard(1);
    const device = 'Desk/1 (x)';
    const more = { number: '+49…5678', personId: 'secret', device };
    world.rooms.tell(arrival(meeting.id, somebody(3, more)));
    const messages = await feed.heard(2);
    expect(messages).toMatchObject([
      { rooms: [{ people: [{ number: '+49…1234' }] }], meetings: [] },
      { event: { participant: { number: '+49…5678', device } } },
    ]);
    expect(JSON.stringify(messages)).not.toContain('secret');
  });

  test('calls are told with as much of the number as people’s rows, and whose they are to whose they are', async () => {
    const own = await newPerson(world, meeting);
    const chair = await newPerson(world, meeting, 'moderator');
    world.rooms.tell(arrival(meeting.id, somebody(1, { personId: own.personId })));
    await world.recorded.recorder.written();
    const feeds = [own, chair].map(({ feedToken }) => read('', feedToken));
    const admin = read();
    for (const feed of [...feeds, admin]) await feed.heard(1);
    const call = callTo(5, { number: '+49…1234', personId: own.personId });
    world.rooms.tell(calling(meeting.id, call));
    const heard = await Promise.all([...feeds, admin].map((feed) => feed.heard(2)));
    expect(heard.map(([, message]) => message)).toMatchObject([
      { event: { call: { number: '…34', personId: own.personId } } },
      { event: { call: { number: '+49…1234' } } },
      { event: { call } },
    ]);
    expect(JSON.stringify(heard[1]?.[1])).not.toContain(own.personId);
    for (const [, message] of heard)
      expect(parseFeedMessage(JSON.stringify(message))).toEqual(message);
  });

  test('a token alone is enough to say which meeting', async () => {
    const own = await newPerson(world, meeting);
    const [snapshot] = await read('', own.feedToken).heard(1);
    expect(snapshot).toMatchObject({ kind: 'snapshot', meetings: [] });
  });
});

describe('coming back', () => {
  test('from=N begins with number N', async () => {
    const feed = read();
    const [snapshot] = await feed.heard(1);
    for (const n of [1, 2, 3]) world.rooms.tell(talk(n, true));
    await feed.heard(4);
    const second = (snapshot?.seq ?? 0) + 2;
    const again = read(`?from=${second}`);
    await again.heard(2);
    world.rooms.tell(talk(4, true));
    expect((await again.heard(3)).map(({ seq }) => seq)).toEqual([second, second + 1, second + 2]);
    expect(again.messages.every(({ kind }) => kind === 'event')).toBe(true);
  });

  test('who missed nothing hears only what is new', async () => {
    const [snapshot] = await read().heard(1);
    const again = read(`?from=${(snapshot?.seq ?? 0) + 1}`);
    await new Promise((resolve) => again.socket.once('open', resolve));
    world.rooms.tell(talk(1, true));
    expect(await again.heard(1)).toMatchObject([{ kind: 'event', seq: (snapshot?.seq ?? 0) + 1 }]);
  });

  test('who was away for longer than is kept, or names a number never given, gets a snapshot', async () => {
    const place = await placeOnLmdb();
    const retention = { perMeeting: 10, all: 10, ms: Infinity };
    const log = await place.open({ now: Date.now, log: () => undefined, retention });
    await world.stop();
    world = await startTestApi({ events: log });
    events = `${world.api.url}/api/v1/events`;
    const [snapshot] = await read().heard(1);
    const first = (snapshot?.seq ?? 0) + 1;
    const live = read(`?from=${first}`);
    for (let n = 0; n < 11; n++) world.rooms.tell(talk(1, n % 2 === 0));
    await live.heard(11);
    for (const from of [first, 0, 1_790_000_000_000, first + 12]) {
      const [message] = await read(`?from=${from}`).heard(1);
      expect(message).toMatchObject({ kind: 'snapshot', seq: first + 10 });
    }
    const [kept] = await read(`?from=${first + 1}`).heard(1);
    expect(kept).toMatchObject({ kind: 'event', seq: first + 1 });
    await world.api.stop();
    await world.recorded.recorder.written();
    await log.close();
    await place.remove();
  });

  test('a feed of people keeps what came for ten minutes after its last reader went', async () => {
    const { feedToken } = await newPerson(world, meeting, 'moderator');
    const [snapshot] = await read('', feedToken).heard(1);
    const next = `?from=${(snapshot?.seq ?? 0) + 1}`;
    await everybodyIsGone();
    world.rooms.tell(talk(1, true));
    world.clock.pass(10 * 60_000);
    expect(await read(next, feedToken).heard(1)).toMatchObject([{ kind: 'event' }]);
    await everybodyIsGone();
    world.clock.pass(10 * 60_000 + 1);
    expect(await read(next, feedToken).heard(1)).toMatchObject([{ kind: 'snapshot' }]);
  });
});

describe('who may read', () => {
  test('keys, sessions and tickets open what is theirs; the rest is refused at the handshake', async () => {
    const other = await newMeeting(world);
    const person = (await newPerson(world, meeting)).feedToken;
    const cases: readonly (readonly [string, string[], Record<string, string>, number])[] = [
      ['', [], {}, 401],
      ['', [`bearer.${ADMIN_KEY}`], {}, 101],
      ['', [], BEARER, 101],
      ['', ['bearer.wrong'], {}, 401],
      [`?meeting=${meeting.id}`, [`bearer.${person}`], {}, 101],
      [`?meeting=${other.id}`, [`bearer.${person}`], {}, 403],
      ['?meeting=m-aaaaaaaaaaaaaaaa', [`bearer.${ADMIN_KEY}`], {}, 404],
      ['?meeting=nonsense', [`bearer.${ADMIN_KEY}`], {}, 404],
      ['?meeting=%E0%A4%A', [`bearer.${ADMIN_KEY}`], {}, 404],
      ['?from=-1', [`bearer.${ADMIN_KEY}`], {}, 400],
      ['?since=1', [`bearer.${ADMIN_KEY}`], {}, 400],
    ];
    for (const [query, protocols, headers, expected] of cases)
      expect(
        await handshake(events + query, ['partyline.v1', ...protocols], headers),
        `${query} ${protocols.join()}`,
      ).toBe(expected);
    expect(await handshake(`${world.api.url}/elsewhere`, ['partyline.v1'], BEARER)).toBe(404);
  });

  test('a cookie counts from our own page alone', async () => {
    const login = await world.parts.people.signIn.byKey(ADMIN_KEY, FROM);
    if (login.kind !== 'open') throw new Error(login.kind);
    const cookie = `partyline_session=${login.session.token}`;
    const ask = (origin?: string) =>
      handshake(events, ['partyline.v1'], origin === undefined ? { cookie } : { cookie, origin });
    expect(await ask(world.api.url)).toBe(101);
    expect(await ask('https://evil.example')).toBe(403);
    expect(await ask('null')).toBe(403);
    expect(await ask()).toBe(403);
  });
});

describe('readers that are let go', () => {
  test('one that talks', async () => {
    const feed = read();
    await feed.heard(1);
    feed.socket.send('hello');
    expect(await feed.closed).toBe(1008);
  });

  test('one that sends too much', async () => {
    const feed = read();
    await feed.heard(1);
    feed.socket.send('x'.repeat(2_000));
    expect(await feed.closed).toBe(1009);
  });

  test('one whose meeting is deleted', async () => {
    const feed = read('', (await newPerson(world, meeting)).feedToken);
    await feed.heard(1);
    await world.parts.meetings.delete(meeting.id);
    expect(await feed.closed).toBe(4404);
  });

  test('one that does not read, once 1 MiB waits for it; the others hear on', async () => {
    const { port } = new URL(world.api.url);
    const deaf = createConnection(Number(port), '127.0.0.1');
    const gone = new Promise((resolve) => deaf.once('close', resolve));
    deaf.on('error', () => undefined);
    deaf.write(
      `GET /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Authorization: Bearer ${ADMIN_KEY}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`,
    );
    await new Promise((resolve) => deaf.once('data', resolve));
    deaf.pause();
    const feed = read();
    await feed.heard(1);
    const loud = arrival(meeting.id, somebody(1, { name: 'x'.repeat(60_000) }));
    const quiet = arrival(meeting.id, somebody(1));
    let told = 1;
    for (let n = 0; n < 400; n++) {
      world.rooms.tell(n % 2 === 0 ? loud : quiet);
      told += 1;
      await feed.heard(told);
    }
    deaf.resume();
    await gone;
    expect(feed.messages).toHaveLength(401);
  });

  test('all, when the server stops', async () => {
    const feed = read();
    await feed.heard(1);
    await world.api.stop();
    expect(await feed.closed).toBe(1001);
  });
});
