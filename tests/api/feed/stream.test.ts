import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import { ask, BEARER, newMeeting, newPerson, startTestApi, TestFeed } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { EventStream } from '../../support/event-stream.ts';
import { ADMIN_KEY } from '../../support/meetings.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
const streams: EventStream[] = [];
beforeEach(async () => {
  world = await startTestApi();
  meeting = await newMeeting(world);
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await world.stop();
});

async function open(path: string, headers: Record<string, string> = BEARER): Promise<EventStream> {
  const stream = await EventStream.open(`${world.api.url}/api/v1${path}`, headers);
  streams.push(stream);
  return stream;
}

const talk = (talking: boolean) => arrival(meeting.id, somebody(1, { talking }));
const own = () => `/meetings/${meeting.id}/events`;

describe('a stream of events', () => {
  test('says what the WebSocket says, under the same numbers', async () => {
    const socket = new TestFeed(`${world.api.url}/api/v1/events?meeting=${meeting.id}`, {
      token: ADMIN_KEY,
    });
    await socket.heard(1);
    const stream = await open(own());
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    await stream.heard(1);
    for (const talking of [true, false]) world.rooms.tell(talk(talking));
    const told = await stream.heard(3);
    expect(told.map(({ message }) => message)).toEqual(await socket.heard(3));
    for (const { id, message } of told) expect(id).toBe(String(message.seq));
    socket.close();
  });

  test('goes on behind Last-Event-ID', async () => {
    for (const talking of [true, false, true]) world.rooms.tell(talk(talking));
    await world.recorded.recorder.written();
    const stream = await open(own(), { ...BEARER, 'last-event-id': '2' });
    const told = await stream.heard(2);
    expect(told.map(({ id }) => id)).toEqual(['3', '4']);
    expect((await (await open(`${own()}?from=4`)).heard(1))[0]).toMatchObject({ id: '4' });
  });

  test('of everything is for those who see everything', async () => {
    const stream = await open('/events');
    expect((await stream.heard(1))[0]?.message).toMatchObject({ kind: 'snapshot' });
    const { feedToken } = await newPerson(world, meeting);
    const bearer = { authorization: `Bearer ${feedToken}` };
    const refused = await open('/events', bearer);
    expect(refused.status).toBe(403);
    expect((await open(own(), {})).status).toBe(401);
    expect((await open('/meetings/m-aaaaaaaaaaaaaaaa/events')).status).toBe(404);
    expect((await open(own(), { ...BEARER, 'last-event-id': 'x' })).status).toBe(400);
  });

  test('to a participant is as narrow as the WebSocket', async () => {
    world.rooms.tell(talk(true));
    await world.recorded.recorder.written();
    const { feedToken } = await newPerson(world, meeting);
    const stream = await open(own(), { authorization: `Bearer ${feedToken}` });
    expect((await stream.heard(1))[0]?.message).toMatchObject({
      rooms: [{ people: [] }],
      waiting: { moderatorInside: false },
    });
  });

  test('ends for those who are banned, whose meeting is deleted, and at the stop', async () => {
    const { feedToken, personId } = await newPerson(world, meeting);
    const banned = await open(own(), { authorization: `Bearer ${feedToken}` });
    await world.parts.bans.add(meeting.id, { name: 'Ada', marks: { personId }, by: 'console' });
    await banned.ended;
    const deleted = await open(own());
    await world.parts.meetings.delete(meeting.id);
    await deleted.ended;
    expect(deleted.events.at(-1)?.message.kind).toBe('meeting-removed');
    const last = await open('/events');
    await world.api.stop();
    await last.ended;
  });

  test('lets one go that does not read, once 1 MiB waits for it; the others hear on', async () => {
    const asked = httpRequest(`${world.api.url}/api/v1/events`, {
      headers: { ...BEARER, accept: 'text/event-stream' },
    });
    const deaf = await new Promise<IncomingMessage>((resolve) => {
      asked.once('response', resolve).end();
    });
    deaf.pause();
    deaf.on('error', () => undefined);
    const gone = new Promise((resolve) => deaf.once('close', resolve));
    const stream = await open('/events');
    await stream.heard(1);
    const loud = arrival(meeting.id, somebody(1, { name: 'x'.repeat(60_000) }));
    for (let n = 0; n < 400; n++) {
      world.rooms.tell(n % 2 === 0 ? loud : talk(true));
      await stream.heard(n + 2);
    }
    deaf.resume();
    await gone;
    expect(stream.events).toHaveLength(401);
  });
});

describe('past events by the page', () => {
  test('are told as they were, with their times, from any number', async () => {
    for (const talking of [true, false, true]) world.rooms.tell(talk(talking));
    await world.recorded.recorder.written();
    const at = new Date(world.clock.now()).toISOString();
    const page = await ask(world, 'get', `${own()}?from=2&limit=2`);
    expect(page.body).toEqual({
      first: 1,
      last: 4,
      events: [
        { at, seq: 2, kind: 'event', event: talk(true) },
        { at, seq: 3, kind: 'event', event: talk(false) },
      ],
    });
    const all = (await ask(world, 'get', '/events')).body as { events: FeedMessage[] };
    expect(all.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  test('are not for people in the meeting, who were not there for all of them', async () => {
    for (const role of ['participant', 'moderator'] as const) {
      const { feedToken } = await newPerson(world, meeting, role);
      const answer = await fetch(`${world.api.url}/api/v1${own()}`, {
        headers: { authorization: `Bearer ${feedToken}` },
      });
      expect(answer.status).toBe(403);
    }
    for (const query of ['from=-1', 'from=x', 'limit=0', 'limit=1001', 'since=1'])
      expect((await ask(world, 'get', `${own()}?${query}`)).status).toBe(400);
  });
});
