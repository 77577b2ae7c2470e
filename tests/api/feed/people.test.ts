import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../meetings/rules/people.ts';
import { SCOPES } from '../../../meetings/rules/scopes.ts';
import type { PersonRole } from '../../../protocol/http/people.ts';
import { handshake, newMeeting, newPerson, startTestApi, TestFeed } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { FROM } from '../../support/meetings.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

let world: TestApi;
const open: TestFeed[] = [];
beforeEach(async () => {
  world = await startTestApi();
});
afterEach(async () => {
  for (const feed of open.splice(0)) feed.close();
  await world.stop();
});

async function hire(role: PersonRole): Promise<{ person: Person; token: string }> {
  const { known, sessions } = world.parts.people;
  const person = await known.create({ name: role, role });
  if (!person) throw new Error('taken');
  return { person, token: (await sessions.open(person, FROM)).token };
}

function read(token: string, query = ''): TestFeed {
  const feed = new TestFeed(`${world.api.url}/api/v1/events${query}`, { token });
  open.push(feed);
  return feed;
}

function enter(token: string, query = ''): Promise<number> {
  const protocols = ['partyline.v1', `bearer.${token}`];
  return handshake(`${world.api.url}/api/v1/events${query}`, protocols);
}

test('who may read all meetings, one of them, or none', async () => {
  const { person, token } = await hire('moderator');
  const own = await newMeeting(world, { owner: person.id });
  const other = await newMeeting(world);
  const tokens = { moderator: token };
  for (const role of ['owner', 'observer', 'participant'] as const)
    Object.assign(tokens, { [role]: (await hire(role)).token });
  const statuses: Record<string, readonly number[]> = {};
  for (const [role, each] of Object.entries(tokens))
    statuses[role] = [
      await enter(each),
      await enter(each, `?meeting=${own.id}`),
      await enter(each, `?meeting=${other.id}`),
    ];
  expect(statuses).toEqual({
    owner: [101, 101, 101],
    observer: [101, 101, 101],
    moderator: [101, 101, 403],
    participant: [403, 403, 403],
  });
});

test('a key reads feeds with the scope to see meetings, and without it none', async () => {
  const { person } = await hire('owner');
  const { keys } = world.parts.people;
  const may = await keys.make(person, { name: 'May', scopes: ['meetings:read'] });
  const rest = SCOPES.filter((scope) => scope !== 'meetings:read');
  const mayNot = await keys.make(person, { name: 'May not', scopes: rest });
  expect([await enter(may.text), await enter(mayNot.text)]).toEqual([101, 403]);
});

describe('a moderator', () => {
  test('sees their own meetings come and change, and hears nothing of others', async () => {
    const { person, token } = await hire('moderator');
    const own = await newMeeting(world, { owner: person.id });
    const other = await newMeeting(world, { name: 'Secret' });
    const feed = read(token);
    const [snapshot] = await feed.heard(1);
    expect(snapshot).toMatchObject({ kind: 'snapshot', meetings: [{ id: own.id }] });
    world.rooms.tell(arrival(other.id, somebody(1)));
    await world.parts.meetings.change(other.id, { name: 'Secret still' });
    world.rooms.tell(arrival(own.id, somebody(2)));
    await world.parts.meetings.change(own.id, { name: 'Renamed' });
    const heard = JSON.stringify((await feed.heard(3)).slice(1));
    expect(heard).toContain('Renamed');
    expect(heard).not.toContain('Secret');
    expect(heard).not.toContain(other.id);
  });

  test('who is named sees the meeting from then on, and no more once they are not', async () => {
    const { person, token } = await hire('moderator');
    const meeting = await newMeeting(world);
    const feed = read(token);
    await feed.heard(1);
    const members = [{ personId: person.id, role: 'moderator' }] as const;
    await world.parts.meetings.change(meeting.id, { members });
    expect((await feed.heard(2))[1]).toMatchObject({ kind: 'meeting-updated' });
    await world.parts.meetings.change(meeting.id, { members: [] });
    const [last] = (await feed.heard(3)).slice(-1);
    expect(last).toMatchObject({ kind: 'meeting-removed', id: meeting.id });
  });

  test('loses the feed of one meeting with the seat in it', async () => {
    const { person, token } = await hire('moderator');
    const members = [{ personId: person.id, role: 'moderator' }] as const;
    const meeting = await newMeeting(world, { members });
    const feed = read(token, `?meeting=${meeting.id}`);
    await feed.heard(1);
    await world.parts.meetings.change(meeting.id, { members: [] });
    expect(await feed.closed).toBe(4401);
  });
});

test('an observer sees everything but codes and links', async () => {
  const { token } = await hire('observer');
  const meeting = await newMeeting(world);
  const feed = read(token);
  await feed.heard(1);
  await world.parts.meetings.change(meeting.id, { name: 'Renamed' });
  const heard = JSON.stringify(await feed.heard(2));
  expect(heard).toContain('Renamed');
  for (const secret of [meeting.codes.join, meeting.codes.moderator, '/join/'])
    expect(heard).not.toContain(secret);
});

describe('whoever is', () => {
  const ways = {
    disabled: (id: string) => world.parts.people.office.change(id, { disabled: true }),
    deleted: (id: string) => world.parts.people.office.remove(id),
    'given another role': (id: string) =>
      world.parts.people.office.change(id, { role: 'participant' }),
    'given a new password': (id: string) =>
      world.parts.people.known.setPassword(id, { hash: 'another' }),
  };
  test.each(Object.entries(ways))('%s loses the feed in the same moment', async (_, way) => {
    const { person, token } = await hire('owner');
    const feed = read(token);
    await feed.heard(1);
    await way(person.id);
    expect(await feed.closed).toBe(4401);
  });

  test('disabled loses the softphone’s feed too; others keep theirs', async () => {
    const { person } = await hire('participant');
    const meeting = await newMeeting(world);
    const ticket = {
      kind: 'ticket',
      room: meeting.id,
      role: 'participant',
      person: { id: person.id, name: 'Ada' },
    } as const;
    const theirs = read((await world.parts.tickets.softphone(ticket, '')).feedToken);
    const other = read((await newPerson(world, meeting)).feedToken);
    await Promise.all([theirs.heard(1), other.heard(1)]);
    await world.parts.people.office.change(person.id, { disabled: true });
    expect(await theirs.closed).toBe(4401);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });
});
