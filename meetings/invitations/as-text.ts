import { oneTap, spaced } from './invitation.ts';
import type { Invitation } from './invitation.ts';
import { WORDS, daysLeftOut, timesOf } from './words.ts';

/** The body of a mail, in lines. */
export function asText(invitation: Invitation, nowMs: number): string {
  return `${linesOf(invitation, nowMs).join('\n')}\n`;
}

function linesOf(invitation: Invitation, nowMs: number): readonly string[] {
  const { meeting, language, link } = invitation;
  const words = WORDS[language];
  const [first, ...further] = timesOf(invitation, nowMs);
  if (meeting.endedAtMs !== undefined) return [meeting.name, '', words.cancelled];
  return [
    meeting.name,
    '',
    `${words.when} ${first ?? words.whenever}`,
    ...further.map((time) => `${words.further} ${time}`),
    ...(further.length > 0 ? [words.more] : []),
    ...daysLeftOut(invitation, nowMs).map((day) => `${words.leftOut} ${day}`),
    '',
    words.browser,
    link,
    '',
    ...byPhone(invitation),
  ];
}

function byPhone({ meeting, language, code, dialIn }: Invitation): readonly string[] {
  const words = WORDS[language];
  const { extension } = meeting;
  const numbers = dialIn.flatMap((way) => {
    const spoken = words.languages[way.language ?? meeting.language];
    const tap = oneTap(way, code);
    return [`${way.number} (${way.label}, ${spoken})`, ...(tap ? [`${words.oneTap} ${tap}`] : [])];
  });
  return [
    words.phone,
    ...numbers,
    `${words.code} ${spaced(code)}, ${words.hash}`,
    ...(extension === undefined ? [] : ['', `${words.extension} ${extension}`]),
  ];
}
