import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SessionDetail, VisitView } from '../../../protocol/http/history.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { Waiting } from '../../style/waiting.tsx';
import { currentTongue, words } from '../../words/words.ts';
import {
  cameWords,
  deedWords,
  endWords,
  qualityWords,
  sessionWords,
  shownName,
} from '../history-words.ts';
import { sessionFile } from '../history.ts';
import { placesOf, runsHouse } from '../places.ts';
import { formatRoute } from '../route.ts';
import { Files } from './history.tsx';
import type { DeskProps } from './page.tsx';
import { SessionRecordings } from './session-recordings.tsx';
import { Timeline } from './timeline.tsx';

/** One session: who was there, how they came and went, and who talked when. */
export function HistorySession(
  props: DeskProps & { readonly meeting: RoomId; readonly id: string },
) {
  const { desk, meeting, id } = props;
  useEffect(() => void desk.history.open(meeting, id), [desk, meeting, id]);
  const session = desk.history.detail.value;
  const problem = desk.history.problem.value;
  const isHere = session?.id === id;
  return (
    <main class="place place-wide">
      <a class="card-back" href={formatRoute({ kind: 'history' })}>
        <Icon name="back" /> {words('console').history.heading}
      </a>
      <ShownProblem problem={problem} onRetry={() => void desk.history.open(meeting, id)} />
      {!isHere && !problem && <Waiting />}
      {isHere && <Session desk={desk} session={session} />}
    </main>
  );
}

function Session({ desk, session }: DeskProps & { readonly session: SessionDetail }) {
  const say = words('console').history;
  const asks = useSignal(false);
  return (
    <>
      <header class="section-head">
        <h1>
          <bdi>{session.name === '' ? say.nameless : session.name}</bdi>
        </h1>
        <Files address={(format) => sessionFile(session, format)} />
      </header>
      <p class="soft">
        {spokenTime(session.startedAt)} ·{' '}
        {sessionWords(session, say, words('shared').counts.people)}
      </p>
      <Timeline session={session} />
      <Visits session={session} />
      {placesOf(desk.session.who).includes('recordings') && (
        <SessionRecordings desk={desk} session={session} />
      )}
      {session.endedAt !== undefined && runsHouse(desk.session.who) && (
        <p>
          <Button look="danger" size="small" icon="trash" onClick={() => (asks.value = true)}>
            {say.forgetThis}
          </Button>
        </p>
      )}
      {asks.value && (
        <Confirm
          title={say.forgetTitle}
          verb={say.forget}
          onYes={() => void forget(desk, session)}
          onClose={() => (asks.value = false)}
        >
          {say.forgetAbout}
        </Confirm>
      )}
    </>
  );
}

async function forget(desk: DeskProps['desk'], session: SessionDetail): Promise<void> {
  const answer = await desk.history.remove(session);
  if (answer.ok) desk.go({ kind: 'history' });
  else desk.refused(answer.problem);
}

const COLUMNS = ['name', 'came', 'left', 'talked', 'sound', 'why'] as const;

function Visits({ session }: { readonly session: SessionDetail }) {
  const say = words('console').history;
  return (
    <div class="history-table" role="region" aria-label={say.whoWasThere} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {say.column[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {session.visits.map((visit) => (
            <Visit key={visit.id} visit={visit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Visit({ visit }: { readonly visit: VisitView }) {
  const { name, role, joinedAt, leftAt, waited, talkedMs, quality, deeds } = visit;
  const say = words('console').history;
  const { locale } = currentTongue();
  const waitedMs = waited.reduce((sum, [from, to]) => sum + to - from, 0);
  return (
    <tr>
      <th scope="row">
        <bdi>{shownName(name, say)}</bdi>
        {role === 'moderator' && <span class="badge">{say.moderator}</span>}
        <span class="soft">{cameWords(visit, say)}</span>
      </th>
      <td>
        {joinedAt === undefined ? say.notLetIn : clock(joinedAt)}
        {waitedMs > 0 && <span class="soft">{say.waited(formatDuration(waitedMs))}</span>}
      </td>
      <td>{leftAt === undefined ? say.stillThere : clock(leftAt)}</td>
      <td>
        <span class="number">{formatDuration(talkedMs)}</span>
      </td>
      <td>
        {qualityWords(visit, say, locale) ?? '–'}
        {quality && (
          <span class="soft">{say.lost(quality.lossPercent.toLocaleString(locale))}</span>
        )}
      </td>
      <td>
        {endWords(visit, say)}
        {deeds.map(({ at, act, by }) => (
          <span class="soft" key={at + act}>
            {clock(at)}: {deedWords(act, by, say)}
          </span>
        ))}
      </td>
    </tr>
  );
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString(currentTongue().locale, { timeStyle: 'medium' });
}
