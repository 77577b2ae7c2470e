import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Meter } from '../../style/meter.tsx';
import { currentTongue, words } from '../../words/words.ts';
import { verdictOf } from '../echo-findings.ts';
import type { EchoFindings, EchoVerdict } from '../echo-findings.ts';
import { LASTS_MS } from '../echo-test.ts';
import type { EchoTest } from '../echo-test.ts';
import type { Microphone } from '../microphone.ts';
import type { Trouble } from '../trouble.ts';
import { troubleWords } from './trouble-words.ts';

export interface EchoPanelProps {
  readonly test: EchoTest;
  readonly microphone: Microphone;
  readonly onStart: () => void;
}

/** A test that runs, or ran: its buttons, and beneath them, where it moves nothing, what is said, what comes back, and what that means. */
export function EchoPanel({ test, microphone, onStart }: EchoPanelProps) {
  const state = test.state.value;
  const say = words('phone').echoTest;
  return (
    <section class="echo" aria-label={say.title}>
      <div class="echo-buttons">
        {state.kind === 'calling' || state.kind === 'running' ? (
          <Button onClick={() => test.stop()}>{say.stop}</Button>
        ) : (
          <>
            <Button onClick={onStart}>{say.again}</Button>
            <Button look="quiet" onClick={() => test.close()}>
              {say.close}
            </Button>
          </>
        )}
        {state.kind === 'running' && (
          <span class="hint echo-left">
            {say.secondsLeft(Math.max(0, Math.ceil((LASTS_MS - state.found.forMs) / 1000)))}
          </span>
        )}
      </div>
      {state.kind === 'calling' && <p role="status">{say.calling}</p>}
      {state.kind === 'failed' && <Failed trouble={state.trouble} />}
      {state.kind === 'running' && (
        <>
          <Levels test={test} microphone={microphone} />
          <Verdict found={state.found} />
          <Figures found={state.found} />
        </>
      )}
      {state.kind === 'over' && (
        <>
          <Verdict found={state.found} />
          <Figures found={state.found} />
        </>
      )}
    </section>
  );
}

function Failed({ trouble }: { readonly trouble: Trouble }) {
  const { title, advice } = troubleWords(trouble);
  return (
    <Banner look="warning" title={title}>
      {advice}
    </Banner>
  );
}

function Levels({ test, microphone }: Pick<EchoPanelProps, 'test' | 'microphone'>) {
  const say = words('phone').echoTest;
  return (
    <div class="echo-levels">
      <span>{say.youSay}</span>
      <Meter level={microphone.level} />
      <span>{say.comesBack}</span>
      <Meter level={test.heardLevel} />
    </div>
  );
}

function Verdict({ found }: { readonly found: EchoFindings }) {
  const say = words('phone').echoTest;
  const verdict = verdictOf(found);
  if (verdict === undefined) return <p role="status">{say.speak}</p>;
  const { title, words: told } = say.verdict[verdict];
  const good = verdict === 'heard';
  return (
    <>
      <Banner look={good ? 'info' : 'warning'} icon={good ? 'check' : 'warning'} title={title}>
        {told}
      </Banner>
      {CAME_BACK.has(verdict) && <p class="hint">{say.yourSpeaker}</p>}
    </>
  );
}

const CAME_BACK: ReadonlySet<EchoVerdict> = new Set(['heard', 'heard-badly', 'faint']);

function Figures({ found: { delayMs, lostPercent } }: { readonly found: EchoFindings }) {
  const say = words('phone').echoTest;
  const { locale } = currentTongue();
  const number = (value: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  return (
    <dl class="echo-figures">
      <div>
        <dt>{say.delay}</dt>
        <dd>{delayMs === undefined ? say.unknown : say.ms(number(delayMs))}</dd>
      </div>
      <div>
        <dt>{say.lost}</dt>
        <dd>{lostPercent === undefined ? say.unknown : say.percent(number(lostPercent))}</dd>
      </div>
    </dl>
  );
}
