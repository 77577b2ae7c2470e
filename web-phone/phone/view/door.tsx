import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { TicketView } from '../../../protocol/http/views.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import type { EchoDoor } from '../echo-door.ts';
import { recall } from '../memory.ts';
import type { MicrophoneState } from '../microphone.ts';
import type { Softphone } from '../softphone.ts';
import type { PhoneState } from '../state.ts';
import { ByPhone } from './by-phone.tsx';
import { FormerCallOffer } from './come-back.tsx';
import { EchoOffer } from './echo-offer.tsx';
import { JoinButtons } from './join-buttons.tsx';
import { isOrWillBeOn, MicrophoneFirst, SoundCheck } from './microphone-check.tsx';
import { wishForPanel } from './panel-wish.ts';

export interface DoorProps {
  readonly softphone: Softphone;
  readonly state: PhoneState & { kind: 'ready' | 'joining' };
  readonly ear: HTMLAudioElement;
  readonly echo: EchoDoor;
}

/** Before the meeting: who you are, whether you can be heard, and one button. */
export function Door(props: DoorProps) {
  const { ticket } = props.state;
  const name = useSignal(ticket.name ?? recall().name);
  const say = words('phone').door;
  return (
    <div class="door">
      <header class="door-head">
        <Brand />
        <LanguageChoice look="corner" />
      </header>
      <main class="door-main">
        <section class="card door-card">
          <p class="eyebrow">{ticket.role === 'moderator' ? say.youModerate : say.youAreInvited}</p>
          <h1>
            <bdi>{ticket.meeting.name}</bdi>
          </h1>
          {ticket.role !== 'moderator' && <Customs meeting={ticket.meeting} />}
          <JoinForm {...props} name={name} />
        </section>
        <div class="door-phones">
          <ByPhone dialIn={ticket.dialIn} code={ticket.code} />
          <PhoneInstead {...props} name={name} />
        </div>
      </main>
    </div>
  );
}

/** What those who come should know of the meeting before they do. */
function Customs({ meeting }: { readonly meeting: TicketView['meeting'] }) {
  const { state, startsAt, lobby, waitForModerator, muteOnEntry, unmuteSelf } = meeting;
  const say = words('phone').door;
  const customs = [
    state === 'planned' && startsAt !== undefined ? say.starts(spokenTime(startsAt)) : undefined,
    waitForModerator ? say.waitsForModerator : undefined,
    lobby ? say.hasLobby : undefined,
    muteOnEntry && unmuteSelf ? say.joinsMuted : undefined,
    unmuteSelf ? undefined : say.moderatorsOpen,
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

interface NamedProps extends DoorProps {
  readonly name: Signal<string>;
}

function JoinForm({ softphone, state, ear, echo, name }: NamedProps) {
  const joining = state.kind === 'joining';
  const form = useWelcome(name.peek() !== '');
  const join = () => {
    if (name.value.trim() === '') return;
    echo.close();
    void softphone.join(name.value.trim());
  };
  const microphone = softphone.microphone.state.value;
  return (
    <form
      class="door-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        // Enter: where no microphone can be had, to listen.
        if (isInsecure(microphone)) softphone.microphone.listenOnly();
        if (!joining) join();
      }}
    >
      {state.kind === 'ready' && <FormerCallOffer softphone={softphone} state={state} />}
      <NameField name={name} disabled={joining} />
      <MicrophoneFirst softphone={softphone} />
      <JoinButtons
        softphone={softphone}
        state={state}
        second={state.kind === 'ready' && state.former !== undefined}
        named={name.value.trim() !== ''}
        onListen={() => {
          softphone.microphone.listenOnly();
          join();
        }}
      />
      {isOrWillBeOn(microphone) && <SoundCheck softphone={softphone} ear={ear} />}
      {!joining && isOrWillBeOn(microphone) && (
        <EchoOffer echo={echo} microphone={softphone.microphone} name={name.value} />
      )}
    </form>
  );
}

function isInsecure(state: MicrophoneState): boolean {
  return state.kind === 'trouble' && state.trouble.kind === 'insecure-page';
}

/** Who is known has Enter under the finger; who is not begins with the name, where no keyboard slides in for it. */
function useWelcome(known: boolean) {
  const form = useRef<HTMLFormElement>(null);
  // Once: whoever types must keep the field.
  useLayoutEffect(() => {
    const wanted = known ? '.button-primary' : 'input';
    if (known || matchMedia('(pointer: fine)').matches)
      form.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true });
  }, []);
  return form;
}

function NameField(props: { readonly name: Signal<string>; readonly disabled: boolean }) {
  const id = useId();
  const say = words('phone').door;
  return (
    <div class="field">
      <label for={id}>{say.yourName}</label>
      <input
        id={id}
        class="input"
        dir="auto"
        autocomplete="name"
        maxLength={60}
        required
        disabled={props.disabled}
        placeholder={say.namePlaceholder}
        value={props.name.value}
        onInput={(event) => (props.name.value = event.currentTarget.value)}
      />
    </div>
  );
}

/** The meeting calls only who is inside, so this joins to listen and asks for the number there. */
function PhoneInstead({ softphone, state, echo, name }: NamedProps) {
  const { meeting, role } = state.ticket;
  const say = words('phone').byPhone.callMe;
  if (!meeting.callMe && role !== 'moderator') return null;
  const join = () => {
    echo.close();
    softphone.microphone.listenOnly();
    wishForPanel('phone');
    void softphone.join(name.value.trim());
  };
  return (
    <p class="phone-instead">
      <Button
        icon="call"
        disabled={name.value.trim() === '' || state.kind === 'joining'}
        onClick={join}
      >
        {say.instead}
      </Button>
      <span class="hint">{say.insteadHint}</span>
    </p>
  );
}
