import { describe, expect, test } from 'vitest';
import { boundFor, isNameless, lastWord, recognised, whoOf } from '../../bridge/arrivals.ts';
import { backoffMs } from '../../bridge/backoff.ts';
import type { EslEvent } from '../../bridge/esl.ts';
import { fromEsl } from '../../bridge/from-esl.ts';
import { fromChannels, fromList } from '../../bridge/from-list.ts';
import { release, reserve, taken } from '../../bridge/places.ts';
import { joinMessage, playMessage } from '../../bridge/to-esl-legs.ts';
import { memberLine, playToMemberLine, playToRoomLine } from '../../bridge/to-esl-rooms.ts';
import { SUBSCRIBE_EVENTS } from '../../bridge/to-esl.ts';
import { differences } from '../../bridge/wishes.ts';
import type { Participant } from '../../protocol/room/room.ts';
import { ROOM, identity, leg } from '../support/bridge-world.ts';

const ROW: Participant = {
  id: leg(1),
  name: 'Ada',
  number: '',
  via: 'phone',
  role: 'participant',
  state: 'joined',
  muted: false,
  deaf: false,
  held: false,
  talking: false,
  hand: false,
  volume: { in: 0, out: 0 },
  joinedAtMs: 0,
};

const OUT = { 'Call-Direction': 'outbound' };
const TASK = { leg: leg(1), task: 't-1' };

function event(name: string, headers: Readonly<Record<string, string>>): EslEvent {
  return { name, headers: new Map(Object.entries(headers)), body: '' };
}

function maintenance(headers: Readonly<Record<string, string>>): EslEvent {
  return event('CUSTOM', {
    'Event-Subclass': 'conference::maintenance',
    'Event-Sequence': '7',
    'Conference-Name': ROOM,
    'Conference-Unique-ID': 'life',
    'Conference-Size': '2',
    'Unique-ID': leg(1),
    'Member-ID': '12',
    Hear: 'true',
    Speak: 'true',
    Hold: 'false',
    Talking: 'true',
    ...headers,
  });
}

