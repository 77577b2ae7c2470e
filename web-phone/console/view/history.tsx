import { useEffect } from 'preact/hooks';
import type { SessionSummary } from '../../../protocol/http/history.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { sessionWords } from '../history-words.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** Sessions of all meetings, the newest first. */
export function History({ desk }: DeskProps) {
  const { history } = desk;
  useEffect(() => void history.look(), [history]);
  const sessions = history.sessions.value;
  const problem = history.problem.value;
  return (
    <main class="place">
      <header class="section-head">
        <h1>History</h1>
        <Files address={(format) => history.exportAddress(format)} />
      </header>
      <form
        class="history-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void history.look();
        }}
      >
        <TextField
          label="Somebody who was there"
          hint="The whole name. Empty: everybody."
          value={history.person.value}
          onInput={(value) => (history.person.value = value)}
          maxLength={100}
        />
        <Button submit>Search</Button>
      </form>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {sessions?.length === 0 && (
        <div class="empty">
          <h2>Nothing here</h2>
          <p>Nobody met yet, or the days for which it is kept are over.</p>
        </div>
      )}
      {sessions && sessions.length > 0 && (
        <ul class="rows">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      {history.hasMore && <Button onClick={() => void history.more()}>Show older ones</Button>}
    </main>
  );
}

function SessionRow({ session }: { readonly session: SessionSummary }) {
  const { id, meeting, name, startedAt, endedAt } = session;
  return (
    <li class="session-row">
      <a href={formatRoute({ kind: 'session', meeting, id })}>
        <bdi class="person-name">{name === '' ? 'A meeting without a name' : name}</bdi>
        {endedAt === undefined && <span class="badge">now</span>}
        <span class="soft">
          {spokenTime(startedAt)} · {sessionWords(session)}
        </span>
      </a>
    </li>
  );
}

/** The same as files. */
export function Files(props: { readonly address: (format: 'csv' | 'json') => string }) {
  return (
    <p class="row-actions">
      <a class="button button-plain button-small" href={props.address('csv')} download>
        CSV
      </a>
      <a class="button button-plain button-small" href={props.address('json')} download>
        JSON
      </a>
    </p>
  );
}
