import type { SessionSummary, VisitView } from '../../protocol/http/history.ts';
import { qualityWord } from '../../protocol/room/quality.ts';
import { formatDuration } from '../style/format.ts';
import { words } from '../words/words.ts';

const WAYS: Readonly<Record<VisitView['came']['way'], string>> = {
  link: 'by link',
  'joining-code': 'by joining code',
  'moderator-code': 'by moderator code',
  'personal-code': 'by personal code',
  extension: 'by extension',
  called: 'called by the meeting',
  unknown: 'by phone',
};

/** `1:02:33, 12 people, at most 9 at once`. */
export function sessionWords({ startedAt, endedAt, people, most }: SessionSummary): string {
  const length =
    endedAt === undefined ? 'goes on' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return `${length}, ${words('shared').counts.people(people)}, at most ${most} at once`;
}

/** `by joining code, over provider, +49…1234`. */
export function cameWords({ came, via, number }: VisitView): string {
  const way = came.way === 'unknown' && via === 'browser' ? 'by link' : WAYS[came.way];
  return [way, came.trunk && `over ${came.trunk}`, number].filter(Boolean).join(', ');
}

/** `good (4.3)`; absent where nobody measured it. */
export function qualityWords({ quality }: VisitView): string | undefined {
  return quality && `${qualityWord(quality)} (${quality.mos.toFixed(1)})`;
}

/** What a drawing of somebody's talk says to those who do not see it. */
export function talkWords({ name, talked, talkedMs }: VisitView): string {
  const who = shownName(name);
  if (talked.length === 0) return `${who} did not talk.`;
  const times = talked
    .slice(0, MOST_READ)
    .map(([from, to]) => `${formatDuration(from)} to ${formatDuration(to)}`);
  const more = talked.length > MOST_READ ? ` and ${talked.length - MOST_READ} times more` : '';
  return `${who} talked for ${formatDuration(talkedMs)}: ${times.join(', ')}${more}.`;
}

/** Nobody listens to a longer list. */
const MOST_READ = 10;

export function shownName(name: string): string {
  return name === '' ? 'Forgotten' : name;
}
