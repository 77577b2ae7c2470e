import { useSignal } from '@preact/signals';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { countPeople } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';
import { Controls } from './controls.tsx';
import type { Panel } from './controls.tsx';
import { PanelView } from './panel.tsx';
import { People } from './people.tsx';

export interface InCallProps {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'talking' | 'returning' };
  readonly ear: HTMLAudioElement;
}

/** In the meeting: who is on the line, and one's own buttons. */
export function InCall({ softphone, state, ear }: InCallProps) {
  const panel = useSignal<Panel>('none');
  const room = softphone.attendance.feed.value.rooms.get(state.ticket.meeting.id);
  return (
    <div class={`in-call${panel.value === 'none' ? '' : ' in-call-panel'}`}>
      <header class="in-call-head">
        <Brand small />
        <h1>
          <bdi>{state.ticket.meeting.name}</bdi>
        </h1>
        <p class="in-call-facts">
          {room?.recording === true && (
            <span class="fact fact-recording">
              <Icon name="record" /> recording
            </span>
          )}
          {room?.locked === true && (
            <span class="fact">
              <Icon name="lock" /> locked
            </span>
          )}
          <span class="fact">{countPeople(room?.people.size ?? 0)}</span>
          <span class="fact fact-time">
            <Since ms={state.sinceMs} />
          </span>
        </p>
      </header>
      <main class="in-call-main">
        <CallBanners softphone={softphone} state={state} />
        <People softphone={softphone} state={state} room={room} />
      </main>
      {panel.value !== 'none' && (
        <PanelView panel={panel} softphone={softphone} state={state} ear={ear} />
      )}
      <Controls softphone={softphone} state={state} room={room} panel={panel} />
    </div>
  );
}

function CallBanners({ softphone, state }: Omit<InCallProps, 'ear'>) {
  const link = softphone.attendance.feed.value.link;
  if (state.kind === 'returning')
    return (
      <Banner look="warning" title="The connection broke. Getting you back …">
        {state.attempt > 2
          ? `Attempt ${state.attempt}. Check that you are online; we keep trying for a minute.`
          : 'The others cannot hear you at the moment.'}
      </Banner>
    );
  if (state.line === 'weak')
    return (
      <Banner look="warning" title="Your network is stumbling">
        Sound may stop for a moment. It comes back by itself.
      </Banner>
    );
  if (link === 'lost')
    return (
      <Banner look="warning" title="The list below may be out of date">
        You are still in the call. The list comes back by itself.
      </Banner>
    );
  return <MuteBanner softphone={softphone} />;
}

function MuteBanner({ softphone }: { readonly softphone: Softphone }) {
  const { attendance } = softphone;
  const notice = attendance.muteNotice.value;
  if (notice === undefined) return null;
  const dismiss = (
    <Button
      look="quiet"
      size="small"
      icon="close"
      label="Dismiss"
      onClick={() => attendance.dismissMuteNotice()}
    />
  );
  if (notice === 'unmuted-by-moderator')
    return (
      <Banner look="info" icon="microphone" title="A moderator unmuted you" actions={dismiss}>
        The others can hear you now.
      </Banner>
    );
  const onEntry = notice === 'muted-on-entry';
  return (
    <Banner
      look="info"
      icon="microphone-off"
      title={onEntry ? 'You joined muted' : 'A moderator muted you'}
      actions={
        <>
          <Button size="small" onClick={() => attendance.setMuted(false)}>
            Unmute
          </Button>
          {dismiss}
        </>
      }
    >
      {onEntry
        ? 'This meeting mutes everybody on entry. Unmute when you want to speak.'
        : 'Unmute when it is your turn.'}
    </Banner>
  );
}