describe('an event', () => {
  test('of any action about a member carries the whole member', () => {
    expect(fromEsl(maintenance({ Action: 'floor-change' }))).toEqual({
      kind: 'member-seen',
      life: { room: ROOM, conference: 'life' },
      at: 7,
      joined: false,
      size: 2,
      member: {
        leg: leg(1),
        memberId: 12,
        muted: false,
        deaf: false,
        held: false,
        talking: true,
        volume: {},
      },
    });
  });

  test.each([
    ['muted', { Speak: 'false' }],
    ['held', { Hold: 'true' }],
  ])('of somebody %s does not say that they talk', (_, headers) => {
    expect(fromEsl(maintenance({ Action: 'mute-member', ...headers }))).toMatchObject({
      member: { talking: false },
    });
  });

  test.each([
    ['volume-in-member', { in: 3 }],
    ['volume-out-member', { out: 3 }],
    ['energy-level-member', {}],
  ])('of %s tells the volume', (action, volume) => {
    const seen = fromEsl(maintenance({ Action: action, 'Volume-Level': '3' }));
    expect(seen).toMatchObject({ member: { volume } });
  });

  test.each([
    [{ Action: 'conference-create' }, { kind: 'room-created' }],
    [{ Action: 'conference-destroy' }, { kind: 'room-destroyed' }],
    [{ Action: 'add-member' }, { kind: 'member-seen', joined: true }],
    [{ Action: 'del-member' }, { kind: 'member-gone', leg: leg(1) }],
    [{ Action: 'lock' }, { kind: 'lock-seen', on: true }],
    [{ Action: 'unlock' }, { kind: 'lock-seen', on: false }],
    [{ Action: 'start-recording' }, { kind: 'recording-seen', on: true }],
    [
      { Action: 'stop-recording', 'Other-Recordings': 'true' },
      { kind: 'recording-seen', on: true },
    ],
    [
      { Action: 'stop-recording', 'Other-Recordings': 'false' },
      { kind: 'recording-seen', on: false },
    ],
  ])('%j is %j', (headers, seen) => {
    expect(fromEsl(maintenance(headers))).toMatchObject(seen);
  });

  test.each([
    ['a recording that failed', { Action: 'start-recording', Error: 'could not be opened' }],
    ['another room’s name', { Action: 'add-member', 'Conference-Name': '3000' }],
    ['no life', { Action: 'add-member', 'Conference-Unique-ID': '' }],
    ['no leg', { Action: 'del-member', 'Unique-ID': '' }],
    ['a member id of 0', { Action: 'add-member', 'Member-ID': '0' }],
    ['another subclass', { 'Event-Subclass': 'conference::cdr' }],
  ])('about %s says nothing', (_, headers) => {
    expect(fromEsl(maintenance(headers))).toBeUndefined();
  });

  test('of an application that a hang-up ended asks for nothing more', () => {
    const done = { 'Unique-ID': leg(1), Application: 'conference' };
    expect(fromEsl(event('CHANNEL_EXECUTE_COMPLETE', done))).toMatchObject({ kind: 'leg-did' });
    expect(
      fromEsl(event('CHANNEL_EXECUTE_COMPLETE', { ...done, 'Answer-State': 'hangup' })),
    ).toBeUndefined();
  });

  test.each([
    ['DTMF', { 'DTMF-Digit': '#' }, { kind: 'key-pressed', key: '#' }],
    ['CHANNEL_HOLD', {}, { kind: 'leg-on-hold', on: true }],
    ['CHANNEL_UNHOLD', {}, { kind: 'leg-on-hold', on: false }],
    ['CHANNEL_PROGRESS', OUT, { kind: 'leg-ringing' }],
    ['CHANNEL_PROGRESS_MEDIA', OUT, { kind: 'leg-ringing' }],
    ['CHANNEL_ANSWER', OUT, { kind: 'leg-answered' }],
    [
      'CHANNEL_HANGUP_COMPLETE',
      { 'Hangup-Cause': 'USER_BUSY' },
      { kind: 'leg-hung-up', cause: 'USER_BUSY' },
    ],
    [
      'CHANNEL_PARK',
      { 'variable_sip_h_X-Partyline': 'v1.a.b', variable_partyline_memo: 'e30' },
      { kind: 'leg-parked', identity: 'v1.a.b', memo: 'e30' },
    ],
  ])('%s of a leg, %j, is %j', (name, headers, seen) => {
    expect(fromEsl(event(name, { 'Unique-ID': leg(1), ...headers }))).toEqual({
      leg: leg(1),
      ...seen,
    });
  });

  test('of somebody muted who talks says so, and does not show them talking', () => {
    const seen = fromEsl(maintenance({ Action: 'mute-detect', Speak: 'false' }));
    expect(seen).toMatchObject({
      kind: 'member-seen',
      mutedTalk: true,
      member: { talking: false },
    });
  });

  test.each(['', 'E', '12', '5\n'])('of a key "%s" that no phone has says nothing', (key) => {
    expect(fromEsl(event('DTMF', { 'Unique-ID': leg(1), 'DTMF-Digit': key }))).toBeUndefined();
  });

  test.each(['HEARTBEAT', 'CHANNEL_ANSWER', ''])('%s is none of our business', (name) => {
    expect(fromEsl(event(name, { 'Unique-ID': leg(1) }))).toBeUndefined();
  });
});

