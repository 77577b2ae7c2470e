import { useSignal } from '@preact/signals';
import type { TrunkTest } from '../../../protocol/call/trunk.ts';
import type { Answer } from '../../../protocol/http/ask.ts';
import type { TrunkView } from '../../../protocol/http/views.ts';
import { request } from '../../feed/request.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { testWords, trunkLamp } from '../trunk-lamp.ts';

interface RowProps {
  readonly trunk: TrunkView;
  /** Absent for those who only look. */
  readonly verbs: { readonly edit: () => void; readonly remove: () => void } | undefined;
}

/** One trunk: how it stands, what to mend, where its numbers lead, and what its server says when asked. */
export function TrunkRow({ trunk, verbs }: RowProps) {
  const answer = useSignal<Answer<TrunkTest> | undefined>(undefined);
  const busy = useSignal(false);
  const say = words('console').trunks;
  const lamp = trunkLamp(trunk, say);
  const told = answer.value && toldOf(answer.value);
  const test = async () => {
    busy.value = true;
    answer.value = await testOf(trunk.name);
    busy.value = false;
  };
  return (
    <li class="row-card">
      <span class={`lamp${lamp.on ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="link" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{trunk.name}</bdi>
          {trunk.outbound && <span class="badge">{say.callsOut}</span>}
        </span>
        <span class="soft">
          {lamp.words} · <bdi>{trunk.server}</bdi>, {trunk.transport.toUpperCase()}
        </span>
        {lamp.trouble !== undefined && <span class="row-trouble">{lamp.trouble}</span>}
        {lamp.remedy !== undefined && <span class="soft">{lamp.remedy}</span>}
        <Numbers numbers={trunk.numbers} />
        <span class="soft" role="status">
          {told && <span class={told.good ? 'mark-ok' : 'row-trouble'}>{told.words}</span>}
          {told?.good && trunk.numbers[0] && ` ${say.callIn(trunk.numbers[0].number)}`}
        </span>
      </span>
      {verbs && (
        <span class="row-actions">
          <Button
            size="small"
            label={say.testOf(trunk.name)}
            waiting={busy.value}
            onClick={() => void test()}
          >
            {say.test}
          </Button>
          <Button look="quiet" icon="pencil" label={say.change(trunk.name)} onClick={verbs.edit} />
          <Button look="quiet" icon="trash" label={say.delete(trunk.name)} onClick={verbs.remove} />
        </span>
      )}
    </li>
  );
}

function testOf(name: string): Promise<Answer<TrunkTest>> {
  return request<TrunkTest>({ method: 'POST', path: `/trunks/${encodeURIComponent(name)}/test` });
}

function toldOf(answer: Answer<TrunkTest>): ReturnType<typeof testWords> {
  if (answer.ok) return testWords(answer.value, words('console').trunks);
  return { good: false, words: problemWords(answer.problem, words('shared').problems) };
}

function Numbers({ numbers }: Pick<TrunkView, 'numbers'>) {
  const say = words('console').trunks;
  return numbers.map(({ number, label, language }) => (
    <span key={number} class="soft">
      <bdi class="number">{number}</bdi> {label !== number && <bdi>{label}</bdi>}{' '}
      <span class="badge">{say.leadsTo(say.language[language])}</span>
    </span>
  ));
}
