import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';

/** After the meeting: why it is over for you, and the way back. */
export function Farewell(props: {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'left' };
}) {
  const { softphone, state } = props;
  const say = words('phone').door;
  const left = say.left[state.why];
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card" role="status">
        <p class="eyebrow">
          <bdi>{state.ticket.meeting.name}</bdi>
        </p>
        <h1>{left.title}</h1>
        <p>{left.words}</p>
        {state.why !== 'banned' && (
          <Button
            look={state.why === 'meeting-ended' ? 'plain' : 'primary'}
            onClick={() => void softphone.join(state.name)}
          >
            {say.joinAgain}
          </Button>
        )}
      </section>
    </main>
  );
}
