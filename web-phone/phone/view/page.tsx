import { useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Notices } from '../../style/notices.tsx';
import { words } from '../../words/words.ts';
import type { EchoDoor } from '../echo-door.ts';
import type { Softphone } from '../softphone.ts';
import { trouble } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';
import { Door } from './door.tsx';
import { Farewell } from './farewell.tsx';
import type { InCallProps } from './in-call.tsx';
import { callView, fetchCallView } from './call-view.ts';
import { troubleWords } from './trouble-words.ts';

export interface PageProps {
  readonly softphone: Softphone;
  readonly notices: Notices;
  readonly ear: HTMLAudioElement;
  readonly echo: EchoDoor;
  /** The browser plays nothing before somebody clicked. */
  readonly silenced: ReadonlySignal<boolean>;
}

/** The softphone's page: one view a state. */
export function Page(props: PageProps) {
  const { softphone, silenced } = props;
  useEffect(() => void fetchCallView(), []);
  useSignalEffect(() => {
    const state = softphone.state.value;
    const name = 'ticket' in state ? state.ticket.meeting.name : words('phone').door.join;
    if (state.kind !== 'talking') document.title = `${name} · Partyline`;
  });
  return (
    <>
      <View {...props} />
      {silenced.value && <SoundOff />}
      <NoticeBoard notices={props.notices} />
    </>
  );
}

function View({ softphone, ear, echo }: PageProps) {
  const state = softphone.state.value;
  switch (state.kind) {
    case 'loading':
      return <Loading />;
    case 'closed':
      return <Closed trouble={state.trouble} onRetry={() => softphone.retry()} />;
    case 'ready':
    case 'joining':
      return <Door softphone={softphone} state={state} ear={ear} echo={echo} />;
    case 'talking':
    case 'returning':
      return <Call softphone={softphone} state={state} ear={ear} />;
    case 'left':
      return <Farewell softphone={softphone} state={state} />;
    default:
      return unreachable(state);
  }
}

/** Fetched since the page was there; what failed then is tried again now. A page that is loaded anew goes back into the call. */
function Call(props: InCallProps) {
  const InCall = callView.value;
  const [isMissing, setMissing] = useState(false);
  useEffect(() => void fetchCallView().then((isThere) => setMissing(!isThere)), []);
  if (InCall) return <InCall {...props} />;
  if (!isMissing) return <Loading />;
  return <Closed trouble={trouble('server-unreachable')} onRetry={() => location.reload()} />;
}

function Loading() {
  return (
    <main class="alone late" aria-busy="true">
      <Brand />
      <p class="soft" role="status">
        {words('phone').door.lookingUp}
      </p>
    </main>
  );
}

function Closed(props: { readonly trouble: Trouble; readonly onRetry: () => void }) {
  const { title, advice } = troubleWords(props.trouble);
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
