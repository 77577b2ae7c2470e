import { useEffect, useMemo } from 'preact/hooks';
import type { AuditEntryView } from '../../../protocol/http/audit.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Choice } from '../../style/choice-field.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { Audit } from '../audit.ts';
import type { AuditFilter } from '../audit.ts';
import type { DeskProps } from './page.tsx';

/** Who did what: the newest hundred that fit, and files of all that fit. */
export function AuditLog({ desk }: DeskProps) {
  const audit = useMemo(() => new Audit(), []);
  useEffect(() => void audit.look(), [audit]);
  const list = audit.list.value;
  const problem = audit.problem.value;
  return (
    <main class="place">
      <header class="section-head">
        <h1>Audit</h1>
        <span class="audit-files">
          <a class="button button-small" href={audit.exportOf('csv')} download>
            CSV
          </a>
          <a class="button button-small" href={audit.exportOf('jsonl')} download>
            JSON lines
          </a>
          <Button size="small" onClick={() => void verify(desk, audit)}>
            Check the chain
          </Button>
        </span>
      </header>
      <Filter audit={audit} />
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && (
        <div class="empty">
          <h2>Nothing fits</h2>
          <p>Whatever somebody changes here, and each sign-in, is told in this log.</p>
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((entry) => (
            <Row key={entry.seq} entry={entry} />
          ))}
        </ul>
      )}
    </main>
  );
}

function Filter({ audit }: { readonly audit: Audit }) {
  const { who, act, outcome } = audit.filter.value;
  return (
    <div class="audit-filter" role="search" aria-label="Narrow the list">
      <TextField
        label="Who"
        placeholder="admin, person, phone"
        value={who}
        onInput={(value) => audit.narrow({ who: value })}
      />
      <TextField
        label="What"
        placeholder="lock, sessions, DELETE"
        value={act}
        onInput={(value) => audit.narrow({ act: value })}
      />
      <Choice<AuditFilter['outcome']>
        label="Outcome"
        value={outcome}
        options={[
          ['', 'All'],
          ['done', 'Done'],
          ['refused', 'Refused'],
          ['failed', 'Failed'],
        ]}
        onChange={(value) => audit.narrow({ outcome: value })}
      />
    </div>
  );
}

function Row({ entry }: { readonly entry: AuditEntryView }) {
  const { seq, at, who, from, act, meeting, subject, detail, outcome } = entry;
  const about = [meeting, subject, detail].filter((each) => each !== undefined);
  return (
    <li class="row-card audit-row">
      <span class="row-words">
        <span class="person-name audit-act">{act}</span>
        {about.length > 0 && <span class="soft audit-act">{about.join(' · ')}</span>}
        <span class="soft">
          {seq} · {spokenTime(at)} · {who}
          {from !== '' && ` from ${from}`}
        </span>
      </span>
      <span class={outcome === 'done' ? 'soft' : 'row-trouble'}>{outcome}</span>
    </li>
  );
}

async function verify({ notices }: DeskProps['desk'], audit: Audit): Promise<void> {
  const answer = await audit.verify();
  if (!answer.ok) notices.warn(answer.problem.detail);
  else if (answer.value.ok)
    notices.done(`The chain is whole, from ${answer.value.first} to ${answer.value.last}.`);
  else notices.warn(`The chain is broken at ${answer.value.seq}: ${answer.value.fault}.`);
}
