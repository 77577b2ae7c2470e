import type { MemberView } from '../../protocol/http/people.ts';
import type { MeetingRules, MeetingView } from '../../protocol/http/views.ts';
import { localInput, timeOf, zoneName } from '../style/local-time.ts';
import type { meetingForm } from '../words/en/meeting-form.ts';

/** What the dialog for a meeting holds, as typed. */
export interface MeetingForm extends Omit<MeetingRules, 'language' | NumberField> {
  readonly name: string;
  readonly extension: string;
  readonly maxParticipants: string;
  /** As `<input type="datetime-local">` holds it; empty: at once. */
  readonly startsAt: string;
  readonly durationMinutes: string;
  /** IANA; empty: where this computer is. */
  readonly timeZone: string;
  /** As RFC 5545 has it; empty: once. */
  readonly recurrence: string;
  /** Empty: what the server's settings say. */
  readonly language: MeetingRules['language'] | '';
  readonly entrySoundsUpTo: string;
  readonly earlyEntryMinutes: string;
  readonly endWithoutModeratorMinutes: string;
  readonly endWhenSilentMinutes: string;
  readonly endWhenEmptyMinutes: string;
  readonly maxMinutes: string;
  /** Those with accounts whom it names. */
  readonly members: readonly MemberView[];
}

/** Minutes; empty: none. */
export const MINUTES = [
  'earlyEntryMinutes',
  'endWithoutModeratorMinutes',
  'endWhenSilentMinutes',
  'endWhenEmptyMinutes',
  'maxMinutes',
] as const;

type NumberField = 'entrySoundsUpTo' | (typeof MINUTES)[number];

/** What a meeting is like if nobody says otherwise. */
export const EMPTY_FORM: MeetingForm = {
  name: '',
  extension: '',
  maxParticipants: '',
  startsAt: '',
  durationMinutes: '',
  timeZone: '',
  recurrence: '',
  language: '',
  lobby: false,
  waitForModerator: false,
  askName: false,
  muteOnEntry: false,
  unmuteSelf: true,
  unmuteOthers: 'ask',
  entrySounds: 'tones',
  entrySoundsUpTo: '12',
  record: false,
  callMe: false,
  earlyEntryMinutes: '',
  endWithoutModeratorMinutes: '',
  endWhenSilentMinutes: '',
  endWhenEmptyMinutes: '',
  maxMinutes: '',
  members: [],
};

/** The body's fields of one group each are filled by what is typed. */
type Wish = Readonly<Record<string, string | number | boolean | null | readonly MemberView[]>>;

/** What is said of a mistake. */
type Faults = (typeof meetingForm)['fault'];

export type FormResult =
  | { readonly ok: true; readonly body: Wish }
  | { readonly ok: false; readonly field: keyof MeetingForm; readonly detail: string };

const MOST_PEOPLE = 1000;
const MOST_MINUTES = 1440;

/** The dialog as it stands for a meeting that is there. */
export function formOf(meeting: MeetingView): MeetingForm {
  const { name, extension = '', maxParticipants, startsAt } = meeting;
  const { lobby, waitForModerator, askName, muteOnEntry, unmuteSelf } = meeting;
  const { unmuteOthers, entrySounds, entrySoundsUpTo, language, record, callMe } = meeting;
  return {
    name,
    extension,
    maxParticipants: maxParticipants === undefined ? '' : String(maxParticipants),
    startsAt: startsAt === undefined ? '' : localInput(startsAt),
    durationMinutes: shown(meeting.durationMinutes),
    timeZone: meeting.timeZone ?? '',
    recurrence: meeting.recurrence ?? '',
    language,
    lobby,
    waitForModerator,
    askName,
    muteOnEntry,
    unmuteSelf,
    unmuteOthers,
    entrySounds,
    entrySoundsUpTo: String(entrySoundsUpTo),
    record,
    callMe,
    earlyEntryMinutes: shown(meeting.earlyEntryMinutes),
    endWithoutModeratorMinutes: shown(meeting.endWithoutModeratorMinutes),
    endWhenSilentMinutes: shown(meeting.endWhenSilentMinutes),
    endWhenEmptyMinutes: shown(meeting.endWhenEmptyMinutes),
    maxMinutes: shown(meeting.maxMinutes),
    members: meeting.members ?? [],
  };
}

