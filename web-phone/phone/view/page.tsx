import { useSignalEffect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Notices } from '../../style/notices.tsx';
import { words } from '../../words/words.ts';
import type { EchoTest } from '../echo-test.ts';
import type { Softphone } from '../softphone.ts';
import { wordsOf } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';
import { Door } from './door.tsx';
import { Farewell } from './farewell.tsx';
import { InCall } from './in-call.tsx';

export interface PageProps {
  readonly softphone: Softphone;
  readonly notices: Notices;
  readonly ear: HTMLAudioElement;
  readonly echoTest: EchoTest;
  /** The browser plays nothing before somebody clicked. */
  readonly silenced: ReadonlySignal<boolean>;
}

/** The softphone's page: one view a state. */
export function Page(props: PageProps) {
  const { softphone, silenced } = props;
  useSignalEffect(() => {
    const state = softphone.state.value;
    const name = 'ticket' in state ? state.ticket.meeting.name : words('phone').door.join;
    document.title = state.kind === 'talking' ? `● ${name}` : `${name} · Partyline`;
  });
  return (
    <>
      <View {...props} />
      {silenced.value && <SoundOff />}
      <NoticeBoard notices={props.notices} />
    </>
  );
}

function View({ softphone, ear, echoTest }: PageProps) {
  const state = softphone.state.value;
  switch (state.kind) {
    case 'loading':
      return <Loading />;
    case 'closed':
      return <Closed trouble={state.trouble} onRetry={() => softphone.retry()} />;
    case 'ready':
    case 'joining':
      return <Door softphone={softphone} state={state} ear={ear} echoTest={echoTest} />;
    case 'talking':
    case 'returning':
      return <InCall softphone={softphone} state={state} ear={ear} />;
    case 'left':
      return <Farewell softphone={softphone} state={state} />;
    default:
      return unreachable(state);
  }
}

function Loading() {
  return (
    <main class="alone" aria-busy="true">
      <Brand />
      <p class="soft" role="status">
        {words('phone').door.lookingUp}
      </p>
    </main>
  );
}

function Closed(props: { readonly trouble: Trouble; readonly onRetry: () => void }) {
  const { title, advice } = wordsOf(props.trouble, words('phone').trouble);
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card">
        <h1>{title}</h1>
        <p>{advice}</p>
        <Button look="primary" onClick={props.onRetry}>
          {words('phone').door.tryAgain}
        </Button>
      </section>
    </main>
  );
}

/** The click on it is all that the browser waits for. */
function SoundOff() {
  const say = words('phone').devices;
  return (
    <div class="sound-off">
      <Banner
        look="warning"
        icon="sound"
        title={say.soundOff}
        actions={
          <Button size="small" look="primary">
            {say.soundOn}
          </Button>
        }
      >
        {say.soundOffWhy}
      </Banner>
    </div>
  );
}