describe('a list', () => {
  const flags = { can_hear: true, can_speak: false, hold: false, talking: true };
  const caller = {
    type: 'caller',
    id: 3,
    uuid: leg(1),
    flags,
    volume_in: 9,
    volume_out: -2,
    join_time: 4,
  };
  const room = {
    conference_name: ROOM,
    conference_uuid: 'life',
    locked: true,
    recording: true,
    run_time: 10,
    members: [caller, { type: 'recording_node', record_path: '/x' }, {}],
  };

  test('shows who is in the room and how they stand', () => {
    expect(fromList(ROOM, JSON.stringify([room]))).toEqual({
      kind: 'open',
      listed: {
        life: { room: ROOM, conference: 'life' },
        locked: true,
        recording: true,
        ageMs: 10_000,
        members: [
          {
            leg: leg(1),
            memberId: 3,
            muted: true,
            deaf: false,
            held: false,
            talking: false,
            volume: { in: 4, out: -2 },
            joinedAgoMs: 4000,
          },
        ],
      },
    });
  });

  test('does not say whether a held member is muted or deaf', () => {
    const held = { ...caller, flags: { ...flags, can_hear: false, hold: true } };
    expect(fromList(ROOM, JSON.stringify([{ ...room, members: [held] }]))).toMatchObject({
      listed: { members: [{ muted: undefined, deaf: undefined, held: true, talking: false }] },
    });
  });

  test.each([
    [`-ERR Conference ${ROOM} not found\n`, 'no-such-room'],
    ['[]', 'no-such-room'],
    ['[{"conference_name":"other"}]', 'no-such-room'],
    ['-ERR no reply\n', 'unreadable'],
    ['json_list [compact]', 'unreadable'],
    ['', 'unreadable'],
    [`[{"conference_name":"${ROOM}"}]`, 'unreadable'],
  ])('%j is %s', (reply, kind) => {
    expect(fromList(ROOM, reply)).toEqual({ kind });
  });

  test('of channels tells which were sent to a room of ours', () => {
    const rows = [
      {
        uuid: leg(1),
        application: 'conference',
        application_data: `${ROOM}@partyline+flags{mute}`,
      },
      { uuid: leg(2), application: 'conference', application_data: '3000@default' },
      { uuid: leg(3), application: 'park', application_data: '' },
      { uuid: 'no', application: 'park' },
    ];
    expect(fromChannels(JSON.stringify({ row_count: 4, rows }))).toEqual([
      { leg: leg(1), application: 'conference', room: ROOM },
      { leg: leg(2), application: 'conference' },
      { leg: leg(3), application: 'park' },
    ]);
    expect(fromChannels('{"row_count":0}\n')).toEqual([]);
    expect(fromChannels('-ERR Database error!')).toBeUndefined();
  });
});

describe('a list of channels', () => {
  test.each([
    ['inbound', 'ACTIVE', { onHold: false }],
    ['inbound', 'HELD', { onHold: true }],
    ['outbound', 'DOWN', { called: 'calling', onHold: false }],
    ['outbound', 'RINGING', { called: 'ringing', onHold: false }],
    ['outbound', 'EARLY', { called: 'ringing', onHold: false }],
    ['outbound', 'ACTIVE', { called: 'answered', onHold: false }],
    ['outbound', undefined, { called: 'answered' }],
  ])('tells of an %s call that is %s: %j', (direction, callstate, told) => {
    const row = { uuid: leg(1), application: 'park', direction, callstate };
    expect(fromChannels(JSON.stringify({ rows: [row] }))).toEqual([
      { leg: leg(1), application: 'park', ...told },
    ]);
  });
});

describe('what we tell FreeSWITCH', () => {
  test('names custom subclasses last, since every word after CUSTOM is one', () => {
    expect(SUBSCRIBE_EVENTS).toMatch(/ CUSTOM conference::maintenance partyline::driver$/);
  });

  test.each([
    [{ kind: 'mute', on: false }, 'unmute 5 quiet'],
    [{ kind: 'deaf', on: false }, 'undeaf 5 quiet'],
    [{ kind: 'hold', on: false }, 'unhold 5'],
    [{ kind: 'volume-out', level: -4 }, 'volume_out 5 -4'],
  ] as const)('%j is "%s"', (fix, words) => {
    expect(memberLine(ROOM, 5, fix)).toBe(`conference ${ROOM} ${words}`);
  });

  test.each([
    ['participant', false, `${ROOM}@partyline`],
    ['participant', true, `${ROOM}@partyline+flags{mute}`],
    ['moderator', false, `${ROOM}@partyline+flags{moderator}`],
    ['moderator', true, `${ROOM}@partyline+flags{moderator|mute}`],
  ] as const)('a %s, muted %s, joins as %s', (role, muted, argument) => {
    expect(joinMessage(TASK, ROOM, { role, muted }).split('\n').at(-1)).toBe(
      `execute-app-arg: ${argument}`,
    );
  });

  test('asks to be told of muted talk at the joining, since it cannot later', () => {
    const entry = { role: 'participant', muted: true, detect: true } as const;
    expect(joinMessage(TASK, ROOM, entry)).toContain('+flags{mute|mute-detect}');
  });

  test('quotes a file whose path has a space where words are told apart by spaces', () => {
    const file = '/my prompts/a.wav';
    expect(playToMemberLine(ROOM, 5, [file])).toBe(`conference ${ROOM} play '${file}' 5`);
    expect(playToRoomLine(ROOM, [file])).toBe(`conference ${ROOM} play '${file}'`);
    expect(playMessage(TASK, [file])).toContain(`execute-app-arg: ${file}`);
  });

  test('plays several files in one go', () => {
    expect(playToRoomLine(ROOM, ['/a.wav', '/b.wav'])).toBe(
      `conference ${ROOM} play file_string:///a.wav!/b.wav`,
    );
  });
});

