import type { SessionSummary, VisitView } from '../../protocol/http/history.ts';
import { qualityWord } from '../../protocol/room/quality.ts';
import { formatDuration } from '../style/format.ts';
import type { history } from '../words/en/history.ts';

type Say = typeof history;

/** `1:02:33, 12 people, at most 9 at once`; `crowd` says how many people. */
export function sessionWords(
  { startedAt, endedAt, people, most }: SessionSummary,
  say: Say,
  crowd: (count: number) => string,
): string {
  const length =
    endedAt === undefined
      ? say.goesOn
      : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return say.session(length, crowd(people), most);
}

/** `by joining code, over provider, +49…1234`. */
export function cameWords({ came, via, number }: VisitView, say: Say): string {
  const way = came.way === 'unknown' && via === 'browser' ? 'link' : came.way;
  return [say.way[way], came.trunk && say.over(came.trunk), number].filter(Boolean).join(', ');
}

/** `good (4.3)`; absent where nobody measured it. */
export function qualityWords({ quality }: VisitView, say: Say, locale: string): string | undefined {
  if (!quality) return undefined;
  const mos = quality.mos.toLocaleString(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${say.quality[qualityWord(quality)]} (${mos})`;
}

/** Why somebody left. What we did counts above what the telephone network says of it. */
export function endWords({ end }: VisitView, say: Say): string {
  if (!end) return '';
  const isTheirs = end.reason === 'hung-up' || end.reason === 'unwatched';
  const causes: Readonly<Record<string, string>> = say.cause;
  return (isTheirs && causes[end.cause ?? '']) || say.end[end.reason];
}

/** What somebody did to them; what is newer than this page is told as the server calls it. */
export function deedWords(act: string, by: string | undefined, say: Say): string {
  const deeds: Readonly<Record<string, string>> = say.deed;
  return (deeds[act] ?? act) + (by === undefined ? '' : say.by(by));
}

/** What a drawing of somebody's talk says to those who do not see it. */
export function talkWords({ name, talked, talkedMs }: VisitView, say: Say): string {
  const who = shownName(name, say);
  if (talked.length === 0) return say.didNotTalk(who);
  const times = talked
    .slice(0, MOST_READ)
    .map(([from, to]) => say.fromTo(formatDuration(from), formatDuration(to)));
  const more = talked.length > MOST_READ ? say.moreTimes(talked.length - MOST_READ) : '';
  return say.talkedFor(who, formatDuration(talkedMs), times.join(', ') + more);
}

/** Nobody listens to a longer list. */
const MOST_READ = 10;

export function shownName(name: string, say: Say): string {
  return name === '' ? say.forgotten : name;
}
