import type { SessionDetail, VisitView } from '../../../protocol/http/history.ts';
import { formatDuration } from '../../style/format.ts';
import { words } from '../../words/words.ts';
import { shownName, talkWords } from '../history-words.ts';

/** The drawing is so wide in its own measure; it stretches to the page. */
const WIDTH = 1_000;
const HEIGHT = 20;

/** Who was there and who talked when: a line each, from the beginning to the end of the session. */
export function Timeline({ session }: { readonly session: SessionDetail }) {
  const lengthMs = lengthOf(session);
  const inside = session.visits.filter(({ joinedAt }) => joinedAt !== undefined);
  return (
    <figure class="timeline">
      <figcaption class="soft">{words('console').room.timelineLegend}</figcaption>
      <ul>
        {inside.map((visit) => (
          <li key={visit.id}>
            <bdi class="timeline-name">{shownName(visit.name, words('console').history)}</bdi>
            <Line visit={visit} startedAt={session.startedAt} lengthMs={lengthMs} />
          </li>
        ))}
      </ul>
      <p class="timeline-scale soft" aria-hidden="true">
        <span class="number">0:00</span>
        <span class="number">{formatDuration(lengthMs)}</span>
      </p>
    </figure>
  );
}

function Line(props: {
  readonly visit: VisitView;
  readonly startedAt: string;
  readonly lengthMs: number;
}) {
  const { visit, startedAt, lengthMs } = props;
  const at = (ms: number) => (Math.min(lengthMs, Math.max(0, ms)) * WIDTH) / lengthMs;
  const since = (iso: string | undefined, otherwise: number) =>
    iso === undefined ? otherwise : Date.parse(iso) - Date.parse(startedAt);
  const from = at(since(visit.joinedAt, 0));
  const to = at(since(visit.leftAt, lengthMs));
  return (
    <svg
      class="timeline-line"
      role="img"
      aria-label={talkWords(visit, words('console').history)}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <rect class="timeline-there" x={from} y={9} width={Math.max(1, to - from)} height={2} />
      {visit.talked.map(([begin, end]) => (
        <rect
          key={begin}
          class="timeline-talk"
          x={at(begin)}
          y={2}
          width={Math.max(2, at(end) - at(begin))}
          height={16}
        />
      ))}
    </svg>
  );
}

/** Of one that goes on: as far as anything is known of it. */
function lengthOf({ startedAt, endedAt, visits }: SessionDetail): number {
  const ends = visits.flatMap(({ talked, leftAt, joinedAt }) => [
    ...talked.map(([, to]) => to),
    ...[leftAt, joinedAt].flatMap((iso) =>
      iso === undefined ? [] : [Date.parse(iso) - Date.parse(startedAt)],
    ),
  ]);
  const known = endedAt === undefined ? ends : [Date.parse(endedAt) - Date.parse(startedAt)];
  return Math.max(1_000, ...known);
}
