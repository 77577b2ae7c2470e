import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Meter } from '../../style/meter.tsx';
import { words } from '../../words/words.ts';
import type { MicrophoneState } from '../microphone.ts';
import type { Softphone } from '../softphone.ts';
import type { Trouble } from '../trouble.ts';
import { MicrophoneChoice, ProcessingChoice, SpeakerChoice } from './devices.tsx';
import { troubleWords } from './trouble-words.ts';

export interface CheckProps {
  readonly softphone: Softphone;
  readonly ear: HTMLAudioElement;
}

/** Whether you can be heard, and hear: choices, a live level, a test sound. */
export function MicrophoneCheck({ softphone, ear }: CheckProps) {
  const isOn = isOrWillBeOn(softphone.microphone.state.value);
  return (
    <div class="check">
      <MicrophoneFirst softphone={softphone} />
      {isOn && <SoundCheck softphone={softphone} ear={ear} />}
    </div>
  );
}

/** What is drawn while the browser is asked has the size of what its yes brings. */
export function isOrWillBeOn({ kind }: MicrophoneState): boolean {
  return kind === 'on' || kind === 'asking';
}

/** The microphone and its level, or why there is none. */
export function MicrophoneFirst({ softphone }: Pick<CheckProps, 'softphone'>) {
  const { microphone } = softphone;
  const state = microphone.state.value;
  const say = words('phone').devices;
  if (state.kind === 'trouble')
    return <MicrophoneTrouble softphone={softphone} trouble={state.trouble} />;
  if (isOrWillBeOn(state))
    return (
      <div class="check" aria-busy={state.kind === 'asking'}>
        <MicrophoneChoice softphone={softphone} />
        <Meter level={microphone.level} />
        <p class={state.kind === 'on' ? 'hint' : 'hint check-unsaid'}>{say.saySomething}</p>
      </div>
    );
  return (
    <div class="check check-closed">
      <p>{state.kind === 'listen-only' ? say.onlyListening : say.willBeAsked}</p>
      <Button icon="microphone" onClick={() => void microphone.open()}>
        {say.tryMicrophone}
      </Button>
    </div>
  );
}

/** Where the others are heard, and what the browser does with one's voice. */
export function SoundCheck({ softphone, ear }: CheckProps) {
  return (
    <div class="check sound-check">
      <SpeakerChoice
        ear={ear}
        devices={softphone.microphone.devices}
        asking={softphone.microphone.state.value.kind === 'asking'}
      />
      <ProcessingChoice softphone={softphone} />
    </div>
  );
}

function MicrophoneTrouble(props: { readonly softphone: Softphone; readonly trouble: Trouble }) {
  const { title, advice } = troubleWords(props.trouble);
  const { kind } = props.trouble;
  return (
    <Banner
      look="warning"
      icon="microphone-off"
      title={title}
      actions={
        kind !== 'insecure-page' &&
        kind !== 'browser-too-old' && (
          <Button size="small" onClick={() => void props.softphone.microphone.open()}>
            {words('phone').devices.tryAgain}
          </Button>
        )
      }
    >
      {advice}
    </Banner>
  );
}
