import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Notices } from '../../style/notices.tsx';
import { words } from '../../words/words.ts';
import type { Telephone, TelephoneState } from '../telephone.ts';
import { LINE_WORDS } from '../words.ts';
import { Calls } from './calls.tsx';
import { Dialler } from './dialler.tsx';
import { Recent } from './recent.tsx';
import { Sound } from './sound.tsx';

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
        {state.kind === 'open' && <Standing state={state} />}
        <LanguageChoice load={LINE_WORDS} look="corner" />
      </header>
      <main class="line-main">
        {state.kind === 'open' ? <Open telephone={telephone} state={state} /> : null}
        {state.kind === 'opening' && <p class="hint">{words('line').connecting}</p>}
        {(state.kind === 'stranger' || state.kind === 'no-person') && (
          <Stranger noPerson={state.kind === 'no-person'} />
        )}
        {state.kind === 'broken' && <Broken telephone={telephone} detail={state.problem.detail} />}
      </main>
      <NoticeBoard notices={notices} />
    </div>
  );
}

type OpenState = Extract<TelephoneState, { kind: 'open' }>;

function Open({ telephone, state }: LineProps & { readonly state: OpenState }) {
  return (
    <>
      <div class="line-column">
        <Calls telephone={telephone} />
        <Dialler telephone={telephone} own={state.line.username} numbers={state.numbers} />
      </div>
      <div class="line-column">
        <Recent telephone={telephone} />
        <Sound telephone={telephone} />
      </div>
    </>
  );
}

function Standing({ state }: { readonly state: OpenState }) {
  const say = words('line');
  const { extension } = state.line;
  return (
    <p class={`line-standing${state.online ? ' line-online' : ''}`} role="status">
      <span class="line-lamp" aria-hidden="true" />
      <span>
        <bdi>{state.line.name}</bdi> · {state.online ? say.ready : say.connecting}
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

function Broken({ telephone, detail }: LineProps & { readonly detail: string }) {
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
      {detail}
    </Banner>
  );
}
