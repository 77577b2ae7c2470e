import { describe, expect, test } from 'vitest';
import { joinMessage, playMessage } from '../../bridge/to-esl-legs.ts';
import { memberLine, playToMemberLine, playToRoomLine } from '../../bridge/to-esl-rooms.ts';
import { SUBSCRIBE_EVENTS } from '../../bridge/to-esl.ts';
import { ROOM, leg } from '../support/bridge-world.ts';

const TASK = { leg: leg(1), task: 't-1' };

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
