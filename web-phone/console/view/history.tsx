import { useEffect } from 'preact/hooks';
import type { SessionSummary } from '../../../protocol/http/history.ts';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { sessionWords } from '../history-words.ts';
import { formatRoute } from '../route.ts';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';

/** Sessions of all meetings, the newest first. */
export function History({ desk }: DeskProps) {
  const { history } = desk;
  useEffect(() => void history.look(), [history]);
  const say = words('console').history;
  return (
    <main class="place">
      <header class="section-head">
        <h1>{say.heading}</h1>
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
          label={say.person}
          hint={say.personHint}
          value={history.person.value}
          onInput={(value) => (history.person.value = value)}
          maxLength={100}
        />
        <Button submit>{say.search}</Button>
      </form>
      <ListedRows
        of={history.asked}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{history.isNarrowed ? say.noneFit : say.none}</p>
          </div>
        }
        row={(session) => <SessionRow key={session.id} session={session} />}
      />
      {history.hasMore && <Button onClick={() => void history.more()}>{say.older}</Button>}
    </main>
  );
}

function SessionRow({ session }: { readonly session: SessionSummary }) {
  const { id, meeting, name, startedAt, endedAt } = session;
  const say = words('console').history;
  return (
    <li class="session-row">
      <a href={formatRoute({ kind: 'session', meeting, id })}>
        <bdi class="person-name">{name === '' ? say.nameless : name}</bdi>
        {endedAt === undefined && <span class="badge">{say.now}</span>}
        <span class="soft">
          {spokenTime(startedAt)} · {sessionWords(session, say, words('shared').counts.people)}
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
        {words('console').history.csv}
      </a>
      <a class="button button-plain button-small" href={props.address('json')} download>
        {words('console').history.json}
      </a>
    </p>
  );
}
