import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ownRoom } from '../../feed/people.ts';
import { peopleInside } from '../../../protocol/room/rows.ts';
import type { Room } from '../../../protocol/room/room.ts';
import { Brand } from '../../style/brand.tsx';
import { nowMs } from '../../style/clock.ts';
import { words } from '../../words/words.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import type { Softphone } from '../softphone.ts';
import { standingOf } from '../standing.ts';
import type { Standing } from '../standing.ts';
import type { PhoneState } from '../state.ts';
import { breakoutOf } from '../../feed/breakouts.ts';
import { CallBanners } from './banners.tsx';
import { Controls } from './controls.tsx';
import type { ControlsProps, Panel } from './controls.tsx';
import { LineButton } from './line-button.tsx';
import { takePanelWish } from './panel-wish.ts';
import { PanelView } from './panel.tsx';
import { People } from './people.tsx';
import { useCallPresence } from './use-call-presence.ts';
import { WaitingRoom } from './waiting-room.tsx';
import '../call.css';

export interface InCallProps {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'talking' | 'returning' };
  readonly ear: HTMLAudioElement;
}

/** What the views of a call are drawn from. */
export interface CallView extends Omit<InCallProps, 'ear'> {
  readonly room: Room | undefined;
  readonly standing: Standing;
  /** Whose call it is, while it is broken too. */
  readonly personId: string | undefined;
}

/** The call is answered: in the meeting, or waiting before it. */
export function InCall({ softphone, state, ear }: InCallProps) {
  const { meeting } = state.ticket;
  const { attendance } = softphone;
  const { rooms, waiting } = attendance.feed.value;
  const known = useRef<string | undefined>(undefined);
  known.current = state.grant?.personId ?? known.current;
  const personId = known.current;
  const room = ownRoom(rooms, meeting.id, personId ?? '');
  const moving = attendance.moving.value;
  const standing: Standing = state.grant
    ? standingOf(room, state.grant, meeting, { nowMs: nowMs.value, waiting, moving })
    : { kind: 'connecting' };
  const view = { softphone, state, room, standing, personId };
  if (state.kind === 'talking' && (standing.kind === 'lobby' || standing.kind === 'waiting'))
    return <WaitingRoom softphone={softphone} state={state} standing={standing} />;
  return <Meeting {...view} ear={ear} />;
}

/** In the meeting: who is on the line, and one's own buttons. */
function Meeting({ ear, ...view }: CallView & { readonly ear: HTMLAudioElement }) {
  const panel = useSignal<Panel>(takePanelWish());
  useCallPresence(view, ear);
  return (
    <div class={`in-call${panel.value === 'none' ? '' : ' in-call-panel'}`}>
      <Head {...view} panel={panel} />
      <main class="in-call-main">
        <CallBanners {...view} panel={panel} />
        <People {...view} />
      </main>
      {panel.value !== 'none' && <PanelView {...view} panel={panel} ear={ear} />}
      <Controls {...view} panel={panel} />
    </div>
  );
}

function Head(view: ControlsProps) {
  const { softphone, state, room } = view;
  const say = words('call');
  const breakout = breakoutOf(softphone.attendance.feed.value, state.ticket.meeting.id, room);
  return (
    <header class="in-call-head">
      <Brand small />
      <h1>
        <bdi>{breakout?.name ?? state.ticket.meeting.name}</bdi>
      </h1>
      <p class="in-call-facts">
        {room?.recording === true && (
          <span class="fact fact-recording">
            <Icon name="record" /> {say.recording}
          </span>
        )}
        {room?.locked === true && (
          <span class="fact">
            <Icon name="lock" /> {say.locked}
          </span>
        )}
        <span class="fact">{words('shared').counts.people(peopleInside(room))}</span>
        <LineButton {...view} />
        <span class="fact fact-time">
          <Since ms={state.sinceMs} />
        </span>
      </p>
    </header>
  );
}
