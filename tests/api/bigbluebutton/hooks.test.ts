import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Hooks } from '../../../api/bigbluebutton/hooks.ts';
import type { ParticipantId, RoomId } from '../../../protocol/room/room.ts';
import { makeStaff, SECRET, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld, Params } from '../../support/bigbluebutton.ts';
import { Listener, SOON } from '../../support/callbacks.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

let world: BbbWorld;
let listener: Listener;
beforeEach(async () => {
  listener = await Listener.open();
  world = await startBigBlueButtonWorld(true);
});
afterEach(async () => {
  await world.stop();
  await listener.close();
});

const hook = (more: Params = {}) =>
  world.call('hooks/create', { callbackURL: `${listener.url}/cb?key=1`, ...more });

const make = async (meetingID = 'staff-1', more: Params = {}): Promise<RoomId> =>
  (await makeStaff(world, { meetingID, ...more })).id;

const left = (room: RoomId, id: ParticipantId) =>
  world.rooms.tell({ kind: 'participant-left', room, id, reason: 'hung-up' });

/** Two letters of a meeting wait: the first was refused, and would be taken now. */
async function twoWait(): Promise<void> {
  await hook();
  listener.status = 500;
  await make();
  await world.call('end', { meetingID: 'staff-1' });
  await listener.events(1);
  await expect.poll(() => world.timers.waiting, SOON).toContain(1_000);
  listener.status = 200;
}

describe('hooks', () => {
  test('are made once an address, listed and destroyed', async () => {
    const made = await hook({ meetingID: 'staff-1', eventID: 'user-joined,USER-LEFT' });
    expect(['hookID', 'permanentHook', 'rawData'].map(made.at)).toEqual(['1', 'false', 'false']);
    const again = await hook();
    expect(['hookID', 'messageKey'].map(again.at)).toEqual(['1', 'duplicateWarning']);
    await world.call('hooks/create', { callbackURL: 'https://mysite.example/?a=1&b=<2>' });
    const all = await world.call('hooks/list');
    expect(all.all('hooks/hook/hookID').map(({ text }) => text)).toEqual(['1', '2']);
    expect(all.at('hooks/hook/eventID')).toBe('user-joined,user-left');
    expect(all.all('hooks/hook/callbackURL')[1]?.text).toBe('https://mysite.example/?a=1&b=<2>');
    const ofOther = await world.call('hooks/list', { meetingID: 'other' });
    expect(ofOther.all('hooks/hook/hookID').map(({ text }) => text)).toEqual(['2']);
    expect((await world.call('hooks/destroy', { hookID: 1 })).at('removed')).toBe('true');
    expect((await world.call('hooks/list')).all('hooks/hook')).toHaveLength(1);
  });

  test.each<[string, Params, string]>([
    ['hooks/create', {}, 'missingParamCallbackURL'],
    ['hooks/create', { callbackURL: 'ftp://a.example' }, 'createHookError'],
    ['hooks/create', { callbackURL: 'https://me:pw@a.example' }, 'createHookError'],
    ['hooks/create', { callbackURL: 'https://a.example/#here' }, 'createHookError'],
    ['hooks/create', { callbackURL: `https://a.example/${'x'.repeat(2_000)}` }, 'createHookError'],
    ['hooks/destroy', {}, 'missingParamHookID'],
    ['hooks/destroy', { hookID: 7 }, 'destroyMissingHook'],
    ['hooks/destroy', { hookID: 'x' }, 'destroyMissingHook'],
  ])('%s with %j is refused as %s', async (name, params, key) => {
    expect((await world.call(name, params)).at('messageKey')).toBe(key);
  });

  test('at most a hundred are kept', async () => {
    const hooks = new Hooks(world.store);
    for (let n = 0; n < 100; n++) await hooks.add({ callbackURL: `https://a.example/${n}` });
    expect((await hook()).at('messageKey')).toBe('createHookError');
  });
});

