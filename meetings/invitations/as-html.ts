import { oneTap, spaced } from './invitation.ts';
import type { Invitation } from './invitation.ts';
import { WORDS, daysLeftOut, timesOf } from './words.ts';

/** The body of a mail: plain elements without styles, which every program shows. */
export function asHtml(invitation: Invitation, nowMs: number): string {
  const { meeting, language, link } = invitation;
  const words = WORDS[language];
  const title = `<h2>${escaped(meeting.name)}</h2>`;
  if (meeting.endedAtMs !== undefined) return `${title}\n<p>${escaped(words.cancelled)}</p>\n`;
  const [first, ...further] = timesOf(invitation, nowMs);
  const times = [
    `${words.when} ${first ?? words.whenever}`,
    ...further.map((time) => `${words.further} ${time}`),
    ...(further.length > 0 ? [words.more] : []),
    ...daysLeftOut(invitation, nowMs).map((day) => `${words.leftOut} ${day}`),
  ];
  return [
    title,
    `<p>${times.map(escaped).join('<br>')}</p>`,
    `<p>${escaped(words.browser)}<br>${anchor(link, link)}</p>`,
    `<p>${[escaped(words.phone), ...numbers(invitation)].join('<br>')}</p>`,
    '',
  ].join('\n');
}

function numbers({ meeting, language, code, dialIn }: Invitation): readonly string[] {
  const words = WORDS[language];
  const ways = dialIn.map((way) => {
    const spoken = words.languages[way.language ?? meeting.language];
    const tap = oneTap(way, code);
    const number = tap === undefined ? escaped(way.number) : anchor(tap, way.number);
    return `${number} (${escaped(way.label)}, ${escaped(spoken)})`;
  });
  const { extension } = meeting;
  return [
    ...ways,
    `${escaped(words.code)} <strong>${spaced(code)}</strong>, ${escaped(words.hash)}`,
    ...(extension === undefined ? [] : [`${escaped(words.extension)} ${escaped(extension)}`]),
  ];
}

/** A hash would begin a fragment (RFC 3986, section 3.5). */
function anchor(address: string, shown: string): string {
  return `<a href="${escaped(address.replace('#', '%23'))}">${escaped(shown)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
