import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Button } from '../../style/button.tsx';
import { recall, remember } from '../memory.ts';
import type { AudioDevice, Devices } from '../microphone.ts';
import type { Softphone } from '../softphone.ts';
import { canChooseSpeaker, playTestSound, useSpeaker } from '../speaker.ts';

/** Which microphone is heard; changes at once, in the midst of a call too. */
export function MicrophoneChoice({ softphone }: { readonly softphone: Softphone }) {
  const { microphone } = softphone;
  const state = microphone.state.value;
  return (
    <Choice
      label="Microphone"
      devices={microphone.devices.value.microphones}
      chosen={state.kind === 'on' ? state.deviceId : ''}
      onChoose={(id) => {
        remember({ microphone: id });
        void microphone.open(id);
      }}
    />
  );
}

/** Where the others are heard, and a sound to try it. */
export function SpeakerChoice(props: {
  readonly ear: HTMLAudioElement;
  readonly devices: ReadonlySignal<Devices>;
}) {
  const chosen = useSignal(recall().speaker);
  const choose = async (id: string) => {
    if (!(await useSpeaker(props.ear, id))) return;
    chosen.value = id;
    remember({ speaker: id });
  };
  const { speakers } = props.devices.value;
  return (
    <div class="speaker">
      {canChooseSpeaker() && speakers.length > 0 && (
        <Choice
          label="Speaker"
          devices={speakers}
          chosen={chosen.value || 'default'}
          onChoose={(id) => void choose(id)}
        />
      )}
      <Button icon="sound" onClick={() => void playTestSound(chosen.value)}>
        Test
      </Button>
    </div>
  );
}

function Choice(props: {
  readonly label: string;
  readonly devices: readonly AudioDevice[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        class="input"
        value={props.chosen}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {props.devices.map((device) => (
          <option key={device.id} value={device.id}>
            {device.label}
          </option>
        ))}
      </select>
    </div>
  );
}