describe('callbacks', () => {
  test('tell how a meeting goes, in order, signed', async () => {
    await hook();
    const room = await make();
    const phone = somebody(1);
    world.rooms.tell(arrival(room, phone));
    world.rooms.tell(arrival(room, { ...phone, talking: true }));
    world.rooms.tell(arrival(room, { ...phone, muted: true }));
    world.rooms.tell(arrival(room, { ...phone, hand: true }));
    world.rooms.tell({ kind: 'room-updated', room, locked: false, recording: true });
    left(room, phone.id);
    await world.call('end', { meetingID: 'staff-1' });
    const events = await listener.events(10);
    expect(events.map(({ id }) => id)).toEqual([
      'meeting-created',
      'user-joined',
      'user-audio-voice-enabled',
      'user-audio-muted',
      'user-audio-unmuted',
      'user-raise-hand-changed',
      'meeting-recording-started',
      'user-audio-voice-disabled',
      'user-left',
      'meeting-ended',
    ]);
    for (const { method, url, body } of listener.heard) {
      const callback = `${listener.url}/cb?key=1`;
      const checksum = createHash('sha1').update(`${callback}${body}${SECRET}`).digest('hex');
      expect([method, url]).toEqual(['POST', `/cb?key=1&checksum=${checksum}`]);
      expect([...new URLSearchParams(body).keys()]).toEqual(['domain', 'event', 'timestamp']);
    }
  });

  test('say who it was as the client knows them', async () => {
    await hook({ eventID: 'user-joined,meeting-created' });
    const room = await make('staff-1', { meta_course: 'Maths' });
    await world.call('join', {
      ...{ fullName: 'Ada', meetingID: 'staff-1', role: 'MODERATOR', userID: 'u-1' },
    });
    const row = { personId: 'u-1', name: 'Ada', role: 'moderator', via: 'browser' } as const;
    world.rooms.tell(arrival(room, somebody(1, row)));
    const [created, joined] = await listener.events(2);
    expect(created?.attributes.meeting).toMatchObject({
      'external-meeting-id': 'staff-1',
      'internal-meeting-id': expect.stringMatching(/^[0-9a-f]{40}-\d{13}$/) as string,
      'moderator-pass': 'mpw',
      metadata: { course: 'Maths' },
    });
    expect(joined?.attributes.user).toMatchObject({
      'external-user-id': 'u-1',
      'internal-user-id': expect.stringMatching(/^w_/) as string,
      name: 'Ada',
      role: 'MODERATOR',
    });
  });

  test('of one meeting tell of no other, and are over with it', async () => {
    await hook({ meetingID: 'staff-1' });
    await make('other');
    await make('staff-1');
    await world.call('end', { meetingID: 'other' });
    await world.call('end', { meetingID: 'staff-1' });
    const events = await listener.events(2);
    expect(events.map(({ id }) => id)).toEqual(['meeting-created', 'meeting-ended']);
    await expect
      .poll(async () => (await world.call('hooks/list')).all('hooks/hook'), SOON)
      .toEqual([]);
  });

  test('an answer that is none is tried again, and nothing overtakes it', async () => {
    await twoWait();
    world.timers.pass(1_000);
    const ids = (await listener.events(3)).map(({ id }) => id);
    expect(ids).toEqual(['meeting-created', 'meeting-created', 'meeting-ended']);
    expect(listener.heard[1]).toEqual(listener.heard[0]);
  });

  test('a redirection is not followed; after the sixth try the hook is over', async () => {
    await hook({ eventID: 'meeting-created' });
    listener.status = 302;
    await make();
    for (const [n, waitMs] of [1_000, 2_000, 5_000, 10_000, 30_000].entries()) {
      await listener.events(n + 1);
      await expect.poll(() => world.timers.waiting, SOON).toContain(waitMs);
      world.timers.pass(waitMs);
    }
    await listener.events(6);
    await expect
      .poll(async () => (await world.call('hooks/list')).all('hooks/hook'), SOON)
      .toEqual([]);
    expect(listener.heard.every(({ url }) => url.startsWith('/cb?'))).toBe(true);
    expect(JSON.stringify(world.lines)).not.toContain(listener.url);
  });
});

describe('over a restart', () => {
  test('what waits goes on in order after a restart of ours', async () => {
    await twoWait();
    world = await world.restart();
    const ids = (await listener.events(3)).map(({ id }) => id);
    expect(ids).toEqual(['meeting-created', 'meeting-created', 'meeting-ended']);
    await expect.poll(() => world.store.list('bbb:letter:'), SOON).toEqual([]);
    world = await world.restart();
    await world.call('getMeetings');
    expect(listener.heard).toHaveLength(3);
  });

  test('an end that came while we were away is told, and told once', async () => {
    await hook({ eventID: 'meeting-ended' });
    const room = await make();
    await world.api.stop();
    await world.parts.meetings.end(room);
    world = await world.restart();
    expect((await listener.events(1))[0]?.id).toBe('meeting-ended');
    await expect.poll(() => world.store.list('bbb:letter:'), SOON).toEqual([]);
    world = await world.restart();
    await world.call('getMeetings');
    expect(listener.heard).toHaveLength(1);
  });

  test('hooks survive a restart of ours', async () => {
    await hook();
    world = await world.restart();
    await make();
    expect((await listener.events(1))[0]?.id).toBe('meeting-created');
  });
});

test('the end is told where the meeting says, with whether it was recorded', async () => {
  const room = await make('staff-1', {
    record: true,
    meta_endCallbackUrl: `${listener.url}/end?id=1`,
    meetingEndedURL: `${listener.url}/over`,
  });
  world.rooms.tell(arrival(room, somebody(1)));
  world.rooms.tell({ kind: 'room-updated', room, locked: false, recording: true });
  await world.call('end', { meetingID: 'staff-1' });
  await expect
    .poll(() => listener.heard.map(({ method, url }) => `${method} ${url}`).sort(), SOON)
    .toEqual(['GET /end?id=1&recordingmarks=true', 'GET /over?recordingmarks=true']);
});
