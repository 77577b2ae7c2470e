import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { Button } from '../../style/button.tsx';
import { Choice, Tick } from '../../style/choice-field.tsx';
import { words } from '../../words/words.ts';
import type { AudioDevice, Devices } from '../devices.ts';
import { recall, remember } from '../memory.ts';
import type { Softphone } from '../softphone.ts';
import { canChooseSpeaker, playTestSound, useSpeaker } from '../speaker.ts';

/** Names nothing yet: it has the place of what is about to be known. */
const NOT_YET = [['', '…']] as const;

/** Which microphone is heard; changes at once, in the midst of a call too. */
export function MicrophoneChoice({ softphone }: { readonly softphone: Softphone }) {
  const { microphone } = softphone;
  const state = microphone.state.value;
  const say = words('phone').devices;
  const { microphones } = microphone.devices.value;
  const asking = state.kind === 'asking';
  // Some browsers name no devices: then there is nothing to choose from.
  if (microphones.length === 0 && !asking) return null;
  return (
    <Choice
      label={say.microphone}
      value={state.kind === 'on' ? state.deviceId : ''}
      options={asking ? NOT_YET : optionsOf(microphones, say.microphoneNumber)}
      disabled={asking}
      onChange={(id) => void microphone.choose(id)}
    />
  );
}

/** Where the others are heard, and a sound to try it. */
export function SpeakerChoice(props: {
  readonly ear: HTMLAudioElement;
  readonly devices: ReadonlySignal<Devices>;
  /** They are about to be known. */
  readonly asking: boolean;
}) {
  const { asking } = props;
  const chosen = useSignal(recall().speaker);
  const say = words('phone').devices;
  const choose = async (id: string) => {
    if (!(await useSpeaker(props.ear, id))) return;
    chosen.value = id;
    remember({ speaker: id });
  };
  const { speakers } = props.devices.value;
  const isThere = speakers.some(({ id }) => id === chosen.value);
  const isChoice = canChooseSpeaker() && (asking || speakers.length > 0);
  return (
    <div class={isChoice || !canChooseSpeaker() ? 'speaker' : 'speaker speaker-none'}>
      {isChoice && (
        <Choice
          label={say.speaker}
          value={isThere ? chosen.value : (speakers[0]?.id ?? '')}
          options={speakers.length === 0 ? NOT_YET : optionsOf(speakers, say.speakerNumber)}
          disabled={asking}
          onChange={(id) => void choose(id)}
        />
      )}
      <Button icon="sound" onClick={() => void playTestSound(chosen.value)}>
        {isChoice ? say.testSpeaker : say.testTheSpeaker}
      </Button>
    </div>
  );
}

/** What the browser does with the voice before it is sent; in the midst of a call too. */
export function ProcessingChoice({ softphone }: { readonly softphone: Softphone }) {
  const { microphone } = softphone;
  const { noiseSuppression, echoCancellation, autoGainControl } = microphone.processing.value;
  const say = words('phone').devices;
  return (
    <details class="group">
      <summary>{say.howItHears}</summary>
      <div class="stack">
        <Tick
          label={say.noiseSuppression}
          hint={say.noiseSuppressionHint}
          on={noiseSuppression}
          onChange={(on) => void microphone.process({ noiseSuppression: on })}
        />
        <Tick
          label={say.echoCancellation}
          hint={say.echoCancellationHint}
          on={echoCancellation}
          onChange={(on) => void microphone.process({ echoCancellation: on })}
        />
        <Tick
          label={say.autoGain}
          hint={say.autoGainHint}
          on={autoGainControl}
          onChange={(on) => void microphone.process({ autoGainControl: on })}
        />
      </div>
    </details>
  );
}

/** A device without a name, as before the first permission, has its number. */
function optionsOf(devices: readonly AudioDevice[], numbered: (number: number) => string) {
  return devices.map(({ id, label }, index) => [id, label || numbered(index + 1)] as const);
}
