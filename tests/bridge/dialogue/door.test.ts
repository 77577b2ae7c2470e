import { describe, expect, test } from 'vitest';
import type { Guest, Input } from '../../../bridge/dialogue/talk.ts';
import {
  BROWSER,
  PHONE,
  RULES,
  UNNAMED,
  admission,
  again,
  impossible,
  keys,
  meeting,
  place,
  play,
  reconsider,
  recorded,
  refusal,
  said,
  woke,
} from '../../support/dialogue-script.ts';

const dialled = (...inputs: readonly Input[]) => play(PHONE, meeting(), ...inputs);
const coded = (...inputs: readonly Input[]) => play(PHONE, meeting('greeted'), ...inputs);
const ASKS = { rules: { ...RULES, askName: true } };
const NO_UNMUTE = { rules: { ...RULES, unmuteSelf: false } };

describe('a phone that dialled a meeting', () => {
  test('is in it without a word', () => {
    expect(dialled(admission('join')).told).toEqual(['admit', 'no look', 'join']);
  });

  test('hears in the room that it is muted', () => {
    expect(dialled(admission('join-muted')).last).toEqual([
      'no look',
      'join muted then joining-muted',
    ]);
    expect(dialled(admission('join-muted', NO_UNMUTE)).last).toContain(
      'join muted then joining-muted-by-rule',
    );
  });

  test('hears in the room that it carries the sound of their browser now', () => {
    expect(dialled(admission('join', { movesSound: true })).last).toContain(
      'join then audio-moved',
    );
  });

  test.each([
    ['full', 'USER_BUSY'],
    ['banned', 'CALL_REJECTED'],
    ['locked', 'NORMAL_UNSPECIFIED'],
    ['unknown', 'UNALLOCATED_NUMBER'],
    ['ended', 'UNALLOCATED_NUMBER'],
  ] as const)('is refused while it rings when the meeting is %s: %s', (why, cause) => {
    expect(dialled(refusal(why)).last).toEqual([`hang-up ${cause}`]);
  });

  test('is told to try again where the rules fail', () => {
    expect(dialled(impossible).last).toEqual(['hang-up NORMAL_TEMPORARY_FAILURE']);
  });
});

describe('a caller with a code', () => {
  test.each([
    ['full', 'meeting-full'],
    ['banned', 'banned'],
    ['locked', 'meeting-locked'],
    ['unknown', 'meeting-ended'],
    ['ended', 'meeting-ended'],
  ] as const)('hears why the meeting will not have them: %s', (why, words) => {
    expect(coded(refusal(why)).last).toEqual([`say ${words}`, 'limit in 15000']);
  });

  test.each([
    ['joining', admission('join')],
    ['joining, you-are-alone', admission('join', { people: 0 })],
    ['joining-muted', admission('join-muted')],
    ['joining-muted-by-rule', admission('join-muted', NO_UNMUTE)],
    ['audio-moved', admission('join', { movesSound: true })],
  ] as const)('hears "%s" and is in the room when that was said', (words, answer) => {
    const { told } = coded(answer, said);
    expect(told.slice(0, 3)).toEqual(['admit', 'no look', `say ${words}`]);
    expect(told.at(-1)).toMatch(/^join/);
  });

  test('hears it again after contact with FreeSWITCH was lost', () => {
    expect(coded(admission('join'), again).last).toEqual(['say joining']);
  });

  test('is asked about again where something changed while they heard it, and hears it once', () => {
    const changed = [admission('join'), reconsider, said];
    expect(coded(...changed).last).toEqual(['admit']);
    expect(coded(...changed, admission('join')).last).toEqual(['no look', 'join']);
    expect(coded(...changed, refusal('banned')).last[0]).toBe('say banned');
  });

  test('whom a moderator let in is not sent back to the lobby by a change', () => {
    const lobby = [admission('lobby'), place(1), { kind: 'admitted' } as const];
    expect(coded(...lobby, admission('join'), reconsider, said).last).toEqual(['admit admitted']);
  });
});

