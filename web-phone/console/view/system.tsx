import { useEffect, useMemo } from 'preact/hooks';
import type { SystemFinding, SystemView } from '../../../protocol/http/system.ts';
import { Copy } from '../../style/copy.tsx';
import { Icon } from '../../style/icon.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { currentTongue, words } from '../../words/words.ts';
import { SystemLook } from '../system-look.ts';
import { findingWords, systemText } from '../system-words.ts';
import type { DeskProps } from './page.tsx';
import { SystemNodes } from './system-nodes.tsx';
import { SystemParts } from './system-parts.tsx';

/** How the server and all that it stands on are, and what is to be mended. */
export function System({ desk }: DeskProps) {
  const look = useMemo(() => new SystemLook(), []);
  useEffect(() => look.watch(), [look]);
  const view = look.view.value;
  const say = words('console').system;
  return (
    <main class="place system" aria-busy={view === undefined}>
      <header class="section-head">
        <h1>{say.heading}</h1>
        {view && <Copy text={systemText(view)} what={say.copyWhat} words={say.copy} />}
      </header>
      <ShownProblem problem={look.problem.value} onRetry={() => void look.look()} />
      {view && (
        <>
          <Findings findings={view.findings} />
          <Numbers now={view.now} />
          <SystemNodes desk={desk} look={look} view={view} />
          <SystemParts view={view} />
        </>
      )}
    </main>
  );
}

const ICONS = { ok: 'check', warning: 'warning', fault: 'ban' } as const;

function Findings({ findings }: Pick<SystemView, 'findings'>) {
  const say = words('console').system;
  return (
    <section>
      <h2>{say.findings}</h2>
      <p role="status">
        <Sum findings={findings} />
      </p>
      <ul class="system-findings">
        {findings.map((finding) => {
          const { found, remedy } = findingWords(finding, say.finding);
          return (
            <li key={`${finding.kind} ${found}`}>
              <span class={`mark-${finding.mark}`}>
                <Icon name={ICONS[finding.mark]} />
                <span class="hidden">{say.mark[finding.mark]}</span>
              </span>
              <span>
                <p>{found}</p>
                {remedy !== undefined && <p class="soft">{remedy}</p>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** All of them in a word. */
function Sum({ findings }: Pick<SystemView, 'findings'>) {
  const say = words('console').system;
  const count = (mark: SystemFinding['mark']) =>
    findings.filter((finding) => finding.mark === mark).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  const mark = faults > 0 ? 'fault' : warnings > 0 ? 'warning' : 'ok';
  const parts = [
    ...(faults > 0 ? [say.faults(faults)] : []),
    ...(warnings > 0 ? [say.warnings(warnings)] : []),
  ];
  return (
    <strong class={`mark-${mark}`}>{parts.length === 0 ? say.well : parts.join(' · ')}</strong>
  );
}

function Numbers({ now }: Pick<SystemView, 'now'>) {
  const say = words('console').system;
  const { locale } = currentTongue();
  const { calls, people, rooms, phones, accounts } = now;
  return (
    <section>
      <h2>{say.now}</h2>
      <dl class="system-numbers">
        {(
          [
            [say.calls, calls],
            [say.people, people],
            [say.rooms, rooms],
            [say.phones, phones, say.ofAccounts(accounts)],
          ] as const
        ).map(([label, value, more]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value.toLocaleString(locale)} {more !== undefined && <small>{more}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
