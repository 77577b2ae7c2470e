import type { Language } from '../../protocol/call/language.ts';
import { leftOut, occurrences, upcoming } from '../rules/schedule.ts';
import type { Occurrence } from '../rules/schedule.ts';
import type { Invitation } from './invitation.ts';

/** What every invitation says, in each language. */
export const WORDS = {
  en: {
    subject: 'Invitation:',
    when: 'When:',
    whenever: 'At any time',
    further: 'And on:',
    more: 'and so on',
    leftOut: 'Not on:',
    browser: 'In the browser:',
    phone: 'By phone:',
    code: 'Code:',
    hash: 'then the hash key',
    oneTap: 'With one tap:',
    extension: 'From a phone of the house:',
    cancelled: 'This meeting does not take place.',
    languages: { en: 'in English', de: 'in German' },
  },
  de: {
    subject: 'Einladung:',
    when: 'Wann:',
    whenever: 'Jederzeit',
    further: 'Und am:',
    more: 'und so weiter',
    leftOut: 'Es entfällt:',
    browser: 'Im Browser:',
    phone: 'Per Telefon:',
    code: 'Code:',
    hash: 'dann die Rautetaste',
    oneTap: 'Mit einem Tippen:',
    extension: 'Von einem Telefon im Haus:',
    cancelled: 'Diese Konferenz findet nicht statt.',
    languages: { en: 'auf Englisch', de: 'auf Deutsch' },
  },
} as const satisfies Record<Language, object>;

const LOCALES = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>;
/** Of a series so many times are named. */
const NAMED = 4;

/** The next times, the very next first, as people there write them; none where it is permanent. */
export function timesOf({ meeting, language }: Invitation, nowMs: number): readonly string[] {
  return takingPlace(meeting, nowMs).map(({ startsAtMs, endsAtMs }) =>
    spell(startsAtMs, endsAtMs, { meeting, language }),
  );
}

function takingPlace(meeting: Invitation['meeting'], nowMs: number): readonly Occurrence[] {
  const next = upcoming(meeting, nowMs);
  if (next === undefined) return [];
  return occurrences(meeting, next.endsAtMs - 1, 50)
    .filter(({ skipped }) => !skipped)
    .slice(0, NAMED);
}

/** The days between those times on which it would have been, and is not. */
export function daysLeftOut({ meeting, language }: Invitation, nowMs: number): readonly string[] {
  const last = takingPlace(meeting, nowMs).at(-1);
  const { timeZone = 'UTC' } = meeting;
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone,
  });
  return leftOut(meeting, nowMs)
    .filter((atMs) => last === undefined || atMs < last.startsAtMs)
    .slice(0, NAMED)
    .map((atMs) => format.format(atMs));
}

function spell(
  fromMs: number,
  toMs: number,
  { meeting: { timeZone = 'UTC' }, language }: Pick<Invitation, 'meeting' | 'language'>,
): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  return `${format.formatRange(fromMs, toMs).replace(/\u2009/g, ' ')} (${timeZone})`;
}
