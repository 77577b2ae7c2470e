import { afterEach, beforeEach, expect, test } from 'vitest';
import request from 'supertest';
import { openMeetings } from '../../meetings/open.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { ask, newMeeting, newPerson, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { TestTimers } from '../support/meetings.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

interface View {
  readonly rooms: readonly { readonly id: RoomId; readonly people: readonly { id: string }[] }[];
  readonly endsAt?: string;
}

let world: TestApi;
let timers: TestTimers;
let meeting: Meeting;
let path: string;
const host = somebody(1, { role: 'moderator', joinedAtMs: 1 });
const people = [2, 3, 4].map((n) => somebody(n, { joinedAtMs: n }));

beforeEach(async () => {
  timers = new TestTimers();
  world = await startTestApi({}, { after: timers.after });
  world.parts.run(world.rooms);
  meeting = await newMeeting(world);
  path = `/meetings/${meeting.id}/breakouts`;
  for (const each of [host, ...people]) world.rooms.tell(arrival(meeting.id, each));
  // As the bridge does: they leave the one and are seen in the other.
  world.rooms.took = (command) => {
    if (command.kind !== 'move') return;
    const row = world.rooms.rooms().get(command.room)!.people.get(command.id)!;
    const { room, id } = command;
    world.rooms.tell({ kind: 'participant-left', room, id, reason: 'moved' });
    world.rooms.tell(arrival(command.to, row));
  };
});
afterEach(() => world.stop());

const two = { rooms: [{ name: 'Red' }, { name: 'Blue' }], assign: 'evenly' };
const open = async (wish: object = two) => {
  const answer = await ask(world, 'post', path, wish);
  expect(answer.status).toBe(201);
  return answer.body as View;
};
const inRooms = async () =>
  ((await ask(world, 'get', path)).body as View).rooms.map((room) =>
    room.people.map(({ id }) => Number(id.slice(-1))),
  );
const inMain = () =>
  [...(world.rooms.rooms().get(meeting.id)?.people.keys() ?? [])].map((id) => Number(id.slice(-1)));

function pass(seconds: number): void {
  world.clock.pass(seconds * 1_000);
  timers.pass(seconds * 1_000);
}

test('people are dealt out evenly and shown where they are; the moderator stays and visits', async () => {
  const { rooms } = await open();
  expect(await inRooms()).toEqual([[2, 4], [3]]);
  expect(inMain()).toEqual([1]);
  const visit = await ask(world, 'post', `${path}/${rooms[1]!.id}/move`, {
    participants: [host.id],
  });
  expect(visit.status).toBe(202);
  expect(await inRooms()).toEqual([
    [2, 4],
    [3, 1],
  ]);
  await ask(world, 'post', `${path}/main/move`, { participants: [host.id, people[1]!.id] });
  expect(await inRooms()).toEqual([[2, 4], []]);
});

test('people go to the rooms that name them, and hear by number which it is', async () => {
  const { rooms } = await open({
    rooms: [{ name: 'Red' }, { name: 'Blue', participants: [people[0]!.id] }],
    assign: 'given',
  });
  expect(await inRooms()).toEqual([[], [2]]);
  expect(world.rooms.wishes.filter(({ kind }) => kind === 'move')).toEqual([
    { kind: 'move', room: meeting.id, id: people[0]!.id, to: rooms[1]!.id, group: 2 },
  ]);
});

test('at the end they are warned, and come back by themselves', async () => {
  const { rooms, endsAt } = await open({ ...two, minutes: 5, returnWarningSeconds: 30 });
  expect(endsAt).toBe(new Date(world.clock.nowMs + 300_000).toISOString());
  pass(270);
  await expect
    .poll(() => world.rooms.wishes.filter(({ kind }) => kind === 'announce-end'))
    .toEqual(
      rooms.map(({ id: room }) => ({
        kind: 'announce-end',
        room,
        end: { atMs: Date.parse(endsAt!), why: 'breakout' },
      })),
    );
  await expect.poll(() => timers.waiting.some((ms) => ms === 20_000)).toBe(true);
  pass(20);
  await expect.poll(() => timers.waiting.some((ms) => ms === 10_000)).toBe(true);
  pass(10);
  await expect.poll(() => inMain().sort()).toEqual([1, 2, 3, 4]);
  await expect.poll(() => timers.waiting.some((ms) => ms === 3_000)).toBe(true);
  pass(3);
  await expect.poll(async () => (await ask(world, 'get', path)).status).toBe(404);
  expect(await world.store.list('breakouts:')).toEqual([]);
});

