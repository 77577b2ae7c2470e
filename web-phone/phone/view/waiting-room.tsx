import type { ComponentChildren } from 'preact';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import type { Softphone } from '../softphone.ts';
import type { Standing } from '../standing.ts';
import type { InCallProps } from './in-call.tsx';

export interface WaitingRoomProps {
  readonly softphone: Softphone;
  readonly state: InCallProps['state'];
  readonly standing: Extract<Standing, { kind: 'waiting' | 'lobby' }>;
}

/** Before the meeting: in the lobby, or until it begins. */
export function WaitingRoom({ softphone, state, standing }: WaitingRoomProps) {
  return (
    <main class="alone waiting-room">
      <Brand />
      <section class="card alone-card">
        <p class="eyebrow">
          <bdi>{state.ticket.meeting.name}</bdi>
        </p>
        <Words standing={standing} startsAt={state.ticket.meeting.startsAt} />
        <p class="soft music-note">
          <Icon name="sound" /> You hear music while you wait. Nobody hears you yet.
        </p>
        <p class="soft waiting-time">
          Waiting for <Since ms={standing.kind === 'lobby' ? standing.sinceMs : state.sinceMs} />
        </p>
        <Button look="danger" icon="phone-down" onClick={() => softphone.leave()}>
          Leave
        </Button>
      </section>
    </main>
  );
}

function Words({
  standing,
  startsAt,
}: {
  readonly standing: WaitingRoomProps['standing'];
  readonly startsAt: string | undefined;
}) {
  if (standing.kind === 'lobby')
    return (
      <Said title="You are waiting to be let in">
        <p role="status">
          {standing.place === 1
            ? 'You are next. A moderator sees you and lets you in.'
            : `You are number ${standing.place} in the lobby. A moderator sees you and lets you in.`}
        </p>
      </Said>
    );
  switch (standing.why) {
    case 'not-started':
      return (
        <Said title="The meeting has not started yet">
          <p>
            {startsAt === undefined ? 'It starts soon.' : `It starts ${spokenTime(startsAt)}.`} You
            are joined by yourself when it does, or when a moderator comes earlier.
          </p>
        </Said>
      );
    case 'no-moderator':
      return (
        <Said title="Waiting for a moderator">
          <p>The meeting begins when one is there. You are joined by yourself.</p>
        </Said>
      );
    default:
      return unreachable(standing.why);
  }
}

function Said(props: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <>
      <h1>{props.title}</h1>
      {props.children}
    </>
  );
}
