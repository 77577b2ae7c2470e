import { expect, test } from 'vitest';
import { stateOf } from '../../../meetings/rules/meeting-state.ts';
import { changed, completed, rulesOf, standardRules } from '../../../meetings/rules/meeting.ts';
import { meetingOf } from './meeting-of.ts';

test('a meeting that an older version kept has the standard for every rule it did not know', () => {
  const { id, name, codes, createdAtMs } = meetingOf();
  const kept = { id, name, codes, createdAtMs, muteOnEntry: true };
  expect(completed(kept, 'de')).toEqual({ ...kept, ...standardRules('de'), muteOnEntry: true });
});

test('a change leaves what it does not name, and null takes away', () => {
  const meeting = meetingOf({ extension: '12', maxParticipants: 5, startsAtMs: 9, lobby: true });
  const plain = changed(meeting, { extension: null, maxParticipants: null, startsAtMs: null });
  expect(plain).toEqual(meetingOf({ lobby: true, revision: 1 }));
  for (const gone of ['extension', 'maxParticipants', 'startsAtMs'])
    expect(plain).not.toHaveProperty(gone);
  expect(changed(meeting, { name: 'N' })).toEqual({ ...meeting, name: 'N', revision: 1 });
});

const RULES = [
  ['muteOnEntry', true],
  ['lobby', true],
  ['waitForModerator', true],
  ['unmuteSelf', false],
  ['unmuteOthers', 'allowed'],
  ['askName', true],
  ['entrySounds', 'none'],
  ['entrySoundsUpTo', 0],
  ['language', 'de'],
  ['record', true],
  ['callMe', true],
  ['earlyEntryMinutes', 5],
  ['endWithoutModeratorMinutes', 3],
  ['endWhenSilentMinutes', 20],
  ['endWhenEmptyMinutes', 10],
  ['maxMinutes', 90],
] as const;
test.each(RULES)('the rule %s is changed to %j, and no other with it', (rule, value) => {
  const after = changed(meetingOf(), { [rule]: value });
  const revision = rule === 'language' ? { revision: 1 } : {};
  expect(after).toEqual(meetingOf({ [rule]: value, ...revision }));
  expect(rulesOf(after)).toEqual({ ...standardRules('en'), [rule]: value });
});

test('every rule there is has a test above', () => {
  expect(RULES.map(([rule]) => rule).sort()).toEqual(Object.keys(standardRules('en')).sort());
});

test('the rules hold no code', () => {
  expect(rulesOf(meetingOf())).not.toHaveProperty('codes');
});

const states = [
  ['at once', {}, 'open'],
  ['before its time', { startsAtMs: 101 }, 'planned'],
  ['at its time', { startsAtMs: 100 }, 'open'],
  ['opened before its time', { startsAtMs: 101, openedAtMs: 50 }, 'open'],
  ['ended before its time', { startsAtMs: 101, endedAtMs: 50 }, 'ended'],
] as const;
test.each(states)('a meeting %s is as it should be', (_, more, expected) => {
  expect(stateOf(meetingOf(more), 100)).toBe(expected);
});

test('a new time closes what a moderator opened before the old one; the same time does not', () => {
  const open = meetingOf({ startsAtMs: 100, openedAtMs: 50 });
  expect(stateOf(changed(open, { startsAtMs: 200 }), 60)).toBe('planned');
  expect(stateOf(changed(open, { startsAtMs: 100 }), 60)).toBe('open');
  expect(stateOf(changed(open, { name: 'N' }), 60)).toBe('open');
});
