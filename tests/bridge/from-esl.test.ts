import { describe, expect, test } from 'vitest';
import type { EslEvent } from '../../bridge/esl.ts';
import { fromEsl } from '../../bridge/from-esl.ts';
import { ROOM, leg } from '../support/bridge-world.ts';

const OUT = { 'Call-Direction': 'outbound' };

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
    ['opus', '48000', 'opus/48000'],
    ['G722', '16000', 'G722/16000'],
    ['x y', '8000', undefined],
    ['PCMU', '', undefined],
  ])('of codec %s at %s is %s', (name, rate, codec) => {
    const codecs = {
      ...{ 'Channel-Read-Codec-Name': 'L16', 'Channel-Read-Codec-Rate': '8000' },
      ...{ 'Channel-Write-Codec-Name': name, 'Channel-Write-Codec-Rate': rate },
    };
    const seen = fromEsl(maintenance({ Action: 'add-member', ...codecs }));
    expect(seen?.kind === 'member-seen' && seen.member.codec).toBe(codec);
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
});

describe('an event of a leg', () => {
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
