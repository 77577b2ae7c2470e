import type { Problem } from '../../../protocol/http/problem.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Notices } from '../../style/notices.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import type { Telephone, TelephoneState } from '../telephone.ts';
import { Calls } from './calls.tsx';
import { Dialler } from './dialler.tsx';
import { Recent } from './recent.tsx';
import { Sound } from './sound.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

export interface LineProps {
  readonly telephone: Telephone;
}

/** The telephone: dial, people, last calls, and the calls there are. */
export function Page({ telephone, notices }: LineProps & { readonly notices: Notices }) {
  const state = telephone.state.value;
  return (
    <div class="line">
      <header class="line-head">
        <Brand small />
        <h1 class="line-title">{words('line').title}</h1>
        <Standing state={state} />
        <LanguageChoice look="corner" />
      </header>
      <main class="line-main" tabIndex={-1}>
        {state.kind === 'open' ? <Open telephone={telephone} state={state} /> : null}
        {(state.kind === 'stranger' || state.kind === 'no-person') && (
          <Stranger noPerson={state.kind === 'no-person'} />
        )}
        {state.kind === 'broken' && <Broken telephone={telephone} problem={state.problem} />}
      </main>
      <NoticeBoard notices={notices} />
    </div>
  );
}

type OpenState = Extract<TelephoneState, { kind: 'open' }>;

function Open({ telephone, state }: LineProps & { readonly state: OpenState }) {
  useKeptFocus(telephone.calls.value);
  return (
    <>
      <Calls telephone={telephone} />
      <div class="line-column">
        <Dialler telephone={telephone} own={state.line.username} numbers={state.numbers} />
      </div>
      <div class="line-column">
        <Recent telephone={telephone} />
        <Sound telephone={telephone} />
      </div>
    </>
  );
}

/** Whether calls come through. Its place is kept where there is nothing to say, so that the page does not jump. */
function Standing({ state }: { readonly state: TelephoneState }) {
  const say = words('line');
  if (state.kind !== 'open')
    return (
      <p class="line-standing" role="status">
        {state.kind === 'opening' && say.connecting}
      </p>
    );
  const { name, extension } = state.line;
  return (
    <p class={`line-standing line-${state.standing}`} role="status">
      <span class="line-lamp" aria-hidden="true" />
      <span>
        <bdi>{name}</bdi> · {say[state.standing]}
        {extension !== undefined && <> · {say.yourNumber(extension)}</>}
      </span>
    </p>
  );
}

function Stranger({ noPerson }: { readonly noPerson: boolean }) {
  const say = words('line').signIn;
  return (
    <section class="card line-card">
      <h2>{say.title}</h2>
      <p>{noPerson ? say.noPerson : say.advice}</p>
      <p>
        <a class="button button-primary" href="/console">
          {say.button}
        </a>
      </p>
    </section>
  );
}

function Broken({ telephone, problem }: LineProps & { readonly problem: Problem }) {
  const say = words('line').signIn;
  return (
    <Banner
      look="warning"
      icon="warning"
      title={say.broken}
      actions={
        <Button size="small" onClick={() => void telephone.open()}>
          {say.again}
        </Button>
      }
    >
      {problemWords(problem, words('shared').problems)}
    </Banner>
  );
}
