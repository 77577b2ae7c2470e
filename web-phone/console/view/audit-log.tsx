import { useEffect, useMemo } from 'preact/hooks';
import type { AuditEntryView } from '../../../protocol/http/audit.ts';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { Audit, cameOutWords } from '../audit.ts';
import type { AuditFilter } from '../audit.ts';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';

/** Who did what: the newest hundred that fit, and files of all that fit. */
export function AuditLog({ desk }: DeskProps) {
  const audit = useMemo(() => new Audit(), []);
  useEffect(() => void audit.look(), [audit]);
  const say = words('console').audit;
  return (
    <main class="place">
      <header class="section-head">
        <h1>{say.heading}</h1>
        <span class="audit-files">
          <a class="button button-small" href={audit.exportOf('csv')} download>
            {say.csv}
          </a>
          <a class="button button-small" href={audit.exportOf('jsonl')} download>
            {say.jsonLines}
          </a>
          <Button size="small" onClick={() => void verify(desk, audit)}>
            {say.check}
          </Button>
        </span>
      </header>
      <Filter audit={audit} />
      <ListedRows
        of={audit}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{say.none}</p>
          </div>
        }
        row={(entry) => <Row key={entry.seq} entry={entry} />}
      />
      {audit.hasMore && <Button onClick={() => void audit.more()}>{say.older}</Button>}
    </main>
  );
}

function Filter({ audit }: { readonly audit: Audit }) {
  const { who, act, outcome } = audit.filter.value;
  const say = words('console').audit;
  return (
    <div class="audit-filter" role="search" aria-label={say.narrow}>
      <TextField
        label={say.who}
        placeholder={say.whoExample}
        value={who}
        onInput={(value) => audit.narrow({ who: value })}
      />
      <TextField
        label={say.what}
        placeholder={say.whatExample}
        value={act}
        onInput={(value) => audit.narrow({ act: value })}
      />
      <Choice<AuditFilter['outcome']>
        label={say.outcome}
        value={outcome}
        options={[
          ['', say.outcomes.all],
          ['done', say.outcomes.done],
          ['refused', say.outcomes.refused],
          ['failed', say.outcomes.failed],
        ]}
        onChange={(value) => audit.narrow({ outcome: value })}
      />
    </div>
  );
}

function Row({ entry }: { readonly entry: AuditEntryView }) {
  const say = words('console').audit;
  const { seq, at, who, from, act, meeting, subject, detail, outcome } = entry;
  const about = [meeting, subject, detail].filter((each) => each !== undefined);
  return (
    <li class="row-card audit-row">
      <span class="row-words">
        <span class="person-name audit-act">{act}</span>
        {about.length > 0 && <span class="soft audit-act">{about.join(' · ')}</span>}
        <span class="soft">
          {seq} · {spokenTime(at)} · {who}
          {from !== '' && say.from(from)}
        </span>
      </span>
      <span class={outcome === 'done' ? 'soft' : 'row-trouble'}>
        {cameOutWords(outcome, say.cameOut)}
      </span>
    </li>
  );
}

async function verify({ notices }: DeskProps['desk'], audit: Audit): Promise<void> {
  const say = words('console').audit;
  const answer = await audit.verify();
  if (!answer.ok) notices.warn(problemWords(answer.problem, words('shared').problems));
  else if (answer.value.ok) notices.done(say.whole(answer.value.first, answer.value.last));
  else notices.warn(say.broken(answer.value.seq, answer.value.fault));
}
