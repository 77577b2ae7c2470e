import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { personIdOf } from '../../../api/bigbluebutton/names.ts';
import {
  cleared,
  get,
  makeStaff,
  refusalOf,
  startBigBlueButtonWorld,
} from '../../support/bigbluebutton.ts';
import type { BbbWorld, Params } from '../../support/bigbluebutton.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

let world: BbbWorld;
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterEach(() => cleared(world));
afterAll(() => world.stop());

const make = (more: Params = {}) => makeStaff(world, more);
const keyOf = (name: string, params: Params = {}) => refusalOf(world, name, params);

describe('join', () => {
  const ada = { fullName: 'Ada', meetingID: 'staff-1' };

  /** What the link that a person is led to opens. */
  async function opened(params: Params) {
    const { status, location } = await world.call('join', { ...ada, ...params });
    expect(status).toBe(302);
    const ticket = await world.parts.tickets.check(location?.split('/join/')[1] ?? '');
    if (!ticket.ok) throw new Error(ticket.reason);
    return ticket.ticket;
  }

  test('leads to the page, as a moderator or not, by password or role', async () => {
    const { id: room } = await make();
    expect(await opened({ password: 'mpw' })).toMatchObject({ room, role: 'moderator' });
    expect(await opened({ password: 'apw' })).toMatchObject({ room, role: 'participant' });
    expect(await opened({ role: 'MODERATOR' })).toMatchObject({ role: 'moderator' });
    expect(await opened({ role: 'viewer', password: 'mpw' })).toMatchObject({
      role: 'participant',
    });
  });

  test('names the person and knows them again, whatever a client calls them', async () => {
    await make();
    const one = await opened({ role: 'VIEWER', userID: 'ada' });
    expect(one.person).toEqual({ id: 'ada', name: 'Ada' });
    const odd = { role: 'VIEWER', userID: 'Ä <1>', fullName: '"Ada" <x>|$y' };
    const two = await opened(odd);
    expect(two.person).toEqual((await opened(odd)).person);
    expect(two.person).toMatchObject({ id: personIdOf('Ä <1>'), name: 'Ada x y' });
  });

  test('without redirection it says where to go', async () => {
    await make();
    const said = await world.call('join', { ...ada, role: 'VIEWER', redirect: false });
    expect(said.status).toBe(200);
    expect(said.at('messageKey')).toBe('successfullyJoined');
    expect(said.at('guestStatus')).toBe('ALLOW');
    expect(said.at('user_id')).toMatch(/^w_[a-z2-7]{12}$/);
    expect(said.at('session_token')).toMatch(/^[a-z2-7]{16}$/);
    expect(said.at('url')).toMatch(/^http:\/\/127\.0\.0\.1:8080\/join\/t1\./);
  });

  test('with a lobby it says that they wait, moderators not', async () => {
    await make({ guestPolicy: 'ASK_MODERATOR' });
    const wait = await world.call('join', { ...ada, role: 'VIEWER', redirect: false });
    expect([wait.at('messageKey'), wait.at('guestStatus')]).toEqual(['guestWait', 'WAIT']);
    const in_ = await world.call('join', { ...ada, role: 'MODERATOR', redirect: false });
    expect([in_.at('messageKey'), in_.at('guestStatus')]).toEqual(['successfullyJoined', 'ALLOW']);
  });

  test.each<[Params, string]>([
    [{ fullName: ' ' }, 'missingParamFullName'],
    [{ fullName: 'x'.repeat(257) }, 'validationError'],
    [{ meetingID: '' }, 'missingParamMeetingID'],
    [{ meetingID: 'nobody-knows' }, 'invalidMeetingIdentifier'],
    [{ createTime: '1' }, 'mismatchCreateTimeParam'],
    [{}, 'Params required'],
    [{ password: 'wrong' }, 'invalidPassword'],
    [{ role: 'KING' }, 'validationError'],
  ])('%j is refused as %s', async (params, key) => {
    await make();
    expect(await keyOf('join', { ...ada, ...params })).toBe(key);
  });

  test('the right time of making is right', async () => {
    await make();
    expect(await opened({ role: 'VIEWER', createTime: '1795348800000' })).toBeDefined();
  });

  test('into an ended meeting nobody comes', async () => {
    await make();
    await world.call('end', { meetingID: 'staff-1' });
    expect(await keyOf('join', { ...ada, role: 'VIEWER' })).toBe('meetingForciblyEnded');
  });

  test('a full meeting takes only those who are in it', async () => {
    const { id } = await make({ maxParticipants: 2 });
    world.rooms.tell(arrival(id, somebody(1, { personId: 'ada' })));
    world.rooms.tell(arrival(id, somebody(2)));
    expect(await keyOf('join', { ...ada, role: 'VIEWER' })).toBe('maxParticipantsReached');
    expect(await opened({ role: 'VIEWER', userID: 'ada' })).toBeDefined();
  });

  test('guests of a meeting without guests and banned people are denied', async () => {
    const { id } = await make({ guestPolicy: 'ALWAYS_DENY' });
    const guest = { ...ada, role: 'VIEWER', guest: true };
    expect(await keyOf('join', guest)).toBe('guestDeniedAccess');
    await world.parts.bans.add(id, { name: 'Ada', marks: { personId: 'ada' }, by: 'console' });
    const banned = { ...ada, role: 'VIEWER', userID: 'ada' };
    expect(await keyOf('join', banned)).toBe('guestDeniedAccess');
  });

  test('faults are shown where the client wants them shown', async () => {
    const page = 'https://lms.example/oops?lang=de';
    const wrong = { ...ada, role: 'VIEWER', errorRedirectUrl: page };
    const { status, location } = await world.call('join', wrong);
    expect(status).toBe(302);
    const url = new URL(location ?? '');
    expect(url.origin + url.pathname).toBe('https://lms.example/oops');
    expect(JSON.parse(url.searchParams.get('errors') ?? '')).toEqual([
      { key: 'invalidMeetingIdentifier', message: expect.any(String) as string },
    ]);
    for (const errorRedirectUrl of ['javascript:alert(1)', 'data:text/html,x', '//x', 'nowhere'])
      expect(await keyOf('join', { ...wrong, errorRedirectUrl })).toBe('invalidMeetingIdentifier');
    expect(await keyOf('join', { ...wrong, redirect: false })).toBe('invalidMeetingIdentifier');
  });

  test('with a wrong checksum nobody is led anywhere', async () => {
    const query = 'fullName=A&meetingID=staff-1&errorRedirectUrl=https%3A%2F%2Fevil.example';
    const { status, location, at } = await get(
      `${world.url}/join?${query}&checksum=${'0'.repeat(40)}`,
    );
    expect([status, location, at('messageKey')]).toEqual([200, null, 'checksumError']);
  });
});