describe('wishes', () => {
  test('that hold already ask for nothing', () => {
    expect(differences({ muted: false, deaf: false, held: false, volumeIn: 0 }, ROW)).toEqual([]);
    expect(differences(undefined, ROW)).toEqual([]);
  });

  test('that do not hold ask for what differs, the mute before the hold', () => {
    expect(differences({ held: true, muted: true, volumeOut: 2, deaf: true }, ROW)).toEqual([
      { kind: 'mute', on: true },
      { kind: 'deaf', on: true },
      { kind: 'hold', on: true },
      { kind: 'volume-out', level: 2 },
    ]);
  });
});

describe('places', () => {
  test('count everybody once, inside or on the way', () => {
    const places = reserve(reserve(new Map(), leg(1), ROOM), leg(2), ROOM);
    const inside = new Map([
      [leg(2), 1],
      [leg(3), 1],
    ]);
    expect(taken(places, ROOM, inside)).toBe(3);
    expect(taken(release(places, leg(1)), ROOM, inside)).toBe(2);
  });

  test('have the last word on an admission', () => {
    const join = { kind: 'join', room: ROOM, role: 'participant', muted: false } as const;
    const limited = { ...join, maxParticipants: 2 };
    expect(lastWord(join, { people: 999, locked: false })).toBe(join);
    expect(lastWord(limited, { people: 1, locked: false })).toBe(limited);
    expect(lastWord(limited, { people: 2, locked: false })).toEqual({
      kind: 'refuse',
      why: 'full',
    });
    expect(lastWord(join, { people: 0, locked: true })).toEqual({ kind: 'refuse', why: 'locked' });
  });
});

describe('an arrival', () => {
  test('is bound for where its identity says', () => {
    expect(boundFor(identity('Ada', { role: 'moderator' }))).toMatchObject({
      room: ROOM,
      role: 'moderator',
    });
    const destination = { kind: 'reception', dialled: '7000' } as const;
    expect(boundFor(identity('Ada', { destination }))).toBeUndefined();
  });

  test('keeps its own name at the reception unless the code is somebody’s', () => {
    const phone = identity('+44', { destination: { kind: 'reception', dialled: '7000' } });
    const stranger = recognised(phone, { room: ROOM, role: 'participant' });
    expect(whoOf(stranger, 'participant', 'masked')).toMatchObject({ name: '+44' });
    const person = { id: 'p-1', name: 'Grace' };
    const known = recognised(phone, { room: ROOM, role: 'moderator', person });
    expect(whoOf(known, 'moderator', 'masked')).toMatchObject({ name: 'Grace', personId: 'p-1' });
  });

  test.each([
    ['masked', '+49…4567', '+49…4567'],
    ['full', '+491511234567', '+491511234567'],
    ['hidden', '', 'Unnamed caller'],
  ] as const)('whose numbers are %s is shown as "%s", named "%s"', (numbers, number, name) => {
    const caller = identity('+491511234567', { unnamed: true, number: '+491511234567' });
    expect(whoOf(caller, 'participant', numbers)).toMatchObject({ number, name, unnamed: true });
    expect(isNameless(caller)).toBe(true);
    expect(isNameless({ ...caller, account: '1001' })).toBe(false);
  });
});

test('a lost FreeSWITCH is called after 0.25 s, then less and less often, up to every 2 s', () => {
  expect([0, 1, 2, 3, 4, 99].map((failures) => backoffMs(failures, 0))).toEqual([
    250, 500, 1000, 2000, 2000, 2000,
  ]);
  expect(backoffMs(5, 0.999)).toBeGreaterThanOrEqual(1000);
});
