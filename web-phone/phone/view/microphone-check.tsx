import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Meter } from '../../style/meter.tsx';
import type { Softphone } from '../softphone.ts';
import { MicrophoneChoice, SpeakerChoice } from './devices.tsx';

export interface CheckProps {
  readonly softphone: Softphone;
  readonly ear: HTMLAudioElement;
}

/** Whether you can be heard, and hear: choices, a live level, a test sound. */
export function MicrophoneCheck({ softphone, ear }: CheckProps) {
  const { microphone } = softphone;
  const state = microphone.state.value;
  if (state.kind === 'trouble')
    return (
      <Banner
        look="warning"
        icon="microphone-off"
        title={state.trouble.title}
        actions={
          state.trouble.kind !== 'insecure-page' && (
            <Button size="small" onClick={() => void microphone.open()}>
              Try again
            </Button>
          )
        }
      >
        {state.trouble.advice}
      </Banner>
    );
  if (state.kind === 'on')
    return (
      <div class="check">
        <MicrophoneChoice softphone={softphone} />
        <Meter level={microphone.level} />
        <p class="hint">Say something: the bar should move.</p>
        <SpeakerChoice ear={ear} devices={microphone.devices} />
      </div>
    );
  return (
    <div class="check check-closed">
      <p>
        {state.kind === 'listen-only'
          ? 'You will only listen.'
          : 'Your browser will ask whether this page may use the microphone. Choose “Allow”.'}
      </p>
      <Button
        icon="microphone"
        waiting={state.kind === 'asking'}
        onClick={() => void microphone.open()}
      >
        Try the microphone
      </Button>
    </div>
  );
}
