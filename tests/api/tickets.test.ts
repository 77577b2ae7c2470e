import { createHmac } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PersonalTicket } from '../../meetings/tickets.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import { ask, newMeeting, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { arrival, somebody } from '../support/scripted-rooms.ts';

let world: TestApi;
let meeting: Meeting;
let room: string;
const row = somebody(1, { personId: 'ada' });

beforeAll(async () => {
  world = await startTestApi({ limits: { perToken: 100_000, perAddress: 100_000 } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  meeting = await newMeeting(world);
  room = `/meetings/${meeting.id}`;
  world.rooms.tell(arrival(meeting.id, row));
  world.rooms.wishes.length = 0;
  world.rooms.outcome = { ok: true };
});

test('one person has one code, however often a ticket is made', async () => {
  const wish = { name: 'Ada', role: 'moderator', personId: 'ada@example.org' };
  const [one, two] = [
    await ask(world, 'post', `${room}/tickets`, wish),
    await ask(world, 'post', `${room}/tickets`, wish),
  ];
  expect(codeOf(one)).toBe(codeOf(two));
  const found = await world.parts.admissions.byCode(codeOf(one), 'phone');
  expect(found).toEqual({
    kind: 'meeting',
    room: meeting.id,
    role: 'moderator',
    person: { id: 'ada@example.org', name: 'Ada' },
  });
});

test('a personal link leads to a softphone that is that person', async () => {
  const wish = { name: 'Ada', role: 'participant', personId: 'ada' };
  const made = (await ask(world, 'post', `${room}/tickets`, wish)).body as PersonalTicket;
  const ticket = made.joinUrl.split('/join/')[1] ?? '';
  const view = (await request(world.api.url).get(`/api/v1/tickets/${ticket}`)).body as TicketView;
  expect(view).toMatchObject({
    role: 'participant',
    name: 'Ada',
    code: made.personalCode,
  });
  const answered = await request(world.api.url)
    .post(`/api/v1/tickets/${ticket}/softphone`)
    .send({ name: 'Somebody else' });
  const grant = answered.body as SoftphoneGrant;
  expect(grant).toMatchObject({ name: 'Ada', personId: 'ada', role: 'participant' });
  expect(grant.target).toBe(`sip:${meeting.id}@127.0.0.1:5060`);
  const credential = await world.parts.directory.browserCredential(grant.sip.username);
  expect(credential).toMatchObject({ room: meeting.id, personId: 'ada', role: 'participant' });
  world.clock.pass(5 * 60_000);
  expect(await world.parts.directory.browserCredential(grant.sip.username)).toBeUndefined();
});

test('a link tells what its holder must know of the meeting, and no more', async () => {
  const startsAtMs = world.clock.nowMs + 60_000;
  const change = {
    startsAtMs,
    lobby: true,
    unmuteSelf: false,
    callMe: true,
    language: 'de',
  } as const;
  await world.parts.meetings.change(meeting.id, change);
  const link = world.parts.views.show(meeting, 0).joinUrl.split('/join/')[1] ?? '';
  const view = (await request(world.api.url).get(`/api/v1/tickets/${link}`)).body as TicketView;
  expect(view.meeting).toEqual({
    id: meeting.id,
    name: meeting.name,
    state: 'planned',
    startsAt: new Date(startsAtMs).toISOString(),
    muteOnEntry: false,
    lobby: true,
    waitForModerator: false,
    unmuteSelf: false,
    unmuteOthers: 'ask',
    callMe: true,
    language: 'de',
  });
});

test('whose call broke goes on with the same stay; who joins anew begins another', async () => {
  const { joinUrl } = (await ask(world, 'get', room)).body as { readonly joinUrl: string };
  const link = joinUrl.split('/join/')[1] ?? '';
  const grant = async (body: object, token?: string): Promise<SoftphoneGrant> => {
    const asked = request(world.api.url).post(`/api/v1/tickets/${link}/softphone`);
    if (token !== undefined) void asked.set('Authorization', `Bearer ${token}`);
    return (await asked.send(body)).body as SoftphoneGrant;
  };
  const stayOf = async ({ sip }: SoftphoneGrant) =>
    (await world.parts.directory.browserCredential(sip.username))?.stay;
  const first = await grant({ name: 'Ada' });
  const back = await grant({ name: 'Ada', back: true }, first.feedToken);
  expect(await stayOf(first)).toMatch(/^[a-z2-7]{16}$/);
  expect(await stayOf(back)).toBe(await stayOf(first));
  expect(back.personId).toBe(first.personId);
  const anew = await grant({ name: 'Ada' }, back.feedToken);
  expect(anew.personId).toBe(first.personId);
  expect(await stayOf(anew)).not.toBe(await stayOf(first));
  const stranger = await grant({ name: 'Ada', back: true });
  expect(await stayOf(stranger)).not.toBe(await stayOf(first));
});

test('a softphone gets a name and password of its own for the TURN server', async () => {
  const turnSecret = 'north-of-the-river-and-far-away';
  const ice = { stunUrls: [], turnUrls: ['turn:turn.example.org'], turnSecret };
  const away = await startTestApi({}, { ice });
  const there = await newMeeting(away);
  const url = away.parts.views.show(there, 0).joinUrl.split('/join/')[1] ?? '';
  const join = async () => {
    const asked = request(away.api.url).post(`/api/v1/tickets/${url}/softphone`);
    const { sip } = (await asked.send({ name: 'Ada' })).body as SoftphoneGrant;
    return sip;
  };
  const [one, two] = [await join(), await join()];
  const untilS = (away.clock.nowMs + 12 * 3_600_000) / 1_000;
  const username = `${untilS}:${one.username}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  expect(one.iceServers).toEqual([{ urls: ['turn:turn.example.org'], username, credential }]);
  expect(two.iceServers?.[0]?.credential).not.toBe(credential);
  await away.stop();
});

test('a link of an ended meeting is gone, of a deleted or forged one unknown', async () => {
  const view = world.parts.views.show(meeting, 0);
  const where = `/api/v1/tickets/${view.joinUrl.split('/join/')[1] ?? ''}`;
  await ask(world, 'post', `${room}/end`);
  expect((await request(world.api.url).get(where)).status).toBe(410);
  await ask(world, 'delete', room);
  expect((await request(world.api.url).get(where)).status).toBe(404);
  for (const forged of [
    'x',
    `${where.split('/').at(-1) ?? ''}x`,
    '%00',
    '..%2f..',
    't1.e30.AAAAAAAAAAAAAAAAAAAAAA',
  ])
    expect((await request(world.api.url).get(`/api/v1/tickets/${forged}`)).status).toBe(404);
});

function codeOf(answered: request.Response): string {
  return (answered.body as PersonalTicket).personalCode;
}
