import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  cleared,
  get,
  makeStaff,
  named,
  refusalOf,
  SECRET,
  signedCall,
  signedQuery,
  STAFF,
  startBigBlueButtonWorld,
} from '../../support/bigbluebutton.ts';
import type { BbbWorld, Params } from '../../support/bigbluebutton.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

const SOON = { interval: 5, timeout: 5_000 };

let world: BbbWorld;
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterEach(() => cleared(world));
afterAll(() => world.stop());

const make = (more: Params = {}) => makeStaff(world, more);
const keyOf = (name: string, params: Params = {}) => refusalOf(world, name, params);

describe('getMeetingInfo', () => {
  test('shows those in the browser by the names the client has for them, and callers beside', async () => {
    const { id } = await make();
    await world.call('join', {
      ...{ fullName: 'Ada <Lovelace>', meetingID: 'staff-1', role: 'MODERATOR', userID: 'u-1' },
      'userdata-bbb_skip': 'true',
    });
    const via = 'browser' as const;
    const row = {
      via,
      number: '',
      personId: 'u-1',
      name: 'Ada Lovelace',
      role: 'moderator',
    } as const;
    world.rooms.tell(arrival(id, somebody(1, row)));
    world.rooms.tell(arrival(id, somebody(2, { muted: true, hand: true, number: '+49…1234' })));
    world.rooms.tell(arrival(id, somebody(3, { state: 'lobby' })));
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    const counts = ['participantCount', 'voiceParticipantCount', 'listenerCount', 'moderatorCount'];
    expect(counts.map(info.at)).toEqual(['2', '2', '0', '1']);
    expect(['dialInCount', 'lobbyCount', 'running', 'hasUserJoined'].map(info.at)).toEqual([
      ...['1', '1', 'true', 'true'],
    ]);
    const people = info.all('attendees/attendee');
    const seen = (name: string) => people.map((node) => named(node, name)[0]?.text);
    expect(seen('userID')).toEqual(['u-1', expect.stringMatching(/^v_[a-z2-7]{12}$/)]);
    expect(seen('fullName')).toEqual(['Ada <Lovelace>', 'Caller 2']);
    expect(seen('role')).toEqual(['MODERATOR', 'VIEWER']);
    expect(seen('hasJoinedVoice')).toEqual(['true', 'true']);
    expect(seen('isDialIn')).toEqual(['false', 'true']);
    expect(seen('callerNumber')).toEqual([undefined, '+49…1234']);
    expect(seen('isMuted')).toEqual(['false', 'true']);
    expect(seen('hasRaisedHand')).toEqual(['false', 'true']);
    expect(info.at('attendees/attendee/customdata/bbb_skip')).toBe('true');
  });

  test('where participants only listen they are listeners', async () => {
    const { id } = await make({ lockSettingsDisableMic: true });
    world.rooms.tell(arrival(id, somebody(1, { muted: true })));
    world.rooms.tell(arrival(id, somebody(2, { role: 'moderator', muted: true })));
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    expect(['listenerCount', 'voiceParticipantCount'].map(info.at)).toEqual(['1', '1']);
    expect(info.at('attendees/attendee/isListeningOnly')).toBe('true');
    expect(info.at('attendees/attendee/hasJoinedVoice')).toBe('false');
  });

  test('one person with a browser and a phone is one attendee', async () => {
    const { id } = await make();
    const phone = somebody(2, { personId: 'ada' });
    world.rooms.tell(arrival(id, phone));
    const browser = somebody(1, { personId: 'ada', via: 'browser', number: '', audioBy: phone.id });
    world.rooms.tell(arrival(id, browser));
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    expect(info.at('participantCount')).toBe('1');
  });

  test('of a meeting that nobody made there is none', async () => {
    expect(await keyOf('getMeetingInfo', { meetingID: 'nobody-knows' })).toBe('notFound');
    expect(await keyOf('getMeetingInfo')).toBe('missingParamMeetingID');
    const running = await world.call('isMeetingRunning', { meetingID: 'nobody-knows' });
    expect(running.at('running')).toBe('false');
    expect(await keyOf('isMeetingRunning')).toBe('missingParamMeetingID');
  });
});

test('getMeetings lists what is not over, and nothing that others made', async () => {
  const none = await world.call('getMeetings');
  expect([none.at('messageKey'), none.at('meetings')]).toEqual(['noMeetings', '']);
  await world.parts.meetings.create({ name: 'Of the console' });
  await world.call('create', { name: 'One', meetingID: 'one' });
  world.clock.pass(1);
  await world.call('create', { name: 'Two', meetingID: 'two' });
  const list = async () => {
    const reply = await world.call('getMeetings');
    return reply.all('meetings/meeting/meetingID').map(({ text }) => text);
  };
  expect(await list()).toEqual(['one', 'two']);
  await world.call('end', { meetingID: 'one' });
  expect(await list()).toEqual(['two']);
});

