import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SessionDetail, VisitView } from '../../../protocol/http/history.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { formatDuration } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { cameWords, qualityWords, sessionWords, shownName } from '../history-words.ts';
import { sessionFile } from '../history.ts';
import { runsHouse } from '../places.ts';
import { formatRoute } from '../route.ts';
import { Files } from './history.tsx';
import type { DeskProps } from './page.tsx';
import { Timeline } from './timeline.tsx';

/** One session: who was there, how they came and went, and who talked when. */
export function HistorySession(
  props: DeskProps & { readonly meeting: RoomId; readonly id: string },
) {
  const { desk, meeting, id } = props;
  useEffect(() => void desk.history.open(meeting, id), [desk, meeting, id]);
  const session = desk.history.detail.value;
  const problem = desk.history.problem.value;
  return (
    <main class="place place-wide">
      <a class="card-back" href={formatRoute({ kind: 'history' })}>
        <Icon name="back" /> History
      </a>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {session?.id === id && <Session desk={desk} session={session} />}
    </main>
  );
}

function Session({ desk, session }: DeskProps & { readonly session: SessionDetail }) {
  const asks = useSignal(false);
  return (
    <>
      <header class="section-head">
        <h1>
          <bdi>{session.name}</bdi>
        </h1>
        <Files address={(format) => sessionFile(session, format)} />
      </header>
      <p class="soft">
        {spokenTime(session.startedAt)} · {sessionWords(session)}
      </p>
      <Timeline session={session} />
      <Visits session={session} />
      {session.endedAt !== undefined && runsHouse(desk.session.who) && (
        <p>
          <Button look="danger" size="small" icon="trash" onClick={() => (asks.value = true)}>
            Forget this session
          </Button>
        </p>
      )}
      {asks.value && (
        <Confirm
          title="Forget this session?"
          verb="Forget"
          onYes={() => void forget(desk, session)}
          onClose={() => (asks.value = false)}
        >
          Who was there and who talked is deleted for ever. Recordings stay.
        </Confirm>
      )}
    </>
  );
}

async function forget(desk: DeskProps['desk'], session: SessionDetail): Promise<void> {
  const answer = await desk.history.remove(session);
  if (answer.ok) desk.go({ kind: 'history' });
  else desk.notices.warn(answer.problem.detail);
}

function Visits({ session }: { readonly session: SessionDetail }) {
  return (
    <div class="history-table" role="region" aria-label="Who was there" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Came</th>
            <th scope="col">Left</th>
            <th scope="col">Talked</th>
            <th scope="col">Sound</th>
            <th scope="col">Why they left</th>
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
  const { name, role, joinedAt, leftAt, waited, talkedMs, quality, end, deeds } = visit;
  const waitedMs = waited.reduce((sum, [from, to]) => sum + to - from, 0);
  return (
    <tr>
      <th scope="row">
        <bdi>{shownName(name)}</bdi>
        {role === 'moderator' && <span class="badge">moderator</span>}
        <span class="soft">{cameWords(visit)}</span>
      </th>
      <td>
        {joinedAt === undefined ? 'not let in' : clock(joinedAt)}
        {waitedMs > 0 && <span class="soft">waited {formatDuration(waitedMs)}</span>}
      </td>
      <td>{leftAt === undefined ? 'still there' : clock(leftAt)}</td>
      <td class="number">{formatDuration(talkedMs)}</td>
      <td>
        {qualityWords(visit) ?? '–'}
        {quality && <span class="soft">{quality.lossPercent} % lost</span>}
      </td>
      <td>
        {end?.words ?? ''}
        {deeds.map(({ at, act, by }) => (
          <span class="soft" key={at + act}>
            {clock(at)}: {act.replace('made-', 'made ')}
            {by !== undefined && ` by ${by}`}
          </span>
        ))}
      </td>
    </tr>
  );
}

function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { timeStyle: 'medium' });
}
