import { describe, expect, test } from 'vitest';
import {
  EMPTY_FORM,
  formLike,
  formOf,
  isSameForm,
  readForm,
} from '../../../web-phone/console/meeting-form.ts';
import type { MeetingForm } from '../../../web-phone/console/meeting-form.ts';
import { localInput, timeOf, zoneName } from '../../../web-phone/style/local-time.ts';
import { meetingForm } from '../../../web-phone/words/en/meeting-form.ts';
import { meeting } from '../support/people.ts';

const { fault } = meetingForm;

describe('the dialog for a new meeting', () => {
  test('needs a name and sends nothing else, so that the server’s own rules hold', () => {
    expect(readForm({ ...EMPTY_FORM, name: ' Monday ' }, fault)).toEqual({
      ok: true,
      body: { name: 'Monday' },
    });
  });

  const filled: readonly (readonly [part: Partial<MeetingForm>, body: object])[] = [
    [{ extension: ' 42 ' }, { extension: '42' }],
    [{ maxParticipants: '12' }, { maxParticipants: 12 }],
    [{ language: 'de' }, { language: 'de' }],
    [
      { lobby: true, waitForModerator: true, askName: true },
      { lobby: true, waitForModerator: true, askName: true },
    ],
    [
      { muteOnEntry: true, unmuteSelf: false },
      { muteOnEntry: true, unmuteSelf: false },
    ],
    [{ unmuteOthers: 'allowed' }, { unmuteOthers: 'allowed' }],
    [
      { entrySounds: 'names', entrySoundsUpTo: '5' },
      { entrySounds: 'names', entrySoundsUpTo: 5 },
    ],
    [{ callMe: true }, { callMe: true }],
    [
      { startsAt: '2026-11-23T10:00', recurrence: 'FREQ=WEEKLY', durationMinutes: '45' },
      {
        startsAt: new Date('2026-11-23T10:00').toISOString(),
        durationMinutes: 45,
        timeZone: zoneName(),
        recurrence: 'FREQ=WEEKLY',
      },
    ],
    [
      { maxMinutes: '90', endWhenSilentMinutes: ' 20 ', earlyEntryMinutes: '5' },
      { maxMinutes: 90, endWhenSilentMinutes: 20, earlyEntryMinutes: 5 },
    ],
  ];
  for (const [part, body] of filled) {
    test(`sends ${Object.keys(body).join(', ')} where it was filled in`, () => {
      const form = { ...EMPTY_FORM, name: 'M', ...part };
      expect(readForm(form, fault)).toEqual({ ok: true, body: { name: 'M', ...body } });
    });
  }

  for (const [field, value] of [
    ['name', '  '],
    ['extension', '4'],
    ['extension', '4a'],
    ['extension', '1234567'],
    ['maxParticipants', '1'],
    ['maxParticipants', '1e3'],
    ['entrySoundsUpTo', ''],
    ['entrySoundsUpTo', '1001'],
    ['startsAt', 'soon'],
    ['maxMinutes', '1441'],
    ['durationMinutes', 'long'],
  ] as const) {
    test(`${field} “${value}” is sent back with what to mend`, () => {
      expect(readForm({ ...EMPTY_FORM, name: 'M', [field]: value }, fault)).toMatchObject({
        ok: false,
        field,
      });
    });
  }
});

test('a series needs its first time', () => {
  expect(readForm({ ...EMPTY_FORM, name: 'M', recurrence: 'FREQ=DAILY' }, fault)).toMatchObject({
    ok: false,
    field: 'startsAt',
  });
});

describe('the dialog for a meeting that is there', () => {
  const view = meeting({
    extension: '42',
    maxParticipants: 12,
    startsAt: '2026-11-23T09:00:00.000Z',
    timeZone: 'Europe/Berlin',
    lobby: true,
  });

  test('that was not touched changes nothing', () => {
    expect(readForm(formOf(view), fault, formOf(view))).toEqual({ ok: true, body: {} });
  });

  test('sends what was changed and no more', () => {
    const form = { ...formOf(view), lobby: false, name: 'Tuesday' };
    expect(readForm(form, fault, formOf(view))).toEqual({
      ok: true,
      body: { lobby: false, name: 'Tuesday' },
    });
  });

  test('takes away what was emptied', () => {
    const form = { ...formOf(view), extension: '', maxParticipants: '', startsAt: '' };
    expect(readForm(form, fault, formOf(view))).toEqual({
      ok: true,
      body: { extension: null, maxParticipants: null, startsAt: null, timeZone: null },
    });
  });
});

test('whom it names is sent as a whole once somebody was added, and not before', () => {
  const ada = { personId: 'p-1', role: 'moderator' } as const;
  const view = meeting({ members: [ada] });
  expect(readForm(formOf(view), fault, formOf(view))).toEqual({ ok: true, body: {} });
  const members = [ada, { personId: 'p-2', role: 'participant' } as const];
  expect(readForm({ ...formOf(view), members }, fault, formOf(view))).toEqual({
    ok: true,
    body: { members },
  });
});

test('another meeting like this has its rules and people, not its extension nor its time', () => {
  const view = meeting({
    extension: '42',
    lobby: true,
    startsAt: '2026-11-23T09:00:00.000Z',
    timeZone: 'Europe/Berlin',
    recurrence: 'FREQ=DAILY',
    members: [{ personId: 'p-1', role: 'moderator' }],
  });
  const like = formLike(view, 'Monday round (copy)');
  expect(readForm(like, fault)).toMatchObject({
    ok: true,
    body: { name: 'Monday round (copy)', lobby: true, members: view.members },
  });
  expect(readForm(like, fault)).not.toHaveProperty('body.extension');
  expect(readForm(like, fault)).not.toHaveProperty('body.startsAt');
  expect(isSameForm(like, formLike(view, 'Monday round (copy)'))).toBe(true);
  expect(isSameForm(like, { ...like, lobby: false })).toBe(false);
});

test('a time survives the field for it, wherever the computer is', () => {
  for (const iso of ['2026-11-23T09:00:00.000Z', '2026-03-29T01:30:00.000Z'])
    expect(timeOf(localInput(iso))).toBe(iso);
});