describe('end', () => {
  test('closes the door and the room', async () => {
    const { id } = await make();
    world.rooms.tell(arrival(id, somebody(1)));
    const ended = await world.call('end', { meetingID: 'staff-1', password: 'mpw' });
    expect(ended.at('messageKey')).toBe('sentEndMeetingRequest');
    expect(world.rooms.wishes).toEqual([{ kind: 'close-room', room: id }]);
    expect((await world.parts.meetings.get(id))?.endedAtMs).toBeDefined();
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    expect(info.at('hasBeenForciblyEnded')).toBe('true');
    expect(info.at('endTime')).toBe('1795348800000');
  });

  test('with a wrong password, or of a meeting that is none, it is refused', async () => {
    await make();
    expect(await keyOf('end', { meetingID: 'staff-1', password: 'apw' })).toBe('invalidPassword');
    expect(await keyOf('end', { meetingID: 'nobody-knows' })).toBe('notFound');
    expect(await keyOf('end')).toBe('missingParamMeetingID');
    expect(world.rooms.wishes).toEqual([]);
  });

  test('a switch that is away is asked again until the room is empty', async () => {
    const { id } = await make();
    world.rooms.tell(arrival(id, somebody(1)));
    world.rooms.outcome = { ok: false, reason: 'switch-unavailable', detail: 'Away.' };
    const ended = await world.call('end', { meetingID: 'staff-1' });
    expect(ended.at('returncode')).toBe('SUCCESS');
    world.rooms.outcome = { ok: true };
    world.timers.pass(5_000);
    await expect.poll(() => world.rooms.wishes.length, SOON).toBe(2);
  });
});

describe('recordings', () => {
  test.each<[string, Params, string]>([
    ['publishRecordings', { publish: true }, 'missingParamRecordID'],
    ['publishRecordings', { recordID: 'x' }, 'missingParamPublish'],
    ['publishRecordings', { recordID: 'x', publish: true }, 'notFound'],
    ['deleteRecordings', {}, 'missingParamRecordID'],
    ['deleteRecordings', { recordID: 'x' }, 'notFound'],
    ['updateRecordings', { meta_x: '1' }, 'missingParamRecordID'],
    ['updateRecordings', { recordID: 'x', meta_x: '1' }, 'notFound'],
  ])('%s with %j is refused as %s', async (name, params, key) => {
    expect(await keyOf(name, params)).toBe(key);
  });

  test('text tracks are answered in JSON', async () => {
    const none = await world.call('getRecordingTextTracks', { recordID: 'x' });
    expect(JSON.parse(none.body)).toMatchObject({
      response: { returncode: 'FAILED', messageKey: 'noRecordings' },
    });
    const wrong = await world.call('putRecordingTextTrack');
    expect(JSON.parse(wrong.body)).toMatchObject({
      response: { returncode: 'FAILED', messageKey: 'paramError' },
    });
  });
});

describe('who may call', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'a %s checksum opens every call',
    async (algorithm) => {
      const reply = await get(`${world.url}/${signedCall('getMeetings', {}, algorithm)}`);
      expect(reply.at('returncode')).toBe('SUCCESS');
    },
  );

  test.each([
    'create',
    'join',
    'end',
    'isMeetingRunning',
    'getMeetingInfo',
    'getMeetings',
    'getRecordings',
    'publishRecordings',
    'deleteRecordings',
    'updateRecordings',
    'getRecordingTextTracks',
    'putRecordingTextTrack',
    'hooks/create',
    'hooks/destroy',
    'hooks/list',
  ])('%s without the right checksum is refused', async (name) => {
    const query = 'meetingID=staff-1&name=x&fullName=x&role=MODERATOR';
    const foreign = signedQuery('another', query).split('checksum=')[1];
    for (const checksum of ['', `&checksum=`, `&checksum=${foreign}`, `&checksum=${SECRET}`]) {
      const { status, at } = await get(`${world.url}/${name}?${query}${checksum}`);
      expect([status, at('returncode'), at('messageKey')]).toEqual([
        200,
        'FAILED',
        'checksumError',
      ]);
    }
    expect(await world.parts.meetings.list()).toEqual([]);
  });

  test('a form is signed as a whole, and nothing is added to a signed link', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const [, form = ''] = signedCall('create', STAFF, 'sha256').split('?');
    const posted = await get(`${world.url}/create`, { method: 'POST', headers, body: form });
    expect(posted.at('meetingID')).toBe('staff-1');
    const viewer = signedCall('join', { fullName: 'A', meetingID: 'staff-1', password: 'apw' });
    const body = 'role=MODERATOR';
    const more = await get(`${world.url}/${viewer}`, { method: 'POST', headers, body });
    expect([more.status, more.at('messageKey')]).toEqual([200, 'checksumError']);
    const again = await get(`${world.url}/${viewer}&role=MODERATOR`);
    expect(again.at('messageKey')).toBe('checksumError');
    const slides = await get(`${world.url}/${signedCall('create', STAFF)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: '<modules><module name="presentation"/></modules>',
    });
    expect(slides.at('messageKey')).toBe('duplicateWarning');
  });

  test('unknown calls, other methods and the version are answered as such', async () => {
    const unknown = await get(`${world.url}/insertDocument?x=1`);
    expect(unknown.at('messageKey')).toBe('unsupportedRequest');
    expect((await get(world.url)).at('version')).toBe('2.0');
    expect((await get(`${world.url}/create`, { method: 'DELETE' })).status).toBe(405);
  });

  test('no code, password or checksum is in the log', async () => {
    await make();
    await world.call('join', { fullName: 'A', meetingID: 'staff-1', password: 'mpw' });
    const text = JSON.stringify(world.lines);
    expect(text).toContain('/bigbluebutton/api/join');
    for (const secret of ['mpw', 'apw', 'checksum', 'staff-1', SECRET])
      expect(text).not.toContain(secret);
  });
});