describe('a caller before the meeting starts', () => {
  const early = (...inputs: readonly Input[]) => coded(admission('not-started'), ...inputs);

  test.each([
    ['not-started', 'say not-started'],
    ['no-moderator', 'say waiting-for-moderator'],
  ] as const)('hears that they wait (%s), then music', (why, words) => {
    expect(coded(admission(why)).last).toEqual([words, 'look in 10000']);
    expect(coded(admission(why), said).last).toEqual(['music']);
  });

  test('looks whether it has started, without the music being interrupted', () => {
    expect(early(said, woke('look')).last).toEqual(['admit']);
    expect(early(said, woke('look'), admission('not-started')).last).toEqual(['look in 10000']);
    expect(early(said, reconsider).last).toEqual(['admit']);
  });

  test('is told when they wait for something else now', () => {
    expect(early(woke('look'), admission('no-moderator')).last).toEqual([
      'say waiting-for-moderator',
      'look in 10000',
    ]);
  });

  test('hears music also where the words end while the rules think', () => {
    expect(early(woke('look'), said).last).toEqual(['music']);
  });

  test('is asked about once more where something changed while the rules thought', () => {
    const asked = [woke('look'), reconsider, admission('not-started')];
    expect(early(...asked).last).toEqual(['admit']);
    expect(early(...asked, admission('join')).last).toEqual(['no look', 'say joining']);
  });

  test('does not come in by an answer from before they were banned', () => {
    const asked = [woke('look'), reconsider, admission('join')];
    expect(early(...asked).last).toEqual(['admit']);
    expect(early(...asked, refusal('banned')).last[0]).toBe('say banned');
  });

  test('is in the meeting when it starts', () => {
    expect(early(said, reconsider, admission('join'), said).told.slice(-3)).toEqual([
      'no look',
      'say joining',
      'join',
    ]);
  });

  test('goes on waiting where the rules fail for a moment', () => {
    const { last, talk } = early(said, reconsider, impossible);
    expect(last).toEqual(['look in 10000']);
    expect(talk.at).toBe('waiting');
    expect(early(said, reconsider, impossible, woke('look')).last).toEqual(['admit']);
  });

  test('hears that it is over where it was ended', () => {
    expect(early(said, reconsider, refusal('ended')).last[0]).toBe('say meeting-ended');
  });

  test('hears music again after contact with FreeSWITCH was lost', () => {
    expect(early(said, again).last).toEqual(['music']);
  });

  test('hears no words in the browser, which shows them', () => {
    expect(play(BROWSER, meeting(), admission('not-started')).last).toEqual([
      'music',
      'look in 10000',
    ]);
  });
});

describe('a caller in the lobby', () => {
  const lobby = (...inputs: readonly Input[]) => coded(admission('lobby'), place(2), ...inputs);

  test('hears where they are and their place, then music', () => {
    expect(lobby(said).told).toEqual([
      'admit',
      'no look',
      'enter-lobby',
      'say lobby, place 2',
      'place in 30000',
      'music',
    ]);
  });

  test('hears a new place when the time for it has come, and not before', () => {
    expect(lobby(said, place(1)).last).toEqual([]);
    expect(lobby(said, place(1), woke('place')).last).toEqual(['say place 1', 'place in 30000']);
  });

  test('does not hear the same place again by itself', () => {
    expect(lobby(said, woke('place')).last).toEqual([]);
  });

  test('hears the place at a key', () => {
    expect(lobby(said, ...keys('3')).last).toEqual(['say place 2', 'place in 30000']);
    expect(lobby(said, ...keys('*')).last).toEqual([]);
    expect(lobby(...keys('#')).last).toEqual([]);
  });

  test('is admitted: leaves the lobby, hears so, joins', () => {
    expect(lobby(said, { kind: 'admitted' }).last).toEqual(['admit admitted']);
    expect(lobby(said, { kind: 'admitted' }, admission('join'), said).told.slice(-4)).toEqual([
      'no look',
      'leave-lobby admitted',
      'say admitted',
      'join',
    ]);
  });

  test('is muted as the meeting mutes, and hears so', () => {
    expect(lobby({ kind: 'admitted' }, admission('join-muted')).last.at(-1)).toBe(
      'say joining-muted',
    );
  });

  test('is admitted also while the rules think about something else', () => {
    expect(lobby(reconsider, { kind: 'admitted' }, admission('lobby')).last).toEqual([
      'admit admitted',
    ]);
  });

  test('is refused: hears so, and the call ends', () => {
    expect(lobby({ kind: 'refused' }).last).toEqual([
      'leave-lobby refused',
      'say refused',
      'limit in 15000',
    ]);
    expect(lobby(reconsider, { kind: 'refused' }).last[0]).toBe('leave-lobby refused');
  });

  test.each(['full', 'locked'] as const)('stays while the room is %s', (why) => {
    const { last, talk } = lobby({ kind: 'admitted' }, refusal(why));
    expect(last).toEqual([]);
    expect(talk.at).toBe('lobby');
  });

  test('stays where the rules fail for a moment', () => {
    expect(lobby(reconsider, impossible).talk.at).toBe('lobby');
  });

  test('hears that the meeting is over', () => {
    expect(lobby(reconsider, refusal('ended')).last).toEqual([
      'leave-lobby meeting-ended',
      'say meeting-ended',
      'limit in 15000',
    ]);
    expect(lobby(reconsider, refusal('banned')).last[0]).toBe('leave-lobby refused');
  });

  test('leaves it where the meeting has none any more', () => {
    expect(lobby(reconsider, admission('lobby')).last).toEqual([]);
    expect(lobby(reconsider, admission('not-started')).last[0]).toBe('leave-lobby refused');
    expect(lobby(reconsider, admission('join')).last[1]).toBe('leave-lobby admitted');
  });

  test('hears music again after contact with FreeSWITCH was lost', () => {
    expect(lobby(again).last).toEqual(['music']);
  });

  test('hears music alone in the browser, and is in the room at once', () => {
    const waits = [admission('lobby'), place(1)];
    expect(play(BROWSER, meeting(), ...waits).told.slice(1)).toEqual([
      'no look',
      'enter-lobby',
      'music',
    ]);
    expect(play(BROWSER, meeting(), ...waits, ...keys('5')).last).toEqual([]);
    const admitted: Input = { kind: 'admitted' };
    expect(play(BROWSER, meeting(), ...waits, admitted, admission('join')).last.at(-1)).toBe(
      'join',
    );
    expect(play(BROWSER, meeting(), ...waits, { kind: 'refused' }).last).toEqual([
      'leave-lobby refused',
      'hang-up NORMAL_CLEARING',
    ]);
  });
});