test('a moderator brings everybody back at once', async () => {
  await open();
  expect((await ask(world, 'post', `${path}/close`, { atOnce: true })).status).toBe(202);
  await expect.poll(() => inMain().sort()).toEqual([1, 2, 3, 4]);
});

test('they are still open, and end in time, after everything was started anew', async () => {
  await open({ ...two, minutes: 5 });
  await world.parts.stop();
  const again = new TestTimers();
  const parts = await openMeetings({ ...world.settings, after: again.after });
  parts.run(world.rooms);
  expect(parts.breakouts.of(meeting.id)?.rooms).toHaveLength(2);
  await expect.poll(() => again.waiting.some((ms) => ms === 240_000)).toBe(true);
  world.clock.pass(300_000);
  again.pass(300_000);
  await expect.poll(() => inMain().sort()).toEqual([1, 2, 3, 4]);
  await parts.stop();
});

test('in a breakout room the meeting’s rules hold, and its moderators act', async () => {
  await world.parts.meetings.change(meeting.id, { language: 'de', unmuteSelf: false });
  const { rooms } = await open();
  expect(await world.parts.admissions.rules(rooms[0]!.id)).toMatchObject({
    language: 'de',
    unmuteSelf: false,
  });
  const row = `/meetings/${meeting.id}/participants/${people[0]!.id}`;
  expect((await ask(world, 'patch', row, { muted: true })).status).toBe(202);
  expect(world.rooms.wishes.at(-1)).toMatchObject({ kind: 'set-muted', room: rooms[0]!.id });
  expect((await ask(world, 'delete', row)).status).toBe(202);
  expect(world.rooms.wishes.at(-1)).toMatchObject({ kind: 'remove', room: rooms[0]!.id });
});

test('where people choose they go and come back themselves, and move nobody else', async () => {
  const ada = await newPerson(world, meeting);
  const own = somebody(5, { personId: ada.personId });
  world.rooms.tell(arrival(meeting.id, own));
  const as = (to: string, participants: readonly string[]) =>
    request(world.api.url)
      .post(`/api/v1${path}/${to}/move`)
      .set({ authorization: `Bearer ${ada.feedToken}` })
      .send({ participants });
  const { rooms } = await open({ ...two, assign: 'self' });
  expect(await inRooms()).toEqual([[], []]);
  expect((await as(rooms[0]!.id, [own.id])).status).toBe(202);
  expect(await inRooms()).toEqual([[5], []]);
  expect((await as('main', [own.id])).status).toBe(202);
  expect((await as(rooms[0]!.id, [people[0]!.id])).status).toBe(403);
  await ask(world, 'post', `${path}/close`, { atOnce: true });
  await expect.poll(() => timers.waiting.length).toBeGreaterThan(0);
});

test('where a moderator decides nobody goes by themselves', async () => {
  const ada = await newPerson(world, meeting);
  const own = somebody(5, { personId: ada.personId });
  world.rooms.tell(arrival(meeting.id, own));
  const { rooms } = await open();
  const refused = await request(world.api.url)
    .post(`/api/v1${path}/${rooms[0]!.id}/move`)
    .set({ authorization: `Bearer ${ada.feedToken}` })
    .send({ participants: [own.id] });
  expect(refused.status).toBe(403);
});

test('the end of the meeting is the end of its breakout rooms', async () => {
  const { rooms } = await open();
  await ask(world, 'post', `/meetings/${meeting.id}/end`);
  await expect
    .poll(() => world.rooms.wishes.filter(({ kind }) => kind === 'close-room'))
    .toHaveLength(1 + rooms.length);
  expect((await ask(world, 'get', path)).status).toBe(404);
});

test('there is one set at a time, and only while people are there', async () => {
  await open();
  expect((await ask(world, 'post', path, two)).status).toBe(409);
  expect(
    (await ask(world, 'post', `${path}/m-nowhere/move`, { participants: [host.id] })).status,
  ).toBe(404);
  const empty = await newMeeting(world);
  expect((await ask(world, 'post', `/meetings/${empty.id}/breakouts`, two)).status).toBe(409);
  expect((await ask(world, 'post', `/meetings/${empty.id}/breakouts/close`)).status).toBe(404);
  for (const wrong of [
    { ...two, rooms: [] },
    { ...two, assign: 'me' },
    { ...two, minutes: 0 },
  ])
    expect((await ask(world, 'post', path, wrong)).status).toBe(400);
});
