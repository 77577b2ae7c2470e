import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import type { Softphone } from '../softphone.ts';
import type { LeftWhy, PhoneState } from '../state.ts';

const WORDS: Record<LeftWhy, readonly [title: string, words: string]> = {
  'by-choice': ['You left the meeting', 'It goes on without you; you can come back at any time.'],
  'hung-up': ['The call has ended', 'The phone system hung up. You can join again.'],
  removed: [
    'A moderator removed you',
    'If you think it was a mistake, speak with whoever runs the meeting before you join again.',
  ],
  refused: [
    'You were not let in',
    'A moderator did not admit you. Speak with whoever runs the meeting before you try again.',
  ],
  banned: [
    'You are banned from this meeting',
    'A moderator removed you and keeps you out. If you think it was a mistake, speak with whoever runs the meeting.',
  ],
  'meeting-ended': ['The meeting is over', 'A moderator ended it for everybody.'],
  replaced: [
    'Your call goes on elsewhere',
    'You are in this meeting in another tab or window. Go there, or take the call back here.',
  ],
  'connection-lost': [
    'The connection is lost',
    'We tried for a minute. Check your network, then join again, or join by phone.',
  ],
};

/** After the meeting: why it is over for you, and the way back. */
export function Farewell(props: {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'left' };
}) {
  const { softphone, state } = props;
  const [title, words] = WORDS[state.why];
  return (
    <main class="alone">
      <Brand />
      <section class="card alone-card" role="status">
        <p class="eyebrow">
          <bdi>{state.ticket.meeting.name}</bdi>
        </p>
        <h1>{title}</h1>
        <p>{words}</p>
        {state.why !== 'banned' && (
          <Button
            look={state.why === 'meeting-ended' ? 'plain' : 'primary'}
            onClick={() => void softphone.join(state.name)}
          >
            Join again
          </Button>
        )}
      </section>
    </main>
  );
}
