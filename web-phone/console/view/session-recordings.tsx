import { useEffect, useId, useMemo } from 'preact/hooks';
import type { SessionSummary } from '../../../protocol/http/history.ts';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { words } from '../../words/words.ts';
import { Listed } from '../listed.ts';
import { isOfSession } from '../recordings.ts';
import type { DeskProps } from './page.tsx';
import { RecordingRow } from './recording-row.tsx';

/** What was recorded while people met; nothing where nothing was. */
export function SessionRecordings(props: DeskProps & { readonly session: SessionSummary }) {
  const { desk, session } = props;
  const { meeting } = session;
  const title = useId();
  const all = useMemo(
    () => new Listed<RecordingView>('/recordings', `?meeting=${encodeURIComponent(meeting)}`),
    [meeting],
  );
  useEffect(() => all.watch(), [all]);
  const shown = (all.list.value ?? []).filter(
    (each) => isOfSession(each, session) && !desk.leaving.has(each.id),
  );
  const problem = all.problem.value;
  if (shown.length === 0) {
    return <ShownProblem problem={problem} onRetry={() => void all.look()} />;
  }
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{words('console').recordings.heading}</h2>
      <ShownProblem problem={problem} onRetry={() => void all.look()} />
      <ul class="rows">
        {shown.map((recording) => (
          <RecordingRow key={recording.id} desk={desk} of={all} recording={recording} inSession />
        ))}
      </ul>
    </section>
  );
}
