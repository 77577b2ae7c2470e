import { describe, expect, test } from 'vitest';
import { fromChannels, fromList } from '../../bridge/from-list.ts';
import { ROOM, leg } from '../support/bridge-world.ts';

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