describe('a caller whose name nobody knows', () => {
  const asked = (guest: Guest, ...inputs: readonly Input[]) =>
    play(guest, meeting('greeted'), ...inputs);
  const naming = (...inputs: readonly Input[]) =>
    asked(UNNAMED, admission('join', ASKS), ...inputs);

  test('is asked for it and recorded, then asked about again and in', () => {
    const { told } = naming(said, recorded(1500), admission('join', ASKS), said);
    expect(told).toEqual([
      'admit',
      'say say-name',
      'record',
      'keep-name',
      'admit',
      'no look',
      'say joining',
      'join',
    ]);
  });

  test('ends the recording by #', () => {
    expect(naming(said, ...keys('#')).last).toEqual(['hush']);
    expect(naming(said, ...keys('1')).last).toEqual([]);
  });

  test('hears the question whole, though # came late after the tenth digit of the code', () => {
    expect(naming(...keys('#')).last).toEqual([]);
  });

  test.each([100, 1900, 2100, 2299])('is asked once more after %i ms without a word', (ms) => {
    expect(naming(said, recorded(ms)).last).toEqual(['say name-again']);
    expect(naming(said, recorded(ms), said, recorded(ms)).last).toEqual(['admit']);
  });

  test.each([600, 2400, 4000])('is heard when they spoke: %i ms', (ms) => {
    expect(naming(said, recorded(ms)).last).toEqual(['keep-name', 'admit']);
  });

  test('is asked before the lobby, and not again when admitted', () => {
    const lobby = admission('lobby', ASKS);
    const waits = [lobby, said, recorded(900), lobby, place(1)];
    expect(asked(UNNAMED, ...waits).told).toContain('say say-name');
    expect(asked(UNNAMED, ...waits, { kind: 'admitted' }, admission('join', ASKS)).last).toEqual([
      'no look',
      'leave-lobby admitted',
      'say admitted',
    ]);
  });

  test('is asked when the meeting starts, not while they wait for it', () => {
    expect(asked(UNNAMED, admission('not-started', ASKS)).last[0]).toBe('say not-started');
    expect(
      asked(UNNAMED, admission('not-started', ASKS), reconsider, admission('join', ASKS)).last,
    ).toEqual(['say say-name']);
  });

  test('is answered and asked also where they dialled the meeting', () => {
    const direct = play(UNNAMED, meeting(), admission('join', ASKS), said, recorded(900));
    expect(direct.talk).toMatchObject({ at: 'admitting', before: { at: 'greeted' } });
  });

  test('is asked again after contact with FreeSWITCH was lost', () => {
    expect(naming(said, again).last).toEqual(['say say-name']);
    expect(naming(recorded(900)).last).toEqual([]);
    expect(naming(said, said).last).toEqual([]);
  });

  test.each([
    ['whose name is known', PHONE, ASKS],
    ['in a browser', { via: 'browser', nameless: true }, ASKS],
    ['of a meeting that does not ask', UNNAMED, {}],
  ] as const)('is not asked: one %s', (_, guest, more) => {
    expect(asked(guest, admission('join', more)).told).not.toContain('say say-name');
  });
});
