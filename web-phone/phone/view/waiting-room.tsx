import type { ComponentChildren } from 'preact';
import { unreachable } from '../../../protocol/unreachable.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import { words } from '../../words/words.ts';
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
  const say = words('phone').door;
  return (
    <main class="alone waiting-room">
      <Brand />
      <section class="card alone-card">
        <p class="eyebrow">
          <bdi>{state.ticket.meeting.name}</bdi>
        </p>
        <Words standing={standing} startsAt={state.ticket.meeting.startsAt} />
        <p class="soft music-note">
          <Icon name="sound" /> {say.music}
        </p>
        <p class="soft waiting-time">
          {say.waitingFor}{' '}
          <Since ms={standing.kind === 'lobby' ? standing.sinceMs : state.sinceMs} />
        </p>
        <Button look="danger" icon="phone-down" onClick={() => softphone.leave()}>
          {say.leave}
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
  const { lobby, notStarted, noModerator } = words('phone').door;
  if (standing.kind === 'lobby')
    return (
      <Said title={lobby.title}>
        <p role="status">{standing.place === 1 ? lobby.next : lobby.place(standing.place)}</p>
      </Said>
    );
  switch (standing.why) {
    case 'not-started':
      return (
        <Said title={notStarted.title}>
          <p>{notStarted.words(startsAt === undefined ? undefined : spokenTime(startsAt))}</p>
        </Said>
      );
    case 'no-moderator':
      return (
        <Said title={noModerator.title}>
          <p>{noModerator.words}</p>
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
