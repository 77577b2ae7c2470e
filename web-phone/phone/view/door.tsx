import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { TicketView } from '../../../protocol/http/views.ts';
import { Banner } from '../../style/banner.tsx';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { recall } from '../memory.ts';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';
import { ByPhone } from './by-phone.tsx';
import { MicrophoneCheck } from './microphone-check.tsx';

export interface DoorProps {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'ready' | 'joining' };
  readonly ear: HTMLAudioElement;
}

/** Before the meeting: who you are, whether you can be heard, and one button. */
export function Door({ softphone, state, ear }: DoorProps) {
  const { ticket } = state;
  return (
    <div class="door">
      <header class="door-head">
        <Brand />
      </header>
      <main class="door-main">
        <section class="card door-card">
          <p class="eyebrow">
            {ticket.role === 'moderator' ? 'You moderate' : 'You are invited to'}
          </p>
          <h1>
            <bdi>{ticket.meeting.name}</bdi>
          </h1>
          {ticket.role !== 'moderator' && <Customs meeting={ticket.meeting} />}
          <JoinForm softphone={softphone} state={state} ear={ear} />
        </section>
        <ByPhone dialIn={ticket.dialIn} code={ticket.code} />
      </main>
    </div>
  );
}

/** What those who come should know of the meeting before they do. */
function Customs({ meeting }: { readonly meeting: TicketView['meeting'] }) {
  const { state, startsAt, lobby, waitForModerator, muteOnEntry, unmuteSelf } = meeting;
  const customs = [
    state === 'planned' && startsAt !== undefined
      ? `It starts ${spokenTime(startsAt)}. Whoever comes earlier waits with music.`
      : undefined,
    waitForModerator ? 'It begins when a moderator is there.' : undefined,
    lobby ? 'A moderator lets people in one by one.' : undefined,
    muteOnEntry && unmuteSelf
      ? 'Everybody joins muted; you can unmute once you are in.'
      : undefined,
    unmuteSelf ? undefined : 'Moderators say who speaks: raise your hand once you are in.',
  ].filter((custom) => custom !== undefined);
  return (
    <>
      {customs.map((custom) => (
        <p class="soft" key={custom}>
          {custom}
        </p>
      ))}
    </>
  );
}

function JoinForm({ softphone, state, ear }: DoorProps) {
  const nameId = useId();
  const name = useSignal(state.ticket.name ?? recall().name);
  const joining = state.kind === 'joining';
  const join = () => {
    if (name.value.trim() !== '') void softphone.join(name.value.trim());
  };
  return (
    <form
      class="door-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!joining) join();
      }}
    >
      {state.kind === 'ready' && state.trouble && (
        <Banner look="danger" title={state.trouble.title}>
          {state.trouble.advice}
        </Banner>
      )}
      <div class="field">
        <label for={nameId}>Your name</label>
        <input
          id={nameId}
          class="input"
          autocomplete="name"
          maxLength={60}
          required
          disabled={joining}
          placeholder="As the others should see it"
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </div>
      <MicrophoneCheck softphone={softphone} ear={ear} />
      <JoinButtons
        softphone={softphone}
        joining={joining}
        named={name.value.trim() !== ''}
        onListen={() => {
          softphone.microphone.listenOnly();
          join();
        }}
      />
    </form>
  );
}

function JoinButtons(props: {
  readonly softphone: Softphone;
  readonly joining: boolean;
  readonly named: boolean;
  readonly onListen: () => void;
}) {
  const { softphone, joining, named } = props;
  const microphone = softphone.microphone.state.value;
  return (
    <div class="door-buttons">
      <Button look="primary" size="large" submit waiting={joining} disabled={!named && !joining}>
        {joining ? 'Connecting …' : 'Join the meeting'}
      </Button>
      {joining && <Button onClick={() => softphone.leave()}>Cancel</Button>}
      {!joining && microphone.kind === 'trouble' && (
        <Button disabled={!named} onClick={props.onListen}>
          Join and only listen
        </Button>
      )}
    </div>
  );
}
