import { useSignalEffect } from '@preact/signals';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { NoticeBoard } from '../../style/notices.tsx';
import type { Notices } from '../../style/notices.tsx';
import type { Softphone } from '../softphone.ts';
import { Door } from './door.tsx';
import { Farewell } from './farewell.tsx';
import { InCall } from './in-call.tsx';

export interface PageProps {
  readonly softphone: Softphone;
  readonly notices: Notices;
  readonly ear: HTMLAudioElement;
}

/** The softphone's page: one view a state. */
export function Page(props: PageProps) {
  const { softphone } = props;
  useSignalEffect(() => {
    const state = softphone.state.value;
    const name = 'ticket' in state ? state.ticket.meeting.name : 'Join the meeting';
    document.title = state.kind === 'talking' ? `● ${name}` : `${name} · Partyline`;
  });
  return (
    <>
      <View {...props} />
      <NoticeBoard notices={props.notices} />
    </>
  );
}

function View({ softphone, ear }: PageProps) {
  const state = softphone.state.value;
  switch (state.kind) {
    case 'loading':
      return <Loading />;
    case 'closed':
      return (
        <main class="alone">
          <Brand />
          <section class="card alone-card">
            <h1>{state.trouble.title}</h1>
            <p>{state.trouble.advice}</p>
            <Button look="primary" onClick={() => softphone.retry()}>
              Try again
            </Button>
          </section>
        </main>
      );
    case 'ready':
    case 'joining':
      return <Door softphone={softphone} state={state} ear={ear} />;
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
        Looking up the meeting …
      </p>
    </main>
  );
}