/** The beginning of another meeting that is like this one; its extension and its time stay with this one. */
export function formLike(meeting: MeetingView, name: string): MeetingForm {
  const alike = formOf(meeting);
  return { ...alike, name, extension: '', startsAt: '', timeZone: '', recurrence: '' };
}

/** Nothing differs that somebody could have typed. */
export function isSameForm(a: MeetingForm, b: MeetingForm): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(minutes: number | undefined): string {
  return minutes === undefined || minutes === 0 ? '' : String(minutes);
}

/**
 * The request's body, or the first thing to mend: what differs from `before`, and no more. What was
 * emptied is `null`. The server has the last word.
 */
export function readForm(
  form: MeetingForm,
  say: Faults,
  before: MeetingForm = EMPTY_FORM,
): FormResult {
  const wrong = mistakeIn(form, say);
  if (wrong) return { ok: false, ...wrong };
  const [now, then] = [wishOf(form), wishOf(before)];
  const changed = Object.entries(now).filter(([name, value]) => !isSame(value, then[name]));
  return { ok: true, body: Object.fromEntries(changed) };
}

function isSame(a: Wish[string] | undefined, b: Wish[string] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function wishOf(form: MeetingForm): Wish {
  const { language, startsAt, extension, maxParticipants, entrySoundsUpTo, ...rest } = form;
  const { durationMinutes, timeZone, recurrence, ...rules } = rest;
  return {
    ...rules,
    ...Object.fromEntries(MINUTES.map((name) => [name, Number(form[name])])),
    name: form.name.trim(),
    extension: extension.trim() || null,
    maxParticipants: maxParticipants.trim() === '' ? null : Number(maxParticipants),
    startsAt: startsAt === '' ? null : timeOf(startsAt),
    durationMinutes: durationMinutes.trim() === '' ? null : Number(durationMinutes),
    timeZone: startsAt === '' ? null : timeZone || zoneName(),
    recurrence: recurrence === '' ? null : recurrence,
    entrySoundsUpTo: Number(entrySoundsUpTo),
    ...(language !== '' && { language }),
  };
}

function mistakeIn(
  form: MeetingForm,
  say: Faults,
): { readonly field: keyof MeetingForm; readonly detail: string } | undefined {
  if (form.name.trim() === '') return { field: 'name', detail: say.name };
  if (form.startsAt !== '' && Number.isNaN(Date.parse(form.startsAt)))
    return { field: 'startsAt', detail: say.startsAt };
  if (!/^([0-9]{2,6})?$/.test(form.extension.trim()))
    return { field: 'extension', detail: say.extension };
  if (form.maxParticipants.trim() !== '' && !isCount(form.maxParticipants, 2))
    return {
      field: 'maxParticipants',
      detail: say.countOrEmpty(2, MOST_PEOPLE),
    };
  if (!isCount(form.entrySoundsUpTo, 0))
    return { field: 'entrySoundsUpTo', detail: say.count(0, MOST_PEOPLE) };
  return mistakeInTimes(form, say);
}

function mistakeInTimes(form: MeetingForm, say: Faults) {
  if (form.recurrence !== '' && form.startsAt === '')
    return { field: 'startsAt' as const, detail: say.firstStart };
  const wrong = ([...MINUTES, 'durationMinutes'] as const).find((name) => {
    const typed = form[name].trim();
    return typed !== '' && !(/^[0-9]{1,4}$/.test(typed) && Number(typed) <= MOST_MINUTES);
  });
  if (wrong === undefined) return undefined;
  return { field: wrong, detail: say.minutes(MOST_MINUTES) };
}

function isCount(text: string, least: number): boolean {
  const typed = text.trim();
  return /^[0-9]{1,4}$/.test(typed) && Number(typed) >= least && Number(typed) <= MOST_PEOPLE;
}
